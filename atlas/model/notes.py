"""What a package tells beside its places: targets, corrections, questions, changes, a tour."""

from dataclasses import dataclass
from typing import Literal

from atlas.model.languages import NO_WORDS, Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A target of a plan or notice, beside a later value; both are in `unit`.

    `due` and `as_of` are ISO 8601, to the year, month or day.
    """

    id: str
    name: Words
    target: float
    qualifier: Literal["exact", "about", "more-than", ""] = ""
    unit: Literal["bn CNY", "parks"]
    due: str
    set_by: str
    value: float
    as_of: str
    figure: str | None = None
    reported_by: str | None = None
    caveat: Words = NO_WORDS
    source: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Correction:
    """Something the source article says, what is right instead, and why."""

    id: str
    said: Words
    correct: Words
    reason: Words = NO_WORDS
    source: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """What the atlas does not know, and what was tried; `places` are those it concerns."""

    id: str
    question: Words
    tried: Words = NO_WORDS
    places: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Caution:
    """What to beware of in positions and names; without a source, by the atlas's own reckoning."""

    id: str
    title: Words
    text: Words
    source: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """What a version of the data package changed; `date` is ISO 8601, to the day."""

    id: str
    version: str
    date: str
    text: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step of a tour of the map: its name, a caption, and the query of the view it opens."""

    id: str
    tour: str
    name: Words
    text: Words
    view: str = ""
