"""What a reader has selected: the table of all parameters of the query string.

Each field of `Selection` has a `Parameter` that describes it: chips, links, sentences, file names
and OpenAPI follow from it. `atlas.query.facets` has the predicates of the filters.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache, partial
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import quote

from atlas.model.languages import ENGLISH, LANGUAGES, Language, language_of
from atlas.model.mangled import as_id, as_meant
from atlas.model.pages import MOVED, PAGES
from atlas.model.parameters import FreeText, Parameter, Several, Single, Version, WholeNumber
from atlas.model.records import Atlas
from atlas.model.text import N_
from atlas.model.values import CONFIDENCES, RELIABILITIES, STATES

Match = Literal["any", "all"]

MATCHES: tuple[Match, ...] = get_args(Match)
_ORDERS = {
    "kind": N_("kind of claim"),
    "place": N_("place"),
    "date": N_("date of the source"),
    "reliability": N_("reliability of the source"),
    "confidence": N_("confidence or status"),
}
ORDERS = tuple(_ORDERS)
FORMS = ("list", "table")
# Pages that can be shared besides the map, whose name is empty.
SHARED = tuple(page for page in PAGES if page not in ("", "share"))
LARGEST_RADIUS_KM = 1_000
# If a list has more values, only the chosen ones are chips and are counted.
MOST_OFFERED = 60
# How many claims the evidence page lists at first, and at most.
ROWS_AT_ONCE, MOST_ROWS = 25, 1_000


class Dropped(NamedTuple):
    """A value in a link that was ignored because the atlas does not know it."""

    parameter: str
    value: str


def _optional_sets(atlas: Atlas) -> tuple[str, ...]:
    return tuple(group.id for group in atlas.groups if group.id not in atlas.base_groups)


def _in_column(table: str, column: str, scale: tuple[str, ...], atlas: Atlas) -> tuple[str, ...]:
    """Return the values of a scale that occur in a column."""
    values = {getattr(row, column) for row in getattr(atlas, table)}
    return tuple(value for value in scale if value in values)


def _kinds(atlas: Atlas) -> tuple[str, ...]:
    """Return the kinds of all places except regions, which are never shown."""
    kinds = {place.kind for place in atlas.places if place.extent != "region"}
    return tuple(id for id in atlas.kind if id in kinds)


def _statuses(atlas: Atlas) -> tuple[str, ...]:
    statuses = {row.grade for row in atlas.memberships}
    return tuple(id for id in atlas.status if id in statuses)


def _sides(atlas: Atlas) -> tuple[str, ...]:
    """Return the regions to choose from; a single region is no choice."""
    return tuple(atlas.region) if len(atlas.regions) > 1 else ()


@dataclass(frozen=True, slots=True)
class Selection:
    """One view of the atlas, as ids; equal selections are the same view.

    The fields are the parameters of the query string, in its order. The filters of places come
    first, then those of claims alone (`claim`, `reliability`). `place` is the open place,
    `compare` the compared ones, `near` and `radius` (km) the centre and reach of a search by
    distance. `order`, `form` and `rows` say how claims are listed; `step` is the step of a tour,
    `of` the page that is being shared. `data` is the version of the data that the link was made
    with; without it, a link follows the newest data.
    """

    lang: Language = Single(
        default=ENGLISH,
        values=lambda _: LANGUAGES,
        resolve=language_of,
        browser_decides=True,
        label=N_("language"),
        description="The first part of its tag (IETF BCP 47).",
    ).field
    sector: tuple[str, ...] = Several(
        table="sector", filters="places", label=N_("sector"), phrase=N_("working in %(values)s")
    ).field
    match: Match = Single(
        default="any",
        words={"any": N_("Any of them"), "all": N_("All of them")},
        filters="places",
        joins="sector",
        label=N_("any or all"),
        description="Of several sectors.",
    ).field
    kind: tuple[str, ...] = Several(
        table="kind",
        values=_kinds,
        filters="places",
        label=N_("kind of place"),
        heading=N_("Kind of place"),
        phrase=N_("kind: %(values)s"),
    ).field
    side: tuple[str, ...] = Several(
        table="region",
        values=_sides,
        proper=True,
        filters="places",
        label=N_("region"),
        heading=N_("Region"),
        phrase=N_("region: %(values)s"),
    ).field
    grade: tuple[str, ...] = Several(
        table="status",
        values=_statuses,
        filters="places",
        label=N_("status"),
        heading=N_("Status: how sure is it that a place belongs to a group?"),
        phrase=N_("status: %(values)s"),
    ).field
    confidence: tuple[str, ...] = Several(
        values=partial(_in_column, "evidence", "confidence", CONFIDENCES),
        filters="places",
        label=N_("confidence"),
        heading=N_("Confidence of the evidence"),
        phrase=N_("confidence of the evidence: %(values)s"),
    ).field
    state: tuple[str, ...] = Several(
        values=partial(_in_column, "enterprises", "state", STATES),
        filters="places",
        label=N_("state of firms"),
        heading=N_("State of firms"),
        phrase=N_("with firms: %(values)s"),
    ).field
    firm: tuple[str, ...] = Several(
        table="enterprise",
        proper=True,
        many=True,
        filters="places",
        label=N_("firm"),
        heading=N_("Firms"),
        phrase=N_("firm: %(values)s"),
    ).field
    sets: tuple[str, ...] = Several(
        table="group",
        values=_optional_sets,
        proper=True,
        widens=True,
        filters="places",
        label=N_("further places"),
        heading=N_("Further places, off at first"),
        phrase=N_("with %(values)s"),
    ).field
    q: str = FreeText(
        filters="places",
        label=N_("search"),
        phrase=N_("a name, firm, product or sector contains “%(values)s”"),
        description="Names in any language; firms, what they make, sectors.",
        slug="search-{}",
    ).field
    claim: tuple[str, ...] = Several(
        words={
            "evidence": N_("Work in a sector"),
            "membership": N_("Membership of a group"),
            "figure": N_("Figure"),
            "enterprise": N_("Enterprise"),
            "event": N_("Event"),
            "target": N_("Target"),
            "place": N_("Place and position"),
            "definition": N_("Group or sector"),
        },
        filters="claims",
        label=N_("kind of claim"),
    ).field
    reliability: tuple[str, ...] = Several(
        values=partial(_in_column, "sources", "reliability", RELIABILITIES),
        filters="claims",
        label=N_("reliability of the source"),
        slug="reliability-{}",
    ).field
    place: str | None = Single(
        default=None, table="place", label=N_("place"), description="The place that is open."
    ).field
    compare: tuple[str, ...] = Several(table="place", label=N_("places to compare")).field
    near: str = FreeText(
        label=N_("point"), description="A coordinate in degrees, WGS 84, or the name of a place."
    ).field
    radius: int = WholeNumber(
        default=100, most=LARGEST_RADIUS_KM, label=N_("radius"), description="Kilometres."
    ).field
    order: str = Single(
        default="kind", words=_ORDERS, label=N_("order"), description="How claims are ordered."
    ).field
    form: str = Single(
        default="list", values=FORMS, label=N_("form"), description="How the page lists claims."
    ).field
    rows: int = WholeNumber(
        default=ROWS_AT_ONCE,
        most=MOST_ROWS,
        label=N_("length of the list"),
        description="How many claims the page lists.",
    ).field
    step: str | None = Single(
        default=None, table="step", label=N_("step of a tour"), description="Its caption is shown."
    ).field
    of: str = Single(
        values=SHARED,
        resolve=lambda page: MOVED.get(as_id(page), as_id(page)),
        label=N_("page that is shared"),
        description="Empty for the map.",
    ).field
    data: str = Version(
        label=N_("version of the data"),
        description="The version of the data the link was made with.",
    ).field

    def but(self, **changes: Any) -> "Selection":
        """Return this selection with some parameters changed."""
        return replace(self, **changes)

    def without(self, parameter: str, value: str) -> "Selection":
        """Return this selection without one value of a list parameter."""
        rest = tuple(id for id in getattr(self, parameter) if id != value)
        return self.but(**{parameter: rest})

    def cleared(self) -> "Selection":
        """Return this selection with every filter off; all else stays."""
        return self.but(**no_filters())

    def is_filtered(self) -> bool:
        """Return whether any filter or optional set is on."""
        return self.but(match="any") != self.cleared()

    def to_query(self) -> str:
        """Return the query string, without `?`."""
        return "&".join(f"{name}={quote(value, safe=',')}" for name, value in self.items())

    def items(self) -> Iterable[tuple[str, str]]:
        """Yield the language, and the parameters that differ from their defaults, as text."""
        for name, parameter in PARAMETERS.items():
            value = getattr(self, name)
            if name == "lang" or value != parameter.default:
                yield name, ",".join(value) if isinstance(value, tuple) else str(value)


PARAMETERS: dict[str, Parameter] = {
    field.name: field.metadata["parameter"] for field in fields(Selection)
}
PLACE_FILTERS = tuple(name for name, row in PARAMETERS.items() if row.filters == "places")
CLAIM_FILTERS = tuple(name for name, row in PARAMETERS.items() if row.filters)
# The filters of places that exclude places by themselves.
NARROWING = tuple(
    name for name in PLACE_FILTERS if not (PARAMETERS[name].joins or PARAMETERS[name].widens)
)
LISTS = {name: row for name, row in PARAMETERS.items() if isinstance(row, Several)}
FREE_TEXTS = tuple(name for name, row in PARAMETERS.items() if isinstance(row, FreeText))
CLAIMS = tuple(LISTS["claim"].words)


def no_filters() -> dict[str, Any]:
    """Return the default of every filter, which excludes nothing."""
    return {name: PARAMETERS[name].default for name in CLAIM_FILTERS}


@lru_cache(maxsize=4)
def vocabulary(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Return the ids, in the order of links, of each list filter that has a chip for every id."""
    offered = {
        name: tuple(parameter.ids(atlas))
        for name, parameter in LISTS.items()
        if parameter.filters and not parameter.many
    }
    return {
        name: ids for name, ids in offered.items() if LISTS[name].widens or len(ids) <= MOST_OFFERED
    }


