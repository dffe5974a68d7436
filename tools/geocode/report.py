"""The comparison as lines on a terminal and as a table in a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from pathlib import Path

from tools.geocode.checkpoint import write_file
from tools.geocode.survey import Row

COLUMNS = (
    "place",
    "name_en",
    "latitude",
    "longitude",
    "precision_km",
    "question",
    "status",
    "found",
    "found_latitude",
    "found_longitude",
    "others_of_that_name",
    "gap_km",
    "beyond_precision",
    "credit",
)
HEADER = ",".join(COLUMNS)


def line(number: int, total: int, row: Row) -> str:
    """Return a row as a line, with the progress of the command."""
    name = row.place.short.english or row.place.name.english
    head = f"[{number:>{len(str(total))}}/{total}] {name:20}"
    if row.answer is None or row.gap_km is None:
        return f"{head} {status(row)}"
    precision = f"known to {row.place.precision_km or 0:g} km"
    flag = "  BEYOND ITS PRECISION" if row.is_beyond else ""
    others = f", {row.answer.others} more of that name" if row.answer.others else ""
    return f"{head} {row.gap_km:7.1f} km  ({precision}){flag}  {row.answer.name}{others}"


def status(row: Row) -> str:
    """Return `found`, `nothing found`, or the type of the failure."""
    if row.failure:
        return type(row.failure).__name__
    return "found" if row.answer else "nothing found"


def summary(rows: Sequence[Row], total: int, credit: str) -> str:
    """Return the counts, and whom to credit."""
    answers = sum(row.answer is not None for row in rows)
    unknown = sum(row.answer is None and row.failure is None for row in rows)
    beyond = [row.place.short["en"] or row.place.name["en"] for row in rows if row.is_beyond]
    lines = (
        f"{total} places with a coordinate: {answers} found, {unknown} unknown to the geocoder, "
        f"{total - answers - unknown} without an answer.",
        f"Farther apart than their precision: {', '.join(beyond) or 'none'}.",
        f"Compared with: {credit}.",
    )
    return "\n".join(lines)


def may_write(file: Path) -> bool:
    """Return whether a file is new or an earlier report; nothing else is overwritten."""
    if not file.is_file():
        return not file.exists()
    with file.open(encoding="utf-8", errors="replace") as lines:
        return lines.readline().rstrip("\r\n") == HEADER


def write(file: Path, rows: Iterable[Row], credit: str) -> None:
    """Write the rows as a table."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_cells(row, credit) for row in rows)
    write_file(file, table.getvalue())


def _cells(row: Row, credit: str) -> tuple[object, ...]:
    place, answer = row.place, row.answer
    return (
        place.id,
        place.name["en"],
        place.latitude,
        place.longitude,
        place.precision_km,
        row.question,
        status(row),
        *((answer.name, answer.latitude, answer.longitude, answer.others) if answer else [""] * 4),
        "" if row.gap_km is None else f"{row.gap_km:.3f}",
        "" if row.gap_km is None else ("yes" if row.is_beyond else "no"),
        credit,
    )
