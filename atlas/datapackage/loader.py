"""Load and validate a data package: every table, or every problem, never a part."""

import os
from collections.abc import Mapping
from dataclasses import replace
from functools import cache, partial
from itertools import chain
from pathlib import Path
from typing import Any

from atlas.datapackage import descriptor, geojson, map_rules, rules, schemas, sheets, typed_rows
from atlas.datapackage.columns import RECORDS, record
from atlas.datapackage.descriptor import Descriptor
from atlas.datapackage.files import Files, notices
from atlas.datapackage.geojson import Feature
from atlas.datapackage.problems import DataError, Problem, collected
from atlas.datapackage.schemas import Table
from atlas.model.records import Atlas

__all__ = ["DataError", "Problem", "current", "load"]

REPOSITORY_DATA = Path(__file__).parents[2] / "data"


def load(folder: Path | None = None) -> Atlas:
    """The atlas in a folder; else in `ATLAS_DATA`, else the repository's own.

    Raises a `DataError` that lists everything to correct if anything is wrong.
    """
    files = Files(Path(folder or os.environ.get("ATLAS_DATA") or REPOSITORY_DATA).absolute())
    problems: list[Problem] = []
    found = descriptor.read(files, problems)
    tables = _tables(found, problems)
    rows = _rows(files, tables, problems)
    shapes = _shapes(files, found, tables, problems)
    _read_rest(files, found, problems)
    atlas = _atlas(files, found, rows)
    case = rules.Case(atlas, found.promises, atlas.as_of, shapes.get(map_rules.ROLE, ()))
    paths = {one.name: one.path for one in found.maps}
    paths |= {table.name: table.path for table in tables.values()}
    problems += (
        replace(problem, file=paths.get(problem.file, problem.file))
        for problem in rules.check(case, set(rows))
    )
    problems += map(_replaced, files.changed())
    if problems:
        raise DataError(problems)
    return atlas


@cache
def current() -> Atlas:
    """The atlas this process shows, loaded once."""
    return load()


def _tables(found: Descriptor, problems: list[Problem]) -> dict[str, Table]:
    tables: dict[str, Table] = {}
    for name, entry in found.tables.items():
        with collected(problems):
            tables[name] = schemas.table(entry)
    return tables


def _rows(
    files: Files, tables: Mapping[str, Table], problems: list[Problem]
) -> dict[str, tuple[Any, ...]]:
    faults: dict[str, list[Problem]] = {name: [] for name in tables}
    cells: dict[str, list[list[str]]] = {}
    for name, table in tables.items():
        with collected(faults[name]):
            cells[name] = sheets.read(files, table.path, table.dialect, table.bounds, faults[name])
    keys = typed_rows.keys(tables, cells, problems)
    rows: dict[str, tuple[Any, ...]] = {}
    for name, sheet in cells.items():
        with collected(faults[name]):
            made = typed_rows.rows(tables[name], sheet, keys, faults[name], partial(record, name))
            if not faults[name]:
                rows[name] = tuple(made)
    problems += chain.from_iterable(faults.values())
    return rows


def _shapes(
    files: Files, found: Descriptor, tables: Mapping[str, Table], problems: list[Problem]
) -> dict[str, tuple[Feature, ...]]:
    features: dict[str, tuple[Feature, ...]] = {}
    if "places" not in tables:
        return {}
    box = schemas.box(tables["places"], problems)
    for one in found.maps:
        with collected(problems):
            features[one.name] = geojson.read(files, one, box, problems)
    return features


def _read_rest(files: Files, found: Descriptor, problems: list[Problem]) -> None:
    """Read what is only passed on: files of no role here, and the notices beside them."""
    judged = {entry["path"] for entry in found.tables.values()} | {one.path for one in found.maps}
    for path in (*found.paths, *notices(files.folder, found.paths)):
        if path not in judged:
            with collected(problems):
                files.read(path)


def _replaced(path: str) -> Problem:
    rule = "The file was replaced while it was read: start again when all files are written."
    return Problem(path, None, None, None, rule)


def _atlas(files: Files, found: Descriptor, rows: Mapping[str, tuple[Any, ...]]) -> Atlas:
    # Tables with problems are empty here, so that the others are judged all the same.
    loaded: dict[str, Any] = {name: rows.get(name, ()) for name in RECORDS}
    return Atlas(
        title=found.title,
        lead=found.lead,
        version=found.version,
        as_of=found.as_of,
        folder=files.folder,
        files=files.content,
        maps=found.maps,
        base_groups=found.promises.base_groups,
        **loaded,
    )
