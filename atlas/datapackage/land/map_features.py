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

    Without boundaries, every role that has a fallback file uses it: the two sets come from
    different surveys and do not match.
    """
    files = {file.name: file for file in atlas.maps}
    in_use = {role: file for role, file in files.items() if not role.startswith(FALLBACK)}
    if "boundaries" in files:
        return in_use
    return in_use | {role: files[FALLBACK + role] for role in ROLES if FALLBACK + role in files}


def credits(atlas: Atlas) -> tuple[Words, ...]:
    """Return the credit lines of the map files in use, each once."""
    return tuple(dict.fromkeys(file.credit for file in map_files(atlas).values()))


# Saves 1.5 ms for the boundaries, which every map needs.
@lru_cache(maxsize=32)
def features_of(atlas: Atlas, role: str) -> tuple[Feature, ...]:
    """Return the GeoJSON features of a map file (degrees, WGS 84, longitude first), none if absent.

    Of boundaries, the property `side` is the side of their region here, not its id.
    """
    file = map_files(atlas).get(role)
    features = json.loads(atlas.files[file.path])["features"] if file else ()
    if role != "boundaries":
        return tuple(features)
    sides = dict(zip(atlas.region, SIDES, strict=False)) if len(atlas.regions) == 2 else {}
    return tuple(_with_side(feature, sides) for feature in features)


def _with_side(feature: Feature, sides: Mapping[str, Side]) -> Feature:
    """Return a boundary with the side of its region, "" where there are not two regions."""
    properties = feature["properties"]
    side = sides.get(properties.get("side") or "", "")
    return feature | {"properties": {**properties, "side": side}}


def feature_findings(role: str, shape: str, properties: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield what is wrong with the type of a feature's shape and with its properties."""
    shapes = SHAPES.get(role.removeprefix(FALLBACK), (shape,))
    if shape not in shapes:
        yield "geometry", shape, f"Draw it as {' or '.join(shapes)}."
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
