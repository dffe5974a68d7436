"""The pages as Streamlit runs them, in every language, without a browser."""

import json
import os
import re
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from atlas import server
from atlas.datapackage import loader
from atlas.model.languages import LANGUAGES
from tests.conftest import combined

CLIENT = TestClient(Starlette(routes=server.routes()))
ROOT = Path(__file__).parents[2]

# Streamlit looks for components in every package that is installed: for each app, most of its time.
COMPONENTS = cache(manifest_scanner.scan_component_manifests)

SENTENCES = {
    "en": "14 of 14 places: 8 cities and districts and 6 parks",
    "zh": "14个地点中的14个：8个市（区）和6个园区",
    "id": "14 dari 14 tempat: 8 kota/distrik dan 6 kawasan",
}


def visit(page: str = "dashboard.py", locale: str | None = None, **query: str) -> AppTest:
    """Open a page with a query string, as a reader whose browser speaks `locale`."""
    app = AppTest.from_file(str(ROOT / page), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    app.context = {"locale": locale} if locale else {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", COMPONENTS)
        app.run()
    assert not app.exception
    return app


def markup(app: AppTest) -> str:
    """All markup of the page, with the panels that a browser would fetch and white space folded."""
    seen = " ".join(one.proto.body for one in app.get("html"))
    panels = fetched(app, re.findall('data-panel="(.*?)"', seen))
    filled = re.sub('data-panel="(.*?)".*?>', lambda slot: f">{panels[slot[1]]}", seen)
    return re.sub(r"\s+", " ", filled)


# Markup of pages, with the atlas it was made of: kept with it, that one's id stays its own.
_SEEN: dict[tuple[object, ...], tuple[object, str]] = {}


def seen_on(page: str = "dashboard.py", locale: str | None = None, **query: str) -> str:
    """Return the markup of a page that is only read; it is kept for the other tests."""
    atlas = loader.current()
    settings = [(name, value) for name, value in os.environ.items() if name.startswith("ATLAS_")]
    key = (page, locale, *sorted(query.items()), *sorted(settings), id(atlas))
    if key not in _SEEN:
        _SEEN[key] = atlas, markup(visit(page, locale, **query))
    return _SEEN[key][1]


def fetched(app: AppTest, names: list[str]) -> dict[str, str]:
    """The markup of panels for the view that the page's script has been told."""
    if not names:
        return {}
    told = json.loads(app.get("bidi_component")[0].proto.json)
    answer = CLIENT.get(f"/{told['panels']}/{','.join(names)}?{told['query']}")
    assert answer.status_code == 200
    found: dict[str, str] = answer.json()
    return found


def figures(app: AppTest) -> list[str]:
    """The key figures, without the small print."""
    return re.findall(r"<dd>(.*?)(?: <small>.*?)?</dd></div>", markup(app))


def chip(app: AppTest, parameter: str, value: str) -> str:
    """The markup of a chip."""
    found = re.search(f'<a class="chip" id="chip-{parameter}-{value}".*?</a>', markup(app))
    assert found, f"no chip {parameter} {value}"
    return found[0]


def query(app: AppTest) -> dict[str, str]:
    """The query string the page has written."""
    found = ((name, app.query_params[name]) for name in app.query_params)
    return {name: value if isinstance(value, str) else value[-1] for name, value in found}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_page_opens_in_every_language(lang: str) -> None:
    app = visit(lang=lang)
    assert SENTENCES[lang] in markup(app)
    assert [re.findall(r"\d+", figure) for figure in figures(app)] == [
        ["14", "14"],
        ["8", "8"],
        ["6", "6"],
        ["12"],
    ]


@pytest.mark.parametrize(
    ("place", "lang"),
    combined(["deyang", "yubei", "gaozhu-na", "qijiang-ip", "guanghan"], LANGUAGES),
)
def test_a_card_opens_in_every_language(place: str, lang: str) -> None:
    app = visit(lang=lang, place=place)
    known = loader.current().place[place]
    assert f'aria-label="{known.name[lang]}"' in markup(app)


def test_the_card_shows_what_became_of_a_district_of_the_eight() -> None:
    assert "6 November 2025" in seen_on(lang="en", place="yubei")


@pytest.mark.parametrize("park", ["yongchuan-htz", "jiangjin-ip", "gaozhu-na", "yufu-idz"])
def test_the_card_of_an_inferred_park_says_what_speaks_for_and_against_it(park: str) -> None:
    row = next(
        row
        for row in loader.current().memberships
        if (row.group, row.place) == ("demonstration", park)
    )
    seen = seen_on(lang="zh", place=park)
    assert "推断" in seen
    assert row.support["zh"] in seen
    assert row.counter["zh"] in seen


def test_the_browser_speaks_where_the_link_does_not() -> None:
    assert SENTENCES["id"] in seen_on(locale="id-ID")
    assert SENTENCES["en"] in seen_on(locale="fr-FR")
    assert SENTENCES["zh"] in seen_on(locale="en-US", lang="zh")


def test_a_chip_says_its_count_and_whether_it_is_on_and_the_figures_follow() -> None:
    assert "Rail transit <small>8</small>" in chip(visit(lang="en"), "sector", "rail-transit")
    app = visit(lang="en", sector="rail-transit")
    assert 'aria-current="true"' in chip(app, "sector", "rail-transit")
    assert "aria-current" not in chip(app, "sector", "aerospace")
    assert figures(app)[0] == "8 of 14"
    assert "working in rail transit" in markup(app)


def test_the_switch_appears_with_the_second_sector_and_narrows() -> None:
    assert "A place must have" in seen_on(lang="en", sector="aerospace,rail-transit")
    app = visit(lang="en", sector="aerospace,rail-transit", match="all")
    assert 'aria-current="true"' in chip(app, "match", "all")
    assert "aerospace and rail transit" in markup(app)
    assert "A place must have" not in seen_on(lang="en")


def test_search_finds_a_place_by_its_chinese_name_and_by_plain_pinyin() -> None:
    for search in ("德阳", "deyang", "DÉYÁNG"):
        app = visit(lang="en")
        app.text_input[0].set_value(search).run()
        assert query(app)["q"] == search
        assert figures(app)[0] == "2 of 14"


def test_a_step_taken_before_the_address_has_followed_the_last_one_loses_nothing() -> None:
    app = visit("pages/distances.py", lang="en")
    sent = dict(app.query_params)
    app.text_input[0].set_value("Deyang").run()
    app.query_params.clear()
    app.query_params.update(sent)
    app.number_input[0].set_value(50).run()
    assert query(app) == {"lang": "en", "near": "deyang", "radius": "50"}


def test_going_back_is_no_step_taken_too_early() -> None:
    app = visit("pages/distances.py", lang="en")
    sent = dict(app.query_params)
    app.text_input[0].set_value("Deyang").run()
    app.query_params.clear()
    app.query_params.update(sent)
    app.run()
    app.number_input[0].set_value(50).run()
    assert query(app) == {"lang": "en", "radius": "50"}


def test_reset_leads_to_the_view_without_filters_and_keeps_the_open_place() -> None:
    app = visit(lang="zh", sector="aerospace", side="sichuan", q="d", place="ziyang")
    reset = re.search('<a[^>]*id="reset-filters" href="(.*?)" data-carry="(.*?)"', markup(app))
    assert reset
    assert reset[1] == "?lang=zh#filters"
    assert {"sector", "side", "q"} <= set(reset[2].split())
    assert "place" not in reset[2].split()
    assert 'id="reset-filters"' not in seen_on(lang="zh", place="ziyang")


def test_a_mangled_link_opens_and_names_what_it_left_out() -> None:
    seen = seen_on(lang="en", sector="rail-transit,warp", place="atlantis")
    assert "sector: warp" in seen
    assert "place: atlantis" in seen
    assert "working in rail transit" in seen


def test_hostile_values_are_shown_as_text() -> None:
    seen = seen_on(lang="en", sector="<img src=x onerror=alert(1)>", q="<b>x</b>")
    assert "<img src=x" not in seen
    assert "<b>x</b>" not in seen
    assert "&lt;b&gt;x&lt;/b&gt;" in seen


def test_an_empty_result_offers_repairs_with_their_counts() -> None:
    seen = seen_on(lang="en", sector="monorail,waste-incineration", match="all")
    assert "No place passes all these filters." in seen
    assert "Choose one here or on the map." not in seen
    assert "any instead of all: 3 places" in seen
    assert "drop Waste incineration: 3 places" in seen


def test_a_place_outside_the_filter_keeps_its_card_and_says_so() -> None:
    seen = seen_on(lang="en", place="deyang", side="chongqing")
    assert "This place is not among those the filters show." in seen


def test_a_grid_cell_links_to_its_evidence() -> None:
    seen = seen_on(lang="en")
    assert 'href="?lang=en&amp;place=meishan#evidence-rail-transit"' in seen


def test_the_legend_leads_to_the_credits_of_the_map() -> None:
    seen = seen_on(lang="en")
    assert 'href="#credits">Map data and licences' in seen
    assert "OpenStreetMap" in seen[seen.index('id="credits"') :]


def test_the_map_says_in_words_what_it_shows() -> None:
    chart = visit(lang="en", side="chongqing").get("deck_gl_json_chart")[0]
    assert "9 of 14 places" in chart.proto.alt
    assert "side: Chongqing" in chart.proto.alt


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the data package that the dashboard reads instead of its own."""
    folder = tmp_path / "data"
    shutil.copytree(ROOT / "data", folder)
    monkeypatch.setenv("ATLAS_DATA", str(folder))
    loader.current.cache_clear()
    yield folder
    loader.current.cache_clear()


def test_broken_data_are_refused_with_the_list_of_what_is_wrong(package: Path) -> None:
    table = package / "evidence.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",S28,", ",S999,", 1), "utf-8")
    app = visit(lang="en")
    assert "cannot be read" in app.error[0].value
    assert "evidence.csv" in app.code[0].value
    assert "S999" in app.code[0].value
    assert not figures(app)


def test_without_boundaries_the_map_falls_back_and_the_credits_follow(package: Path) -> None:
    assert "Amap" in seen_on(lang="en")
    (package / "map" / "boundaries.geojson").unlink()
    loader.current.cache_clear()
    app = visit(lang="en")
    assert "Amap" not in markup(app)
    assert '"discs"' in app.get("deck_gl_json_chart")[0].proto.json
