"""The map files of a data package in the form that the browser fetches."""

import json
from functools import lru_cache
from itertools import pairwise
from typing import Any

import shapely

from atlas.datapackage.land.map_features import Feature, features_of
from atlas.map.extent import Size, first_view
from atlas.map.scene.placing import paths_of, turned
from atlas.model.languages import ENGLISH, LANGUAGES, Language
from atlas.model.records import Atlas
from atlas.model.text import text
from atlas.query.wording import tooltip
from atlas.static_file import StaticFile

# The roles that are drawn as segments, and the role of the map file that has them.
LINES = {
    "borders": "boundaries",
    "provinces": "provinces",
    "rivers": "rivers",
    "rivers-osm": "rivers-osm",
}
ANY_SIZE = Size(600, 500)
ROLES = ("boundaries", "members", *LINES)


def map_files(atlas: Atlas) -> list[StaticFile]:
    """Return all files that maps fetch."""
    files = (static_file(atlas, role, language) for role in ROLES for language in LANGUAGES)
    return [file for file in files if file]


def static_file(atlas: Atlas, role: str, language: Language) -> StaticFile | None:
    """Return the file of one of the `ROLES`, or None if the package has nothing for it.

    `boundaries` are polygons, `LINES` are segments, and `members` are the boundaries that can be
    clicked, with tooltips in the language.
    """
    return _static_file(atlas, role, language if role == "members" else ENGLISH)


# The borders take 13 ms.
@lru_cache(maxsize=128)
def _static_file(atlas: Atlas, role: str, language: Language) -> StaticFile | None:
    if role == "members":
        return _geojson(f"{role}.{language}.geojson", members(atlas, language))
    if role == "boundaries":
        return _geojson(f"{role}.geojson", boundaries(atlas))
    lines = segments(atlas, LINES[role])
    return _json(f"{role}.json", lines, "application/json") if lines else None


def _geojson(name: str, features: list[Feature]) -> StaticFile | None:
    collection = {"type": "FeatureCollection", "features": features}
    return _json(name, collection) if features else None


def _json(name: str, content: Any, media_type: str = "application/geo+json") -> StaticFile:
    compact = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return StaticFile(name, compact.encode(), media_type)


# All languages and the borders share them, which saves 0.1 s of the start.
@lru_cache(maxsize=8)
def _shapes(atlas: Atlas, role: str) -> tuple[tuple[Feature, Any], ...]:
    """Return the features of a map file with their shapes, together also at 180 degrees."""
    middle = first_view(atlas, ANY_SIZE).longitude
    return tuple(
        (feature, turned(shapely.geometry.shape(feature["geometry"]), middle))
        for feature in features_of(atlas, role)
    )


def _feature(properties: dict[str, Any], shape: Any) -> Feature:
    geometry = shapely.geometry.mapping(shape)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def boundaries(atlas: Atlas) -> list[Feature]:
    """Return the boundaries, each with its number, by which the map looks up its colour."""
    shapes = enumerate(_shapes(atlas, "boundaries"))
    return [_feature({"number": number}, shape) for number, (_, shape) in shapes]


def members(atlas: Atlas, language: Language) -> list[Feature]:
    """Return the boundaries of places, each with the place's id and its tooltip in a language."""
    return [
        _feature({"id": place, **tooltip(atlas, text(language), atlas.place[place])}, shape)
        for feature, shape in _shapes(atlas, "boundaries")
        if (place := feature["properties"].get("place"))
    ]


def segments(atlas: Atlas, role: str) -> list[dict[str, list[float]]]:
    """Return the segments of a map file, each once, from `a` to `b` as [longitude, latitude].

    Degrees, WGS 84. Neighbours share most of their borders, so there are about half as many
    segments as in their rings. The ends of the land at 180 degrees are no borders.
    """
    edges: dict[frozenset[tuple[float, ...]], None] = {}
    for _, shape in _shapes(atlas, role):
        for path in paths_of(shape):
            edges |= dict.fromkeys(map(frozenset, pairwise(path.coords)))
    return [
        {"a": list(start), "b": list(end)}
        for start, end in (sorted(edge) for edge in edges if len(edge) == 2)
        if not abs(start[0]) == abs(end[0]) == 180
    ]
