"""The page of places: its table, the list of all, and what stands first."""

import re

import pytest

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES
from atlas.model.selection import Selection
from atlas.query.facets import shown
from tests.pages.opened import first, opened

PAGE = "places"


def linked(markup: str) -> list[str]:
    return re.findall(r"place=([a-z-]+)#profile-", markup)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_has_the_places_shown_with_figures_years_and_sources(lang: str) -> None:
    atlas = current()
    table = opened(PAGE, only="places.table", lang=lang, side="sichuan").markup
    places = shown(atlas, Selection(side=("sichuan",)))
    assert linked(table) == [place.id for place in places]
    for indicator in ("population", "area", "gdp"):
        assert atlas.indicator[indicator].name[lang] in table
    row = next(row for row in table.split("<tr>") if "#profile-chengdu" in row)
    assert re.search(r"20[.,]937[.,]757", row)
    assert "<small>2020</small>" in row
    assert "oweidata.com" in row


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_place_is_listed_by_group_whatever_the_filters(lang: str) -> None:
    atlas = current()
    directory = opened(PAGE, only="places.directory", lang=lang, side="chongqing").markup
    assert set(linked(directory)) == set(atlas.place)
    at = [directory.index(f"<h3>{group.name[lang]}") for group in atlas.groups]
    assert at == sorted(at)


def test_with_two_chosen_the_comparison_comes_first() -> None:
    def headings(**query: str) -> list[str]:
        return re.findall(r'<h2 id="([a-z-]+)"', opened(PAGE, lang="en", **query).markup)

    parts = ["table", "choose", "matrix", "neighbours", "reach", "firms"]
    assert headings() == parts
    assert headings(compare="deyang") == parts
    assert headings(compare="deyang,yubei") == ["side-by-side", *parts]


def test_a_link_to_a_profile_without_a_place_leads_to_all_of_them() -> None:
    page = first("place", lang="en", side="sichuan", place="atlantis")
    assert 'data-page="places"' in page
    assert "place: atlantis" in page
    assert "region: Sichuan" in page


@pytest.mark.parametrize("page", ["", "place"])
def test_card_and_profile_set_a_place_beside_its_counterparts(page: str) -> None:
    markup = opened(page, lang="en", place="deyang").markup
    offer = markup[markup.index('<details class="compare-with">') :].partition("</details>")[0]
    beside = re.findall(r'href="places\?lang=en&amp;compare=([a-z,-]+)#side-by-side"', offer)
    assert "deyang,yubei" in beside
    assert len(beside) == 5
    assert 'href="places?lang=en&amp;compare=deyang#choose"' in offer


def test_a_place_without_a_position_is_compared_with_any() -> None:
    page = opened("place", lang="en", place="qijiang-ip").markup
    assert "compare=qijiang-ip#choose" in page
