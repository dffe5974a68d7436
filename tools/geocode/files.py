"""Files that are written completely or not at all."""

import os
from pathlib import Path


def write(file: Path, content: str) -> None:
    """Replace the content of a file in one step: a reader sees the old or the new, never half."""
    file.parent.mkdir(parents=True, exist_ok=True)
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with temporary.open("w", encoding="utf-8", newline="") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    finally:
        temporary.unlink(missing_ok=True)
