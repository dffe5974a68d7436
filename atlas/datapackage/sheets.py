"""CSV files as lists of cells: bounded, UTF-8, nothing guessed."""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO

from atlas.datapackage.files import Files
from atlas.datapackage.problems import Problem, fault
from atlas.model import characters

MAX_CELL = 32_767  # the most a spreadsheet keeps in one cell
MAX_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most rows a table may have."""

    minimum: int = 0
    maximum: int = 10_000


def read(
    files: Files, path: str, dialect: csv.Dialect, bounds: Bounds, problems: list[Problem]
) -> list[list[str]]:
    """Header and rows of a CSV file; what is wrong with single cells goes to `problems`."""
    text = _decoded(files.read(path), path)
    (header, *rows), count = _rows(text, path, dialect, bounds.maximum + 1)
    problems += _row_count(count - 1, path, bounds)
    _check_header(header, path)
    # One cell too many is enough to report a row; more would only cost memory.
    kept = [row[: len(header) + 1] for row in rows]
    problems += _bad_cells(header, kept, path)
    return [header, *([cell[:MAX_CELL] for cell in row] for row in kept)]


def _decoded(content: bytes, path: str) -> str:
    try:
        # Excel writes a byte order mark; it is not part of the first column's name.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        rule = "This line is not UTF-8: save the file as CSV UTF-8; it may also be cut off here."
        raise fault(path, rule, row=row) from error


def _rows(text: str, path: str, dialect: csv.Dialect, most: int) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    count = 0
    try:
        for count, row in enumerate(
            csv.reader(StringIO(text, newline=""), dialect, strict=True), 1
        ):
            if count <= most:
                rows.append(row)
    except (csv.Error, TypeError) as error:
        rule = f"Not CSV ({error}): close every quotation mark; the file may be cut off."
        raise fault(path, rule, row=count + 1) from error
    if not text.endswith(("\n", "\r")):
        rule = "The last line has no line end: complete it, the file may be cut off, and end it."
        raise fault(path, rule, row=count)
    return rows, count


def _row_count(count: int, path: str, bounds: Bounds) -> Iterator[Problem]:
    if count < bounds.minimum:
        rule = f"At least {bounds.minimum} rows are expected: add those that are missing."
        yield Problem(path, None, None, str(count), rule)
    if count > bounds.maximum:
        rule = f"At most {bounds.maximum} rows are expected: remove rows or raise the bound."
        yield Problem(path, None, None, str(count), rule)


def _check_header(header: list[str], path: str) -> None:
    if len(header) > MAX_COLUMNS:
        raise fault(path, f"More than {MAX_COLUMNS} columns: remove those not described.", row=1)
    name, times = Counter(header).most_common(1)[0] if header else ("", 2)
    if times > 1:
        raise fault(path, "Give each column a name of its own.", row=1, value=name)
    for label in header:
        if unseen := characters.fault(label):
            raise fault(path, unseen, row=1, value=label)


def _bad_cells(header: list[str], rows: list[list[str]], path: str) -> Iterator[Problem]:
    for number, row in enumerate(rows, start=2):
        for column, cell in zip(header, row, strict=False):
            if len(cell) > MAX_CELL:
                rule = f"The cell is longer than {MAX_CELL} characters: shorten it."
                yield Problem(path, number, column, cell, rule)
            if unseen := characters.fault(cell):
                yield Problem(path, number, column, cell, unseen)
