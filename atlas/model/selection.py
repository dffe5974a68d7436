"""What a reader has chosen. The query string holds all of it; this is its codec."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args
from urllib.parse import quote

from atlas.model.characters import visible
from atlas.model.languages import LANGUAGES, Language
from atlas.model.pages import PAGES
from atlas.model.records import Atlas

Match = Literal["any", "all"]

MATCHES: tuple[Match, ...] = get_args(Match)

CLAIMS = (
    "evidence",
    "membership",
    "figure",
    "enterprise",
    "event",
    "target",
    "place",
    "definition",
)
GRADES = ("named", "inferred", "listed")
RELIABILITIES = ("A", "B", "C")
ORDERS = ("kind", "place", "date", "reliability", "confidence")
FORMS = ("list", "table")
# Pages that can be shared, besides the map, whose name is empty.
SHARED = tuple(page for page in PAGES if page not in ("", "share"))

LONGEST_SEARCH = 80
LARGEST_RADIUS_KM = 1_000
# A link holds some dozen ids; more than this is not a link of ours, and is not worth the time.
LONGEST_VALUE = 2_000


class Dropped(NamedTuple):
    """A value of a link that the atlas does not know, and left out."""

    parameter: str
    value: str


@dataclass(frozen=True, slots=True)
class Selection:
    """One view of the atlas, as ids; hashable, and equal exactly when the view is the same.

    The fields are the parameters of the query string, in its order. Filters come
    first, of them `claim` (kinds) and `reliability` for claims alone; `place` is the
    open one, `compare` the chosen ones of a comparison, `near` and `radius` (km) the
    point and reach of a search by distance, `order` and `form` how claims are listed,
    `of` the page that is being shared, `data` the version of the data that the link
    was made with, empty in a link that goes with the times.
    """

    lang: Language = "en"
    sector: tuple[str, ...] = ()
    match: Match = "any"
    kind: tuple[str, ...] = ()
    side: tuple[str, ...] = ()
    grade: tuple[str, ...] = ()
    confidence: tuple[str, ...] = ()
    sets: tuple[str, ...] = ()
    q: str = ""
    claim: tuple[str, ...] = ()
    reliability: tuple[str, ...] = ()
    place: str | None = None
    compare: tuple[str, ...] = ()
    near: str = ""
    radius: int = 100
    order: str = ORDERS[0]
    form: str = FORMS[0]
    of: str = ""
    data: str = ""

    def but(self, **changes: Any) -> "Selection":
        """Return this selection with some parameters changed."""
        return replace(self, **changes)

    def without(self, parameter: str, value: str) -> "Selection":
        """Return this selection with one value of a list parameter taken out."""
        kept = tuple(one for one in getattr(self, parameter) if one != value)
        return self.but(**{parameter: kept})

    def cleared(self) -> "Selection":
        """Return the view with every filter off, in the same language, on the same places."""
        return self.but(**no_filters())

    def is_filtered(self) -> bool:
        """Tell whether any filter or optional set is on."""
        return self.but(match="any") != self.cleared()

    def to_query(self) -> str:
        """Return the query string, without `?`: what differs from the default, in fixed order."""
        return "&".join(f"{name}={quote(value, safe=',')}" for name, value in self.items())

    def items(self) -> Iterable[tuple[str, str]]:
        """Yield the parameters that differ from the default, and the language, as text."""
        for name, value in ((one.name, getattr(self, one.name)) for one in fields(self)):
            if name == "lang" or value != getattr(_DEFAULT, name):
                yield name, ",".join(value) if isinstance(value, tuple) else str(value)


_DEFAULT = Selection()
PARAMETERS = tuple(one.name for one in fields(Selection))
PLACE_FILTERS = ("sector", "match", "kind", "side", "grade", "confidence", "sets", "q")
_FILTERS = (*PLACE_FILTERS, "claim", "reliability")


def no_filters() -> dict[str, Any]:
    """Return every filter with the value that lets all through."""
    return {name: getattr(_DEFAULT, name) for name in _FILTERS}


@lru_cache(maxsize=4)
def vocabulary(atlas: Atlas) -> dict[str, tuple[str, ...]]:
    """Return the ids each list parameter may hold, in the order links write them."""
    return {
        "sector": tuple(sector.id for sector in atlas.sectors),
        "kind": ("city", "district", "park"),
        "side": ("sichuan", "chongqing"),
        "grade": GRADES,
        "confidence": ("high", "medium", "low"),
        "sets": tuple(group.id for group in atlas.groups if group.id not in atlas.base_groups),
        "claim": CLAIMS,
        "reliability": RELIABILITIES,
    }


def toggled(atlas: Atlas, selection: Selection, parameter: str, value: str) -> Selection:
    """Return a selection with one value of a list parameter put in, or taken out if it was in."""
    chosen = {*getattr(selection, parameter)} ^ {value}
    known = vocabulary(atlas)[parameter]
    return selection.but(**{parameter: tuple(one for one in known if one in chosen)})


class _Known(NamedTuple):
    """An id that a list may hold, and its place in the order of links."""

    position: int
    id: str


def _known(ids: Iterable[str]) -> dict[str, _Known]:
    return {_plain(one): _Known(position, one) for position, one in enumerate(ids)}


@lru_cache(maxsize=4)
def _numbered(atlas: Atlas) -> dict[str, dict[str, _Known]]:
    return {name: _known(ids) for name, ids in vocabulary(atlas).items()}


@lru_cache(maxsize=4)
def _places(atlas: Atlas) -> dict[str, _Known]:
    return _known(atlas.place)


def in_order(atlas: Atlas, places: Iterable[str]) -> tuple[str, ...]:
    """Return ids of places in the order of the table, as links write them."""
    known = _places(atlas)
    return tuple(sorted(places, key=lambda one: known[_plain(one)].position))


def from_query(
    query: Mapping[str, str], atlas: Atlas, language: Language = "en"
) -> tuple[Selection, tuple[Dropped, ...]]:
    """Read a query string, already split and percent-decoded.

    `language` serves where the link names none. A value the atlas does not know is
    left out and returned beside the selection: a link always opens. Parameters of
    others (such as trackers') are not ours to judge and are passed over.
    """
    dropped: list[Dropped] = []
    lists = {
        name: _chosen(name, query.get(name, ""), known, dropped)
        for name, known in (_numbered(atlas) | {"compare": _places(atlas)}).items()
    }
    lang = _one(query, "lang", LANGUAGES, dropped) or language
    match = _one(query, "match", MATCHES, dropped) or "any"
    place = _one(query, "place", atlas.place, dropped)
    texts = {name: _text(name, query.get(name, ""), dropped) for name in ("q", "near")}
    radius = _kilometres(query.get("radius", ""), dropped)
    order = _one(query, "order", ORDERS, dropped) or ORDERS[0]
    form = _one(query, "form", FORMS, dropped) or FORMS[0]
    of = _one(query, "of", SHARED, dropped) or ""
    data = _version(query.get("data", ""), dropped)
    selection = Selection(
        **lists,  # type: ignore[arg-type]
        **texts,  # type: ignore[arg-type]
        lang=lang,  # type: ignore[arg-type]
        match=match,  # type: ignore[arg-type]
        place=place,
        radius=radius,
        order=order,
        form=form,
        of=of,
        data=data,
    )
    return selection, tuple(dropped)


def _chosen(
    name: str, value: str, known: Mapping[str, _Known], dropped: list[Dropped]
) -> tuple[str, ...]:
    if len(value) > LONGEST_VALUE:
        dropped.append(Dropped(name, visible(value)))
        return ()
    given = dict.fromkeys(part for part in map(_plain, value.split(",")) if part)
    dropped.extend(Dropped(name, visible(part)) for part in given if part not in known)
    chosen = sorted(known[part] for part in given if part in known)
    return tuple(one.id for one in chosen)


def _one(
    query: Mapping[str, str], name: str, known: Iterable[str], dropped: list[Dropped]
) -> str | None:
    value = _plain(query.get(name, "")[: LONGEST_VALUE + 1])
    if not value or value in known:
        return value or None
    dropped.append(Dropped(name, visible(value)))
    return None


def _plain(value: str) -> str:
    return value.strip().lower()


def _text(name: str, value: str, dropped: list[Dropped]) -> str:
    seen = visible(value[:LONGEST_VALUE])
    if len(seen) <= LONGEST_SEARCH and len(value) <= LONGEST_VALUE:
        return seen
    dropped.append(Dropped(name, seen[LONGEST_SEARCH:]))
    return seen[:LONGEST_SEARCH].strip()


def _kilometres(value: str, dropped: list[Dropped]) -> int:
    given = value.strip()
    if re.fullmatch(r"[0-9]{1,4}", given) and 1 <= int(given) <= LARGEST_RADIUS_KM:
        return int(given)
    if given:
        dropped.append(Dropped("radius", visible(value[:LONGEST_VALUE])))
    return _DEFAULT.radius


def _version(value: str, dropped: list[Dropped]) -> str:
    given = value.strip()
    if re.fullmatch(r"[0-9A-Za-z][0-9A-Za-z.+-]{0,23}", given):
        return given
    if given:
        dropped.append(Dropped("data", visible(value[:LONGEST_VALUE])))
    return ""
