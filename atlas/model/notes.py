"""Records of a package besides its places: targets, corrections, questions, changes, a tour."""

from dataclasses import dataclass
from typing import Literal

from atlas.model.languages import NO_WORDS, Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A target of a plan or notice, with a later actual value; both are in `unit`.

    `due` and `as_of` are ISO 8601 dates to the year, month or day.
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
    """A statement of the source article, the correct one, and why."""

    id: str
    said: Words
    correct: Words
    reason: Words = NO_WORDS
    source: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Question:
    """An open question about some `places`, and what was tried to answer it."""

    id: str
    question: Words
    tried: Words = NO_WORDS
    places: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Caution:
    """A warning about positions or names; without a source, it is the atlas's own finding."""

    id: str
    title: Words
    text: Words
    source: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """A change in a version of the data package; `date` is an ISO 8601 day."""

    id: str
    version: str
    date: str
    text: Words


@dataclass(frozen=True, kw_only=True, slots=True)
class Step:
    """A step of a tour of the map; `text` is its caption, `view` the query string it opens."""

    id: str
    tour: str
    name: Words
    text: Words
    view: str = ""
