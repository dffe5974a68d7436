"""The record of a claim, and how one is made from a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from atlas.model.records import Atlas, Place
from atlas.model.terms import Sector
from atlas.model.values import Confidence, State

# Columns that a claim copies from its row, if the table has them.
_COPIED = ("also", "confidence", "grade", "phrase", "state", "year")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """A statement in the reader's language, and the source it is based on.

    - `id`: its anchor on the evidence page; `kind`: one of `selection.CLAIMS`.
    - `sectors`: the sector it is about, and the one that this is part of.
    - `confidence`: only of work in a sector; `grade`: of a membership; `state`: of a firm.
    - `year`: of a figure or a state; `phrase`: a quotation from the source.
    - `date`, `reliability`: those of the source.
    """

    id: str
    kind: str
    places: tuple[Place, ...] = ()
    sectors: tuple[str, ...] = ()
    subject: str
    sentence: str
    value: str = ""
    note: str = ""
    source: str
    also: tuple[str, ...] = ()
    date: str
    reliability: str
    confidence: Confidence | None = None
    grade: str | None = None
    state: State | None = None
    year: int | None = None
    phrase: str = ""

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of all its sources, the one it is based on first."""
        return tuple(dict.fromkeys((self.source, *self.also)))


def claim(
    atlas: Atlas, kind: str, row: Any, places: Iterable[str] = (), key: str = "", **fields: Any
) -> Claim:
    """Return the claim that a row makes about places; `key` identifies it instead of the row's id.

    `fields` are those of the claim that differ from the row's, or that rows do not have.
    """
    source = atlas.source[fields.pop("source", row.source)]
    from_row = {name: getattr(row, name) for name in _COPIED if hasattr(row, name)}
    return Claim(
        id=f"claim-{kind}-{key or row.id}",
        kind=kind,
        places=tuple(atlas.place[place] for place in places),
        source=source.id,
        date=source.date,
        reliability=source.reliability,
        **from_row | fields,
    )


def sectors_of(sector: Sector) -> tuple[str, ...]:
    """Return the ids of a sector and of the one it is part of."""
    return (sector.id, sector.parent) if sector.parent else (sector.id,)


def joined(*parts: str) -> str:
    """Return the non-empty parts, joined by spaces."""
    return " ".join(part for part in parts if part)
