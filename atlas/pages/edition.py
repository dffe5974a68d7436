"""The edition of the site: what its answers are made of, as one digest."""

from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from atlas.model.records import Atlas

PACKAGE = Path(__file__).parents[1]
# What words and markup come from; styles, scripts and pictures have digests of their own.
_KINDS = frozenset({".py", ".html", ".po"})


@lru_cache(maxsize=4)
def edition(atlas: Atlas) -> str:
    """Return twelve hexadecimal digits that change with the data, the code or a translation.

    An answer whose address holds them may be kept for ever.
    """
    digest = sha256()
    for name, content in sorted((_code() | dict(atlas.files)).items()):
        digest.update(name.encode())
        digest.update(content)
    return digest.hexdigest()[:12]


def _code() -> dict[str, bytes]:
    found = (path for path in PACKAGE.rglob("*") if path.suffix in _KINDS)
    return {path.relative_to(PACKAGE).as_posix(): path.read_bytes() for path in found}
