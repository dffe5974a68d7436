"""Rules that relate the places of a package to the polygons of its map."""

from collections import Counter
from collections.abc import Iterator

import shapely

from atlas.datapackage.land.geojson import BOUNDARIES
from atlas.datapackage.problems import Problem, problem
from atlas.datapackage.rules.tables import Case, Rule

# GCJ-02, the datum of Chinese web maps, lies 350 to 480 m off in the Sichuan basin.
REMEDY = "correct it; a point from a Chinese web map is in GCJ-02, convert it to WGS 84."


def polygons_fit(case: Case) -> Iterator[Problem]:
    """No two polygons have one adcode or place, and a place has the adcode of its polygon."""
    codes = Counter(polygon.text("adcode") for polygon in case.polygons)
    for code in (code for code, times in codes.items() if code and times > 1):
        rule = "Two polygons have this adcode: merge them or correct one."
        yield problem(BOUNDARIES, None, "adcode", code, rule)
    place_ids: set[str] = set()
    for polygon in case.polygons:
        id, adcode = polygon.text("place"), polygon.text("adcode")
        if not id:
            continue
        place = case.atlas.place.get(id)
        if place is None:
            rule = "places has no such id: correct it or add the place."
            yield problem(BOUNDARIES, None, "place", id, rule)
        elif place.adcode and place.adcode != adcode:
            rule = f"The polygon of {id} must have its adcode {place.adcode}: correct one."
            yield problem(BOUNDARIES, None, "adcode", adcode, rule)
        if id in place_ids:
            rule = "Two polygons name this place: merge them."
            yield problem(BOUNDARIES, None, "place", id, rule)
        place_ids.add(id)


def points_fit(case: Case) -> Iterator[Problem]:
    """The point of a place lies in its polygon, and in that of the place it lies on."""
    by_place = {polygon.text("place"): polygon for polygon in case.polygons}
    for index, place in enumerate(case.atlas.places):
        if place.longitude is None or place.latitude is None:
            continue
        point = shapely.Point(place.longitude, place.latitude)
        coordinates = f"{point.y:.8g}, {point.x:.8g}"
        shapes = [
            polygon.shape
            for polygon in case.polygons
            if place.adcode and polygon.text("adcode") == place.adcode
        ]
        if shapes and not shapely.covers(shapes, point).any():
            rule = f"The point lies outside the polygon with adcode {place.adcode}: {REMEDY}"
            yield problem("places", index, "latitude", coordinates, rule)
        parent = by_place.get(place.parent) if place.parent else None
        if parent and not parent.shape.covers(point):
            remedy = "correct one of them, or give no point."
            rule = f"The point {coordinates} lies outside {place.parent}: {remedy}"
            yield problem("places", index, "containment", place.containment, rule)


def base_places_have_polygons(case: Case) -> Iterator[Problem]:
    """Every place of a base group that is land has a polygon, where there are any."""
    base_groups = case.promises.base_groups
    missing = {row.place for row in case.atlas.memberships if row.group in base_groups}
    missing -= {polygon.text("place") for polygon in case.polygons}
    for index, place in enumerate(case.atlas.places if case.polygons else ()):
        if place.extent == "area" and place.id in missing:
            rule = "Draw its polygon in the boundaries file: its group is always on the map."
            yield problem("places", index, "id", place.id, rule)


RULES: dict[Rule, set[str]] = {
    polygons_fit: {"places"},
    points_fit: {"places"},
    base_places_have_polygons: {"places", "memberships"},
}
