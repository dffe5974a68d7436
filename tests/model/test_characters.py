"""What nobody sees in a text: found wherever it stands, named, and never printed as it is."""

import json
import re
import unicodedata
from itertools import cycle

import pytest

from atlas.model import characters
from tests.conftest import Folder

UNSEEN = [
    "\0",
    "\x1b",
    "\x7f",
    "\x85",
    "\x9f",
    "\u200b",
    "\u200d",
    "\u200e",
    "\u202a",
    "\u202e",
    "\u2060",
    "\u2066",
    "\u2069",
    "\ufeff",
    "\U000e0041",
]


@pytest.mark.parametrize("char", UNSEEN)
def test_an_unseen_character_is_named_and_shown_as_an_escape(char: str) -> None:
    rule = characters.fault(f"Deyang{char}")
    assert rule is not None
    assert f"U+{ord(char):04X}" in rule
    assert "remove" in rule.lower() or "restore" in rule
    assert characters.shown(f"Deyang{char}") == "Deyang" + ascii(char)[1:-1]


@pytest.mark.parametrize(
    "text", ["德阳市", "Déyáng Shì", "a\tb\r\nc", "a\u2028b", "a\u00adb", "🏭️"]
)
def test_what_can_be_seen_is_left_alone(text: str) -> None:
    assert characters.fault(text) is None
    assert characters.shown(text) == text


def test_every_bidirectional_format_character_is_known() -> None:
    kinds = {"LRE", "RLE", "PDF", "LRO", "RLO", "LRI", "RLI", "FSI", "PDI"}
    ordering = [chr(one) for one in range(0x3000) if unicodedata.bidirectional(chr(one)) in kinds]
    assert len(ordering) == 9
    assert all(map(characters.fault, ordering))


def test_in_every_table_they_are_reported_with_row_and_column(data: Folder) -> None:
    expected = set()
    tables = sorted(one.stem for one in data.path.glob("*.csv"))
    for table, char in zip(tables, cycle(UNSEEN), strict=False):
        rows = data.rows(table)
        column = list(rows[0])[-1]
        rows[-1][column] += char
        data.write(table, rows)
        expected.add((f"{table}.csv", len(rows) + 1, column, f"U+{ord(char):04X}"))
    assert len(expected) == len(tables)
    named = [one for one in data.problems() if "U+" in one.rule]
    codes = [re.findall(r"U\+[0-9A-F]+", one.rule)[0] for one in named]
    found = {(one.file, one.row, one.column, code) for one, code in zip(named, codes, strict=True)}
    assert found == expected
    printed = "\n".join(map(str, named))
    assert not any(char in printed for char in UNSEEN)


def test_a_lost_character_is_reported(tiny: Folder) -> None:
    file = tiny.path / "tables/places.csv"
    file.write_text(file.read_text("utf-8").replace("Works", "W\ufffdrks"), encoding="utf-8")
    problem = tiny.problem()
    assert (problem.file, problem.row, problem.column) == ("tables/places.csv", 3, "about_en")
    assert "A character was lost" in problem.rule


def test_chinese_that_became_question_marks_is_reported(tiny: Folder) -> None:
    file = tiny.path / "tables/places.csv"
    file.write_text(file.read_text("utf-8").replace("工厂", "??"), encoding="utf-8")
    problem = tiny.problem()
    assert (problem.file, problem.row, problem.column) == ("tables/places.csv", 3, "about_zh")
    assert "Its characters were lost: restore" in problem.rule


def test_a_question_in_chinese_is_no_loss(tiny: Folder) -> None:
    file = tiny.path / "tables/places.csv"
    file.write_text(file.read_text("utf-8").replace("工厂", "工厂??"), encoding="utf-8")
    assert tiny.load().place["beta"].about["zh"] == "工厂??"


def test_a_second_byte_order_mark_is_no_part_of_a_columns_name(tiny: Folder) -> None:
    file = tiny.path / "tables/sectors.csv"
    file.write_text("\ufeff\ufeff" + file.read_text("utf-8"), encoding="utf-8")
    problem = tiny.problem()
    assert (problem.file, problem.row) == ("tables/sectors.csv", 1)
    assert "Remove U+FEFF" in problem.rule


@pytest.mark.parametrize("char", UNSEEN)
def test_the_descriptor_holds_none_either(tiny: Folder, char: str) -> None:
    tiny.json("datapackage.json", lambda found: found.update(title=f"Glass{char} Atlas"))
    problem = tiny.problem()
    assert problem.file == "datapackage.json"
    assert f"U+{ord(char):04X}" in problem.rule


def test_a_backslash_before_a_number_is_no_control_character(tiny: Folder) -> None:
    tiny.json("datapackage.json", lambda found: found.update(title="Glass \\u0007 Atlas"))
    assert tiny.load().title["en"] == "Glass \\u0007 Atlas"


def test_a_map_file_holds_none_either(data: Folder) -> None:
    name = "map/labels.geojson"
    content = json.loads(data.text(name))
    content["features"][0]["properties"]["name_en"] += "\u202e"
    (data.path / name).write_text(json.dumps(content), encoding="utf-8")
    problem = data.problem()
    assert problem.file == name
    assert "Remove U+202E RIGHT-TO-LEFT OVERRIDE" in problem.rule
