"""The list of firms, and the views that it leads to."""

import re
from html import unescape
from urllib.parse import parse_qsl

import pytest

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES
from atlas.model.selection import Selection
from atlas.pages.parts.firms import FIRST
from atlas.query.facets import shown
from tests.pages.opened import CLIENT, opened

PAGE = "places"


def listed(**query: str) -> str:
    return opened(PAGE, only="firms.listed", **query).markup


def rows(markup: str) -> list[str]:
    return re.findall(r'<tr><th scope="row">.*?</tr>', markup)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_firm_stands_with_product_sector_place_and_source(lang: str) -> None:
    atlas = current()
    for firm, row in zip(atlas.enterprises, rows(unescape(listed(lang=lang))), strict=True):
        place = atlas.place[firm.place]
        for words in (
            firm.name[lang],
            firm.product[lang],
            atlas.sector[firm.sector].name[lang],
            place.short[lang] or place.name[lang],
            atlas.source[firm.source].publisher[lang],
        ):
            assert words in row


def test_a_long_list_ends_with_all_the_others_folded() -> None:
    open_part, _, folded = listed(lang="en").partition('<details class="rest">')
    assert len(rows(open_part)) == FIRST
    assert folded.lstrip().startswith(
        f"<summary>Show all {len(current().enterprises)} firms</summary>"
    )
    assert "<details" not in listed(lang="en", side="sichuan", sector="rail-transit")


def test_the_list_follows_the_view() -> None:
    atlas = current()
    shown_ids = {place.id for place in shown(atlas, Selection(sector=("rail-transit",)))}
    firms = [
        firm
        for firm in atlas.enterprises
        if "rail-transit" in (firm.sector, atlas.sector[firm.sector].parent)
        if firm.state == "operating" and shown_ids & {firm.place, firm.park}
    ]
    page = listed(lang="en", sector="rail-transit", state="operating")
    assert len(rows(page)) == len(firms) > 5
    assert "No firm is listed for this view." in listed(lang="en", q="no such firm")
    (row,) = rows(listed(lang="en", firm="crrc-meishan"))
    assert "CRRC Meishan" in row


def test_a_search_for_a_firm_leaves_the_firms_it_finds() -> None:
    firms = rows(listed(lang="zh", q="中车"))
    assert firms
    assert all("中车" in row for row in firms)


@pytest.mark.parametrize("firm", ["crrc-meishan", "huaxi-energy", "sanfeng-covanta"])
def test_a_firm_leads_to_the_map_with_its_places_alone(firm: str) -> None:
    row = next(row for row in rows(listed(lang="en")) if f"firm={firm}" in row)
    link = re.search(r'href="\./(\?[^"]*)"', row)
    assert link
    query = dict(parse_qsl(unescape(link[1])[1:]))
    places = opened(only="beside_map.places", **query).markup
    assert f"place={current().enterprise[firm].place}#card" in places
    assert places.count("<li>") == len(current().enterprise[firm].places)


def test_a_firm_of_a_whole_region_leads_to_the_regions_profile() -> None:
    row = next(row for row in rows(listed(lang="en")) if "Kawasaki" in row)
    assert 'href="place?lang=en&amp;place=chongqing#profile-chongqing"' in row


def test_the_map_of_a_firm_names_it_and_lets_it_go() -> None:
    page = opened("", lang="en", firm="crrc-meishan")
    assert "1 of 14 places: 1 city or district; firm: CRRC Meishan" in page.text
    assert 'aria-current="true"' in page.chip("firm", "crrc-meishan")
    assert page.answers["pages.page_title"].startswith("CRRC Meishan · ")
    assert "CRRC Meishan" in page.answers["beside_map.places"]
    assert "chip-firm-" not in opened("", lang="en").markup


def test_crawlers_are_led_to_every_firm_that_is_on_the_map() -> None:
    sitemap = CLIENT.get("/sitemap.xml").text
    assert "?lang=zh&amp;firm=crrc-meishan</loc>" in sitemap
    assert "firm=kawasaki" not in sitemap
