"""The parts of the benchmark that need no server: what it feeds, asks, counts and tells."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from atlas.datapackage.sheet.package import import_table
from atlas.model.selection import Selection
from atlas.pages import panels
from atlas.query.facets import shown
from tests.conftest import real_atlas
from tests.load import synthetic
from tests.load.clients import OursNew, panels_of_a_click
from tests.load.environments import PAGES, PEERS
from tests.load.peer_clients import CLIENTS
from tests.load.peers import content
from tests.load.peers.content import View
from tests.load.report import Samples
from tests.test_dependencies import modules

# The generator


def test_a_made_up_sheet_has_all_its_places_and_is_the_same_at_every_run(tmp_path: Path) -> None:
    first, second = (synthetic.write(tmp_path / name, 300) for name in ("first", "second"))
    assert len(import_table(first).tables["places"]) == 300
    assert first.read_bytes() == second.read_bytes()


# The peers


def test_every_peers_page_shows_what_ours_does() -> None:
    atlas = real_atlas()
    for chosen in ((), ("aerospace",), ("aerospace", "rail-transit")):
        ours = shown(atlas, Selection(sector=chosen))
        assert [row["id"] for row in View(chosen).places] == [place.id for place in ours]
    assert View(("aerospace",)).figures["Places shown"] == "8 of 14"
    assert content.CHIPS["aerospace"] == "Aerospace 8"


def test_every_peer_has_a_page_that_compiles_pinned_requirements_and_a_client() -> None:
    folders = {path.name for path in PAGES.iterdir() if (path / "page.py").exists()}
    assert folders == PEERS.keys() - {"ours"} == CLIENTS.keys() - {"ours"}


@pytest.mark.parametrize("name", sorted(PEERS.keys() - {"ours"}))
def test_a_peers_page_imports_only_what_is_pinned(name: str) -> None:
    lines = (PAGES / name / "requirements.txt").read_text("utf-8").splitlines()
    assert all("==" in line for line in lines)
    pinned = {re.sub("[-_.]+", "-", line.partition("==")[0]).lower() for line in lines}
    imported = {name.replace("_", "-") for name in modules(PAGES / name / "page.py")}
    assert imported - {"content", "functools", "os", "pathlib", "sys"} <= pinned


# What is asked


def index() -> str:
    """Return the slots of the map page, as its first answer names them."""
    slots = (panel.slot() for panel in panels("").values())
    return '<div data-panels="panels/e1">' + "".join(slots)


def test_a_click_asks_for_what_follows_the_filters_in_the_order_of_the_browser() -> None:
    address = urlsplit(panels_of_a_click(index())({"sector": "aerospace,rail-transit"}))
    assert address.path.startswith("/panels/e1/map/")
    names = address.path.rpartition("/")[2].split(",")
    ours = {"overview.key_figures", "beside_map.places", "overview.map", "filters.fields"}
    assert ours <= {*names}
    assert "pages.menu" not in names
    assert address.query == "lang=en&sector=aerospace,rail-transit&size=wide&theme=light"


def test_new_views_are_all_different_and_many() -> None:
    OursNew.begin()
    address = panels_of_a_click(index())
    views = list(OursNew._views)
    assert len({tuple(sorted(view.items())) for view in views}) == len(views) > 20_000
    assert all("sector" in parse_qs(urlsplit(address(view)).query) for view in views[::100])


# What is told


def test_the_report_is_a_table_of_medians_with_gaps_where_nothing_was_measured() -> None:
    samples = Samples()
    for value in (100, 1_000, 2_000):
        samples.add("ours", "click, ms", value)
    samples.add("dash", "start, s", 0.254)
    assert list(samples.table(["ours", "dash"])) == [
        "| | ours | dash |",
        "|---|---|---|",
        "| click, ms | 1,000 |  |",
        "| start, s |  | 0.25 |",
    ]
