"""What is wrong with a data package, in words that say what to do."""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from atlas.model.characters import escaped

# Characters that are kept of a part of a problem, so that a hostile cell cannot flood a log.
LONGEST = {"file": 300, "rule": 500, "column": 80, "value": 80}
EXAMPLES = 3  # rows and values that are listed for a kind of problem
FIRST_ROW = 2  # the header is row 1
MOST_PROBLEMS = 1_000  # of one file; the reader cannot use more, and each costs time


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault: where it is, what the value is and what to do (`rule`).

    `row` is the line number a spreadsheet shows (the header is 1); `row`, `column`
    and `value` are None where they do not apply.
    """

    file: str
    rule: str
    row: int | None = None
    column: str | None = None
    value: str | None = None

    def __post_init__(self) -> None:
        for name, longest in LONGEST.items():
            if (text := getattr(self, name)) is not None:
                line = text if name == "value" else _one_line(text)
                clipped = line if len(line) <= longest else f"{line[:longest]}…"
                object.__setattr__(self, name, clipped)

    def __str__(self) -> str:
        return _summary_line([self])


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
        return list(map(_summary_line, kinds.values()))


def _summary_line(problems: Sequence[Problem]) -> str:
    """Return problems of one kind as one line, with invisible characters escaped."""
    first = problems[0]
    rows = [problem.row for problem in problems if problem.row is not None]
    values = dict.fromkeys(
        problem.value
        for problem in problems
        if problem.value or (problem.value == "" and len(problems) == 1)
    )
    parts = (
        first.file,
        rows and counted_rows(rows),
        first.column and f"column {first.column}",
        ", ".join(json.dumps(value, ensure_ascii=False) for value in [*values][:EXAMPLES]),
    )
    place = ", ".join(part for part in parts if part)
    return escaped(_one_line(f"{place}: {first.rule}"))


def _one_line(text: str) -> str:
    return re.sub(r"[\0-\x1f\x7f\x85\u2028\u2029]+", " ", text)


def counted_rows(rows: list[int]) -> str:
    """Return how many rows there are and the first of them: "row 3", "12 rows (3, 5, 9 ...)"."""
    if len(rows) == 1:
        return f"row {rows[0]}"
    more = " ..." if len(rows) > EXAMPLES else ""
    return f"{len(rows)} rows ({', '.join(map(str, rows[:EXAMPLES]))}{more})"


def problem(table: str, index: int | None, column: str, value: object, rule: str) -> Problem:
    """Return a problem of a row by its index; its file is the name of the table."""
    row = None if index is None else index + FIRST_ROW
    text = f"{value:.15g}" if isinstance(value, float) else str(value)
    return Problem(table, rule, row, column, text)


def fault(
    file: str,
    rule: str,
    *,
    row: int | None = None,
    column: str | None = None,
    value: object = None,
) -> DataError:
    """Return a data error with the one problem that the arguments describe."""
    return DataError([Problem(file, rule, row, column, None if value is None else str(value))])


def bounded(problems: list[Problem], file: str) -> Iterator[Problem]:
    """Yield the first problems of a file, and say so if there may be more."""
    yield from problems[:MOST_PROBLEMS]
    if len(problems) >= MOST_PROBLEMS:
        yield Problem(
            file, f"Correct these {MOST_PROBLEMS} problems first: there may be more below."
        )


@contextmanager
def collected(problems: list[Problem]) -> Iterator[None]:
    """Add the problems of a data error to a list and carry on."""
    try:
        yield
    except DataError as error:
        problems += error.problems
