"""The rows of the data package as frozen, typed records.

There is a class per table, with a field per column; the columns of a text in several languages
are one `Words`. `data/datapackage.json` has the meaning, type and unit of every column. Only
`atlas.datapackage.loader` creates these records. A field with a default is a column that a package
may lack.
"""

from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, Protocol, TypeVar

from atlas.model.languages import NO_WORDS, Language, Words
from atlas.model.notes import Caution, Change, Correction, Question, Step, Target
from atlas.model.terms import DERIVED, Group, Indicator, Kind, Level, Region, Sector, Status
from atlas.model.values import SIDES, Confidence, Extent, Form, Reliability, Side, State


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A published page, paper, data set or package that claims are based on.

    `date` is ISO 8601 to the year, month or day, with `?` if it is uncertain (EDTF), and empty if
    the source is undated. `title_status` says what replaces a title that was not found: a
    description by the atlas, or the opening words.
    """

    id: str
    title: str
    title_status: Literal["described", "opening"] | None = None
    publisher: Words = NO_WORDS
    date: str = ""
    date_note: Words = NO_WORDS
    address: str = ""
    language: str = ""
    reliability: Reliability = ""
    supports: Words = NO_WORDS


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """A city, district, park or region. Degrees, WGS 84; precision in kilometres.

    `short` is its name for map labels and tables, such as "Deyang" or "Konggang". `position` says
    how the map shows it: a `point` as a mark, an `area` (a substitute, or a point derived from a
    description) only as a circle of `precision_km`, and `none` not at all.
    """

    id: str
    kind: str = ""
    name: Words
    short: Words = NO_WORDS
    name_id_status: Literal["attested", "adapted", "proposed", ""] = ""
    pinyin: str = ""
    position: Literal["point", "area", "none", ""] = ""
    latitude: float | None
    longitude: float | None
    precision_km: float | None = None
    position_note: Words = NO_WORDS
    position_source: str | None = None
    adcode: str | None = None
    parent: str | None = None
    containment: Literal["inside", "partly", "unknown"] | None = None
    about: Words = NO_WORDS
    end_event: str | None = None
    source: str | None = None
    also: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    side: Side = field(default="", metadata=DERIVED)
    extent: Extent = field(default="", metadata=DERIVED)
    faces: str = field(default="", metadata=DERIVED)

    def __hash__(self) -> int:
        # Every new view looks up thousands of places, and hashing all fields takes longer.
        return hash(self.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """The claim that a place belongs to a group, with its status (`grade`), pros and cons."""

    group: str
    place: str
    grade: str = ""
    rank: int | None = None
    list_number: int | None = None
    support: Words = NO_WORDS
    counter: Words = NO_WORDS
    source: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Evidence:
    """The claim that a place works in a sector; `phrase` quotes the source."""

    id: str
    place: str
    sector: str
    claim: Words = NO_WORDS
    source: str
    confidence: Confidence = ""
    also: tuple[str, ...] = ()
    phrase: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Figure:
    """A value of an indicator for a place and period; the `preferred` one is shown first."""

    id: str
    place: str
    indicator: str
    value: float | None
    unit: str | None = None
    qualifier: Literal["exact", "rounded", "about", "more-than", "nearly", ""] = ""
    period: str | None = None
    year: int | None = None
    preferred: bool = True
    reason: Words = NO_WORDS
    note: Words = NO_WORDS
    source: str
    phrase: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Enterprise:
    """A firm at a place, and its product. `state` is as of `year`, None if no source states it.

    `name_en_status` says whether the English name is from a source or translated.
    """

    id: str
    name_en: str
    name_zh: str = ""
    place: str
    park: str | None = None
    sector: str
    product: Words = NO_WORDS
    note: Words = NO_WORDS
    source: str
    also: tuple[str, ...] = ()
    name_en_status: Literal["stated", "translated"] | None = None
    state: State | None = None
    year: int | None = None
    phrase: str = ""

    @property
    def name(self) -> Words:
        """Its name in English and Chinese."""
        return Words(en=self.name_en, zh=self.name_zh)

    @property
    def places(self) -> tuple[str, ...]:
        """The ids of its city and, if stated, of its park there."""
        return tuple(dict.fromkeys((self.place, self.park or self.place)))

    def names(self, language: Language) -> dict[Language, str]:
        """Return both names by language, that of the reader first, or else the English one."""
        names = {"en": self.name_en, "zh": self.name_zh}
        return dict(sorted(names.items(), key=lambda name: name[0] != language))


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A dated event of the cluster; `date` is ISO 8601 to the year, month or day."""

    id: str
    date: str
    date_status: Literal["stated", "inferred", ""] = ""
    text: Words
    places: tuple[str, ...] = ()
    source: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapFile:
    """A GeoJSON file of the package: its role (`name`), path in the folder, and credit line."""

    name: str
    path: str
    credit: Words


