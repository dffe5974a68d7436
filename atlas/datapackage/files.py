"""Files of a package: inside its folder, of bearable size, each read once."""

import codecs
import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from atlas.datapackage.problems import fault
from atlas.model import characters

# Room for tables of tens of thousands of rows and for detailed boundaries; all is in memory.
MAX_BYTES = 64 * 2**20
LONGEST_PATH = 200
# Files that no descriptor lists, and without which the others may not be passed on.
NOTICES = ("license", "licence", "copying", "notice", "readme")

# How JSON writes a control character, after as many backslashes as stand for themselves.
_CONTROL = re.compile(r"(?<!\\)((?:\\\\)*)\\(u00[01][0-9a-f]|[bf])")

# Device, inode, size and time of the last change: what tells one state of a file from another.
State = tuple[int, int, int, int]


def state(path: Path) -> State | None:
    """The state of a file as the system tells it, without reading it; None if it is not there."""
    try:
        return _state(path.stat())
    except (OSError, ValueError):
        return None


def _state(found: os.stat_result) -> State:
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _unescaped(text: str) -> str:
    return _CONTROL.sub(lambda found: found[1] + json.loads(f'"\\{found[2]}"'), text)


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a folder, each read once: whatever is made of them comes from one state."""

    folder: Path
    content: dict[str, bytes] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)

    def read(self, path: str) -> bytes:
        """The content of a file of the package, if it is a file of bearable size."""
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
        """The content of a JSON file that any other program can read as well."""
        content = self.read(path)
        try:
            # Given bytes, Python would guess the encoding: UTF-16 is valid for it, for others not.
            found = json.loads(content.decode("utf-8-sig"))
            # Python reads and would pass on NaN, infinities and lone surrogates.
            text = json.dumps(found, ensure_ascii=False, allow_nan=False)
            text.encode()
        except UnicodeError as error:
            raise fault(
                path, "It is not valid JSON in UTF-8: correct it, save it as UTF-8."
            ) from error
        except (ValueError, RecursionError) as error:
            raise fault(path, f"It is not valid JSON in UTF-8 ({error}): correct it.") from error
        if rule := characters.fault(_unescaped(text)):
            raise fault(path, rule)
        return found

    def changed(self) -> list[str]:
        """The files that were replaced, or went, since they were read."""
        return [path for path, was in self.states.items() if state(self.folder / path) != was]


def notices(folder: Path, paths: Iterable[str]) -> list[str]:
    """The licences and notices that lie beside the files of a package."""
    found: list[str] = []
    for directory in sorted({folder, *((folder / path).parent for path in paths)}):
        for file in sorted(directory.iterdir()) if directory.is_dir() else ():
            path = file.relative_to(folder).as_posix()
            is_notice = file.name.lower().startswith(NOTICES) and file.is_file()
            if is_notice and file.stat().st_size and not unsafe(path, folder):
                found.append(path)
    return found


def unsafe(path: object, folder: Path) -> str | None:
    """What is wrong with a path of the descriptor, or None: it must stay in the folder."""
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
