"""The rows of the data package as frozen, typed records.

One class per table, one field per column (the columns of a text, one a language,
become one `Words`). `data/datapackage.json` holds the meaning, type and unit of
every column; `atlas.datapackage.loader` fills these records and nothing else does. A field
with a default is a column that a package may lack. The default of a judgement says that nobody
made it.
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
    """A published page, paper, data set or package that a claim rests on.

    `date` is ISO 8601 to the year, month or day, with `?` where it is uncertain (EDTF),
    and empty where the source is undated. `title_status` says what stands for a title that was
    not found: a description by the atlas, or the opening words.
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

    `short` is the form for map labels and tables, such as "Deyang" or "Konggang".
    `position` says how the coordinate may be used: `point` is drawn as a mark,
    `area` only as a circle of `precision_km` (a stand-in or a point read off a
    description), `none` is listed and not drawn.
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
        # Of all fields it would take longer, and thousands are looked up with every new view.
        return hash(self.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class Membership:
    """The claim that a place belongs to a group, graded, with what speaks for and against it."""

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
    """The claim that a place works in a sector; `phrase` is the words of the source."""

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
    """One value of one indicator for one place and period; `preferred` is the one shown first."""

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
    """A firm, where it makes what. It is in this `state` by what was said of that `year`.

    A state that no source gives is None. `name_en_status` says whether a source has the
    English name.
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
        """Its name in the languages it is known in."""
        return Words(en=self.name_en, zh=self.name_zh)

    @property
    def places(self) -> tuple[str, ...]:
        """The ids of the places where it is: the city, and the park in it."""
        return tuple(dict.fromkeys((self.place, self.park or self.place)))

    def names(self, language: Language) -> dict[Language, str]:
        """Return its names by their language, that of a reader first; else the English one."""
        names = {"en": self.name_en, "zh": self.name_zh}
        return dict(sorted(names.items(), key=lambda name: name[0] != language))


@dataclass(frozen=True, kw_only=True, slots=True)
class Event:
    """A dated step of the cluster; `date` is ISO 8601, to the year, month or day."""

    id: str
    date: str
    date_status: Literal["stated", "inferred", ""] = ""
    text: Words
    places: tuple[str, ...] = ()
    source: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MapFile:
    """A GeoJSON file of the package: its role, its path in the folder, its credit line."""

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
    """Every table of one data package, in file order. Compared and hashed by identity."""

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
    # What the base groups are called together, inside a sentence.
    scope: Words = NO_WORDS
    # False where nobody said of when the data are; `as_of` is then the day of the newest file.
    dated: bool = True
    # The spreadsheet that the tables were made of, where no package was written.
    sheet: Path | None = None
    # Every file by its path as it was when the tables were read, for what is served of them.
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def has_sides(self) -> bool:
        """Whether there are two regions, which lie on two sides of a border."""
        return len(self.regions) == len(SIDES)

    def form(self, status: str) -> Form:
        """Return how the mark of a place with a status is drawn; solid, where none is stated."""
        return self.status[status].form if status else "solid"

    # The rows of a table by id.
    place = _by_id(lambda atlas: atlas.places)
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
    """Return the fields of a record class that do not follow from other rows, in order."""
    return tuple(one for one in fields(record) if "derived" not in one.metadata)
