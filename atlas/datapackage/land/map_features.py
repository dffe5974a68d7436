"""The map files of a data package: their roles, and what the features of each must hold."""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

from atlas.model.languages import LANGUAGES, Words
from atlas.model.records import Atlas, MapFile
from atlas.model.values import SIDES, Side

Feature = dict[str, Any]
ROLES = ("boundaries", "provinces", "rivers", "rivers-osm", "labels")
FALLBACK = "fallback-"
# Property, value, what to do.
Finding = tuple[str, object, str]

LINES = ("LineString", "MultiLineString")
SHAPES = {
    "boundaries": ("Polygon", "MultiPolygon"),
    "provinces": LINES,
    "rivers": LINES,
    "rivers-osm": LINES,
    "labels": ("Point",),
}
LABEL_KINDS = ("city", "river", "province")


def map_files(atlas: Atlas) -> dict[str, MapFile]:
    """Return the map files in use, by role.

    Without boundaries, every role that has a fallback is read from it: the two sets
    come from different surveys and do not lie on each other.
    """
    files = {file.name: file for file in atlas.maps}
    own = {role: file for role, file in files.items() if not role.startswith(FALLBACK)}
    if "boundaries" in files:
        return own
    spare = {role: files[FALLBACK + role] for role in ROLES if FALLBACK + role in files}
    return own | spare


def credits(atlas: Atlas) -> tuple[Words, ...]:
    """Return the credit lines of the map files in use, each once."""
    return tuple(dict.fromkeys(file.credit for file in map_files(atlas).values()))


# Takes 1.5 ms for the boundaries, which every map asks for.
@lru_cache(maxsize=32)
def features_of(atlas: Atlas, role: str) -> tuple[Feature, ...]:
    """Return the GeoJSON features (longitude, latitude; WGS 84) of a map file, none if absent."""
    file = map_files(atlas).get(role)
    features = json.loads(atlas.files[file.path])["features"] if file else ()
    if role != "boundaries":
        return tuple(features)
    regions = dict(zip(atlas.region, SIDES, strict=False)) if len(atlas.regions) == 2 else {}
    return tuple(_with_side(feature, regions) for feature in features)


def _with_side(feature: Feature, regions: Mapping[str, Side]) -> Feature:
    """Return a boundary with the side of its region, empty where there are no two regions."""
    properties = feature["properties"]
    side = regions.get(properties.get("side") or "", "")
    return feature | {"properties": {**properties, "side": side}}


def feature_findings(role: str, shape: str, properties: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with the type of a feature's shape and with its properties."""
    wanted = SHAPES.get(role.removeprefix(FALLBACK), (shape,))
    if shape not in wanted:
        yield "geometry", shape, f"Draw it as {' or '.join(wanted)}."
    if role == "labels":
        yield from _label(properties)


def _label(properties: Mapping[str, Any]) -> Iterator[Finding]:
    if properties.get("kind") not in LABEL_KINDS:
        yield "kind", properties.get("kind", ""), f"Write one of: {', '.join(LABEL_KINDS)}."
    for name in ("rank", "angle"):
        value = properties.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield name, value, "Write a number, or leave this property out."
    for name in (f"name_{language}" for language in LANGUAGES):
        label = properties.get(name, "")
        if not isinstance(label, str) or not label.strip():
            yield name, label, "Write the name: the map shows it in every language."
