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
from atlas.datapackage.descriptor import DESCRIPTOR
from atlas.datapackage.files import Files
from atlas.datapackage.land.regions import elsewhere, region_id
from atlas.datapackage.land.slice import NATURAL_EARTH
from atlas.datapackage.problems import fault
from atlas.datapackage.rules.tables import MOST_PLACES
from atlas.datapackage.schemas import MOST_ROWS
from atlas.datapackage.sheet.headings import Columns, classify_columns
from atlas.datapackage.sheet.positions import Positions, read_positions
from atlas.datapackage.sheet.reading import Sheet, read_sheet
from atlas.datapackage.sheet.tables import Row, Tables, tables


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """What only the user knows about a table; `mapping` is columns by their role."""

    title: str = ""
    sheet: str | None = None
    mapping: Mapping[str, str] = field(default_factory=dict)
    as_of: date | None = None
    author: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class ImportedTable:
    """A package made of a table, and how the table was understood.

    `elsewhere` says where places lie that are not in the region they are said to be in, by the
    index of their row.
    """

    sheet: Sheet
    columns: Columns
    positions: Positions
    tables: Tables
    elsewhere: Mapping[int, str]
    files: Files


def import_table(path: Path, options: ImportOptions | None = None) -> ImportedTable:
    """Return the package that a table makes. Raises a `DataError` if it cannot make one."""
    options = options or ImportOptions()
    source = Files(path.parent)
    sheet = read_sheet(path, source.read(path.name), options.sheet)
    columns = classify_columns(sheet, options.mapping)
    _check(sheet, columns)
    regions = sheet.column(columns.roles["regions"]) if columns.has("regions") else []
    is_mapped = bool({"latitude", "longitude", "point"} & set(options.mapping))
    positions = read_positions(sheet, columns, regions, may_exchange=not is_mapped)
    rows = tables(sheet, columns, positions)
    content = {DESCRIPTOR: _descriptor(path, options, rows)}
    content |= {f"{name}.csv": _csv(rows_of_table) for name, rows_of_table in rows.items()}
    files = Files(path.parent, content, source.states, content_only=True)
    outside = elsewhere(positions.points(), regions) if regions else {}
    return ImportedTable(sheet, columns, positions, rows, outside, files)


def _check(sheet: Sheet, columns: Columns) -> None:
    if not (columns.has("point") or (columns.has("latitude") and columns.has("longitude"))):
        rule = (
            f"No column of positions was found in {sheet.form}: name one latitude and one "
            'longitude, or one point ("51.2, 4.3" or WKT), or say which they are, as in --map '
            f"latitude=...; it has {', '.join(sheet.columns[:12])}. All other columns but a name "
            "are optional."
        )
        raise fault(sheet.file, rule)
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
    writer = csv.DictWriter(text, _header(rows), extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _header(rows: list[Row]) -> list[str]:
    """Return the columns with a value in any row, and those that a table always has."""
    names = dict.fromkeys(name for row in rows for name in row)
    always = ("id", "name", "latitude", "longitude", "source", "value")
    return [name for name in names if name in always or any(row.get(name, "") for row in rows)]


def _descriptor(path: Path, options: ImportOptions, rows: Tables) -> bytes:
    title = options.title or path.stem
    descriptor: dict[str, Any] = {
        "profile": "data-package",
        "name": region_id(title) or "atlas",
        "title": title,
        "land": NATURAL_EARTH,
    }
    if options.as_of:
        descriptor["as_of"] = options.as_of.isoformat()
    if options.author:
        descriptor["contributors"] = [{"title": options.author, "role": "author"}]
    if options.licence:
        descriptor["licenses"] = [{"title": options.licence}]
    descriptor["resources"] = [_resource(name, _header(rows[name])) for name in rows]
    return json.dumps(descriptor, ensure_ascii=False, indent=2).encode() + b"\n"


def _resource(name: str, header: list[str]) -> dict[str, Any]:
    types = {column.name: column.types[0] for column in columns_of(name)}
    return {
        "name": name,
        "path": f"{name}.csv",
        "profile": "tabular-data-resource",
        "encoding": "utf-8",
        "row_bounds": {"minimum": 0, "maximum": MOST_ROWS},
        "schema": {"fields": [{"name": column, "type": types[column]} for column in header]},
    }


def write(imported: ImportedTable, folder: Path) -> None:
    """Write the package into a folder that is new or empty. Raises a `DataError` otherwise."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise fault(str(folder), "It is not an empty folder: name another one.")
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in imported.files.content.items():
        part = folder / f"{name}.part"
        part.write_bytes(content)
        part.replace(folder / name)
