"""What is wrong with a data package, in words that say what to do."""

import json
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from atlas.model.characters import escaped

LONGEST = 80
FIRST = 3  # rows and values that are shown of a kind of problem
FIRST_ROW = 2  # the header is row 1
MOST_PROBLEMS = 1_000  # of one file; the reader cannot use more, and each costs time


def _clipped(text: str, longest: int = LONGEST) -> str:
    """Return the text, cut with an ellipsis, so that a hostile cell cannot flood a log."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def _line(text: str) -> str:
    return re.sub(r"[\0-\x1f\x7f\x85\u2028\u2029]+", " ", text)


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what the value is and what to do.

    `row` is the line number a spreadsheet shows (the header is 1); `row`, `column`
    and `value` are None where they do not apply.
    """

    file: str
    row: int | None
    column: str | None
    value: str | None
    rule: str

    def __post_init__(self) -> None:
        object.__setattr__(self, "file", _clipped(_line(self.file), 300))
        object.__setattr__(self, "rule", _clipped(_line(self.rule), 500))
        if self.column is not None:
            object.__setattr__(self, "column", _clipped(_line(self.column)))
        if self.value is not None:
            object.__setattr__(self, "value", _clipped(self.value))

    def __str__(self) -> str:
        return _told(self)


class DataError(Exception):
    """A data package that cannot be used; `problems` lists everything to correct."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep the problems in the order they were found."""
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        return "\n".join(map(str, self.problems))

    def summary(self) -> list[str]:
        """Return a line for each kind of problem: where, the first rows, and what to do."""
        kinds: dict[tuple[str, str | None, str], list[Problem]] = {}
        for problem in self.problems:
            kinds.setdefault((problem.file, problem.column, problem.rule), []).append(problem)
        return [_told(*several) for several in kinds.values()]


def _told(first: Problem, *others: Problem) -> str:
    """Return problems of one kind as one line in which nothing is unseen."""
    several = (first, *others)
    rows = [one.row for one in several if one.row is not None]
    values = dict.fromkeys(one.value for one in several if one.value or not others)
    shown_values = (
        json.dumps(value, ensure_ascii=False) for value in [*values][:FIRST] if value is not None
    )
    column = first.column and f"column {first.column}"
    parts = (first.file, rows and counted_rows(rows), column, ", ".join(shown_values))
    place = ", ".join(part for part in parts if part)
    return escaped(_line(f"{place}: {first.rule}"))


def counted_rows(rows: list[int]) -> str:
    """Return how many rows there are and the first of them: "row 3", "12 rows (3, 5, 9 ...)"."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    more = " ..." if len(rows) > FIRST else ""
    return f"{len(rows)} rows ({', '.join(map(str, rows[:FIRST]))}{more})"


def problem(table: str, index: int | None, column: str, value: object, rule: str) -> Problem:
    """Return a problem of a row by its index; its file is the name of the table."""
    row = None if index is None else index + FIRST_ROW
    shown = f"{value:.15g}" if isinstance(value, float) else str(value)
    return Problem(table, row, column, shown, rule)


def fault(
    file: str,
    rule: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: object = None,
) -> DataError:
    """Return a data error with the one problem described by the arguments."""
    return DataError([Problem(file, row, column, None if value is None else str(value), rule)])


def bounded(problems: list[Problem], file: str) -> Iterator[Problem]:
    """Yield the first problems of a file, and say so if there may be more."""
    yield from problems[:MOST_PROBLEMS]
    if len(problems) >= MOST_PROBLEMS:
        rule = f"Correct these {MOST_PROBLEMS} problems first: there may be more below."
        yield Problem(file, None, None, None, rule)


@contextmanager
def collected(problems: list[Problem]) -> Iterator[None]:
    """Add the problems of a data error to a list and carry on."""
    try:
        yield
    except DataError as error:
        problems += error.problems
