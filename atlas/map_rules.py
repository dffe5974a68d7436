"""Rules between the places and the polygons of the boundaries file."""

from collections.abc import Iterator, Mapping

import shapely

from atlas.package.geojson import Feature
from atlas.records import Atlas, Place

# Table or map role, row index or None, column, what stands there, what to do.
MapFinding = tuple[str, int | None, str, object, str]

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
    own = [one for one in polygons if place.adcode and one.text("adcode") == place.adcode]
    if point and own and not any(one.shape.covers(point) for one in own):
        rule = f"The point lies outside the polygon with adcode {place.adcode}: correct it."
        yield "places", index, "latitude", _degrees(place), rule


def _containment(
    index: int, place: Place, of_place: Mapping[str | None, Feature]
) -> Iterator[MapFinding]:
    point, parent = _point(place), of_place.get(place.parent)
    if point is None or parent is None:
        return
    if parent.shape.covers(point) == (place.containment == "outside"):
        where = "inside" if place.containment == "outside" else "outside"
        rule = f"The point {_degrees(place)} lies {where} {place.parent}: correct one of them."
        yield "places", index, "containment", place.containment, rule


def _point(place: Place) -> shapely.Point | None:
    if place.longitude is None or place.latitude is None:
        return None
    return shapely.Point(place.longitude, place.latitude)


def _degrees(place: Place) -> str:
    return f"{place.latitude:.8g}, {place.longitude:.8g}"
