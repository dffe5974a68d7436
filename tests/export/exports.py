"""What the tests of exports share: views, and a package of hostile texts."""

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import cycle
from typing import Any, TypeVar

import pytest

from atlas.export import download
from atlas.model.languages import Words
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from tests.conftest import real_atlas

T = TypeVar("T")
LINK = "https://atlas.example/?lang=en&sector=rail-transit"

VIEWS = {
    "all": Selection(),
    "rail transit": Selection(sector=("rail-transit",)),
    "further places": Selection(sets=("first-batch", "outside")),
    "inferred": Selection(grade=("inferred",)),
    "nothing": Selection(q="no such place"),
}

HOSTILE = {
    "formula": "=cmd|'/C calc'!A0",
    "full width": "＝1+1",
    "after space": "  +1+1",
    "at": "@@=SUM(1)",
    "minus": "-2+3",
    "script": "<script>alert(1)</script>",
    "quotes": "He said \"no\", 'yes'; =1+1",
    "lines": "one\n=two\nthree",
    "template": "{{ 7*7 }} {% raw %} %(name)s ${x}",
    "entity": "&amp; ]]> --> &#x3d;",
}


@cache
def hostile() -> Atlas:
    """The real atlas with such a text in each place's names, description and evidence."""
    atlas = real_atlas()

    def armed(rows: Sequence[T], *names: str) -> tuple[T, ...]:
        texts = map(Words.untranslated, cycle(HOSTILE.values()))
        return tuple(
            replace(row, **dict.fromkeys(names, text))  # type: ignore[type-var]
            for row, text in zip(rows, texts, strict=False)
        )

    return replace(
        atlas,
        title=Words.untranslated(HOSTILE["formula"]),
        places=armed(atlas.places, "short", "about", "position_note"),
        evidence=armed(atlas.evidence, "claim"),
    )


def content(atlas: Atlas, selection: Selection, name: str, link: str = LINK) -> bytes:
    return download(atlas, selection, name, link).content


def rows(atlas: Atlas, selection: Selection, name: str) -> list[dict[str, str]]:
    """Return the rows of a CSV export, read by the standard library."""
    text = content(atlas, selection, name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def parsed(atlas: Atlas, selection: Selection, name: str) -> dict[str, Any]:
    """Return a JSON export; NaN and the like are an error."""
    return dict(json.loads(content(atlas, selection, name), parse_constant=pytest.fail))
