"""Rules that relate the places of a package to the polygons of its map: they do not contradict."""

from collections import Counter
from collections.abc import Iterator

import shapely

from atlas.datapackage.land.geojson import ROLE
from atlas.datapackage.problems import Problem, problem
from atlas.datapackage.rules.case import Case, Rule

# GCJ-02, the datum of Chinese web maps, lies 350 to 480 m off in the Sichuan basin.
REMEDY = "correct it; a point from a Chinese web map is in GCJ-02, convert it to WGS 84."


def polygons_fit(case: Case) -> Iterator[Problem]:
    """Each polygon is that of one place, with its adcode."""
    codes = Counter(polygon.text("adcode") for polygon in case.polygons)
    for code in (code for code, times in codes.items() if code and times > 1):
        rule = "Two polygons have this adcode: merge them or correct one."
        yield problem(ROLE, None, "adcode", code, rule)
    seen: set[str] = set()
    for polygon in case.polygons:
        name, adcode = polygon.text("place"), polygon.text("adcode")
        if not name:
            continue
        place = case.atlas.place.get(name)
        if place is None:
            rule = "places has no such id: correct it or add the place."
            yield problem(ROLE, None, "place", name, rule)
        elif place.adcode and place.adcode != adcode:
            rule = f"The polygon of {name} must have its adcode {place.adcode}: correct one."
            yield problem(ROLE, None, "adcode", adcode, rule)
        if name in seen:
            rule = "Two polygons name this place: merge them."
            yield problem(ROLE, None, "place", name, rule)
        seen.add(name)


def points_fit(case: Case) -> Iterator[Problem]:
    """The point of a place lies in its polygon, and in that of the place it lies on."""
    of_place = {polygon.text("place"): polygon for polygon in case.polygons}
    for index, place in enumerate(case.atlas.places):
        if place.longitude is None or place.latitude is None:
            continue
        point = shapely.Point(place.longitude, place.latitude)
        shown = f"{point.y:.8g}, {point.x:.8g}"
        own = [
            one.shape
            for one in case.polygons
            if place.adcode and one.text("adcode") == place.adcode
        ]
        if own and not shapely.covers(own, point).any():
            rule = f"The point lies outside the polygon with adcode {place.adcode}: {REMEDY}"
            yield problem("places", index, "latitude", shown, rule)
        parent = of_place.get(place.parent) if place.parent else None
        if parent and not parent.shape.covers(point):
            remedy = "correct one of them, or give no point."
            rule = f"The point {shown} lies outside {place.parent}: {remedy}"
            yield problem("places", index, "containment", place.containment, rule)


def base_places_have_polygons(case: Case) -> Iterator[Problem]:
    """Every place of a base group that is land has a polygon, where there are any."""
    drawn = {polygon.text("place") for polygon in case.polygons}
    base = {row.place for row in case.atlas.memberships if row.group in case.promises.base_groups}
    for index, place in enumerate(case.atlas.places if case.polygons else ()):
        if place.extent == "area" and place.id in base - drawn:
            rule = "Draw its polygon in the boundaries file: its group is always on the map."
            yield problem("places", index, "id", place.id, rule)


RULES: dict[Rule, set[str]] = {
    polygons_fit: {"places"},
    points_fit: {"places"},
    base_places_have_polygons: {"places", "memberships"},
}
