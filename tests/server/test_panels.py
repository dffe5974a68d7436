"""The panels by address: kept for ever where that is right, and small when little changes."""

import json
import re

import brotli
import pytest
from starlette.testclient import TestClient

from atlas.model.pages import MAP, PAGES
from atlas.pages import panels
from atlas.pages.assets import edition
from atlas.server.request import MOST_CHARACTERS, MOST_FIELDS
from atlas.server.seams import bundle
from tests.conftest import at_night, combined, real_atlas
from tests.hostile.asking import Server
from tests.hostile.payloads import MARKUP, quoted

GRID = "overview.key_figures,overview.grid,overview.people_and_land"
HERE = f"/panels/{edition(real_atlas())}"


def raw(client: TestClient, address: str, **headers: str) -> tuple[dict[str, str], bytes]:
    """Return the head and the body as they came, still compressed."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream("GET", address, headers=sent) as answer:
        assert answer.status_code == 200
        return dict(answer.headers), b"".join(answer.iter_raw())


@pytest.mark.parametrize("page", PAGES)
def test_what_lasts_is_kept_for_ever_and_what_follows_the_day_is_asked_for_again(
    client: TestClient, page: str
) -> None:
    every = panels(page)
    # Of those that last, one is enough by day.
    lasting = [name for name, panel in every.items() if panel.lasts]
    rest = [name for name in every if name not in lasting]
    for name in at_night(every, [*lasting[:1], *rest]):
        answer = client.get(f"{HERE}/{page or MAP}/{name}?lang=en&sector=rail-transit")
        assert list(answer.json()) == [name]
        assert ("immutable" in answer.headers["cache-control"]) is every[name].lasts
    whole = client.get(f"{HERE}/{page or MAP}/all?lang=en")
    assert list(whole.json()) == [name for name, panel in every.items() if not panel.later]
    assert ("immutable" in whole.headers["cache-control"]) is (page != "share")


def test_panels_are_answered_once_each_for_the_view_of_the_query(client: TestClient) -> None:
    twice = "overview.key_figures,overview.lead,overview.key_figures"
    answer = client.get(f"{HERE}/map/{twice}?sector=rail-transit").json()
    assert list(answer) == ["overview.key_figures", "overview.lead"]
    assert "<dd>8 of 14" in answer["overview.key_figures"]


@pytest.mark.parametrize("rest", ["map/overview.grid", "map/all", "map/overview.gone", "gone/all"])
@pytest.mark.parametrize("digest", ["0123456789ab", "x", "%3Cscript%3E"])
def test_an_address_of_another_edition_is_gone_and_not_kept(
    client: TestClient, digest: str, rest: str
) -> None:
    """Also where this edition has no such panel: only so the page is loaded anew."""
    answer = client.get(f"/panels/{digest}/{rest}?lang=en")
    assert answer.status_code == 410
    assert answer.headers["cache-control"] == "no-store"
    assert "load the page anew" in answer.text
    assert "<" not in answer.text


@pytest.mark.parametrize(
    "rest",
    [
        "map/overview.nothing",
        "map/overview.grid,",
        "map/overview.grid,about.contents",
        "map/,",
        "map/overview.grid,all",
        "map/%3Cscript%3E",
        "nowhere/overview.grid",
        "nowhere/all",
        "about/overview.grid",
    ],
)
def test_there_is_no_panel_that_no_page_has(client: TestClient, rest: str) -> None:
    answer = client.get(f"{HERE}/{rest}")
    assert answer.status_code == 404
    assert answer.text == "There is no such panel.\n"
    assert "immutable" not in answer.headers.get("cache-control", "")


@pytest.mark.parametrize(
    ("query", "status"),
    [
        (f"q={'a' * (MOST_CHARACTERS - 2)}", 200),
        (f"q={'a' * (MOST_CHARACTERS - 1)}", 414),
        ("&".join(f"x{number}=1" for number in range(MOST_FIELDS)), 200),
        ("&".join(f"x{number}=1" for number in range(MOST_FIELDS + 1)), 414),
        ("&" * MOST_FIELDS, 414),
    ],
    ids=["characters", "more characters", "fields", "more fields", "empty fields"],
)
def test_a_query_over_the_limits_is_refused_and_not_cut(query: str, status: int) -> None:
    server = Server()
    answer = server.ask(f"{HERE}/map/overview.lead", query, {})
    server.close()
    assert answer.status == status
    assert status == 200 or b"<" not in answer.body


@pytest.mark.parametrize(
    ("page", "name"), combined(list(PAGES), ["q", "place", "sector", "near", "data", "of", "theme"])
)
def test_nothing_of_a_query_comes_back_as_markup(client: TestClient, page: str, name: str) -> None:
    query = f"lang=en&{name}={quoted(MARKUP)}&size={quoted(MARKUP)}"
    answer = client.get(f"{HERE}/{page or MAP}/all?{query}")
    assert answer.headers["content-type"].startswith("application/json")
    # The browser takes strings for markup; what a map says in words it sets as text.
    panels = [panel for panel in answer.json().values() if isinstance(panel, str)]
    assert not [markup for markup in panels if "<script" in markup]
    assert "<script id" not in client.get(f"/{page}?{query}").text


def test_the_panel_of_a_page_knows_its_page(client: TestClient) -> None:
    for page, word in (("map", "Map"), ("evidence", "Evidence")):
        menu = client.get(f"{HERE}/{page}/pages.menu?lang=en").json()["pages.menu"]
        assert re.findall('aria-current="page">(.*?)<', menu) == [word]


def test_an_unknown_size_or_theme_is_the_usual_one(client: TestClient) -> None:
    usual = client.get(f"{HERE}/map/overview.map?lang=en&theme=light&size=wide").json()
    assert client.get(f"{HERE}/map/overview.map?lang=en&theme=x&size=x").json() == usual


def test_a_browser_that_takes_brotli_gets_it_and_another_does_not(client: TestClient) -> None:
    address = f"{HERE}/map/{GRID}?lang=en"
    head, body = raw(client, address, accept_encoding="gzip;q=0.5, br")
    assert head["content-encoding"] == "br"
    assert len(body) < len(brotli.decompress(body)) / 5
    head, body = raw(client, address, accept_encoding="br;q=0.0, identity")
    assert "content-encoding" not in head
    assert GRID.split(",")[0] in json.loads(body)


def test_the_bundle_is_compressed_once_and_kept_for_ever(client: TestClient) -> None:
    address = next(path for path in bundle.files() if path.endswith(".js"))
    head, body = raw(client, address, accept_encoding="br")
    assert head["content-encoding"] == "br"
    assert "immutable" in head["cache-control"]
    assert head["content-type"].startswith(("text/javascript", "application/javascript"))
    assert brotli.decompress(body) == bundle.files()[address].read_bytes()


def test_what_is_no_file_of_the_bundle_is_not_answered_from_it(client: TestClient) -> None:
    for address in ("/static/js/none.js", "/static/../static/js", "/static/%2e%2e/index.html"):
        assert client.get(address, headers={"accept-encoding": "br"}).status_code == 404
