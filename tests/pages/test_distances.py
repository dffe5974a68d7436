"""Distances, reach and comparison on the page of places, in every language."""

import re

import pytest

from atlas.analysis.distance import between
from atlas.datapackage import loader
from atlas.model.languages import LANGUAGES
from atlas.model.parameters import LONGEST_SEARCH
from atlas.model.records import Place
from atlas.model.text import text
from tests.pages.opened import first, opened, unlike

PAGE = "places"
COMPARISON, MATRIX = "places.comparison", "distances.matrix"
CLOSE_TO_DEYANG = 'href="?lang=en&compare=chengdu,deyang,ziyang,deyang-etdz#side-by-side"'


def markup(panels: str, **query: str) -> str:
    return opened(PAGE, only=panels, **query).markup


def place(name: str) -> Place:
    return loader.current().place[name]


def in_order_with_deyang(other: str) -> list[str]:
    order = [place.id for place in loader.current().places]
    return sorted(("deyang", other), key=order.index)


def reached(**query: str) -> list[str]:
    """Return the ids of the places listed as within reach, in order."""
    listed = re.search(r"<ol>(.*?)</ol>", markup("distances.reached", **query))
    return re.findall(r"#profile-([a-z-]+)", listed[1]) if listed else []


# In every language


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_holds_the_distance_of_every_two_base_places(lang: str) -> None:
    matrix = markup(MATRIX, lang=lang)
    assert matrix.count('scope="row"') == matrix.count('scope="col"') == 14
    near = between(place("deyang"), place("yongchuan"))
    assert near is not None
    row = re.search(r'<tr><th scope="row">[^#]*#profile-deyang".*?</tr>', matrix)
    assert row
    assert f">{text(lang).number(near.distance_km, 0)}</td>" in row[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_places_side_by_side_with_sectors_figures_grades_and_sources(lang: str) -> None:
    atlas = loader.current()
    beside = opened(PAGE, only=COMPARISON, lang=lang, compare="deyang,yufu-idz").text
    texts = ['class="grade grade-hollow"', "confidence-high", place("yufu-idz").position_note[lang]]
    texts += [
        atlas.sector[row.sector].name[lang] for row in atlas.evidence if row.place == "yufu-idz"
    ]
    for figure in atlas.figures:
        if figure.place == "deyang" and figure.preferred:
            texts.append(atlas.indicator[figure.indicator].name[lang])
            texts.append(atlas.source[figure.source].publisher[lang])
    assert [text for text in texts if text not in beside] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_that_is_no_point_is_refused_with_an_example(lang: str) -> None:
    page = opened(PAGE, lang=lang, near="104.38, 31.13").markup
    assert 'role="alert"' in page
    # The first place is the example beside the field and in the message, which also offers a point.
    assert page.count("30.67, 104.07") == 2
    assert page.count("31.13, 104.38") == 1
    assert re.search(r'near=31\.13,%20104\.38"[^>]*>31.13, 104.38</a>', page)
    assert 'aria-labelledby="reached"' not in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_says_in_words_what_it_shows(lang: str) -> None:
    page = opened(PAGE, only="distances.map", lang=lang, near="chengdu", radius="80")
    label = page.maps["distances.map"]["label"]
    assert place("chengdu").name[lang] in label
    assert "80" in label
    assert page.layer("reach")["data"]


# Choosing


def test_every_place_has_a_link_that_chooses_it_or_takes_it_out() -> None:
    directory = markup("places.directory", lang="en", compare="deyang")
    chosen = re.findall(
        r'href="\?lang=en(?:&amp;compare=([a-z,-]+))?(?:#side-by-side)?" aria-label', directory
    )
    others = {place.id for place in loader.current().places} - {"deyang"}
    assert set(chosen) == {"", *(",".join(both) for both in map(in_order_with_deyang, others))}
    assert re.search(r'href="\?lang=en" aria-label="Compare Deyang" aria-current="true"', directory)


def test_more_than_four_are_measured_and_the_first_four_stand_side_by_side() -> None:
    beside = markup(COMPARISON, lang="en", compare="chengdu,deyang,meishan,ziyang,yubei")
    assert "first four that are chosen" in beside
    assert beside.count('role="columnheader"') == 4


def test_figures_of_different_years_are_neither_ranked_nor_added() -> None:
    def headings(compare: str) -> dict[str, str]:
        beside = markup(COMPARISON, lang="en", compare=compare)
        rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', beside)
        return {row.split("<")[0].strip(): row for row in rows}

    differ = headings("ziyang,meishan")["Gross domestic product"]
    assert "The years differ: not to be ranked or added up" in differ
    alike = headings("deyang,yongchuan")
    assert "All have a value for: 2020" in alike["Population"]
    assert "All have a value for: 2020" in alike["Gross domestic product"]
    assert "<small>" not in alike["Equipment firms"]  # only one of the two has it


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"compare": "chengdu,deyang,meishan,ziyang,yubei"}, 5),
        ({"side": "sichuan", "kind": "city"}, 4),
        ({"near": "Tianfu Square, Chengdu", "compare": "deyang,yubei"}, 2),
    ],
)
def test_the_places_chosen_are_measured_else_those_that_the_filters_show(
    query: dict[str, str], number: int
) -> None:
    assert markup(MATRIX, lang="en", **query).count('scope="col"') == number


