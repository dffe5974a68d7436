"""A data package made of one table: in memory for the dashboard, or to be written and deepened."""

import csv
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

from atlas.datapackage.columns import columns as columns_of
from atlas.datapackage.descriptor import NAME
from atlas.datapackage.files import Files
from atlas.datapackage.land.regions import elsewhere, region_id
from atlas.datapackage.land.slice import NATURAL_EARTH
from atlas.datapackage.problems import fault
from atlas.datapackage.rules.tables import MOST_PLACES
from atlas.datapackage.schemas import MOST_ROWS
from atlas.datapackage.sheet.headings import Columns, missing_position, understand
from atlas.datapackage.sheet.positions import Positions, read_positions
from atlas.datapackage.sheet.reading import Sheet, read_sheet
from atlas.datapackage.sheet.tables import Row, Tables, tables


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a user says of a table; nothing of it is guessed. `mapping` is columns by role."""

    title: str = ""
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    author: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Brought:
    """A package made of a table, and how the table was understood.

    `elsewhere` says, by the number of a row, where a place lies that is said to lie in another
    region.
    """

    sheet: Sheet
    columns: Columns
    positions: Positions
    tables: Tables
    elsewhere: Mapping[int, str]
    files: Files


def bring(path: Path, wishes: Wishes | None = None) -> Brought:
    """Return the package that a table makes. Raises a `DataError` if it cannot make one."""
    wishes = wishes or Wishes()
    file = Files(path.parent)
    sheet = read_sheet(path, file.read(path.name), wishes.sheet)
    columns = understand(sheet, wishes.mapping)
    _check(sheet, columns)
    regions = sheet.column(columns.roles["regions"]) if columns.has("regions") else []
    is_said = bool({"latitude", "longitude", "point"} & set(wishes.mapping))
    positions = read_positions(sheet, columns, regions, may_exchange=not is_said)
    made = tables(sheet, columns, positions)
    content = {NAME: _descriptor(path, wishes, made)}
    content |= {f"{name}.csv": _csv(rows) for name, rows in made.items()}
    files = Files(path.parent, content, file.states, content_only=True)
    away = elsewhere(positions.placed(), regions) if regions else {}
    return Brought(sheet, columns, positions, made, away, files)


def _check(sheet: Sheet, columns: Columns) -> None:
    if not (columns.has("point") or (columns.has("latitude") and columns.has("longitude"))):
        raise fault(sheet.file, missing_position(sheet))
    if not columns.has("name"):
        rule = "No column of names was found: name one so, or say which it is with --map name=..."
        raise fault(sheet.file, rule)
    if len(sheet.rows) > MOST_PLACES:
        rule = (
            f"There are {len(sheet.rows):,} rows and the atlas shows at most {MOST_PLACES:,} "
            "places: every view sends all that it shows. Keep those of one cluster, or make "
            "several tables."
        )
        raise fault(sheet.file, rule)


def _csv(rows: list[Row]) -> bytes:
    text = StringIO(newline="")
    writer = csv.DictWriter(
        text, _header(rows), restval="", extrasaction="ignore", lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _header(rows: list[Row]) -> list[str]:
    """Return the columns with a value in any row, and the position of places always."""
    names = dict.fromkeys(name for row in rows for name in row)
    always = ("id", "name", "latitude", "longitude", "source", "value")
    return [name for name in names if name in always or any(row.get(name, "") for row in rows)]


def _descriptor(path: Path, wishes: Wishes, made: Tables) -> bytes:
    title = wishes.title or path.stem
    described: dict[str, Any] = {
        "profile": "data-package",
        "name": region_id(title) or "atlas",
        "title": title,
        "land": NATURAL_EARTH,
    }
    if wishes.as_of:
        described["as_of"] = wishes.as_of.isoformat()
    if wishes.author:
        described["contributors"] = [{"title": wishes.author, "role": "author"}]
    if wishes.licence:
        described["licenses"] = [{"title": wishes.licence}]
    described["resources"] = [_resource(name, rows) for name, rows in made.items()]
    return json.dumps(described, ensure_ascii=False, indent=2).encode() + b"\n"


def _resource(name: str, rows: list[Row]) -> dict[str, Any]:
    types = {column.name: column.types[0] for column in columns_of(name)}
    header = _header(rows)
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "row_bounds": {"minimum": 0, "maximum": MOST_ROWS},
        "schema": {"fields": [{"name": column, "type": types[column]} for column in header]},
    }


def write(brought: Brought, folder: Path) -> None:
    """Write the package into a folder that is new or empty. Raises a `DataError` otherwise."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise fault(str(folder), "It is not an empty folder: name another one.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in brought.files.content.items():
        part = folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
