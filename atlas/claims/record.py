"""One claim, and what makes one of a row."""

from dataclasses import dataclass
from typing import Any

from atlas.model.records import Atlas, Place
from atlas.model.terms import Sector
from atlas.model.values import Confidence, State


@dataclass(frozen=True, slots=True)
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
    places: tuple[Place, ...]
    sectors: tuple[str, ...]
    subject: str
    sentence: str
    value: str
    note: str
    source: str
    also: tuple[str, ...]
    date: str
    reliability: str
    confidence: Confidence | None
    grade: str | None
    state: State | None
    year: int | None
    phrase: str

    @property
    def cited(self) -> tuple[str, ...]:
        """The ids of every source named for the claim, the one it rests on first."""
        return tuple(dict.fromkeys((self.source, *self.also)))


_DEFAULTS: dict[str, Any] = {
    "sectors": (),
    "value": "",
    "note": "",
    "also": (),
    "confidence": None,
    "grade": None,
    "state": None,
    "year": None,
    "phrase": "",
}


def claim(
    atlas: Atlas, kind: str, key: str, source: str, places: tuple[str, ...] = (), **fields: Any
) -> Claim:
    """Return a claim with date and reliability of its source; fields not given stay empty."""
    return Claim(
        id=f"claim-{kind}-{key}",
        kind=kind,
        places=tuple(atlas.place[place] for place in places),
        source=source,
        date=atlas.source[source].date,
        reliability=atlas.source[source].reliability,
        **{**_DEFAULTS, **fields},
    )


def sectors_of(sector: Sector) -> tuple[str, ...]:
    """Return the ids of a sector and of the field it is part of."""
    return (sector.id, sector.parent) if sector.parent else (sector.id,)


def joined(*parts: str) -> str:
    """Return the parts that are not empty, with spaces between them."""
    return " ".join(part for part in parts if part)
