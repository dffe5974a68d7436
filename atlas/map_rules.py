"""Rules between the places and the polygons of the boundaries file.

A point that breaks one as it stands, and keeps it once taken back from GCJ-02, is likely to be
GCJ-02: that is said with it.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

import shapely

from atlas.datum_rules import MapFinding, advice, degrees, point_of, unshifted
from atlas.package.geojson import Feature
from atlas.records import Atlas, Place

ROLE = "boundaries"


def points(atlas: Atlas, polygons: tuple[Feature, ...]) -> Iterator[MapFinding]:
    """Where points and polygons contradict each other."""
    of_place: dict[str | None, Feature] = {
        polygon.text("place"): polygon for polygon in polygons if polygon.text("place")
    }
    yield from _named_places(atlas, polygons)
    for index, place in enumerate(atlas.places):
        yield from _own_polygon(index, place, polygons)
        yield from _containment(index, place, of_place)


def ground(
    atlas: Atlas, polygons: tuple[Feature, ...], groups: tuple[str, ...]
) -> Iterator[MapFinding]:
    """The cities and districts that the map always shows, where they lack a polygon."""
    drawn = {polygon.text("place") for polygon in polygons}
    base = {one.place for one in atlas.memberships if one.group in groups}
    for index, place in enumerate(atlas.places):
        if place.kind in ("city", "district") and place.id in base - drawn:
            rule = "Draw its polygon in the boundaries file: its group is always on the map."
            yield "places", index, "id", place.id, rule


def _named_places(atlas: Atlas, polygons: tuple[Feature, ...]) -> Iterator[MapFinding]:
    seen: set[str] = set()
    codes = Counter(polygon.text("adcode") for polygon in polygons)
    for code in (code for code, times in codes.items() if code and times > 1):
        yield (
            ROLE,
            None,
            "adcode",
            code,
            "Two polygons have this adcode: merge them or correct one.",
        )
    for polygon in polygons:
        name, adcode = polygon.text("place"), polygon.text("adcode")
        if not name:
            continue
        place = atlas.place.get(name)
        if place is None:
            yield ROLE, None, "place", name, "places has no such id: correct it or add the place."
        elif place.adcode and place.adcode != adcode:
            rule = f"The polygon of {name} must have its adcode {place.adcode}: correct one."
            yield ROLE, None, "adcode", adcode, rule
        if name in seen:
            yield ROLE, None, "place", name, "Two polygons name this place: merge them."
        seen.add(name)


def _own_polygon(index: int, place: Place, polygons: tuple[Feature, ...]) -> Iterator[MapFinding]:
    point = point_of(place)
    own = [one.shape for one in polygons if place.adcode and one.text("adcode") == place.adcode]
    if point and own and not shapely.covers(own, point).any():
        moved = unshifted(point)
        remedy = advice(moved) if shapely.covers(own, moved).any() else "correct it."
        rule = f"The point lies outside the polygon with adcode {place.adcode}: {remedy}"
        yield "places", index, "latitude", degrees(point), rule


def _containment(
    index: int, place: Place, of_place: Mapping[str | None, Feature]
) -> Iterator[MapFinding]:
    point, parent = point_of(place), of_place.get(place.parent)
    if point is None or parent is None:
        return
    if not parent.shape.covers(point):
        moved = unshifted(point)
        fits = parent.shape.covers(moved)
        remedy = advice(moved) if fits else "correct one of them, or give no point."
        rule = f"The point {degrees(point)} lies outside {place.parent}: {remedy}"
        yield "places", index, "containment", place.containment, rule
