"""What is answered while one replica is dead, and then all are."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.hosting.conftest import Site
from tests.hosting.servers import Replica, answered, awaited, fetched

pytestmark = pytest.mark.browser


def test_pages_come_from_the_others_and_files_still_come_when_all_are_gone(site: Site) -> None:
    picture = f"{site.url}/map.svg?lang=en"
    assert fetched(picture).status == 200
    first, *others = site.replicas
    first.kill()
    try:
        for number in range(30):
            cookie = f"lane={number * 8:02x}"
            answer = fetched(f"{site.url}/place?lang=en&place=deyang", cookie=cookie)
            assert answer.status == 200
        for replica in others:
            replica.kill()
        page = fetched(f"{site.url}/?lang=en")
        assert page.status == 503
        assert page.headers["retry-after"] == "5"
        assert page.headers["cache-control"] == "no-store"
        assert "try again" in page.body.decode()
        assert fetched(picture).headers["x-cache"] in ("HIT", "STALE")
    finally:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(Replica.start, [one for one in site.replicas if one.is_over]))
    awaited(lambda: answered(f"{site.url}/?lang=en") == 200, 15)
