"""The tours of the map: each step is a link to a view, with a caption and the ways to go on."""

import re
from urllib.parse import parse_qs

import pytest

from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.pages.parts.tour import step_views
from tests.conftest import Folder
from tests.pages.opened import elsewhere, opened

__all__ = ["elsewhere"]


def answer(panel: str, **view: str) -> str:
    markup: str = opened(only=panel, **view).answers[panel]
    return markup


def link(markup: str, name: str) -> str:
    """Return the query of the first link with a name."""
    before = markup[: markup.index(f">{name}</a>")]
    return before[before.rindex('href="?') + 7 :].split('"')[0].replace("&amp;", "&")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_reader_goes_through_the_story_by_next_and_back(atlas: Atlas, language: str) -> None:
    steps = [step for step in atlas.tours if step.tour == "story"]
    names = {"en": ("Next", "Back"), "zh": ("下一步", "上一步"), "id": ("Berikutnya", "Sebelumnya")}
    further, back = names[language]
    query = step_views(atlas)[steps[0].id].but(lang=language).to_query()
    for number, step in enumerate(steps):
        view = {key: values[0] for key, values in parse_qs(query).items()}
        markup = answer("tour.caption", **view)
        assert step.text[language] in markup
        if number:
            assert parse_qs(link(markup, back))["step"] == [steps[number - 1].id]
        if step is not steps[-1]:
            query = link(markup, further)
    assert f">{further}</a>" not in markup


def test_the_strip_links_to_every_step_and_marks_the_present_one(atlas: Atlas) -> None:
    markup = answer("tour.strip", lang="en", sector="rail-transit", step="trains")
    assert markup.count("<li>") == len(atlas.tours)
    assert markup.count('aria-current="step"') == 1
    assert re.search('step=trains"[^>]* aria-current="step"', markup)


def test_a_view_that_was_changed_since_has_no_caption() -> None:
    for view in ({"sector": "aerospace"}, {"sector": "rail-transit", "place": "deyang"}):
        assert answer("tour.caption", lang="en", step="trains", **view) == ""
        assert "aria-current" not in answer("tour.strip", lang="en", step="trains", **view)


@pytest.mark.usefixtures("elsewhere")
def test_a_package_without_tours_has_no_strip() -> None:
    assert answer("tour.strip", lang="en") == ""


def test_a_step_that_opens_what_is_not_there_is_a_problem(data: Folder) -> None:
    data.set("tours", "trains", view="sector=trains")
    data.complains("tours.csv", 5, "view", "trains", "copy the query of a link")
