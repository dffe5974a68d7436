"""What nobody sees in a text: found wherever it stands, named, and never printed as it is."""

import re
import unicodedata
from itertools import cycle

import pytest

from atlas.model import characters
from tests.conftest import Folder

MAP = "map/labels.geojson"
UNSEEN = [
    *("\0", "\x1b", "\x7f", "\x85", "\x9f", "\u200b", "\u200d", "\u200e", "\u202a", "\u202e"),
    *("\u2060", "\u2066", "\u2069", "\ufeff", "\U000e0041"),
]


@pytest.mark.parametrize("char", UNSEEN)
def test_an_unseen_character_is_named_and_shown_as_an_escape(char: str) -> None:
    rule = characters.fault(f"Deyang{char}")
    assert rule is not None
    assert f"U+{ord(char):04X}" in rule
    assert "remove" in rule.lower() or "restore" in rule
    assert characters.escaped(f"Deyang{char}") == "Deyang" + ascii(char)[1:-1]


@pytest.mark.parametrize(
    "text", ["德阳市", "Déyáng Shì", "a\tb\r\nc", "a\u2028b", "a\u00adb", "🏭️"]
)
def test_what_can_be_seen_is_left_alone(text: str) -> None:
    assert characters.fault(text) is None
    assert characters.escaped(text) == text


def test_every_bidirectional_format_character_is_known() -> None:
    kinds = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    characters_below = map(chr, range(0x3000))
    ordering = [char for char in characters_below if unicodedata.bidirectional(char) in kinds]
    assert len(ordering) == 9
    assert all(map(characters.fault, ordering))


def test_in_every_table_they_are_reported_with_row_and_column(data: Folder) -> None:
    expected = set()
    tables = sorted(path.stem for path in data.path.glob("*.csv"))
    for table, char in zip(tables, cycle(UNSEEN), strict=False):
        rows = data.rows(table)
        column = list(rows[0])[-1]
        rows[-1][column] += char
        data.write(table, rows)
        expected.add((f"{table}.csv", len(rows) + 1, column, f"U+{ord(char):04X}"))
    assert len(expected) == len(tables)
    problems = [problem for problem in data.problems() if "U+" in problem.rule]
    assert expected == {
        (problem.file, problem.row, problem.column, re.findall(r"U\+[0-9A-F]+", problem.rule)[0])
        for problem in problems
    }
    printed = "\n".join(map(str, problems))
    assert not any(char in printed for char in UNSEEN)


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "advice"),
    [
        ("places", "Works", "W\ufffdrks", (3, "about_en"), "A character was lost"),
        ("places", "工厂", "??", (3, "about_zh"), "Its characters were lost: restore"),
        # Of two marks of the order of bytes the second is no part of a column's name.
        ("sectors", "id,level", "\ufeff\ufeffid,level", (1, None), "Remove U+FEFF"),
    ],
)
def test_a_lost_character_is_reported(
    tiny: Folder, file: str, old: str, new: str, where: tuple[int, str | None], advice: str
) -> None:
    path = tiny.path / f"tables/{file}.csv"
    path.write_text(path.read_text("utf-8").replace(old, new, 1), encoding="utf-8")
    problem = tiny.problem()
    assert (problem.file, problem.row, problem.column) == (f"tables/{file}.csv", *where)
    assert advice in problem.rule


def test_a_question_in_chinese_is_no_loss(tiny: Folder) -> None:
    file = tiny.path / "tables/places.csv"
    file.write_text(file.read_text("utf-8").replace("工厂", "工厂??"), encoding="utf-8")
    assert tiny.load().place["beta"].about["zh"] == "工厂??"


@pytest.mark.parametrize("char", UNSEEN)
def test_the_descriptor_holds_none_either(tiny: Folder, char: str) -> None:
    tiny.update(title=f"Glass{char} Atlas")
    problem = tiny.problem()
    assert problem.file == "datapackage.json"
    assert f"U+{ord(char):04X}" in problem.rule


def test_a_backslash_before_a_number_is_no_control_character(tiny: Folder) -> None:
    tiny.update(title="Glass \\u0007 Atlas")
    assert tiny.load().title["en"] == "Glass \\u0007 Atlas"


def test_a_map_file_holds_none_either(data: Folder) -> None:
    turned = {"name_en": "Deyang\u202e"}
    data.json(MAP, lambda content: content["features"][0]["properties"].update(turned))
    data.complains(MAP, None, None, None, "Remove U+202E RIGHT-TO-LEFT OVERRIDE")
