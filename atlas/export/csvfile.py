"""A table as CSV that opens right in a spreadsheet: RFC 4180, UTF-8 with byte order mark."""

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterable, Sequence

from atlas.export.columns import Cell, Column, Row, flat
from atlas.export.inert import inert
from atlas.export.provenance import PROVENANCE_COLUMNS, Provenance, cells


def table_csv(columns: Sequence[Column[Row]], rows: Iterable[Row], origin: Provenance) -> bytes:
    """Return rows as CSV, each with its origin at the end; names of columns in the first line."""
    names = [*(one.name for one in columns), *(one.name for one in PROVENANCE_COLUMNS)]
    lines = ((*(column.read(row) for column in columns), *cells(origin)) for row in rows)
    return BOM_UTF8 + _csv((names, *lines)).encode()


def _csv(lines: Iterable[Sequence[Cell]]) -> str:
    written = io.StringIO(newline="")
    csv.writer(written, lineterminator="\r\n").writerows(
        [_safe(cell) for cell in line] for line in lines
    )
    return written.getvalue()


def _safe(cell: Cell) -> str | int | float | None:
    value = flat(cell)
    return inert(value) if isinstance(value, str) else value
