"""What the tests of exports share: views, and a package whose texts mean harm."""

import csv
import io
import json
import shutil
from functools import cache
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from atlas.datapackage.loader import REPOSITORY_DATA
from atlas.export import download
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from tests.conftest import Folder

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
    """The real package with such a text in each place's names, about and evidence."""
    with TemporaryDirectory() as scratch:
        return _hostile(Folder(Path(shutil.copytree(REPOSITORY_DATA, f"{scratch}/data"))))


def _hostile(folder: Folder) -> Atlas:
    for table, columns in (
        ("places", ("short_en", "about_en", "position_note_zh")),
        ("evidence", ("claim_en",)),
    ):
        armed = zip(folder.rows(table), cycle(HOSTILE.values()), strict=False)
        folder.write(table, [row | dict.fromkeys(columns, text) for row, text in armed])
    folder.json("datapackage.json", lambda found: found.update(title=HOSTILE["formula"]))
    loaded: Atlas = folder.load()
    return loaded


def content(atlas: Atlas, selection: Selection, name: str, link: str = LINK) -> bytes:
    return download(atlas, selection, name, link).content


def rows(atlas: Atlas, selection: Selection, name: str) -> list[dict[str, str]]:
    """The rows of a CSV export, read by the standard library."""
    text = content(atlas, selection, name).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def parsed(atlas: Atlas, selection: Selection, name: str) -> dict[str, Any]:
    """A JSON export; NaN and the like are an error."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    found: dict[str, Any] = json.loads(content(atlas, selection, name), parse_constant=refuse)
    return found
