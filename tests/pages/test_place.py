"""The place page: every profile, in every language."""

import re

import pytest

from atlas.analysis.gaps import gaps
from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES
from atlas.query.profile import profile, sources
from tests.conftest import combined, real_atlas
from tests.pages.opened import elsewhere, first, folded, opened, unlike

__all__ = ["elsewhere"]  # a fixture

PAGE = "place"
OPEN = ["firms", "near", "figures", "sectors", "since", "land"]
FOLDED = ["why", "where", "gaps", "sources"]
KINDS = ["deyang", "yubei", "gaozhu-na", "gangcheng-ip", "qijiang-ip", "guanghan", "sichuan"]


@pytest.mark.parametrize(("place", "lang"), combined(KINDS, LANGUAGES))
def test_every_profile_has_the_same_sections_and_folds_how_it_is_known(
    place: str, lang: str
) -> None:
    page = opened(PAGE, lang=lang, place=place).markup
    assert re.findall(r'<h1 id="([^"]+)">', page) == [f"profile-{place}"]
    assert re.findall(r'<h2 id="q-([a-z]+)">', page) == OPEN
    assert re.findall(r'<details class="fold" id="fold-q-([a-z]+)">', page) == FOLDED
    assert [page.count(f'id="q-{name}"') for name in ("what", *OPEN, *FOLDED)] == [1] * 11


def test_the_head_has_the_sectors_with_their_confidence_each_a_link_to_its_evidence() -> None:
    head = opened(PAGE, only="place.head", lang="en", place="deyang").markup
    for work in profile(current(), "deyang").sectors:
        sign = f'confidence-{work.confidence}"'
        link = f'href="#evidence-{work.sector.id}">{work.sector.name["en"]}</a>'
        assert re.search(f"{sign}[^>]*></i> <a {link}", head)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_profile_says_all_that_the_tables_say(lang: str) -> None:
    atlas = current()
    card = profile(atlas, "jiangjin-ip")
    page = opened(PAGE, lang=lang, place="jiangjin-ip").text
    texts = [
        *(row.claim[lang] for work in card.sectors for row in work.rows),
        *(row.product[lang] for row in card.enterprises),
        *(row.note[lang] for values in card.figures for row in values.rows),
        *(row.support[lang] for row in card.memberships),
        *(row.counter[lang] for row in card.memberships),
        *(row.text[lang] for row in card.events),
        *(row.question[lang] for row in gaps(atlas, "jiangjin-ip").questions),
        card.place.about[lang],
        card.place.position_note[lang],
    ]
    assert [text for text in texts if folded(text) not in page] == []


@pytest.mark.parametrize("place", [place.id for place in real_atlas().places])
def test_every_place_has_a_profile_whose_references_lead_somewhere(place: str) -> None:
    page = opened(PAGE, lang="en", place=place).markup
    ids = re.findall(r' id="([^"]+)"', page)
    assert len(set(ids)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(ids)
    cited = sources(current(), profile(current(), place))
    assert {f"source-{source.id}" for source in cited} <= set(ids)


def test_values_that_disagree_stand_together_with_the_reason() -> None:
    page = opened(PAGE, lang="en", place="yubei").markup
    table = page[page.index('id="q-figures"') : page.index('id="q-sectors"')]
    values = ["2,191,493 people", "2,289,000 people (rounded)", "3,200,000 people (rounded)"]
    at = [table.index(value) for value in values]
    assert at == sorted(at)
    assert "Shown first: The census value" in table
    assert table.count("another value") == 5  # three of the population, one of area and GDP


def test_a_district_that_was_abolished_says_so_and_so_does_a_park_on_its_land() -> None:
    district = opened(PAGE, lang="en", place="jiangbei").markup
    assert "It no longer exists." in district
    assert district.count("Chongqing announces the abolition of Yubei and Jiangbei") == 1
    park = opened(PAGE, lang="en", place="yufu-idz").markup
    assert "It no longer exists; its profile says what became of it." in park


WORDS = {
    "of a named park nothing is recorded against it": (
        "place=deyang-etdz",
        ["Against: nothing is recorded."],
    ),
    "years differ, so nothing is ranked": ("place=deyang", ["nothing is ranked or added up"]),
    "how exactly a distance is known": (
        "place=yufu-idz",
        [">Konggang</a> 17 km, give or take 14 km"],
    ),
    "the state of firms and their sources": (
        "place=yubei",
        [
            "At work: 3 · Under construction: 1 · Announced: 2 · Historic: 1",
            '<span class="what">announced, 2022</span>',
            '<q lang="zh">友蓝能源净化处理设备研发制造基地</q>',
            "English name by this atlas",
        ],
    ),
    "the places before and after keep the selection": (
        "place=deyang&sector=aerospace",
        [
            'rel="prev" href="?lang=en&sector=aerospace&place=chengdu#',
            'rel="next" href="?lang=en&sector=aerospace&place=meishan#',
            'href="./?lang=en&sector=aerospace&place=deyang#card"',
        ],
    ),
    "names lead to profiles and sectors to their page": (
        "lang=zh&place=deyang",
        [
            'href="?lang=zh&place=deyang-etdz#profile-deyang-etdz"',
            'href="sectors?lang=zh&sector=nuclear-power&place=deyang"',
        ],
    ),
    "where no place is open all are a click away": ("", ['href="places?lang=en"']),
}


@pytest.mark.parametrize(("query", "words"), WORDS.values(), ids=WORDS)
def test_the_profile_says(query: str, words: list[str]) -> None:
    assert unlike(PAGE, query, words) == []


def test_no_name_of_a_place_leads_to_its_card() -> None:
    page = opened(PAGE, lang="zh", place="deyang").markup
    assert "#card" not in page.replace("place=deyang#card", "", 1)


def test_the_counterparts_are_those_of_the_card_and_of_every_sector() -> None:
    near = opened(PAGE, only="place.near", lang="en", place="deyang").markup
    for work in profile(current(), "deyang").sectors:
        assert work.sector.name["en"] in near
    assert re.search(r"Rail transit</a>: <a [^>]+>Yubei</a> 266 km", near)


def test_a_place_without_a_position_has_no_map_and_no_distance() -> None:
    page = opened(PAGE, lang="en", place="qijiang-ip")
    assert not page.maps
    assert "so no distance can be given" in page.markup
    assert "Where it lies. No sourced position was found." in page.markup
    assert 'class="atlas-picture"' not in first(PAGE, lang="en", place="qijiang-ip")


@pytest.mark.parametrize("place", ["deyang", "jiangbei", "zigong-htz", "guanghan"])
def test_the_locator_is_the_one_map_and_stands_around_the_place(place: str) -> None:
    page = opened(PAGE, lang="en", place=place, side="chongqing")
    (locator,) = page.maps.values()
    row = current().place[place]
    view = locator["deck"]["initialViewState"]
    assert (view["latitude"], view["longitude"]) == (row.latitude, row.longitude)
    assert row.name["en"] in locator["label"]
    marked = {mark["id"] for mark in page.layer("pick-marks")["data"]}
    assert {"deyang", "jiangbei"} <= marked  # whatever the filters show elsewhere


@pytest.mark.usefixtures("elsewhere")
@pytest.mark.parametrize("place", ["alpha", "beta"])
def test_another_clusters_places_have_profiles_too(place: str) -> None:
    page = opened(PAGE, lang="id", place=place).markup
    assert f'id="profile-{place}"' in page
    assert re.findall(r'<h2 id="q-([a-z]+)">', page) == [name for name in OPEN if name != "firms"]
    assert f"#profile-{place}" in opened("places", lang="id").markup
