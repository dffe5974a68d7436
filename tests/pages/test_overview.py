"""The map page, in every language."""

import re

import pytest

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES, Language
from tests.conftest import Folder, combined
from tests.pages.opened import first, opened, package

__all__ = ["package"]  # a fixture

CARD = "beside_map.places"
SENTENCES = {
    "en": "14 of 14 places: 8 cities and districts and 6 parks",
    "zh": "14个地点中的14个：8个市（区）和6个园区",
    "id": "14 dari 14 tempat: 8 kota/distrik dan 6 kawasan",
}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_in_every_language(lang: str) -> None:
    page = opened(lang=lang)
    assert SENTENCES[lang] in page.markup
    assert [re.findall(r"\d+", figure) for figure in page.figures] == [
        ["14", "14"],
        ["2", "4"],
        ["7", "12"],
        ["91"],
    ]


@pytest.mark.parametrize(
    ("place", "lang"),
    combined(["deyang", "yubei", "gaozhu-na", "qijiang-ip", "guanghan"], LANGUAGES),
)
def test_a_card_opens_in_every_language(place: str, lang: str) -> None:
    name = current().place[place].name[lang]
    assert f'aria-label="{name}"' in opened(only=CARD, lang=lang, place=place).markup


def test_the_card_shows_what_became_of_a_district_of_the_eight() -> None:
    assert "6 November 2025" in opened(only=CARD, lang="en", place="yubei").markup


@pytest.mark.parametrize("page", ["", "place"])
@pytest.mark.parametrize("park", ["yongchuan-htz", "jiangjin-ip", "gaozhu-na", "yufu-idz"])
def test_an_inferred_park_says_what_speaks_for_and_against_it(park: str, page: str) -> None:
    atlas = current()
    row = next(
        row for row in atlas.memberships if (row.group, row.place) == ("demonstration", park)
    )
    panels = "place.head,place.answers" if page else CARD
    text = opened(page, only=panels, lang="zh", place=park).text
    assert "推断" in text
    assert row.support["zh"] in text
    assert row.counter["zh"] in text
    assert page == "" or atlas.group["demonstration"].definition["zh"] in text


def test_a_card_shows_the_first_firms_and_leads_to_the_others() -> None:
    card = opened(only=CARD, lang="en", place="chengdu").markup
    firms = card[card.index("<h3>Enterprises") : card.index("<h3>Parks and places")]
    assert "At work: 29 · Under construction: 3 · Announced: 3" in firms
    assert firms.count("<li>") == 8
    assert re.search(r'href="place[^"]*#q-firms"[^>]*>and 27 more', firms)


def test_the_browser_speaks_where_the_link_does_not() -> None:
    assert SENTENCES["id"] in opened(locale="id-ID").markup
    assert SENTENCES["en"] in opened(locale="fr-FR").markup
    assert SENTENCES["zh"] in opened(locale="en-US", lang="zh").markup


def test_a_chip_says_its_count_and_whether_it_is_on_and_the_figures_follow() -> None:
    assert "Rail transit <small>8</small>" in opened(lang="en").chip("sector", "rail-transit")
    page = opened(lang="en", sector="rail-transit")
    assert 'aria-current="true"' in page.chip("sector", "rail-transit")
    assert "aria-current" not in page.chip("sector", "aerospace")
    assert page.figures[0] == "8 of 14"
    assert "working in rail transit" in page.markup


def test_the_switch_appears_with_the_second_sector_and_narrows() -> None:
    assert "A place must have" in opened(lang="en", sector="aerospace,rail-transit").markup
    page = opened(lang="en", sector="aerospace,rail-transit", match="all")
    assert 'aria-current="true"' in page.chip("match", "all")
    assert "aerospace and rail transit" in page.markup
    assert "A place must have" not in opened(lang="en").markup


def test_reset_leads_to_the_view_without_filters_and_keeps_the_open_place() -> None:
    page = opened(lang="zh", sector="aerospace", side="sichuan", q="d", place="ziyang").markup
    reset = re.search('<a[^>]*id="reset-filters" href="(.*?)" data-carry="(.*?)"', page)
    assert reset
    assert reset[1].partition("#")[0] == "?lang=zh"
    assert {"sector", "side", "q"} <= set(reset[2].split())
    assert "place" not in reset[2].split()
    assert 'id="reset-filters"' not in opened(lang="zh", place="ziyang").markup


def test_a_filter_for_claims_alone_does_not_count_as_one_on_the_map() -> None:
    assert "sentence of-all" in first("", claim="evidence")
    assert "sentence of-all" not in first("", sector="rail-transit")


def test_an_empty_result_offers_repairs_with_their_counts() -> None:
    page = opened(lang="en", sector="monorail,waste-incineration", match="all")
    assert "0 of 14 places" in page.maps["overview.map"]["label"]
    assert "No place passes all these filters." in page.markup
    assert "Choose one here or on the map." not in page.markup
    assert "any instead of all: 3 places" in page.markup
    assert "drop Waste incineration: 3 places" in page.markup


def test_a_place_outside_the_filter_keeps_its_card_and_says_so() -> None:
    card = opened(only=CARD, lang="en", place="deyang", side="chongqing").markup
    assert "This place is not among those the filters show." in card


def test_on_the_map_page_a_name_opens_the_card_and_the_card_leads_to_the_profile() -> None:
    card = opened(only=CARD, lang="en", place="deyang", sector="aerospace").markup
    assert 'href="?lang=en&amp;place=deyang-etdz#card"' in card
    # The browser adds the filters when the link is pointed at.
    link = 'href="place?lang=en&amp;place=deyang#profile-deyang" data-carry="place of"'
    assert f"<a {link}>Deyang</a></h2>" in card
    assert f"<a {link}>Full profile</a>" in card
    assert 'href="?lang=en&amp;place=meishan#evidence-aerospace"' in opened(lang="en").markup
    # Without script the link holds them itself.
    assert 'href="place?lang=en&amp;sector=aerospace&amp;place=deyang#profile-deyang"' in first(
        lang="en", place="deyang", sector="aerospace"
    )


def test_the_legend_leads_to_the_credits_of_the_map() -> None:
    page = opened(lang="en").markup
    assert 'href="#credits">Map data and licences' in page
    credits = page[page.index('id="credits"') :]
    assert "OpenStreetMap" in credits
    assert "Amap" in credits


@pytest.mark.parametrize(
    ("lang", "words"),
    [("en", "9 of 14 places"), ("zh", "14个地点中的9个"), ("id", "9 dari 14 tempat")],
)
def test_the_map_says_in_words_what_it_shows(lang: Language, words: str) -> None:
    charts = opened(only="overview.map", lang=lang, side="chongqing").maps
    label = charts["overview.map"]["label"]
    assert words in label
    assert f'aria-label="{label}"' in first(lang=lang, side="chongqing")


def test_without_boundaries_the_map_falls_back_and_the_credits_follow(package: Folder) -> None:
    (package.path / "map" / "boundaries.geojson").unlink()
    page = opened(lang="en")
    assert "Amap" not in page.markup
    assert page.layer("discs")
    assert 'class="geo disc' in first(lang="en")
