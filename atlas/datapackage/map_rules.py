"""Rules between the places and the polygons of the boundaries file. Degrees, WGS 84."""

from collections import Counter
from collections.abc import Iterator, Mapping

import shapely

from atlas.datapackage.geojson import Feature
from atlas.model.records import Atlas, Place

# Table or map role, row index or None, column, value, and what to do.
MapFinding = tuple[str, int | None, str, object, str]

ROLE = "boundaries"
# GCJ-02, the datum of Chinese web maps, lies 350 to 480 m off in the Sichuan basin.
REMEDY = "correct it; a point from a Chinese web map is in GCJ-02, convert it to WGS 84."


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
    point = _point(place)
    own = [one.shape for one in polygons if place.adcode and one.text("adcode") == place.adcode]
    if point and own and not shapely.covers(own, point).any():
        rule = f"The point lies outside the polygon with adcode {place.adcode}: {REMEDY}"
        yield "places", index, "latitude", _degrees(point), rule


def _containment(
    index: int, place: Place, of_place: Mapping[str | None, Feature]
) -> Iterator[MapFinding]:
    point, parent = _point(place), of_place.get(place.parent)
    if point is None or parent is None:
        return
    if not parent.shape.covers(point):
        remedy = "correct one of them, or give no point."
        rule = f"The point {_degrees(point)} lies outside {place.parent}: {remedy}"
        yield "places", index, "containment", place.containment, rule


def _point(place: Place) -> shapely.Point | None:
    if place.longitude is None or place.latitude is None:
        return None
    return shapely.Point(place.longitude, place.latitude)


def _degrees(point: shapely.Point) -> str:
    return f"{point.y:.8g}, {point.x:.8g}"
