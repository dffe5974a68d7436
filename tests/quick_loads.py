"""Packages load quickly by day: what has been read of the same content before is kept.

Hundreds of tests load a package of their own that differs from the real one in a cell or two; that
takes 21 ms instead of 82. At night everything is read each time.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from atlas.datapackage import loader, schemas, typed_rows
from atlas.datapackage.problems import Problem
from atlas.datapackage.rules import rows as row_rules
from atlas.model.languages import LANGUAGES


@pytest.fixture(scope="session")
def quick_loads() -> Iterator[None]:
    kept: dict[object, Any] = {}
    features, table = loader.read_features, schemas.table
    sheet_of, rows, findings = loader.read_csv, typed_rows.rows, row_rules.findings

    def features_once(files: Any, file: Any, box: Any, problems: list[Problem]) -> Any:
        """Keep the shapes of a map file; one with problems is read again."""
        content = (files.read(file.path), file, box)
        if content not in kept:
            shapes = features(files, file, box, problems)
            if not shapes:
                return shapes
            kept[content] = shapes
        return kept[content]

    def table_once(entry: Any, languages: Any = ()) -> Any:
        """Keep what a descriptor says of a table."""
        content = json.dumps([entry, [*languages], [*LANGUAGES]])
        if content not in kept:
            kept[content] = table(entry, languages)
        return kept[content]

    def sheet_once(
        files: Any, path: str, dialect: Any, bounds: Any, problems: list[Problem]
    ) -> Any:
        """Keep the cells of a table; one with problems is read again."""
        content = (files.read(path), repr(dialect), bounds)
        if content not in kept:
            sheet = sheet_of(files, path, dialect, bounds, problems)
            if problems:
                return sheet
            kept[content] = sheet
        return kept[content]

    def rows_once(entry: Any, sheet: Any, keys: Any, problems: list[Problem]) -> list[Any]:
        """Keep the records of a table; one with problems is read again."""
        referred = [frozenset(keys.get(target, ())) for target in entry.references.values()]
        content = (id(entry), id(sheet), *referred)
        if content not in kept:
            records = rows(entry, sheet, keys, problems)
            if problems:
                return records
            kept[content] = entry, sheet, records
        return list(kept[content][2])

    def findings_once(row: Any, *demands: Any) -> Any:
        """Keep what is wrong with a record, together with it: that one's id stays its own."""
        content = (id(row), demands)
        if content not in kept or kept[content][0] is not row:
            kept[content] = row, [*findings(row, *demands)]
        return kept[content][1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "read_features", features_once)
        patch.setattr(schemas, "table", table_once)
        patch.setattr(loader, "read_csv", sheet_once)
        patch.setattr(typed_rows, "rows", rows_once)
        patch.setattr(row_rules, "findings", findings_once)
        yield
