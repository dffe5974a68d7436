"""Tables of terms that the other tables refer to by id: kinds, statuses, sectors, groups."""

from dataclasses import dataclass, field
from typing import Literal

from atlas.model.languages import NO_WORDS, Words
from atlas.model.values import Extent, Form, Mark, Role

# Metadata of a field that is computed from other rows and is not a column.
DERIVED = {"derived": True}


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A region that places lie in; `iso` is its ISO 3166-1 or 3166-2 code, if it has one."""

    id: str
    name: Words
    colour: str = ""
    iso: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Kind:
    """A kind of place, such as a city or a park.

    Places are paired, compared and counted together if their kinds have the same id in `faces`.
    `singular` and `plural` are the words for such places inside a sentence.
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
    """How certain it is that a place belongs to a group; the table lists the most certain first.

    `legend` follows the kind of place in the legend; for a square it stands alone.
    """

    id: str
    name: Words
    legend: Words = NO_WORDS
    definition: Words = NO_WORDS
    form: Form = "solid"


@dataclass(frozen=True, kw_only=True, slots=True)
class Level:
    """A level of sectors, such as focus fields.

    `about` is the sentence on a sector of this level, and `credited` the one with the `{regions}`
    that it is credited to.
    """

    id: str
    name: Words
    about: Words = NO_WORDS
    credited: Words = NO_WORDS
    role: Role = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Sector:
    """A sector of industry, which may be part of another (`parent`). `role` is its level's."""

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
    """A defined set of places, such as the eight of the declaration.

    If the package states no `size`, it is the number of members.
    """

    id: str
    name: Words
    definition: Words = NO_WORDS
    size: int = 0
    source: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Indicator:
    """A quantity that figures measure."""

    id: str
    name: Words
    definition: Words = NO_WORDS
