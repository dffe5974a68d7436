"""What a modified client may send in place of a click: it is taken for nothing."""

from dataclasses import astuple
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from atlas.export.citation import citation
from atlas.model.languages import LANGUAGES
from atlas.model.pages import PAGES
from atlas.model.parameters import LONGEST_SEARCH
from atlas.model.records import Atlas
from atlas.model.selection import LARGEST_RADIUS_KM, from_query
from atlas.model.text import text
from atlas.query.wording import description, sentence, title
from atlas.ui import maps, router
from tests.hostile.asking import UNSEEN
from tests.ui.test_pages import markup, query, visit


@pytest.mark.parametrize(
    "sent",
    [
        None,
        7,
        True,
        {"link": "?lang=en"},
        ["?lang=en"],
        "",
        "//evil.example/?lang=en",
        "https://evil.example/?lang=en",
        "javascript:alert(1)//?",
        "../?lang=en",
        "\\\\evil?",
        "?" + "q" * 1_000_000,
    ],
    ids=range(12),
)
def test_a_link_that_is_none_of_ours_is_not_followed(sent: object) -> None:
    assert router.own(sent) is None


@pytest.mark.parametrize("sent", ["?lang=en", "?", "place?lang=zh&place=deyang", "./?lang=id"])
def test_a_link_of_ours_is(sent: str) -> None:
    assert router.own(sent) == sent


@pytest.mark.parametrize(
    "objects",
    [
        None,
        [],
        "x",
        7,
        {"a": None},
        {"a": 7},
        {"a": ["x"]},
        {"a": [None]},
        {"a": [{"id": ["x"]}]},
        {"a": [{"id": {}}]},
        {"a": [{"properties": None}]},
        {"a": [{"properties": [1]}]},
        {"a": [{"properties": {"id": []}}]},
        {"a": [{"id": "nowhere"}]},
        {"a": [{"id": "x" * 1_000_000}]},
    ],
    ids=range(15),
)
def test_a_click_on_what_the_map_does_not_hold_opens_nothing(atlas: Atlas, objects: Any) -> None:
    view: Any = SimpleNamespace(atlas=atlas)
    assert maps.clicked(view, objects) is None


def test_a_click_on_a_place_is_known_by_point_and_by_area(atlas: Atlas) -> None:
    view: Any = SimpleNamespace(atlas=atlas)
    assert maps.clicked(view, {"a": [], "b": [{"id": "deyang"}]}) == "deyang"
    assert maps.clicked(view, {"a": [{"properties": {"id": "yubei"}}]}) == "yubei"


@pytest.mark.parametrize("typed", ["x" * 900_000, "\u202e\x00<script>" * 500], ids=range(2))
def test_a_search_beyond_its_bounds_is_kept_to_them(typed: str) -> None:
    app = visit(lang="en")
    app.text_input[0].set_value(typed).run()
    assert not app.exception
    kept = query(app)["q"]
    assert len(kept) <= LONGEST_SEARCH
    assert kept.isprintable()


@pytest.mark.parametrize("sent", [10**9, -5])
def test_a_radius_beyond_its_bounds_is_kept_to_them(sent: int) -> None:
    app = visit("pages/distances.py", lang="en", near="deyang", radius="50")
    app.number_input[0].set_value(sent).run()
    assert not app.exception
    assert 1 <= int(query(app).get("radius", "100")) <= LARGEST_RADIUS_KM


TURNED = "\u202egnol\u202c \u2067x\u2069\u200b\u200d\ufeff \U000e0041y"


@pytest.mark.parametrize("page", PAGES)
def test_what_turns_a_line_round_is_not_shown_back_on_any_page(page: str) -> None:
    script = f"pages/{page}.py" if page else "dashboard.py"
    app = visit(script, lang="en", q=TURNED, near=TURNED, sector=TURNED, place=TURNED, of=page)
    seen = markup(app) + "".join(one.value for one in app.text_input)
    assert "gnol x y" in seen
    assert not UNSEEN.search(seen)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_turns_a_line_round_reaches_no_title_no_sentence_and_no_citation(
    atlas: Atlas, lang: str
) -> None:
    selection, _ = from_query({"lang": lang, "q": TURNED, "near": TURNED}, atlas)
    words = text(selection.lang)
    cited = citation(atlas, selection, "", "https://example.org/", date(2026, 1, 1))
    said = [
        sentence(atlas, selection, words),
        title(atlas, selection, words),
        description(atlas, selection, words),
        *astuple(cited),
    ]
    assert "gnol x y" in said[0]
    assert not UNSEEN.search("".join(map(str, said)))
