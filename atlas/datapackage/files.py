"""Files of a package: inside its folder, of bearable size, JSON and CSV in UTF-8."""

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
# Files that no descriptor lists, and without which the others may not be passed on.
NOTICES = ("license", "licence", "copying", "notice", "readme")

# How JSON writes a control character, or a backslash that stands for itself.
_ESCAPED = re.compile(r"\\(\\|u00[01][0-9a-f]|[bf])")

# How cells are separated and quoted, in the words of the module csv.
Dialect = dict[str, Any]
# Device, inode, size and time of the last change: what tells one state of a file from another.
State = tuple[int, int, int, int]


def state(path: Path) -> State | None:
    """Return the state of a file without reading it; None if it is not there."""
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
    """The files of a folder, each read once: whatever is made of them comes from one state."""

    folder: Path
    content: dict[str, bytes] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    # True for a package that was made in memory: what lies in its folder is none of it.
    content_only: bool = False

    def has(self, path: str) -> bool:
        """Tell whether a file is there."""
        return path in self.content or (not self.content_only and (self.folder / path).is_file())

    def read(self, path: str) -> bytes:
        """Return the content of a file of the package, of bearable size. Raises `DataError`."""
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
            # Given bytes, Python would guess the encoding: UTF-16 is valid for it, for others not.
            value = json.loads(content.decode("utf-8-sig"))
            # Python reads and would pass on NaN, infinities and lone surrogates.
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
        nanoseconds = max((was[-1] for was in self.states.values()), default=0)
        return datetime.fromtimestamp(nanoseconds / 1e9, UTC).date()

    def changed(self) -> list[str]:
        """Return the files that were replaced or removed since they were read."""
        return [path for path, was in self.states.items() if state(self.folder / path) != was]


def notices(folder: Path, paths: Iterable[str]) -> list[str]:
    """Return the licences and notices that lie beside the files of a package."""
    paths_of_notices: list[str] = []
    for directory in sorted({folder, *((folder / path).parent for path in paths)}):
        for file in sorted(directory.iterdir()) if directory.is_dir() else ():
            path = file.relative_to(folder).as_posix()
            is_notice = file.name.lower().startswith(NOTICES) and file.is_file()
            if is_notice and file.stat().st_size and not unsafe(path, folder):
                paths_of_notices.append(path)
    return paths_of_notices


def unsafe(path: object, folder: Path) -> str | None:
    """Return why a path of the descriptor is refused, or None: it must stay in the folder."""
    if not isinstance(path, str) or not path:
        return 'write the "path" of one file.'
    parts = PurePosixPath(path).parts
    if path.startswith(("/", "~")) or ".." in parts or set(path) & set(":\\\0"):
        return "the path must be relative and stay in the folder: copy the file there."
    if len(path) > LONGEST_PATH:
        return f"the path is longer than {LONGEST_PATH} characters: shorten it."
    try:
        inside = (folder / path).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError, ValueError):
        inside = False
    return None if inside else "the link leads out of the folder: copy the file there."


@dataclass(frozen=True, slots=True)
class Bounds:
    """The least and the most rows a table may have."""

    minimum: int = 0
    maximum: int = 10_000


def read_csv(
    files: Files, path: str, dialect: Dialect, bounds: Bounds, problems: list[Problem]
) -> list[list[str]]:
    """Return header and rows of a CSV file; what is wrong with single cells goes to `problems`."""
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


def _rows(text: str, path: str, dialect: Dialect, most: int) -> tuple[list[list[str]], int]:
    rows: list[list[str]] = []
    count = 0
    try:
        for count, row in enumerate(
            csv.reader(StringIO(text, newline=""), strict=True, **dialect), 1
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
