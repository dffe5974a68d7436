"""Panels and maps: each depends on what its address holds, and on no more."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.model.pages import MAP, PAGES
from atlas.model.selection import PARAMETERS, Selection
from atlas.pages import panels
from atlas.pages.panels import (
    WHOLE_VIEW,
    Columns,
    Element,
    Map,
    Panel,
    Parts,
    slots,
    split_at_elements,
)
from atlas.pages.view import DRAWING, MAP_SIZES, View
from tests.conftest import combined, examples, is_thorough, real_atlas, selections
from tests.pages.opened import first, opened

# Every panel on every page that has it.
PANELS = [(page, name) for page in PAGES for name in panels(page)]
MAPS = [(page, name) for page, name in PANELS if isinstance(panels(page)[name], Map)]


def view(selection: Selection, page: str = "", **more: object) -> View:
    return replace(View(real_atlas(), selection, page), **more)  # type: ignore[arg-type]


def changed(selection: Selection, other: Selection, panel: Panel) -> Selection:
    """A selection with the values of another where the panel's address does not hold them."""
    unheld = set(PARAMETERS) - set(panel.parameters)
    return selection.but(**{name: getattr(other, name) for name in unheld})


def judged(page: str) -> list[Panel]:
    """The panels of a page; by day, one that several pages have on the first of them alone."""
    pages = list(PAGES)
    seen = {name for before in pages[: pages.index(page)] for name in panels(before)}
    return [one for name, one in panels(page).items() if is_thorough() or name not in seen]


@pytest.mark.parametrize("page", PAGES)
@examples(30)
@given(
    selections(q=st.sampled_from(["", "de", "重庆"])),
    selections(),
    st.booleans(),
    st.sampled_from([*MAP_SIZES, DRAWING]),
)
def test_a_panel_says_the_same_whatever_changes_that_its_address_does_not_hold(
    page: str, selection: Selection, other: Selection, embedded: bool, size: str
) -> None:
    one = view(selection, page, embedded=embedded, map_size=size)
    for panel in judged(page):
        two = replace(one, selection=changed(selection, other, panel))
        answer = panel.answer(one)
        if two != one:
            # What it is drawn from may be the whole view, as in the first answer but for its links.
            assert panel.fill(one) == panel.fill(two), panel.name
            assert answer == panel.answer(two), panel.name
        if size == DRAWING or not isinstance(panel, Map):
            assert answer == panel.answer(replace(one, theme="dark")), panel.name


@pytest.mark.parametrize(("page", "name"), MAPS)
def test_a_deck_is_for_its_canvas_and_theme(page: str, name: str) -> None:
    selection = Selection(place="deyang", sector=("rail-transit",))
    answers = {
        (size, theme): panels(page)[name].answer(view(selection, page, map_size=size, theme=theme))
        for size in MAP_SIZES
        for theme in ("light", "dark")
    }
    assert len(set(answers.values())) == len(answers)
    for (size, _), answer in answers.items():
        drawn = json.loads(answer)
        assert (drawn["width"], drawn["height"]) == MAP_SIZES[size]
        assert drawn["label"]
        assert drawn["deck"]["layers"]


@pytest.mark.parametrize(("page", "name"), MAPS)
def test_without_webgl_the_answer_is_the_drawing_of_the_first_answer(page: str, name: str) -> None:
    query = {"lang": "zh", "place": "deyang", "sector": "rail-transit"}
    drawn = opened(page, size=DRAWING, **query).maps[name]
    assert set(drawn) == {"drawing"}
    assert drawn["drawing"] in first(page, **query)


def test_a_panel_follows_parameters_that_an_address_can_hold() -> None:
    for page, name in PANELS:
        panel = panels(page)[name]
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name)
        assert panel.parameters[0] == "lang"
        assert set(panel.parameters) <= set(PARAMETERS)


@pytest.mark.parametrize("page", PAGES)
def test_a_link_in_a_panel_that_does_not_follow_the_view_takes_it_along(page: str) -> None:
    query = {"lang": "en", "sector": "rail-transit", "data": "1.0.0", "sets": "outside"}
    for more in ({}, {"place": "deyang", "compare": "deyang,yubei"}, {"q": "nowhere"}):
        for name, answer in opened(page, **query, **more).answers.items():
            if WHOLE_VIEW in panels(page)[name].follows or not isinstance(answer, str):
                continue
            links = re.findall(r'<a\b[^>]* href="(?:\./|[a-z]+)?\?[^>]*>', answer)
            alone = [one for one in links if not re.search("data-(carry|toggle|set)=", one)]
            assert not alone, name


# The first answer


def text_of(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup)).strip()


