"""Draw rows at random and print each with its source: `python -m tools.audit --seed 7 --rows 40`.

For an audit: look up each source, and compare what it says with the row. The same seed draws the
same rows of the same data, so that a second reader can check the first. `ATLAS_DATA` names
another package.
"""

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import fields
from typing import Any

from atlas.datapackage.columns import primary_key
from atlas.datapackage.loader import load
from atlas.model.languages import Words
from atlas.model.records import Atlas, Source
from atlas.model.text import text
from atlas.query.wording import source_line

# The tables of claims: every row of them has a source.
TABLES = ("evidence", "figures", "enterprises", "events", "memberships", "targets")
# Columns that are printed apart from the others.
APART = {"id", "source", "also", "phrase"}

# The name of a table, and a record of it.
Row = tuple[str, Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Print a sample of rows."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition(":")[0] + ".")
    parser.add_argument("--seed", type=int, required=True, help="the same seed draws the same rows")
    parser.add_argument("--rows", type=int, default=40, help="how many rows to draw")
    parsed = parser.parse_args(arguments)
    atlas = load()
    rows = sample(atlas, parsed.seed, parsed.rows)
    print(f"Version {atlas.version} of the data, seed {parsed.seed}, {len(rows)} rows")
    for number, row in enumerate(rows, start=1):
        print("", *row_lines(atlas, number, row), sep="\n")


def sample(atlas: Atlas, seed: int, count: int) -> list[Row]:
    """Return that many rows of the tables of claims, all if there are fewer.

    A larger sample begins with the smaller one of the same seed.
    """
    rows = [(table, row) for table in TABLES for row in getattr(atlas, table)]
    random.Random(seed).shuffle(rows)  # noqa: S311 - a sample, not a secret
    return rows[: max(count, 0)]


def row_lines(atlas: Atlas, number: int, row: Row) -> Iterator[str]:
    """Yield the lines that show a row: its table and key, its cells, its sources, its phrase."""
    table, record = row
    keys = primary_key(table)
    yield f"{number}. {table}: {' '.join(getattr(record, key) for key in keys)}"
    yield from (f"   {name}: {cell}" for name, cell in _cells(record) if name not in keys)
    for source in (record.source, *getattr(record, "also", ())):
        yield f"   source {_source(atlas.source[source])}"
    # Not every table quotes its sources.
    yield f"   phrase: {getattr(record, 'phrase', '') or 'none'}"


def _cells(record: Any) -> Iterator[tuple[str, str]]:
    """Yield columns and what the row has there, a text in every language."""
    for field in fields(record):
        value = getattr(record, field.name)
        if isinstance(value, Words):
            value = " | ".join(filter(None, value.values()))
        if isinstance(value, tuple):
            value = ", ".join(value)
        if field.name not in APART and value not in (None, ""):
            yield field.name, str(value)


def _source(source: Source) -> str:
    parts = (source.title, source_line(text("en"), source), source.address)
    return f"{source.id} ({source.reliability}): {'; '.join(filter(None, parts))}"


if __name__ == "__main__":
    main()
