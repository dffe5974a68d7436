"""Packages load quickly by day: what has been read of the same content before is kept.

Hundreds of tests load a package of their own that differs from the real one in a cell or two. At
night everything is read each time.
"""

import json
from collections.abc import Callable, Iterator
from copy import copy
from dataclasses import replace
from typing import Any

import pytest

from atlas.datapackage import loader, schemas, typed_rows
from atlas.datapackage.problems import Problem
from atlas.model.languages import LANGUAGES

# What was read, by everything that it depends on.
Kept = dict[object, Any]


def key(*parts: object) -> str:
    return json.dumps([parts, list(LANGUAGES)], default=str)


def map_files(kept: Kept, read: Callable[..., Any]) -> Callable[..., Any]:
    """Keep the shapes of a map file; one with problems is read again."""

    def once(files: Any, file: Any, box: Any, problems: list[Problem]) -> Any:
        content = (files.read(file.path), file, box)
        if content not in kept:
            shapes = read(files, file, box, problems)
            if not shapes:
                return shapes
            kept[content] = shapes
        return kept[content]

    return once


def tables(kept: Kept, described: Callable[..., Any]) -> Callable[..., Any]:
    """Keep what a descriptor says of a table. Its schema is copied, for loading changes it."""

    def once(entry: Any, languages: Any = ()) -> Any:
        content = key(entry, list(languages))
        if content not in kept:
            kept[content] = described(entry, languages)
            # The copies share this list, which so tells which description they are of.
            kept[id(kept[content].schema.fields)] = content
        table = kept[content]
        schema = copy(table.schema)
        vars(schema).update(vars(table.schema))  # What frictionless notes beside its fields.
        return replace(table, schema=schema)

    return once


def sheets(kept: Kept, read: Callable[..., Any]) -> Callable[..., Any]:
    """Keep the cells of a file, and what is wrong with them."""

    def once(files: Any, path: str, dialect: Any, bounds: Any, problems: list[Problem]) -> Any:
        content = (files.read(path), path, id(dialect), bounds)
        if content not in kept:
            faults: list[Problem] = []
            kept[content] = read(files, path, dialect, bounds, faults), faults
        sheet, faults = kept[content]
        problems += faults
        return sheet

    return once


def rows(kept: Kept, described: Kept, read: Callable[..., Any]) -> Callable[..., Any]:
    """Keep the records of a table, and what is wrong with it."""

    def once(table: Any, sheet: Any, keys: Any, problems: list[Problem], build: Any) -> Any:
        named = {one["reference"]["resource"] for one in table.schema.foreign_keys}
        others = [(one.name, one.data) for one in keys.resources if one.name in named]
        # The sheet is kept, so its number stays its own.
        content = key(described[id(table.schema.fields)], id(sheet), others)
        if content not in kept:
            faults: list[Problem] = []
            kept[content] = read(table, sheet, keys, faults, build), faults
        records, faults = kept[content]
        problems += faults
        return records

    return once


@pytest.fixture(scope="session")
def quick_loads() -> Iterator[None]:
    described: Kept = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "read_features", map_files({}, loader.read_features))
        patch.setattr(loader, "read_csv", sheets({}, loader.read_csv))
        patch.setattr(schemas, "table", tables(described, schemas.table))
        patch.setattr(typed_rows, "rows", rows({}, described, typed_rows.rows))
        yield