WORDS = {
    "one chosen place has neighbours and asks for another": (
        "compare=deyang",
        ["A table needs two places", "1 place selected", 'id="side-by-side"', CLOSE_TO_DEYANG],
    ),
    "a region has no distance but can be compared": (
        "compare=sichuan,chongqing",
        ["No distance (no sourced position)", "813.3 bn yuan"],
    ),
    "how exactly both ends are known": (
        "compare=konggang-ip,yufu-idz",
        [
            "17 <small>±14</small>",
            "the first is known to about 10 km, the second to about 4 km",
        ],
    ),
    "the filters hold here too and are named": (
        "side=sichuan&kind=city",
        ["4 of 14 places", "region: Sichuan", "Searched: 4 places"],
    ),
    "filters that leave no place offer a repair": (
        "sector=monorail,waste-incineration&match=all",
        ["any instead of all: 3 places", "A table needs two places"],
    ),
    "what a link held in vain": ("compare=atlantis,deyang", ["places to compare: atlantis"]),
    "without a point it is measured from the open place": (
        "place=ziyang",
        ["No point is given, so it is measured from:", "#profile-ziyang"],
    ),
    "a rough position near the edge": (
        "near=gaozhu-na&radius=40",
        ["may lie outside", "Just outside, but may lie inside"],
    ),
    "a coordinate is a point too": ("near=31.13 N, 104.38 E&radius=10", ["31.13° N, 104.38° E"]),
    "where none is within reach the nearest is named": (
        "near=0, 0&radius=10",
        ["0 places within 10 km", "The nearest is:"],
    ),
    "a place without a position says so by its name": (
        "near=rongchang-htz",
        ["<b>Rongchang</b>", "no sourced position was found for it"],
    ),
    "a name that several have is asked back with links": (
        "lang=zh&near=高新技术产业",
        ['near=yongchuan-htz">重庆永川高新技术产业开发区</a>'],
    ),
    "further places are searched on request": (
        "near=deyang&radius=25",
        ["sets=signatories,first-batch,outside"],
    ),
    "a text that names nothing": (
        "near=Tianfu Square, Chengdu&compare=deyang,yubei",
        ["The atlas knows no place of this name.", "such as 30.67, 104.07"],
    ),
}


@pytest.mark.parametrize(("query", "words"), WORDS.values(), ids=WORDS)
def test_the_page_says(query: str, words: list[str]) -> None:
    assert unlike(PAGE, query, words) == []


# Reach


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ({"lang": "en", "near": "Chengdu", "radius": "80"}, ["deyang-etdz", "deyang", "meishan"]),
        ({"lang": "zh", "near": "成都市", "radius": "80"}, ["deyang-etdz", "deyang", "meishan"]),
        ({"lang": "id", "near": "chengdu shi", "radius": "60"}, ["deyang-etdz", "deyang"]),
        ({"lang": "en", "near": "chengdu", "radius": "60"}, ["deyang-etdz", "deyang"]),
        ({"lang": "en", "near": "31.13 N, 104.38 E", "radius": "10"}, ["deyang", "deyang-etdz"]),
    ],
)
def test_the_places_within_a_radius_of_a_name_or_coordinate(
    query: dict[str, str], ids: list[str]
) -> None:
    form = markup("distances.point_form", **query)
    assert re.search(rf'<input id="radius"[^>]* value="{query["radius"]}"', form)
    assert reached(**query) == ids


def test_further_places_are_within_reach_where_they_are_asked_for() -> None:
    assert "guanghan" in reached(lang="en", near="deyang", radius="25", sets="outside")


@pytest.mark.parametrize(
    ("lang", "near", "shown"),
    [
        ("en", "deyang", "Deyang"),
        ("zh", "deyang", "德阳"),
        ("en", "德阳市", "德阳市"),
        ("zh", "31.13, 104.38", "31.13, 104.38"),
        ("en", "deyang" * 200, ("deyang" * 200)[:LONGEST_SEARCH]),
        ("en", '"><i>', "&#34;&gt;&lt;i&gt;"),
    ],
    ids=["id", "id in Chinese", "name", "coordinate", "long", "markup"],
)
def test_the_field_shows_the_point_of_the_link(lang: str, near: str, shown: str) -> None:
    form = markup("distances.point_form", lang=lang, near=near)
    assert re.findall(r'<input id="near"[^>]* value="([^"]*)"', form) == [shown]


@pytest.mark.parametrize("radius", ["1000000000", "-5", "0", "many"])
def test_a_radius_beyond_its_bounds_is_named_and_the_usual_one_holds(radius: str) -> None:
    panels = "pages.left_out,distances.point_form"
    page = markup(panels, lang="en", near="deyang", radius=radius)
    assert f"radius: {radius}" in page
    assert re.search(r'<input id="radius"[^>]* value="100"', page)


def test_without_script_the_fields_keep_the_rest_of_the_view() -> None:
    page = first(PAGE, lang="zh", compare="deyang,yubei", near="deyang", radius="50")
    form = page[page.index('<form class="point"') :].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', form))
    assert hidden == {"lang": "zh", "compare": "deyang,yubei"}
    assert 'href="?lang=zh&amp;compare=deyang,yubei&amp;near=deyang&amp;radius=25"' in page
