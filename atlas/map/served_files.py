"""The map files of a data package as the browser fetches them."""

import json
from functools import lru_cache
from itertools import pairwise
from typing import Any

import shapely

from atlas.datapackage.land.map_features import Feature, features_of
from atlas.map.extent import Size, first_view
from atlas.map.scene.placing import paths_of, turned
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from atlas.model.text import text
from atlas.query.wording import tooltip
from atlas.static_file import StaticFile

# What is drawn as segments, and the role of the map file that holds it.
LINES = {
    "borders": "boundaries",
    "provinces": "provinces",
    "rivers": "rivers",
    "rivers-osm": "rivers-osm",
}
ANY_SIZE = Size(600, 500)
FETCHED = ("boundaries", "members", *LINES)


def map_files(atlas: Atlas) -> list[StaticFile]:
    """Return every file that a map fetches."""
    files = (static_file(atlas, role, language) for role in FETCHED for language in LANGUAGES)
    return [file for file in files if file]


@lru_cache(maxsize=128)
def static_file(atlas: Atlas, role: str, language: Language) -> StaticFile | None:
    """Return one of the `FETCHED`, or None where the package has nothing for it.

    `boundaries` are the polygons, and `LINES` the segments of outlines and lines. With tooltips
    in the language come `members`, the boundaries that can be clicked.
    """
    if role == "members":
        return _geojson(f"{role}.{language}.geojson", members(atlas, language))
    return _for_all_languages(atlas, role)


# Written once: the borders take 13 ms.
@lru_cache(maxsize=32)
def _for_all_languages(atlas: Atlas, role: str) -> StaticFile | None:
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


# Once for all languages and for the borders: that spares a tenth of a second of the start.
@lru_cache(maxsize=8)
def _shapes(atlas: Atlas, role: str) -> tuple[tuple[Feature, Any], ...]:
    """Return the features of a map file with their shapes, where places lie across 180 degrees."""
    middle = first_view(atlas, ANY_SIZE).longitude
    return tuple(
        (feature, turned(shapely.geometry.shape(feature["geometry"]), middle))
        for feature in features_of(atlas, role)
    )


def _feature(properties: dict[str, Any], shape: Any) -> Feature:
    geometry = shapely.geometry.mapping(shape)
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def boundaries(atlas: Atlas) -> list[Feature]:
    """Return the boundaries, each with its number: by that a map looks up its colour."""
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

    Degrees, WGS 84. Neighbours share most of their borders: so there are half as many segments
    as their rings have. Where the land of a map ends at 180 degrees there is no border.
    """
    ends: dict[frozenset[tuple[float, ...]], None] = {}
    for _, shape in _shapes(atlas, role):
        for path in paths_of(shape):
            ends.update(dict.fromkeys(map(frozenset, pairwise(path.coords))))
    return [
        {"a": list(start), "b": list(end)}
        for start, end in (sorted(pair) for pair in ends if len(pair) == 2)
        if not abs(start[0]) == abs(end[0]) == 180
    ]
