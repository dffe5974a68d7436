"""The sectors page, in every language."""

import re

import pytest

from atlas.analysis.pairs import pairs
from atlas.analysis.sector_places import all_places, places_in_scope, places_out_of_scope
from atlas.datapackage import loader
from atlas.model.languages import LANGUAGES, Language
from atlas.model.selection import Selection
from tests.conftest import combined
from tests.pages.opened import opened, unlike


def page_text(**query: str) -> str:
    return opened("sectors", **query).text


def maps(**query: str) -> list[str]:
    """Return what the maps of the page say in words."""
    return [chart["label"] for chart in opened("sectors", **query).maps.values()]


def panel(page: str, start: str, end: str = "</section>") -> str:
    """Return the part of a page from an id on."""
    return page.split(f'id="{start}"', 1)[1].split(end, 1)[0]


def text_of(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", markup))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_index_names_every_sector_and_counts_both_sides(lang: Language) -> None:
    atlas = loader.current()
    index = panel(page_text(lang=lang), "index")
    rows = re.findall(r"<tr class=.*?</tr>", index)
    assert len(rows) == len(atlas.sectors) == 13
    for sector, row in zip(atlas.sectors, rows, strict=True):
        places = [entry.place for entry in places_in_scope(atlas, sector.id, Selection())]
        sides = [sum(region.id in place.regions for place in places) for region in atlas.regions]
        assert f">{sector.name[lang]}</a>" in row
        assert f'href="?lang={lang}&sector={sector.id}"' in row
        assert [int(count) for count in re.findall(r"<b>(\d+)</b>", row)] == sides


@pytest.mark.parametrize(
    ("lang", "sector"),
    combined(LANGUAGES, ["rail-transit", "offshore-wind", "waste-incineration"]),
)
def test_a_sector_shows_every_row_of_its_evidence_with_its_source(
    lang: Language, sector: str
) -> None:
    atlas = loader.current()
    page = panel(page_text(lang=lang, sector=sector), f"sides-{sector}")
    for entry in (
        *places_in_scope(atlas, sector, Selection()),
        *places_out_of_scope(atlas, sector, Selection()),
    ):
        assert f'id="evidence-{sector}-{entry.place.id}"' in page
        for row in entry.rows:
            assert row.claim[lang] in page
            assert atlas.source[row.source].publisher[lang] in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_pairs_are_listed_with_their_distance(lang: Language) -> None:
    page = page_text(lang=lang, sector="rail-transit")
    (box,) = re.findall(r'<div class="box pairs".*?</div>', page)
    rows = re.findall(r"<tr(?: class=\"nearest\")?><td>.*?</tr>", box)
    for pair, row in zip(pairs(loader.current(), "rail-transit", Selection()), rows, strict=True):
        assert f"{pair.distance_km:.0f}" in text_of(row)
        for end in pair.places:
            assert f'href="place?lang={lang}&place={end.id}' in row


def test_the_map_says_the_nearest_pairs_in_words() -> None:
    (label,) = maps(lang="en", sector="aerospace")
    assert "Ziyang to Yongchuan 148 km" in label
    (label,) = maps(lang="en", sector="monorail")
    assert "Monorail vehicles: no pair" in label
    assert maps(lang="en") == [], "The index has no map."


def test_the_park_on_the_border_is_on_both_sides_and_anchored_once() -> None:
    page = panel(page_text(lang="en", sector="general-machinery"), "sides-general-machinery")
    assert page.count('id="evidence-general-machinery-gaozhu-na"') == 1
    assert page.count("Equipment is named first among the industries of the Gaotan park") == 2


def test_a_place_without_a_counterpart_is_named() -> None:
    page = page_text(lang="en", sector="general-machinery", kind="city,district")
    assert "Without a counterpart" not in page
    page = text_of(page_text(lang="en", sector="monorail"))
    assert re.search(r"Without a counterpart: Yubei · +Jiangbei · +Yufu", page)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_strengths_sit_where_the_evidence_is(lang: Language) -> None:
    atlas = loader.current()
    page = panel(page_text(lang=lang), "strengths")
    articles = page.split('<article class="strength">')[1:]
    sectors = [sector for sector in atlas.sectors if sector.level == "strength"]
    for sector, article in zip(sectors, articles, strict=True):
        for entry in all_places(atlas, sector.id):
            assert f"&place={entry.place.id}#" in article
            assert all(row.claim[lang] in article for row in entry.rows)


OUTSIDE = {
    "Waste incineration": [
        "Dadukou District outside the eight and the six",
        "No evidence lies within the eight and the six.",
    ],
    "Ultra-high-voltage transformers": [
        "Jiulongpo District outside the eight and the six",
        "The strongest evidence lies outside the eight and the six.",
        "Yufu Park · on the land of Jiangbei",
    ],
    "Offshore wind power": [
        "The strongest evidence lies outside the eight and the six.",
        "Chongqing Region where in it is not stated",
    ],
    "Oil drilling and production equipment": ["Guanghan City · on the land of Deyang"],
}


def strengths(page: str) -> dict[str, str]:
    """Return the texts on the strengths of a page, by name."""
    articles = panel(page, "strengths").split('<article class="strength">')[1:]
    return {re.findall(r">([^<]+)</a>", article)[0]: text_of(article) for article in articles}


def test_what_lies_outside_the_eight_is_marked_so() -> None:
    texts = strengths(page_text(lang="en"))
    for name, phrases in OUTSIDE.items():
        assert [phrase for phrase in phrases if phrase not in texts[name]] == [], name
    assert "outside" not in texts["Oil drilling and production equipment"]
    stronger = [name for name, text in texts.items() if "The strongest evidence lies" in text]
    assert stronger == ["Offshore wind power", "Ultra-high-voltage transformers"]


def test_a_field_shows_the_whereabouts_of_its_own_strengths() -> None:
    page = page_text(lang="en", sector="power-generation")
    assert list(strengths(page)) == [
        "Large power generation sets",
        "Nuclear power equipment",
        "Offshore wind power",
    ]
    assert 'id="strengths"' not in page_text(lang="en", sector="aerospace")


def test_the_grid_keeps_all_sectors_while_one_is_open() -> None:
    grid = panel(page_text(lang="en", sector="monorail"), "grid")
    assert grid.count('<th scope="row">') == 13
    assert "Yufu" in grid
    assert "Yufu" not in panel(page_text(lang="en", sector="rail-transit", kind="city"), "grid")
    assert re.findall(r'<tr class="role-part current">.*?>([^<]+)</a>', grid) == [
        "Monorail vehicles"
    ]


WORDS = {
    "a cell of the grid opens its evidence": (
        "",
        ['href="?lang=en&sector=rail-transit#evidence-rail-transit-meishan"'],
        ["Compare"],
    ),
    "places chosen for a comparison lead to it": (
        "compare=deyang,jiangbei",
        ['compare=deyang,jiangbei#side-by-side">Compare Deyang and Jiangbei'],
        [],
    ),
    "filters of the map hold and can be dropped": (
        "sector=rail-transit&kind=city",
        [
            "The filters of the map hold here too: 4 of 14 places",
            'href="?lang=en&sector=rail-transit">Drop these filters',
        ],
        [],
    ),
    "without filters nothing is said of them": (
        "sector=rail-transit&compare=deyang",
        [],
        ["The filters of the map"],
    ),
    "further places are counted on request": (
        "sector=waste-incineration",
        ['href="?lang=en&sector=waste-incineration&sets=outside"'],
        [],
    ),
    "further places are counted": (
        "sector=waste-incineration&sets=outside",
        ["Chongqing <small>1 place<", 'sector=waste-incineration" aria-current="true"'],
        [],
    ),
    "several sectors stand in one title": (
        "sector=monorail,nuclear-power&match=all",
        ["<h1>Nuclear power equipment and Monorail vehicles</h1>", 'id="sides-monorail"'],
        [],
    ),
    "an open place can be let go": (
        "sector=rail-transit&place=ziyang",
        [
            "Only the arcs of Ziyang are drawn strong.",
            'href="?lang=en&sector=rail-transit">Draw all again',
        ],
        [],
    ),
    "a place without counterparts has no arcs": (
        "sector=rail-transit&place=yongchuan",
        [],
        ["Draw all again"],
    ),
}


@pytest.mark.parametrize(("query", "present", "absent"), WORDS.values(), ids=WORDS)
def test_the_page_says(query: str, present: list[str], absent: list[str]) -> None:
    assert unlike("sectors", query, present, absent) == []
