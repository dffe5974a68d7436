"""Files that are written whole or not at all."""

import os
from pathlib import Path


def write(file: Path, content: str) -> None:
    """Put a text in a file's place in one step: whoever reads it finds the old or the new one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with beside.open("w", encoding="utf-8", newline="") as part:
            part.write(content)
            part.flush()
            os.fsync(part.fileno())
        beside.replace(file)
    finally:
        beside.unlink(missing_ok=True)
