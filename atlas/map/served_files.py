"""The map files of a data package as the browser fetches them."""

import json
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

import shapely

from atlas.datapackage.land.map_features import Feature, features_of
from atlas.map.extent import Size, first_view
from atlas.map.scene.placing import turned
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
    if role in LINES:
        return _lines(atlas, role)
    features = boundaries(atlas) if role == "boundaries" else members(atlas, language)
    name = role if role == "boundaries" else f"{role}.{language}"
    return _json(f"{name}.geojson", _collection(features)) if features else None


# Once for all languages: the borders take 13 ms.
@lru_cache(maxsize=32)
def _lines(atlas: Atlas, role: str) -> StaticFile | None:
    lines = segments(atlas, LINES[role])
    return _json(f"{role}.json", lines, "application/json") if lines else None


def _json(name: str, content: Any, media_type: str = "application/geo+json") -> StaticFile:
    compact = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return StaticFile(name, compact.encode(), media_type)


def _collection(features: Iterable[Feature]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


def _features(atlas: Atlas, role: str) -> Iterator[Feature]:
    """Yield the features of a map file, where the places lie also across 180 degrees."""
    middle = first_view(atlas, ANY_SIZE).longitude
    for feature in features_of(atlas, role):
        land = shapely.geometry.shape(feature["geometry"])
        moved = turned(land, middle)
        yield feature if moved is land else feature | {"geometry": shapely.geometry.mapping(moved)}


def boundaries(atlas: Atlas) -> tuple[Feature, ...]:
    """Return the boundaries, each with its number: by that a map looks up its colour."""
    return tuple(
        {"type": "Feature", "properties": {"number": number}, "geometry": feature["geometry"]}
        for number, feature in enumerate(_features(atlas, "boundaries"))
    )


def segments(atlas: Atlas, role: str) -> tuple[dict[str, list[float]], ...]:
    """Return the segments of a map file, each once, from `a` to `b` as [longitude, latitude].

    Degrees, WGS 84. Neighbours share most of their borders: so there are half as many segments
    as their rings have. Where the land of a map ends at 180 degrees there is no border.
    """
    ends: dict[frozenset[tuple[float, ...]], None] = {}
    for feature in _features(atlas, role):
        for path in _paths(feature["geometry"]):
            points = [tuple(point) for point in path]
            ends.update(dict.fromkeys(frozenset(pair) for pair in pairwise(points)))
    return tuple(
        {"a": list(start), "b": list(end)}
        for start, end in (sorted(pair) for pair in ends if len(pair) == 2)
        if not abs(start[0]) == abs(end[0]) == 180
    )


def _paths(geometry: dict[str, Any]) -> Iterable[Iterable[Iterable[float]]]:
    shape, coordinates = geometry["type"], geometry["coordinates"]
    if shape == "LineString":
        return [coordinates]
    if shape == "MultiPolygon":
        return chain.from_iterable(coordinates)
    return coordinates  # type: ignore[no-any-return]


def members(atlas: Atlas, language: Language) -> tuple[Feature, ...]:
    """Return the boundaries of places, each with the place's id and its tooltip in a language."""
    return tuple(
        {
            "type": "Feature",
            "properties": {"id": place, **tooltip(atlas, text(language), atlas.place[place])},
            "geometry": feature["geometry"],
        }
        for feature in _features(atlas, "boundaries")
        if (place := feature["properties"].get("place"))
    )