def toggled(atlas: Atlas, selection: Selection, parameter: str, value: str) -> Selection:
    """Return a selection with one value of a list parameter added, or removed if it was there."""
    values = {*getattr(selection, parameter)} ^ {value}
    return selection.but(**{parameter: LISTS[parameter].in_order(atlas, values)})


def in_order(atlas: Atlas, places: Iterable[str]) -> tuple[str, ...]:
    """Return ids of places in the order of the table and of links."""
    return LISTS["compare"].in_order(atlas, places)


def from_query(
    query: Mapping[str, str], atlas: Atlas, language: Language = ENGLISH
) -> tuple[Selection, tuple[Dropped, ...]]:
    """Read a query string, already split and percent-decoded. Any link opens.

    `language` applies if the link names none. Values that the atlas does not know are returned
    beside the selection; parameters of other programs, such as trackers, are ignored.
    """
    query = as_meant(query, PARAMETERS, FREE_TEXTS)
    readings = {
        name: parameter.read(query.get(name, ""), atlas) for name, parameter in PARAMETERS.items()
    }
    values = {name: row.value for name, row in readings.items() if row.value is not None}
    dropped = (Dropped(name, value) for name, row in readings.items() for value in row.dropped)
    return Selection(**{"lang": language, **values}), tuple(dropped)
