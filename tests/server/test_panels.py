"""The panels by address: kept for ever where that is right, and small when little changes."""

import json
import re

import brotli
import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas import server
from atlas.model.records import Atlas
from atlas.pages.assets import edition
from atlas.server.seams import bundle
from tests.conftest import Folder

GRID = "overview.key_figures,overview.grid,overview.people_and_land"


@pytest.fixture
def client() -> TestClient:
    return TestClient(Starlette(routes=server.routes(), middleware=server.middleware()))


def raw(client: TestClient, address: str, **headers: str) -> tuple[dict[str, str], bytes]:
    """The head and the body as they came, still compressed."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    with client.stream("GET", address, headers=given) as answer:
        assert answer.status_code == 200
        return dict(answer.headers), b"".join(answer.iter_raw())


def test_a_panel_of_this_edition_is_kept_for_ever(client: TestClient, atlas: Atlas) -> None:
    answer = client.get(f"/panels/{edition(atlas)}/map/overview.key_figures?sector=rail-transit")
    assert "immutable" in answer.headers["cache-control"]
    assert "<dd>8 of 14" in answer.json()["overview.key_figures"]


def test_a_card_shows_the_first_firms_and_leads_to_the_others(client: TestClient) -> None:
    address = "/panels/0123456789ab/map/overview.places?lang=en&place=chengdu"
    card = client.get(address).json()["overview.places"]
    firms = card[card.index("<h3>Enterprises") : card.index("<h3>Parks and places")]
    assert "At work: 29 · Under construction: 3 · Announced: 3" in firms
    assert firms.count("<li>") == 8
    assert re.search(r'href="place[^"]*#q-firms"[^>]*>and 27 more', firms)


def test_a_panel_of_another_edition_is_answered_but_not_kept(client: TestClient) -> None:
    answer = client.get("/panels/0123456789ab/map/overview.key_figures?lang=id")
    assert answer.headers["cache-control"] == "no-cache"
    assert "14 dari 14" in answer.json()["overview.key_figures"]


@pytest.mark.parametrize(
    "address",
    [
        "/panels/x/map/overview.nothing",
        "/panels/x/map/overview.grid,",
        "/panels/x/nowhere/overview.grid",
    ],
)
def test_there_is_no_panel_that_no_page_has(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 404
    assert "no such panel" in answer.text


def test_the_panel_of_a_page_knows_its_page(client: TestClient) -> None:
    for page, word in (("map", "Map"), ("evidence", "Evidence")):
        menu = client.get(f"/panels/x/{page}/pages.menu?lang=en").json()["pages.menu"]
        assert re.findall('aria-current="page">(.*?)<', menu) == [word]


def test_in_a_frame_on_another_site_the_menu_is_left_out(client: TestClient) -> None:
    menu = client.get("/panels/x/map/pages.menu?lang=en&embed=true").json()["pages.menu"]
    assert "Chengyu Cluster Atlas" in menu
    assert "<nav" not in menu


def test_the_edition_follows_the_data(data: Folder) -> None:
    before = edition(data.load())
    data.set("places", "deyang", name_en="Deyang city")
    assert edition(data.load()) != before


def test_a_browser_that_takes_brotli_gets_it_and_another_does_not(client: TestClient) -> None:
    address = f"/panels/x/map/{GRID}?lang=en"
    head, body = raw(client, address, accept_encoding="gzip;q=0.5, br")
    assert head["content-encoding"] == "br"
    assert len(body) < len(brotli.decompress(body)) / 5
    head, body = raw(client, address, accept_encoding="br;q=0.0, identity")
    assert "content-encoding" not in head
    assert GRID.split(",")[0] in json.loads(body)


def test_the_bundle_is_compressed_once_and_kept_for_ever(client: TestClient) -> None:
    address = next(one for one in bundle.files() if one.endswith(".js"))
    head, body = raw(client, address, accept_encoding="br")
    assert head["content-encoding"] == "br"
    assert "immutable" in head["cache-control"]
    assert head["content-type"].startswith(("text/javascript", "application/javascript"))
    assert brotli.decompress(body) == bundle.files()[address].read_bytes()


def test_what_is_no_file_of_the_bundle_is_not_answered_from_it(client: TestClient) -> None:
    for address in ("/static/js/none.js", "/static/../static/js", "/static/%2e%2e/index.html"):
        assert client.get(address, headers={"accept-encoding": "br"}).status_code == 404
