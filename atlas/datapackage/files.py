"""Files of a package: inside its folder, of limited size, JSON and CSV in UTF-8."""

import codecs
import csv
import json
import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path, PurePosixPath
from typing import Any

from atlas.datapackage.problems import Problem, fault
from atlas.model import characters

# Room for tables of tens of thousands of rows and for detailed boundaries; all is in memory.
MAX_BYTES = 64 * 2**20
LONGEST_PATH = 200
MAX_CELL = 32_767  # the most a spreadsheet keeps in one cell
MAX_COLUMNS = 200
# Files that must be passed on with the others, though no descriptor lists them.
NOTICES = ("license", "licence", "copying", "notice", "readme")

# In JSON: an escaped backslash or control character.
_ESCAPED = re.compile(r"\\(\\|u00[01][0-9a-f]|[bf])")

# How cells are separated and quoted: keyword arguments of `csv.reader`.
Dialect = dict[str, Any]
# Device, inode, size and time of the last change in nanoseconds: they tell states of a file apart.
State = tuple[int, int, int, int]


def state(path: Path) -> State | None:
    """Return the state of a file without reading it, None if there is no such file."""
    try:
        return _state(path.stat())
    except (OSError, ValueError):
        return None


def _state(status: os.stat_result) -> State:
    return status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns


def _unescaped(text: str) -> str:
    return _ESCAPED.sub(
        lambda match: match[0] if match[1] == "\\" else json.loads(f'"{match[0]}"'), text
    )


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a folder, each read once, so that everything is made of one state of them."""

    folder: Path
    content: dict[str, bytes] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    # True for a package made in memory: no file in the folder is part of it.
    content_only: bool = False

    def has(self, path: str) -> bool:
        """Return whether there is such a file."""
        return path in self.content or (not self.content_only and (self.folder / path).is_file())

    def read(self, path: str) -> bytes:
        """Return the content of a file. Raises `DataError` if it is missing, empty or too large."""
        if path not in self.content:
            self.content[path] = self._read(path)
        return self.content[path]

    def _read(self, path: str) -> bytes:
        try:
            if not (self.folder / path).is_file():
                raise fault(path, "The file is missing: add it to the folder.")
            with (self.folder / path).open("rb") as file:
                self.states[path] = _state(os.fstat(file.fileno()))
                content = file.read(MAX_BYTES + 1)
        except OSError as error:
            raise fault(path, f"The file cannot be read: {error.strerror}.") from error
        if len(content) > MAX_BYTES:
            raise fault(path, f"The file is larger than {MAX_BYTES} bytes: split or shorten it.")
        if not content.removeprefix(codecs.BOM_UTF8).strip():
            raise fault(path, "The file is empty: restore it from a copy.")
        return content

    def json(self, path: str) -> Any:
        """Return the content of a JSON file. Raises `DataError` if it is not strict JSON."""
        content = self.read(path)
        try:
            # From bytes, Python would also accept UTF-16; others do not.
            value = json.loads(content.decode("utf-8-sig"))
            # Python accepts NaN, infinities and lone surrogates, and would pass them on.
            text = json.dumps(value, ensure_ascii=False, allow_nan=False)
            text.encode()
        except UnicodeError as error:
            raise fault(
                path, "It is not valid JSON in UTF-8: correct it, save it as UTF-8."
            ) from error
        except (ValueError, RecursionError) as error:
            raise fault(path, f"It is not valid JSON in UTF-8 ({error}): correct it.") from error
        if rule := characters.fault(_unescaped(text)):
            raise fault(path, rule)
        return value

    def newest(self) -> date:
        """Return the day on which the newest of the files read was changed."""
        nanoseconds = max((state[-1] for state in self.states.values()), default=0)
        return datetime.fromtimestamp(nanoseconds / 1e9, UTC).date()

    def changed(self) -> list[str]:
        """Return the files that were replaced or removed since they were read."""
        return [path for path, old in self.states.items() if state(self.folder / path) != old]


def notices(folder: Path, paths: Iterable[str]) -> list[str]:
    """Return the licences and notices that lie beside the files of a package."""
    folders = sorted({folder, *((folder / path).parent for path in paths)})
    return [
        path
        for directory in folders
        for file in (sorted(directory.iterdir()) if directory.is_dir() else ())
        if file.name.lower().startswith(NOTICES) and file.is_file() and file.stat().st_size
        if not unsafe(path := file.relative_to(folder).as_posix(), folder)
    ]


def unsafe(path: object, folder: Path) -> str | None:
    """Return why a path of the descriptor is refused, None if it stays in the folder."""
    if not isinstance(path, str) or not path:
        return 'write the "path" of one file.'
    parts = PurePosixPath(path).parts
    if path.startswith(("/", "~")) or ".." in parts or set(path) & set(":\\\0"):
        return "the path must be relative and stay in the folder: copy the file there."
    if len(path) > LONGEST_PATH:
        return f"the path is longer than {LONGEST_PATH} characters: shorten it."
    try:
        is_inside = (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        is_inside = False
    return None if is_inside else "the link leads out of the folder: copy the file there."


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most rows a table may have."""

    minimum: int = 0
    maximum: int = 10_000


