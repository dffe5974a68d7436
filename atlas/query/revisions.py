"""What has changed in the data since a link was made."""

import re
from dataclasses import dataclass
from typing import Literal

from atlas.model.notes import Change
from atlas.model.records import Atlas


@dataclass(frozen=True, slots=True)
class Revision:
    """How the version in a link compares with the data, and what has changed since.

    A `newer` version is one that this server does not have yet, an `unknown` one is not in the
    table of changes; both have no changes here.
    """

    version: str
    standing: Literal["older", "newer", "unknown"]
    changes: tuple[Change, ...] = ()


def revision(atlas: Atlas, version: str) -> Revision | None:
    """Return what has changed since a version of the data; None if it is the current one."""
    if version in ("", atlas.version):
        return None
    if _parts(version) > _parts(atlas.version):
        return Revision(version, "newer")
    if version not in {row.version for row in atlas.changes}:
        return Revision(version, "unknown")
    changes = (row for row in atlas.changes if _parts(row.version) > _parts(version))
    return Revision(version, "older", tuple(changes))


def _parts(version: str) -> tuple[int, ...]:
    """Return the numbers in a version, so that 1.10 sorts after 1.9."""
    return tuple(int(part) for part in re.findall(r"[0-9]+", version))
