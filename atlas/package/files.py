"""Files of a package: inside its folder, of bearable size."""

import codecs
import json
from pathlib import Path, PurePosixPath
from typing import Any

from atlas.package.problems import fault

# Room for 100,000 places with a sentence about each in every language; all of it is in memory.
MAX_BYTES = 64 * 2**20
LONGEST_PATH = 200


def read_bytes(folder: Path, path: str) -> bytes:
    """The content of a file of the package, if it is a file of bearable size."""
    try:
        if not (folder / path).is_file():
            raise fault(path, "The file is missing: add it to the folder.")
        with (folder / path).open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise fault(path, f"The file cannot be read: {error.strerror}.") from error
    if len(content) > MAX_BYTES:
        raise fault(path, f"The file is larger than {MAX_BYTES} bytes: split or shorten it.")
    if not content.removeprefix(codecs.BOM_UTF8).strip():
        raise fault(path, "The file is empty: restore it from a copy.")
    return content


def read_json(folder: Path, path: str) -> Any:
    """The content of a JSON file that any other program can read as well."""
    content = read_bytes(folder, path)
    try:
        found = json.loads(content)
        # Python reads and would pass on NaN, infinities and lone surrogates.
        json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError) as error:
        raise fault(path, f"It is not valid JSON in UTF-8 ({error}): correct it.") from error
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
