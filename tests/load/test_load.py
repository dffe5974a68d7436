"""The parts of the benchmark that need no server: what it feeds, asks, counts and tells."""

import ast
import filecmp
import json
import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from atlas.datapackage.loader import load
from atlas.model.selection import Selection
from atlas.pages import panels
from atlas.query.facets import shown
from tests.conftest import real_atlas
from tests.load import synthetic
from tests.load.clients import OursNew, panels_of_a_click
from tests.load.environments import PAGES, PEERS
from tests.load.peer_clients import CLIENTS, Pills
from tests.load.peers import content
from tests.load.peers.content import View
from tests.load.report import Samples

# The generator


@pytest.mark.parametrize("size", [8, 14, 300])
def test_a_synthetic_package_is_valid_and_shows_all_its_places(tmp_path: Path, size: int) -> None:
    atlas = load(synthetic.write(tmp_path / "data", size))
    assert len(shown(atlas, Selection())) == size
    assert {row.place for row in atlas.evidence} == set(atlas.place)


def test_a_synthetic_package_is_the_same_at_every_run(tmp_path: Path) -> None:
    one, other = (synthetic.write(tmp_path / name, 40) for name in ("one", "other"))
    files = [path.name for path in one.iterdir()]
    assert filecmp.cmpfiles(one, other, files, shallow=False) == (files, [], [])
    changed = synthetic.write(tmp_path / "changed", 40, seed=1)
    assert not filecmp.cmp(one / "places.csv", changed / "places.csv", shallow=False)


def test_a_synthetic_package_names_nothing_of_the_world(tmp_path: Path) -> None:
    folder = synthetic.write(tmp_path / "data", 30)
    real = {place.name[language] for place in load().places for language in ("en", "zh", "id")}
    rows = "".join(path.read_text("utf-8") for path in folder.glob("*.csv"))
    assert not [name for name in real if name in rows]


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
    tree = ast.parse((PAGES / name / "page.py").read_text("utf-8"))
    lines = (PAGES / name / "requirements.txt").read_text("utf-8").splitlines()
    pinned = {re.sub("[-_.]+", "-", line.partition("==")[0]).lower() for line in lines}
    assert all("==" in line for line in lines)
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    known = {"content", "functools", "os", "pathlib", "sys"}
    names = {str(module).partition(".")[0].replace("_", "-") for module in imported}
    assert names - known <= pinned


# What is asked


def index() -> str:
    """The slots of the map page, as its first answer names them."""
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
    views = {address(view) for view in OursNew._views}
    assert len(views) > 20_000
    assert all("sector" in parse_qs(urlsplit(view).query) for view in views)


def test_a_session_sends_its_page_and_the_pills_that_are_chosen() -> None:
    begun, pills = ForwardMsg(), ForwardMsg()
    begun.new_session.page_script_hash = "page"
    group = pills.delta.new_element.button_group
    group.id = "w"
    for content_of_option in ("Rail 3", "Oil 1"):
        group.options.add(content=content_of_option)
    session = Pills("http://127.0.0.1:1")
    for message in (begun, pills):
        session.hear(message)
    session.choose(1)
    state = session.asked.rerun_script
    assert (state.query_string, state.page_script_hash) == ("lang=en", "page")
    assert list(state.widget_states.widgets[0].string_array_value.data) == ["Oil 1"]


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
    assert json.loads(json.dumps(samples.to_json()))["click, ms"]["ours"]["median"] == 1_000
