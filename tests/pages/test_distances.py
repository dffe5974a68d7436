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
CLOSE_TO_DEYANG = 'href="?lang=en&compare=chengdu,deyang,ziyang,deyang-etdz#side-by-side"'


def see(**parameters: str) -> str:
    return opened(PAGE, **parameters).markup


def place(name: str) -> Place:
    return loader.current().place[name]


def section(seen: str, name: str) -> str:
    """The part of the markup that a heading opens."""
    found = re.search(rf'<section[^>]*aria-labelledby="{name}".*?</section>', seen)
    assert found, name
    return found[0]


def in_order_with_deyang(other: str) -> list[str]:
    order = [place.id for place in loader.current().places]
    return sorted(("deyang", other), key=order.index)


def reached(seen: str) -> list[str]:
    """The ids of the places in the list of those within reach, in its order."""
    listed = re.search(r"<ol>(.*?)</ol>", section(seen, "reached"))
    return re.findall(r"#profile-([a-z-]+)", listed[1]) if listed else []


# In every language


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_holds_the_distance_of_every_two_base_places(lang: str) -> None:
    matrix = section(see(lang=lang), "matrix")
    assert matrix.count('scope="row"') == matrix.count('scope="col"') == 14
    near = between(place("deyang"), place("yongchuan"))
    assert near is not None
    row = re.search(r'<tr><th scope="row">[^#]*#profile-deyang".*?</tr>', matrix)
    assert row
    assert f">{text(lang).number(near.distance_km, 0)}</td>" in row[0]  # type: ignore[arg-type]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_places_side_by_side_with_sectors_figures_grades_and_sources(lang: str) -> None:
    atlas = loader.current()
    seen = section(see(lang=lang, compare="deyang,yufu-idz"), "side-by-side")
    for row in (one for one in atlas.evidence if one.place == "yufu-idz"):
        assert atlas.sector[row.sector].name[lang] in seen
    for figure in (one for one in atlas.figures if one.place == "deyang" and one.preferred):
        assert atlas.indicator[figure.indicator].name[lang] in seen
        assert atlas.source[figure.source].publisher[lang].replace("'", "&#39;") in seen
    assert 'class="grade grade-hollow"' in seen
    assert place("yufu-idz").position_note[lang].replace("'", "&#39;") in seen
    assert "confidence-high" in seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_text_that_is_no_point_is_refused_with_an_example(lang: str) -> None:
    seen = see(lang=lang, near="104.38, 31.13")
    assert 'role="alert"' in seen
    # As a notation and in the message as an example stands the first place; what was meant too.
    assert seen.count("30.67, 104.07") == 2
    assert seen.count("31.13, 104.38") == 1
    assert re.search(r'near=31\.13,%20104\.38"[^>]*>31.13, 104.38</a>', seen)
    assert 'aria-labelledby="reached"' not in seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_map_says_in_words_what_it_shows(lang: str) -> None:
    page = opened(PAGE, lang=lang, near="chengdu", radius="80")
    (drawn,) = page.maps.values()
    assert place("chengdu").name[lang] in drawn["label"]
    assert "80" in drawn["label"]
    assert page.layer("reach")["data"]


# Choosing


def test_every_place_has_a_link_that_chooses_it_or_takes_it_out() -> None:
    seen = section(see(lang="en", compare="deyang"), "choose")
    chosen = re.findall(
        r'href="\?lang=en(?:&amp;compare=([a-z,-]+))?(?:#side-by-side)?" aria-label', seen
    )
    others = {place.id for place in loader.current().places} - {"deyang"}
    assert set(chosen) == {"", *(",".join(both) for both in map(in_order_with_deyang, others))}
    assert re.search(r'href="\?lang=en" aria-label="Compare Deyang" aria-current="true"', seen)


def test_more_than_four_are_measured_and_the_first_four_stand_side_by_side() -> None:
    beside = section(see(lang="en", compare="chengdu,deyang,meishan,ziyang,yubei"), "side-by-side")
    assert "first four that are chosen" in beside
    assert beside.count('role="columnheader"') == 4


def test_figures_of_different_years_are_neither_ranked_nor_added() -> None:
    def said(compare: str) -> dict[str, str]:
        beside = section(see(lang="en", compare=compare), "side-by-side")
        rows = re.findall(r'<th scope="row"[^>]*>(.*?)</th>', beside)
        return {row.split("<")[0].strip(): row for row in rows}

    differ = said("ziyang,meishan")["Gross domestic product"]
    assert "The years differ: not to be ranked or added up" in differ
    alike = said("deyang,yongchuan")
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
    assert section(see(lang="en", **query), "matrix").count('scope="col"') == number


SAID = {
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


@pytest.mark.parametrize(("query", "said"), SAID.values(), ids=SAID)
def test_the_page_says(query: str, said: list[str]) -> None:
    assert unlike(PAGE, query, said) == []


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
    seen = see(**query)
    assert re.search(rf'<input id="radius"[^>]* value="{query["radius"]}"', seen)
    assert reached(seen) == ids


def test_further_places_are_within_reach_where_they_are_asked_for() -> None:
    assert "guanghan" in reached(see(lang="en", near="deyang", radius="25", sets="outside"))


@pytest.mark.parametrize(
    ("near", "shown"),
    [
        ("deyang", "Deyang"),
        ("德阳市", "德阳市"),
        ("31.13, 104.38", "31.13, 104.38"),
        ("deyang" * 200, ("deyang" * 200)[:LONGEST_SEARCH]),
        ('"><i>', "&#34;&gt;&lt;i&gt;"),
    ],
    ids=["id", "name", "coordinate", "long", "markup"],
)
def test_the_field_shows_the_point_of_the_link(near: str, shown: str) -> None:
    field = re.search(r'<input id="near"[^>]* value="([^"]*)"', see(lang="en", near=near))
    assert field
    assert field[1] == shown


@pytest.mark.parametrize("radius", ["1000000000", "-5", "0", "many"])
def test_a_radius_beyond_its_bounds_is_named_and_the_usual_one_holds(radius: str) -> None:
    seen = see(lang="en", near="deyang", radius=radius)
    assert f"radius: {radius}" in seen
    assert re.search(r'<input id="radius"[^>]* value="100"', seen)


def test_without_script_the_fields_keep_the_rest_of_the_view() -> None:
    seen = first(PAGE, lang="zh", compare="deyang,yubei", near="deyang", radius="50")
    form = seen[seen.index('<form class="point"') :].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', form))
    assert hidden == {"lang": "zh", "compare": "deyang,yubei"}
    assert 'href="?lang=zh&amp;compare=deyang,yubei&amp;near=deyang&amp;radius=25"' in seen
