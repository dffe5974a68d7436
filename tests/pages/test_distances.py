"""Distances, reach and comparison on the page of places, in every language."""

import re

import pytest

from atlas.analysis.distance import between
from atlas.datapackage import loader
from atlas.model.languages import LANGUAGES
from atlas.model.parameters import LONGEST_SEARCH
from atlas.model.records import Place
from atlas.model.text import text
from tests.pages.opened import first, opened

PAGE = "places"


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
def test_the_reach_of_a_place_given_by_its_name_in_that_language(lang: str) -> None:
    seen = see(lang=lang, near=place("chengdu").name[lang], radius="80")
    assert reached(seen) == ["deyang-etdz", "deyang", "meishan"]
    assert place("deyang").short[lang] in section(seen, "reached")


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


def test_one_chosen_place_has_neighbours_and_asks_for_another() -> None:
    seen = see(lang="en", compare="deyang")
    assert "A table needs two places" in section(seen, "matrix")
    assert "1 place selected" in section(seen, "choose")
    assert 'id="side-by-side"' in section(seen, "choose")
    assert 'href="?lang=en&amp;compare=chengdu,deyang,ziyang,deyang-etdz#side-by-side"' in section(
        seen, "neighbours"
    )


def test_more_than_four_are_measured_and_the_first_four_stand_side_by_side() -> None:
    seen = see(lang="en", compare="chengdu,deyang,meishan,ziyang,yubei")
    assert section(seen, "matrix").count('scope="col"') == 5
    beside = section(seen, "side-by-side")
    assert "first four that are chosen" in beside
    assert beside.count('role="columnheader"') == 4


def test_a_region_has_no_distance_but_can_be_compared() -> None:
    seen = see(lang="en", compare="sichuan,chongqing")
    assert "No distance (no sourced position)" in section(seen, "matrix")
    assert "813.3 bn yuan" in section(seen, "side-by-side")


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


def test_how_exactly_both_ends_are_known_is_said() -> None:
    seen = see(lang="en", compare="konggang-ip,yufu-idz")
    assert "17 <small>±14</small>" in section(seen, "matrix")
    assert "the first is known to about 10 km, the second to about 4 km" in section(
        seen, "side-by-side"
    )


def test_the_filters_hold_here_too_and_are_named() -> None:
    seen = see(lang="en", side="sichuan", kind="city")
    assert section(seen, "matrix").count('scope="col"') == 4
    assert "4 of 14 places" in seen
    assert "region: Sichuan" in seen
    assert "Searched: 4 places" in seen


def test_filters_that_leave_no_place_offer_a_repair() -> None:
    seen = see(lang="en", sector="monorail,waste-incineration", match="all")
    assert "any instead of all: 3 places" in seen
    assert "A table needs two places" in seen


def test_the_page_names_what_a_link_held_in_vain() -> None:
    assert "places to compare: atlantis" in see(lang="en", compare="atlantis,deyang")


# Reach


def test_without_a_point_it_measures_from_the_open_place_and_says_so() -> None:
    seen = section(see(lang="en", place="ziyang"), "reached")
    assert "No point is given, so it is measured from:" in seen
    assert "#profile-ziyang" in seen


def test_a_rough_position_near_the_edge_is_said() -> None:
    seen = section(see(lang="en", near="gaozhu-na", radius="40"), "reached")
    assert "may lie outside" in seen
    assert "Just outside, but may lie inside" in seen


def test_a_coordinate_is_a_point_too() -> None:
    seen = see(lang="en", near="31.13 N, 104.38 E", radius="10")
    assert "31.13° N, 104.38° E" in section(seen, "reached")
    assert reached(seen) == ["deyang", "deyang-etdz"]


def test_where_none_is_within_reach_the_nearest_is_named() -> None:
    seen = section(see(lang="en", near="0, 0", radius="10"), "reached")
    assert "0 places within 10 km" in seen
    assert "The nearest is:" in seen


def test_a_place_without_a_position_says_so_by_its_name() -> None:
    seen = see(lang="en", near="rongchang-htz")
    assert "<b>Rongchang</b>" in seen
    assert "no sourced position was found for it" in seen


def test_a_name_that_several_have_is_asked_back_with_links() -> None:
    seen = see(lang="zh", near="高新技术产业")
    assert 'near=yongchuan-htz">重庆永川高新技术产业开发区</a>' in seen


def test_further_places_are_searched_on_request() -> None:
    seen = section(see(lang="en", near="deyang", radius="25"), "reached")
    assert "sets=signatories,first-batch,outside" in seen
    wide = see(lang="en", near="deyang", radius="25", sets="outside")
    assert "guanghan" in reached(wide)


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


@pytest.mark.parametrize("near", ["chengdu", "成都市", "Chengdu", "chengdu shi"])
def test_a_radius_in_the_link_is_held_to_by_field_and_list(near: str) -> None:
    seen = see(lang="en", near=near, radius="60")
    assert re.search(r'<input id="radius"[^>]* value="60"', seen)
    assert reached(seen) == ["deyang-etdz", "deyang"]


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


def test_a_text_that_names_nothing_says_what_to_give() -> None:
    seen = see(lang="en", near="Tianfu Square, Chengdu", compare="deyang,yubei")
    assert "The atlas knows no place of this name." in seen
    assert "such as 30.67, 104.07" in seen
    assert section(seen, "matrix").count('scope="col"') == 2
