"""Every table and map file of the package, broken in every way: the whole list, or nothing.

Files are broken together where one break does not hide another, so that a few loads are enough.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import cycle, zip_longest
from typing import Any, NamedTuple

import pytest

from atlas.datapackage import columns as described
from atlas.datapackage.columns import columns, primary_key
from atlas.datapackage.loader import REPOSITORY_DATA, Problem
from atlas.model.languages import LANGUAGES
from tests.conftest import Folder, at_night, is_thorough

DESCRIPTOR = json.loads((REPOSITORY_DATA / "datapackage.json").read_text("utf-8"))
ENTRIES = {entry["name"]: entry for entry in DESCRIPTOR["resources"]}
# The tables that the real package has: every one but places is optional.
RECORDS = {name: kind for name, kind in described.RECORDS.items() if name in ENTRIES}
FIELDS = {name: ENTRIES[name]["schema"]["fields"] for name in RECORDS}
BOUNDED = [name for name in RECORDS if ENTRIES[name]["row_bounds"]["minimum"]]
FILES = [f"{name}.csv" for name in RECORDS]
MAP_FILES = sorted(entry["path"] for entry in DESCRIPTOR["resources"] if "schema" not in entry)

# What a rule may ask for: none of them only says that something is wrong.
DEEDS = (
    "add", "close", "complete", "convert", "correct", "delete", "draw", "exchange", "exclude",
    "export", "fill", "give", "quote", "redraw", "remove", "repair", "repeat", "restore", "save",
    "write",
)  # fmt: skip


class Break(NamedTuple):
    """Where something is broken, as a problem must name it; None stands for anything."""

    file: str
    row: int | None = None
    column: str | None = None


def complaints(data: Folder) -> tuple[Problem, ...]:
    """Return the problems of a folder, each of which is one plain line that asks for something."""
    problems = data.problems()
    for problem in problems:
        line = str(problem)
        assert line.startswith(f"{problem.file}")
        assert len(line.splitlines()) == 1
        assert any(deed in problem.rule.lower() for deed in DEEDS), line
        assert not any(word in line for word in ("Error", "Exception", "object at 0x", "json."))
        assert str(data.path) not in line
    return problems


def unnamed(breaks: list[Break], problems: tuple[Problem, ...]) -> list[Break]:
    """Return the breaks that no problem names."""
    # Each problem answers a break that states its row and column, one of them, or neither.
    named = {
        Break(problem.file, row, column)
        for problem in problems
        for row in (problem.row, None)
        for column in (problem.column, None)
    }
    return [place for place in breaks if place not in named]


# Whole files


Spoil = Callable[[bytes], bytes | None]
# What is left of a file, None where it is gone: empty, cut off inside its last cell, with a block
# of nothing in it, saved as Excel does in China, as its Unicode text with a mark of the order of
# bytes and without, or read as Latin-1 and saved as UTF-8.
SPOILT: dict[str, Spoil] = {
    "gone": lambda _: None,
    "empty": lambda _: b"",
    "blank": lambda _: b" \n\n",
    "cut": lambda content: content.rstrip()[:-1],
    "nothing": lambda content: content[:99] + b"\0" * 16 + content[99:],
    "gbk": lambda content: content.decode().encode("gb18030"),
    "utf-16": lambda content: content.decode().encode("utf-16"),
    "unmarked": lambda content: content.decode().encode("utf-16-le"),
    "misread": lambda content: content.decode("latin-1").encode(),
}
# Saved for Western Europe: Chinese becomes question marks.
LATIN: dict[str, Spoil] = {
    "latin": lambda content: content.decode().encode("latin-1", errors="replace")
}


def rounds(files: Sequence[str], ways: dict[str, Any]) -> list[dict[str, str]]:
    """Return which file is broken in which way: at night each in every way, by day in one of them.

    By day, too, every way is used on some file.
    """
    names = [*ways]
    if is_thorough():
        return [dict.fromkeys(files, name) for name in names]
    starts = range(0, len(names), len(files))
    return [
        dict(zip(files, cycle(names[start : start + len(files)]), strict=False)) for start in starts
    ]


def spoil(data: Folder, file: str, change: Spoil) -> None:
    path = data.path / file
    content = change(path.read_bytes())
    path.unlink()
    if content is not None:
        path.write_bytes(content)


@pytest.mark.parametrize("ways", rounds(FILES, SPOILT | LATIN))
def test_every_table_that_is_no_table_is_named(data: Folder, ways: dict[str, str]) -> None:
    for file, way in ways.items():
        spoil(data, file, (SPOILT | LATIN)[way])
    assert unnamed([Break(file) for file in FILES], complaints(data)) == []


@pytest.mark.parametrize("table", at_night(RECORDS, ["places", "sources"]))
def test_every_table_alone_is_missed(data: Folder, table: str) -> None:
    (data.path / f"{table}.csv").unlink()
    assert {problem.file for problem in complaints(data)} == {f"{table}.csv"}


def test_a_table_of_which_rows_are_promised_is_not_empty(data: Folder) -> None:
    assert len(BOUNDED) >= 10
    for table in BOUNDED:
        path = data.path / f"{table}.csv"
        path.write_bytes(path.read_bytes().partition(b"\n")[0] + b"\n")
    assert unnamed([Break(f"{table}.csv") for table in BOUNDED], complaints(data)) == []


# Columns and cells


def set_cells(data: Folder, table: str, values: dict[str, str]) -> list[Break]:
    """Write values into cells of these columns, each in the next row."""
    rows = data.rows(table)
    breaks = []
    for index, (column, value) in enumerate(values.items()):
        row = index % len(rows)
        rows[row][column] = value
        breaks.append(Break(f"{table}.csv", row + 2, column))
    data.write(table, rows)
    return breaks


HEADERS = {name: [field["name"] for field in FIELDS[name]] for name in RECORDS}
LOST = list(zip_longest(*HEADERS.values()))


@pytest.mark.parametrize("lost", at_night(LOST, LOST[::14]), ids=lambda lost: lost[0])
def test_every_missing_column_is_named(data: Folder, lost: tuple[str | None, ...]) -> None:
    breaks = []
    for table, column in zip(RECORDS, lost, strict=True):
        if column is not None:
            rows = data.rows(table)
            data.write(table, [{key: row[key] for key in row if key != column} for row in rows])
            breaks.append(Break(f"{table}.csv", 1, column))
    assert unnamed(breaks, complaints(data)) == []


# What a cell of some fields must not hold, None for others.
WRONG: dict[str, Callable[[str, dict[str, Any]], str | None]] = {
    "type": lambda kind, _: "many" if kind != "string" else None,
    "choice": lambda _, demands: "other" if "enum" in demands else None,
    "form": lambda _, demands: "~" if "pattern" in demands else None,
    "empty": lambda _, demands: "" if demands.get("required") else None,
}


@pytest.mark.parametrize("wrong", WRONG.values(), ids=WRONG)
def test_every_cell_of_a_wrong_type_or_value_is_named(
    data: Folder, wrong: Callable[[str, dict[str, Any]], str | None]
) -> None:
    breaks = []
    for table in RECORDS:
        values: dict[str, str] = {}
        for field in FIELDS[table]:
            value = wrong(field["type"], field.get("constraints", {}))
            if value is not None:
                values[field["name"]] = value
        breaks += set_cells(data, table, values)
    assert len(breaks) >= 10
    assert unnamed(breaks, complaints(data)) == []


def test_every_repeated_key_is_named(data: Folder) -> None:
    breaks = [
        Break(f"{table}.csv", data.add(table), ", ".join(primary_key(table))) for table in RECORDS
    ]
    problems = complaints(data)
    assert unnamed(breaks, problems) == []
    assert all("has the same key: give each row its own" in problem.rule for problem in problems)


@pytest.mark.parametrize("more", [",x\n", "\n"], ids=["more cells", "none"])
def test_every_row_with_more_cells_or_none_is_named(data: Folder, more: str) -> None:
    breaks = []
    for table in RECORDS:
        count, header = len(data.rows(table)), len(HEADERS[table])
        with (data.path / f"{table}.csv").open("a", encoding="utf-8") as file:
            file.write("," * (header - 1) + more if len(more) > 1 else more)
        breaks.append(Break(f"{table}.csv", count + 2))
    assert unnamed(breaks, complaints(data)) == []


def nothing_of(table: str, column: str) -> str:
    """Return an id of the form that the column asks for, and that no row has."""
    field = next(field for field in FIELDS[table] if field["name"] == column)
    pattern = field.get("constraints", {}).get("pattern", "")
    return next(id for id in ("nowhere", "S999", "2099-never") if re.search(pattern, id))


SINGLE = {table: [column.name for column in columns(table) if column.table] for table in RECORDS}
LISTS = {
    table: [name for name in ("also", "places") if name in HEADERS[table]] for table in RECORDS
}


@pytest.mark.parametrize("references", [SINGLE, LISTS], ids=["single", "lists"])
def test_every_dangling_reference_is_named(data: Folder, references: dict[str, list[str]]) -> None:
    breaks = []
    for table, names in references.items():
        breaks += set_cells(data, table, {name: nothing_of(table, name) for name in names})
    assert len(breaks) >= 8
    assert unnamed(breaks, complaints(data)) == []


def test_every_reference_to_a_row_that_went_is_named(data: Folder) -> None:
    """Every table that others refer to loses its rows but the last."""
    targets = {column.table for table in RECORDS for column in columns(table) if column.table}
    for table in targets:
        data.write(table, data.rows(table)[-1:])
    dangling = {
        (problem.file, problem.column)
        for problem in complaints(data)
        if "has no such id" in problem.rule
    }
    used = {
        (f"{table}.csv", name)
        for table, names in SINGLE.items()
        for name in names
        if table not in targets and any(row[name] for row in data.rows(table))
    }
    assert used - dangling == set()


@pytest.mark.parametrize(
    ("edit", "advice"),
    [
        (lambda north, east: (east, north), "exchange them"),
        (lambda _, east: ("-30", east), "at least 20"),
        (lambda *_: ("0", "0"), "at least"),
    ],
    ids=["swapped", "southern", "null island"],
)
def test_every_coordinate_out_of_the_region_is_named(
    data: Folder, edit: Callable[[str, str], tuple[str, str]], advice: str
) -> None:
    rows, breaks = data.rows("places"), []
    for number, row in enumerate(rows, start=2):
        if row["latitude"]:
            row["latitude"], row["longitude"] = edit(row["latitude"], row["longitude"])
            breaks.append(Break("places.csv", number, "latitude"))
    data.write("places", rows)
    problems = complaints(data)
    assert unnamed(breaks, problems) == []
    assert all(advice in problem.rule for problem in problems if problem.column == "latitude")


def test_a_package_without_a_region_has_degrees_all_the_same(tiny: Folder) -> None:
    file = tiny.path / "tables/places.csv"
    file.write_text(file.read_text().replace(",48.2,16.4,", ",104.4,31.1,"))
    problem = tiny.problem()
    assert (problem.row, problem.column) == (2, "latitude")


# The descriptor


@pytest.mark.parametrize("change", SPOILT.values(), ids=SPOILT)
def test_a_descriptor_that_is_none_is_named(data: Folder, change: Spoil) -> None:
    spoil(data, "datapackage.json", change)
    assert {problem.file for problem in complaints(data)} == {"datapackage.json"}


# Map files


NO_MAPS: dict[str, Spoil] = {
    "a word": lambda _: b"boundaries",
    "a list": lambda _: b"[]",
    "a number": lambda _: b"3",
    "another key": lambda _: b'{"features": 3}',
    "no features": lambda _: b'{"type": "FeatureCollection", "features": []}',
    **{name: change for name, change in SPOILT.items() if name != "gone"},
}


@pytest.mark.parametrize("ways", rounds(MAP_FILES, NO_MAPS))
def test_every_map_file_that_is_none_is_named(data: Folder, ways: dict[str, str]) -> None:
    for file, way in ways.items():
        spoil(data, file, NO_MAPS[way])
    assert {problem.file for problem in complaints(data)} == set(MAP_FILES)


def coordinates(edit: Callable[[Any], Any]) -> Callable[[dict[str, Any]], None]:
    """Change every point of a feature."""

    def changed(points: Any) -> Any:
        if isinstance(points[0], float | int):
            return edit(points)
        return [changed(part) for part in points]

    def change(feature: dict[str, Any]) -> None:
        feature["geometry"]["coordinates"] = changed(feature["geometry"]["coordinates"])

    return change


FEATURES: dict[str, Callable[[dict[str, Any]], object]] = {
    "swapped": coordinates(lambda at: [at[1], at[0]]),
    "another country": coordinates(lambda at: [at[0] - 30, at[1]]),
    "off the globe": coordinates(lambda at: [at[0] + 300, at[1]]),
    "text": coordinates(lambda at: [str(at[0]), at[1]]),
    "one number": coordinates(lambda at: at[:1]),
    "no geometry": lambda feature: feature.update(geometry=None),
    "a word for it": lambda feature: feature.update(geometry="here"),
    "of no type": lambda feature: feature["geometry"].update(type="Curve"),
    "nothing drawn": lambda feature: feature["geometry"].update(coordinates=[]),
    "no properties": lambda feature: feature.update(properties=None),
    **{
        f"lost {key}": lambda feature, key=key: feature.pop(key)
        for key in ("properties", "geometry", "type")
    },
}


OUTSIDE = "longitude 95 to 115, latitude 20 to 40: write WGS 84 degrees, longitude first"


@pytest.mark.parametrize("ways", rounds(MAP_FILES, FEATURES))
def test_every_feature_that_is_none_or_lies_elsewhere_is_named(
    data: Folder, ways: dict[str, str]
) -> None:
    for file, way in ways.items():
        data.json(file, lambda content, way=way: [*map(FEATURES[way], content["features"])])
    problems = complaints(data)
    for file, way in ways.items():
        rules = [problem.rule for problem in problems if problem.file == file]
        assert len(rules) == len(json.loads(data.text(file))["features"])
        assert way not in ("swapped", "another country") or all(OUTSIDE in rule for rule in rules)


BOUNDARIES = "map/boundaries.geojson"


def rings(feature: dict[str, Any]) -> list[Any]:
    parts = feature["geometry"]["coordinates"]
    if feature["geometry"]["type"] == "Polygon":
        return list(parts)
    return [ring for part in parts for ring in part]


def unclose(feature: dict[str, Any]) -> None:
    for ring in rings(feature):
        ring.pop()


def cross(feature: dict[str, Any]) -> None:
    """Exchange two corners, so that the outline crosses itself."""
    for ring in rings(feature):
        ring[1:-1] = ring[len(ring) // 2 : -1] + ring[1 : len(ring) // 2]
        ring[1], ring[len(ring) // 2] = ring[len(ring) // 2], ring[1]


@pytest.mark.parametrize(
    ("change", "advice"),
    [(unclose, "repeat its first point"), (cross, "repair it")],
)
def test_every_polygon_that_is_open_or_crosses_itself_is_named(
    data: Folder, change: Callable[[dict[str, Any]], None], advice: str
) -> None:
    data.json(BOUNDARIES, lambda content: [*map(change, content["features"])])
    problems = complaints(data)
    assert {problem.file for problem in problems} == {BOUNDARIES}
    assert len(problems) == 59
    assert all(advice in problem.rule for problem in problems)


LACKING = object()
# Properties that the map cannot draw, each of another feature.
UNDRAWABLE = [
    ("boundaries", "adcode", "500101"),
    ("labels", "kind", "lake"),
    ("labels", "rank", "first"),
    ("labels", "angle", None),
    ("labels", "name_zh", 5),
    ("labels", "name_zh", ""),
    *(("labels", f"name_{language}", LACKING) for language in LANGUAGES),
]


def test_every_property_the_map_cannot_draw_is_named(data: Folder) -> None:
    for number, (file, column, value) in enumerate(UNDRAWABLE, start=1):
        path = data.path / f"map/{file}.geojson"
        content = json.loads(path.read_text("utf-8"))
        properties = content["features"][number]["properties"]
        properties.pop(column)
        if value is not LACKING:
            properties[column] = value
        path.write_text(json.dumps(content), "utf-8")
    named = Counter((problem.file, problem.column) for problem in complaints(data))
    broken = Counter((f"map/{file}.geojson", column) for file, column, _ in UNDRAWABLE)
    assert broken - named == Counter()


def test_a_shape_of_the_wrong_type_is_named(data: Folder) -> None:
    point = {"type": "Point", "coordinates": [104.0, 30.0]}
    line = {"type": "LineString", "coordinates": [[104.0, 30.0], [105.0, 30.0]]}
    for file in MAP_FILES:
        shape = line if "labels" in file else point
        data.json(file, lambda content, shape=shape: content["features"][0].update(geometry=shape))
    breaks = [Break(file, None, "geometry") for file in MAP_FILES]
    assert unnamed(breaks, complaints(data)) == []