class _Row(Protocol):
    @property
    def id(self) -> str: ...


_R = TypeVar("_R", bound=_Row)


def _by_id(rows: Callable[["Atlas"], tuple[_R, ...]]) -> cached_property[dict[str, _R]]:
    return cached_property(lambda atlas: {row.id: row for row in rows(atlas)})


@dataclass(frozen=True, eq=False)
class Atlas:
    """All tables of a data package, with rows in file order. Compared and hashed by identity."""

    title: Words
    lead: Words
    version: str
    as_of: date
    folder: Path
    places: tuple[Place, ...]
    sectors: tuple[Sector, ...]
    groups: tuple[Group, ...]
    memberships: tuple[Membership, ...]
    evidence: tuple[Evidence, ...]
    indicators: tuple[Indicator, ...]
    figures: tuple[Figure, ...]
    enterprises: tuple[Enterprise, ...]
    events: tuple[Event, ...]
    targets: tuple[Target, ...]
    sources: tuple[Source, ...]
    corrections: tuple[Correction, ...]
    questions: tuple[Question, ...]
    cautions: tuple[Caution, ...]
    changes: tuple[Change, ...]
    maps: tuple[MapFile, ...] = ()
    base_groups: tuple[str, ...] = ()
    regions: tuple[Region, ...] = ()
    kinds: tuple[Kind, ...] = ()
    statuses: tuple[Status, ...] = ()
    levels: tuple[Level, ...] = ()
    tours: tuple[Step, ...] = ()
    # The name of all base groups together, inside a sentence.
    scope: Words = NO_WORDS
    # Whether the package states its date; otherwise `as_of` is the day of the newest file.
    dated: bool = True
    # The spreadsheet that the tables were read from, if there is no package.
    sheet: Path | None = None
    # The content of every file by its path, as of when the tables were read, for downloads.
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def has_sides(self) -> bool:
        """Whether there are exactly two regions, the two sides of a border."""
        return len(self.regions) == len(SIDES)

    @cached_property
    def base_places(self) -> frozenset[str]:
        """The ids of the places in the base groups."""
        return frozenset(row.place for row in self.memberships if row.group in self.base_groups)

    def form(self, status: str) -> Form:
        """Return how the mark of a place with a status is drawn: solid if none is stated."""
        return self.status[status].form if status else "solid"

    # Each table as a mapping from id to row.
    place = _by_id(lambda atlas: atlas.places)
    event = _by_id(lambda atlas: atlas.events)
    figure = _by_id(lambda atlas: atlas.figures)
    region = _by_id(lambda atlas: atlas.regions)
    kind = _by_id(lambda atlas: atlas.kinds)
    status = _by_id(lambda atlas: atlas.statuses)
    level = _by_id(lambda atlas: atlas.levels)
    sector = _by_id(lambda atlas: atlas.sectors)
    source = _by_id(lambda atlas: atlas.sources)
    group = _by_id(lambda atlas: atlas.groups)
    enterprise = _by_id(lambda atlas: atlas.enterprises)
    step = _by_id(lambda atlas: atlas.tours)
    indicator = _by_id(lambda atlas: atlas.indicators)


def stored_fields(record: type) -> tuple[Field[Any], ...]:
    """Return the fields of a record class that are columns, in order."""
    return tuple(column for column in fields(record) if "derived" not in column.metadata)
