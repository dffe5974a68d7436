"""The edition of the site: what its answers are made of, as one digest."""

from collections.abc import Iterable
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from atlas.records import Atlas

PACKAGE = Path(__file__).parent
# What words and markup come from; styles, scripts and pictures have digests of their own.
_KINDS = frozenset({".py", ".html", ".po"})


@lru_cache(maxsize=4)
def edition(atlas: Atlas) -> str:
    """Return twelve hexadecimal digits that change with the data, the code or a translation.

    An answer whose address holds them may be kept for ever.
    """
    digest = sha256()
    for path in (*_code(), *_data(atlas)):
        digest.update(path.name.encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


def _code() -> Iterable[Path]:
    return sorted(path for path in PACKAGE.rglob("*") if path.suffix in _KINDS)


def _data(atlas: Atlas) -> Iterable[Path]:
    return sorted(path for path in atlas.folder.rglob("*") if path.is_file())
