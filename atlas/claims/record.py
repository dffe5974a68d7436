"""One claim, and what makes one of a row."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from atlas.model.records import Atlas, Place
from atlas.model.terms import Sector
from atlas.model.values import Confidence, State

# What a claim takes over from its row, where the table has such a column.
_OF_ROWS = ("also", "confidence", "grade", "phrase", "state", "year")


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One statement in the reader's language, and the source it rests on.

    `id` is the anchor of the claim on the page of evidence; `kind` one of
    `selection.CLAIMS`. `sectors` are the sector it is about and the field that this
    sector is part of. `confidence` is that of work in a sector, `grade` that of a
    membership, `state` that of a firm; other claims have none. `year` is that of a figure
    or a state, `phrase` the words of the source. `date` and `reliability` are the source's.
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
        """The ids of every source named for the claim, the one it rests on first."""
        return tuple(dict.fromkeys((self.source, *self.also)))


def claim(
    atlas: Atlas, kind: str, row: Any, places: Iterable[str] = (), key: str = "", **fields: Any
) -> Claim:
    """Return what a row claims of places; `key` tells it from others where its id does not."""
    source = atlas.source[fields.pop("source", row.source)]
    from_row = {name: getattr(row, name) for name in _OF_ROWS if hasattr(row, name)}
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
    """Return the ids of a sector and of the field it is part of."""
    return (sector.id, sector.parent) if sector.parent else (sector.id,)


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with spaces between them."""
    return " ".join(part for part in parts if part)
