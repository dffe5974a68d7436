"""What the rows of places are told by: tables of names that other tables refer to by id."""

from dataclasses import dataclass, field
from typing import Literal

from atlas.model.languages import NO_WORDS, Words
from atlas.model.values import Extent, Form, Mark, Role

# A field that follows from the other rows, and is no column.
DERIVED = {"derived": True}


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A region that places lie in; `iso` is its code in ISO 3166-1 or 3166-2, where it has one."""

    id: str
    name: Words
    colour: str = ""
    iso: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """What a place is, such as a city or a park.

    `singular` and `plural` are what one and several are called inside a sentence, together with
    those of the kinds that face it. Places are paired, compared and counted with those whose kinds
    have the same id in `faces`.
    """

    id: str
    name: Words
    singular: Words = NO_WORDS
    plural: Words = NO_WORDS
    mark: Mark = "disc"
    extent: Extent = ""
    faces: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Status:
    """How sure it is that a place belongs to a group; the surest come first.

    `legend` says it there, behind what the place is; a square is explained by it alone.
    """

    id: str
    name: Words
    legend: Words = NO_WORDS
    definition: Words = NO_WORDS
    form: Form = "solid"


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """What a sector is among the sectors, such as a focus field.

    `about` says so in a sentence, `credited` in one on the `{regions}` that it is credited to.
    """

    id: str
    name: Words
    about: Words = NO_WORDS
    credited: Words = NO_WORDS
    role: Role = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sector:
    """A sector of industry; it may be part of another. `role` is that of its level."""

    id: str
    level: str = ""
    parent: str | None = None
    name: Words
    name_id_status: Literal["attested", "adapted", "proposed", ""] = ""
    pinyin: str = ""
    credited_side: str | None = None
    note: Words = NO_WORDS
    source: str | None = None
    role: Role = field(default="", metadata=DERIVED)


@dataclass(frozen=True, kw_only=True, slots=True)
class Group:
    """A set of places with one definition, such as the eight of the declaration.

    Where its `size` is not stated, it is the number of its members.
    """

    id: str
    name: Words
    definition: Words = NO_WORDS
    size: int = 0
    source: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """What a figure measures."""

    id: str
    name: Words
    definition: Words = NO_WORDS
