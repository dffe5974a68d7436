"""nginx with the configuration of `deploy/nginx`: what it keeps, limits, hides and sends where."""

import json
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest

from tests.hosting.conftest import Site
from tests.hosting.servers import Answer, awaited, fetched
from tests.hosting.sessions import apart, visit

TYPED = "kept to myself"


def cached(answer: Answer) -> str | None:
    return answer.headers.get("x-cache")


def named(site: Site, pattern: str) -> str:
    """Return the address of the first file that the page names and that matches."""
    address = re.search(pattern, fetched(f"{site.url}/").body.decode())
    assert address
    return f"{site.url}/{address[1]}"


BUNDLE = r'src="\./(static/js/[^"]+\.js)"'
SCRIPT = r'src="\./(assets/[^"]+/atlas\.js)"'


def test_a_reader_gets_the_page_her_panels_and_her_session_through_nginx(site: Site) -> None:
    assert apart(visit(site.url)) == []


@pytest.mark.parametrize("pattern", [BUNDLE, SCRIPT])
def test_files_are_compressed_by_a_replica_once_and_then_come_from_nginx(
    site: Site, pattern: str
) -> None:
    url = named(site, pattern)
    first = fetched(url, accept_encoding="br")
    again = fetched(url, accept_encoding="br")
    assert (cached(first), cached(again)) == ("MISS", "HIT")
    assert again.headers["content-encoding"] == "br"
    assert again.body == first.body
    plain = fetched(url)
    assert "content-encoding" not in plain.headers
    assert len(again.body) < len(plain.body) / 2
    assert "immutable" in again.headers["cache-control"]


def test_the_panels_of_a_view_are_made_once_and_a_refusal_is_not_kept(site: Site) -> None:
    panels = named(site, r'data-panels="([^"]+)"')
    answers = [fetched(f"{panels}/place/all?lang=en&place=deyang") for _ in range(2)]
    assert [cached(answer) for answer in answers] == ["MISS", "HIT"]
    assert answers[0].body == answers[1].body
    assert "immutable" in answers[1].headers["cache-control"]
    for _ in range(2):
        gone = fetched(f"{site.url}/panels/0123456789ab/place/all?lang=en&place=deyang")
        assert gone.status == 410
        assert cached(gone) != "HIT"


def test_a_picture_of_a_view_is_made_once_and_not_sent_to_who_has_it(site: Site) -> None:
    url = f"{site.url}/map.svg?lang=en&sector=rail-transit"
    first, again = fetched(url), fetched(url)
    assert (cached(first), cached(again)) == ("MISS", "HIT")
    assert fetched(url, if_none_match=again.headers["etag"]).status == 304


def test_each_view_and_each_language_of_a_browser_has_an_answer_of_its_own(site: Site) -> None:
    url = f"{site.url}/map.svg"
    bodies = {
        fetched(url, accept_language=language).body
        for language in ("en-GB", "zh-CN", "id-ID", "en-GB")
    } | {fetched(f"{url}?lang=en&sector=rail-transit").body}
    assert len(bodies) == 4


def test_pages_and_refusals_come_from_a_replica_each_time(site: Site) -> None:
    for _ in range(2):
        page = fetched(f"{site.url}/place?lang=en&place=deyang")
        assert (page.status, cached(page)) == (200, None)
        assert page.headers["cache-control"] == "no-cache"
        refusal = fetched(f"{site.url}/api/places.csv?sector=none")
        assert refusal.status == 400
        assert b"none" in refusal.body
        assert cached(refusal) != "HIT"


@pytest.mark.parametrize(
    "path", ["metrics", "_stcore/metrics", "_stcore/upload_file/a/b", "_stcore/metrics/"]
)
def test_what_is_for_the_operator_is_not_for_readers(site: Site, path: str) -> None:
    assert fetched(f"{site.url}/{path}").status == 404


def test_a_browser_stays_on_one_replica_and_many_browsers_share_all(site: Site) -> None:
    before = len(site.nginx.events())
    for lane in ("1a", "1a", "1a"):
        fetched(f"{site.url}/_stcore/host-config", cookie=f"lane={lane}")
    for lane in range(48):
        fetched(f"{site.url}/_stcore/host-config", cookie=f"lane={lane:02x}")
    # What the test before has asked for may be written down only now.
    awaited(lambda: len(site.nginx.events()) >= before + 51)
    replicas = [event["replica"] for event in site.nginx.events()[-51:]]
    assert len(set(replicas[:3])) == 1
    assert len(set(replicas)) == 3


def test_a_new_browser_gets_a_lane_that_names_nobody(site: Site) -> None:
    lane = fetched(f"{site.url}/?lang=en").headers["set-cookie"]
    assert re.fullmatch(r"lane=[0-9a-f]{2}; Path=/; HttpOnly; SameSite=Lax", lane)
    assert "set-cookie" not in fetched(f"{site.url}/", cookie=lane.split(";")[0]).headers
    assert "lane=" in fetched(f"{site.url}/", cookie=f"lane={'x' * 300}").headers["set-cookie"]


def flood(url: str, times: int) -> list[Answer]:
    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(fetched, [f"{url}{number}" for number in range(times)]))


def test_a_flood_is_held_off_with_a_hint_and_lets_up(site: Site) -> None:
    answers = flood(f"{site.url}/api/places.csv?lang=en&utm_flood=", 120)
    statuses = {answer.status for answer in answers}
    assert statuses == {200, 429}
    refused = next(answer for answer in answers if answer.status == 429)
    assert refused.headers["retry-after"] == "5"
    assert "wait a few seconds" in refused.body.decode()
    assert fetched(f"{site.url}/?lang=en").status == 200, "Pages have a limit of their own."
    awaited(lambda: fetched(f"{site.url}/api/places.csv?lang=en").status == 200, 5)


def test_an_office_that_opens_the_link_at_once_is_not_held_off(site: Site) -> None:
    script = named(site, SCRIPT)
    for url in (f"{site.url}/?lang=en&utm_reader=", f"{script}?", f"{site.url}/health?"):
        assert {answer.status for answer in flood(url, 60)} == {200}


def test_the_log_says_what_happened_and_not_to_whom(site: Site) -> None:
    typed = quote(TYPED)
    fetched(f"{site.url}/place?q={typed}&near={typed}", user_agent="Reader/1.0")
    fetched(f"{site.url}/api/places.csv?q={typed}", x_forwarded_for="203.0.113.9")
    fetched(f"{site.url}/{typed}")
    events = site.nginx.events()
    assert {"/place", "/api/*", "elsewhere"} <= {event["route"] for event in events}
    written = json.dumps(events)
    errors = (site.nginx.log.parent / "error.log").read_text(encoding="utf-8")
    for personal in (TYPED, typed, "Reader/1.0", "203.0.113.9"):
        assert personal not in written + errors
    assert errors == ""
