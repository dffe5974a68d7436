"""The shape of a place's mark, after its kind and its status, and what each shape means."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache

from atlas.map.scene.icons import SHAPES
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.model.terms import Kind, Status
from atlas.model.text import Text
from atlas.query.facets import facet_index
from atlas.query.profile import leading_membership
from atlas.query.wording import singular_name

# More kinds than this that share a mark are just places.
MOST_KINDS = 3


def shape(atlas: Atlas, place: Place, groups: Iterable[str]) -> str:
    """Return the shape of a place's mark: that of its kind, in the form of its status."""
    return "area" if place.position == "area" else _shape_in(atlas, place.id, tuple(groups))


# It takes 3 µs, and every view asks for that of every place it shows.
@lru_cache(maxsize=8_192)
def _shape_in(atlas: Atlas, id: str, groups: tuple[str, ...]) -> str:
    place = atlas.place[id]
    return _shape(atlas.kind.get(place.kind), _status(atlas, place, groups))


def status_shape(atlas: Atlas, status: str) -> str:
    """Return the shape that a status gives to the first kind whose places are points."""
    kind = next((kind for kind in atlas.kinds if kind.extent == "point"), None)
    return _shape(kind, atlas.status[status])


def _shape(kind: Kind | None, status: Status | None) -> str:
    mark, extent = (kind.mark, kind.extent) if kind else ("disc", "")
    form = status.form if status else "solid"
    if form == "square" and extent != "area":
        return "square"
    return f"{mark}-hollow" if form == "hollow" else mark


def _status(atlas: Atlas, place: Place, groups: Iterable[str]) -> Status | None:
    """Return the status of a place in the first of some groups, else in any."""
    row = leading_membership(atlas, place, (*groups, *atlas.group))
    return atlas.status.get(row.grade) if row else None


def meanings(atlas: Atlas, selection: Selection, text: Text) -> tuple[tuple[str, str], ...]:
    """Return the shapes on the map of a selection, each with what it means."""
    meant: defaultdict[str, dict[str, None]] = defaultdict(dict)
    for leader, shapes in _used(atlas, selection.sets).items():
        kind = singular_name(text, atlas.kind[leader]) if leader else text.gettext("place")
        for one, status in shapes.items():
            meant[one][_meaning(text, kind, one, status if len(shapes) > 1 else None)] = None
    return tuple(
        (one, text.any_of([*words]) if len(words) <= MOST_KINDS else text.gettext("place"))
        for one in SHAPES
        if (words := meant.get(one))
    )


def _meaning(text: Text, kind: str, shape: str, status: Status | None) -> str:
    if status is None:
        return kind
    words = status.legend if status.legend.english else status.name
    phrase = words[text.language]
    if words is status.name:
        phrase = phrase.lower()
    if shape == "square":
        return phrase
    if words.language_of(text.language) != text.language:
        return f"{kind} {phrase}"
    return text.gettext("%(kind)s %(status)s", kind=kind, status=phrase)


# Of 2,000 places it takes 5 ms, and a click 4.
@lru_cache(maxsize=32)
def _used(atlas: Atlas, sets: tuple[str, ...]) -> Mapping[str, Mapping[str, Status | None]]:
    """Return, by the kind that others face, the shapes in use, and a status of each."""
    used: defaultdict[str, dict[str, Status | None]] = defaultdict(dict)
    index, selection = facet_index(atlas), Selection(sets=sets)
    groups = index.groups(selection)
    for place in index.select(index.universe(selection)):
        if place.position != "area":
            status = _status(atlas, place, groups)
            used[place.faces or place.kind].setdefault(shape(atlas, place, groups), status)
    return used
