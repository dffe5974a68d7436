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
    """Return a selection with another's values where the panel's address does not hold them."""
    unheld = set(PARAMETERS) - set(panel.parameters)
    return selection.but(**{name: getattr(other, name) for name in unheld})


def panels_to_try(page: str) -> list[Panel]:
    """Return the panels of a page; by day without those that an earlier page has too."""
    pages = list(PAGES)
    earlier = {name for before in pages[: pages.index(page)] for name in panels(before)}
    return [panel for name, panel in panels(page).items() if is_thorough() or name not in earlier]


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
    before = view(selection, page, embedded=embedded, map_size=size)
    for panel in panels_to_try(page):
        after = replace(before, selection=changed(selection, other, panel))
        if after != before:
            # `fill` is given the whole view, as in the first answer.
            assert panel.fill(before) == panel.fill(after), panel.name
        if size == DRAWING or not isinstance(panel, Map):
            after = replace(after, theme="dark")
        if after != before:
            assert panel.answer(before) == panel.answer(after), panel.name


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
    answer = opened(page, only=name, size=DRAWING, **query).maps[name]
    assert set(answer) == {"drawing"}
    assert answer["drawing"] in first(page, **query)


def test_a_panel_follows_parameters_that_an_address_can_hold() -> None:
    for page, name in PANELS:
        panel = panels(page)[name]
        assert re.fullmatch(r"[a-z_]+\.[a-z_]+", name)
        assert panel.parameters[0] == "lang"
        assert set(panel.parameters) <= set(PARAMETERS)


@pytest.mark.parametrize("page", PAGES)
def test_a_link_in_a_panel_that_does_not_follow_the_view_takes_it_along(page: str) -> None:
    query = {"lang": "en", "sector": "rail-transit", "data": "1.0.0", "sets": "outside"}
    names = [
        name
        for name, panel in panels(page).items()
        if WHOLE_VIEW not in panel.follows and not panel.later and not isinstance(panel, Map)
    ]
    for more in ({}, {"place": "deyang", "compare": "deyang,yubei"}, {"q": "nowhere"}):
        markup = opened(page, only=",".join(names), **query, **more).markup
        links = re.findall(r'<a\b[^>]* href="(?:\./|[a-z]+)?\?[^>]*>', markup)
        assert [link for link in links if not re.search("data-(carry|toggle|set)=", link)] == []


# The first answer


def text_of(markup: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", markup)).strip()


@pytest.mark.parametrize(
    ("page", "lang", "place"),
    [
        case
        for case in combined(list(PAGES), ["en", "zh", "id"], ["", "deyang"])
        if case[0] != "place" or case[2]  # Without a place it leads to the page of places.
    ],
)
def test_the_first_answer_holds_every_panel_filled_with_what_its_address_answers(
    page: str, lang: str, place: str
) -> None:
    query = {"lang": lang, "place": place, "sector": "rail-transit"}
    slots = re.findall(
        r'data-panel="(.*?)"([^>]*)>(.*?)(?=<div class="slot |</main>)', first(page, **query)
    )
    filled = {name: markup for name, _, markup in slots}
    for _, attributes, _ in slots:
        assert ("data-filled" in attributes) is not ("data-later" in attributes)
    answers = opened(page, **query).answers
    later = [name for name, panel in panels(page).items() if panel.later]
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
    links = re.findall(r'href="([^"]*)" data-carry="([^"]*)"', first(page, **query))
    assert links
    for href, decided in links:
        carried = {f"{name}={query[name]}" for name in query.keys() - set(decided.split())}
        fields = href.replace("&amp;", "&").partition("?")[2].partition("#")[0].split("&")
        assert carried <= set(fields), href


def test_without_script_a_chip_is_a_link_to_the_view_with_it() -> None:
    page = first(lang="en", sector="aerospace", match="all", place="deyang")
    links = dict(re.findall(r'id="chip-(\S+)" href="(.*?)"', page))
    here = "?lang=en&amp;sector=aerospace&amp;match=all"
    assert links["side-sichuan"] == f"{here}&amp;side=sichuan&amp;place=deyang"
    with_another = "?lang=en&amp;sector=aerospace,rail-transit&amp;match=all&amp;place=deyang"
    assert links["sector-rail-transit"] == with_another
    assert links["sector-aerospace"] == "?lang=en&amp;match=all&amp;place=deyang"


def test_without_script_a_search_keeps_the_rest_of_the_view() -> None:
    rest = {"lang": "zh", "sector": "aerospace", "place": "deyang", "data": "1.0.0"}
    page = first(q="德阳", **rest)
    form = page[page.index('<form class="search"') :].partition("</form>")[0]
    assert dict(re.findall(r'<input type="hidden" name="(.*?)" value="(.*?)">', form)) == rest
    assert 'value="德阳"' in form


# Layout


def parts_for_tests() -> Parts:
    a, b, c = (Panel(name=f"x.{name}", fill=lambda _: "<p></p>") for name in "abc")
    outside = Panel(name="x.outside", fill=lambda _: "<b></b>", in_frames=False)
    return a, Element("chart"), outside, Columns((1, 2), (b,), (c,))


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
    markup = slots(view(Selection(), embedded=embedded), after, filled=filled)  # type: ignore[arg-type]
    names = [] if embedded else ["x.outside"]
    assert re.findall('data-panel="(.*?)"', markup) == [*names, "x.b", "x.c"]
    assert markup.count("<p></p>") == (2 if filled else 0)
    assert "minmax(0, 1fr) minmax(0, 2fr)" in markup
    assert f'data-page="{MAP}"' in markup


def test_in_a_frame_on_another_site_what_is_around_the_map_is_left_out() -> None:
    page, framed = first(lang="en"), first(lang="en", embed="true")
    for name in ("overview.grid", "overview.sides"):
        assert f'data-panel="{name}"' in page
        assert f'data-panel="{name}"' not in framed
    assert "<nav" not in opened(only="pages.menu", lang="en", embed="true").markup
