"""What is answered while one replica is dead, or all are."""

import pytest

from tests.hosting.conftest import Site
from tests.hosting.servers import answered, awaited, fetched

pytestmark = pytest.mark.browser


def test_pages_are_answered_by_the_others_while_a_replica_is_dead(site: Site) -> None:
    dead = site.replicas[0]
    dead.kill()
    try:
        for number in range(30):
            cookie = f"lane={number * 8:02x}"
            answer = fetched(f"{site.url}/place?lang=en&place=deyang", cookie=cookie)
            assert answer.status == 200
    finally:
        dead.start()


def test_when_all_are_gone_files_still_come_and_pages_say_what_to_do(site: Site) -> None:
    picture = f"{site.url}/map.svg?lang=en"
    assert fetched(picture).status == 200
    for replica in site.replicas:
        replica.kill()
    try:
        page = fetched(f"{site.url}/?lang=en")
        assert page.status == 503
        assert page.headers["retry-after"] == "5"
        assert page.headers["cache-control"] == "no-store"
        assert "try again" in page.body.decode()
        assert fetched(picture).headers["x-cache"] in ("HIT", "STALE")
    finally:
        for replica in site.replicas:
            replica.start()
    awaited(lambda: answered(f"{site.url}/?lang=en") == 200, 15)