@pytest.mark.parametrize(
    ("page", "lang", "place"), combined(list(PAGES), ["en", "zh", "id"], ["", "deyang"])
)
def test_the_first_answer_holds_every_panel_filled_with_what_its_address_answers(
    page: str, lang: str, place: str
) -> None:
    query = {"lang": lang, "place": place, "sector": "rail-transit"}
    seen = first(page, **query)
    slots = re.findall(r'data-panel="(.*?)"([^>]*)>(.*?)(?=<div class="slot |</main>)', seen)
    filled = {name: markup for name, attributes, markup in slots}
    assert all(("data-filled" in given) is not ("data-later" in given) for _, given, _ in slots)
    answers = opened(page, **query).answers
    later = [name for name, one in panels(page).items() if one.later]
    assert [name for name, *_ in slots] == list(panels(page))
    assert {*filled} == {*answers, *later}
    assert [name for name in later if text_of(filled[name])] == []
    for name, answer in answers.items():
        if isinstance(answer, str):
            assert text_of(filled[name]) == text_of(answer), name
        else:
            assert "<svg" in filled[name] or answer is None, name


@pytest.mark.parametrize("page", PAGES)
def test_every_link_of_the_first_answer_holds_the_view_it_leads_to(page: str) -> None:
    query = {"lang": "id", "sector": "rail-transit", "side": "sichuan", "data": "1.0.0"}
    seen = first(page, **query)
    carried = re.findall(r'href="([^"]*)" data-carry="([^"]*)"', seen)
    assert carried
    for href, decided in carried:
        kept = {name: value for name, value in query.items() if name not in decided.split()}
        fields = href.replace("&amp;", "&").partition("?")[2].partition("#")[0].split("&")
        missing = {f"{name}={value}" for name, value in kept.items()} - set(fields)
        assert not missing, (href, missing)


def test_without_script_a_chip_is_a_link_to_the_view_with_it() -> None:
    seen = first(lang="en", sector="aerospace", match="all", place="deyang")
    links = dict(re.findall(r'id="chip-(\S+)" href="(.*?)"', seen))
    here = "?lang=en&amp;sector=aerospace&amp;match=all"
    assert links["side-sichuan"] == f"{here}&amp;side=sichuan&amp;place=deyang"
    with_another = "?lang=en&amp;sector=aerospace,rail-transit&amp;match=all&amp;place=deyang"
    assert links["sector-rail-transit"] == with_another
    assert links["sector-aerospace"] == "?lang=en&amp;match=all&amp;place=deyang"


def test_without_script_a_search_keeps_the_rest_of_the_view() -> None:
    seen = first(lang="zh", sector="aerospace", q="德阳", place="deyang", data="1.0.0")
    form = seen[seen.index('<form class="search"') :].partition("</form>")[0]
    hidden = dict(re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', form))
    rest = {"lang": "zh", "sector": "aerospace", "place": "deyang", "data": "1.0.0"}
    assert hidden == rest
    assert 'value="德阳"' in form


# Layout


def parts_for_tests() -> Parts:
    one, two, three = (Panel(name=f"x.{name}", fill=lambda _: "<p></p>") for name in "abc")
    outside = Panel(name="x.outside", fill=lambda _: "<b></b>", in_frames=False)
    return one, Element("chart"), outside, Columns((1, 2), (two,), (three,))


def test_an_element_of_streamlit_stands_between_stretches_of_panels() -> None:
    before, element, after = split_at_elements(parts_for_tests())
    assert element == Element("chart")
    assert [len(part) for part in (before, after)] == [1, 2]  # type: ignore[arg-type]


@pytest.mark.parametrize("embedded", [False, True])
@pytest.mark.parametrize("filled", [False, True])
def test_a_stretch_holds_a_slot_for_each_panel_also_in_columns(
    filled: bool, embedded: bool
) -> None:
    after = split_at_elements(parts_for_tests())[2]
    made = slots(view(Selection(), embedded=embedded), after, filled=filled)  # type: ignore[arg-type]
    names = [] if embedded else ["x.outside"]
    assert re.findall('data-panel="(.*?)"', made) == [*names, "x.b", "x.c"]
    assert made.count("<p></p>") == (2 if filled else 0)
    assert "minmax(0, 1fr) minmax(0, 2fr)" in made
    assert f'data-page="{MAP}"' in made


def test_in_a_frame_on_another_site_what_is_around_the_map_is_left_out() -> None:
    seen, framed = first(lang="en"), first(lang="en", embed="true")
    for name in ("overview.grid", "overview.sides"):
        assert f'data-panel="{name}"' in seen
        assert f'data-panel="{name}"' not in framed
    assert "<nav" not in opened(lang="en", embed="true").answers["pages.menu"]