def read_csv(
    files: Files, path: str, dialect: Dialect, bounds: Bounds, problems: list[Problem]
) -> list[list[str]]:
    """Return header and rows of a CSV file; what is wrong with single cells goes to `problems`.

    Raises `DataError` where the file as a whole cannot be read.
    """
    text = _decoded(files.read(path), path)
    (header, *rows), count = _rows(text, path, dialect, bounds.maximum + 1)
    problems += _row_count(count - 1, path, bounds)
    _check_header(header, path)
    # One cell too many is enough to report a row; more would only cost memory.
    rows = [row[: len(header) + 1] for row in rows]
    problems += _bad_cells(header, rows, path)
    return [header, *([cell[:MAX_CELL] for cell in row] for row in rows)]


def _decoded(content: bytes, path: str) -> str:
    try:
        # Excel writes a byte order mark; it is not part of the first column's name.
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        row = content.count(b"\n", 0, error.start) + 1
        rule = "This line is not UTF-8: save the file as CSV UTF-8; it may also be cut off here."
        raise fault(path, rule, row=row) from error


def _rows(text: str, path: str, dialect: Dialect, most: int) -> tuple[list[list[str]], int]:
    """Return the first rows, up to `most`, and how many rows there are."""
    rows: list[list[str]] = []
    count = 0
    try:
        reader = csv.reader(StringIO(text, newline=""), strict=True, **dialect)
        for count, row in enumerate(reader, start=1):
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
        yield Problem(path, rule, value=str(count))
    if count > bounds.maximum:
        rule = f"At most {bounds.maximum} rows are expected: remove rows or raise the bound."
        yield Problem(path, rule, value=str(count))


def _check_header(header: list[str], path: str) -> None:
    if len(header) > MAX_COLUMNS:
        raise fault(path, f"More than {MAX_COLUMNS} columns: remove those not described.", row=1)
    name, times = Counter(header).most_common(1)[0] if header else ("", 2)
    if times > 1:
        raise fault(path, "Give each column a name of its own.", row=1, value=name)
    for label in header:
        if rule := characters.fault(label):
            raise fault(path, rule, row=1, value=label)


def _bad_cells(header: list[str], rows: list[list[str]], path: str) -> Iterator[Problem]:
    for number, row in enumerate(rows, start=2):
        for column, cell in zip(header, row, strict=False):
            if len(cell) > MAX_CELL:
                rule = f"The cell is longer than {MAX_CELL} characters: shorten it."
                yield Problem(path, rule, number, column, cell)
            if unseen := characters.fault(cell):
                yield Problem(path, unseen, number, column, cell)
