"""The map files of a data package as the browser fetches them."""

import json
from collections.abc import Iterable
from functools import lru_cache
from itertools import chain, pairwise
from typing import Any

from atlas.assets import StaticFile, icon_mapping, icon_sheet, script, stylesheet
from atlas.geojson import Feature, features_of
from atlas.marks_file import rows
from atlas.records import LANGUAGES, Atlas, Language
from atlas.scale import is_large
from atlas.text import text
from atlas.wording import tooltip

# What is drawn as segments, and the role of the map file that holds it.
LINES = {
    "borders": "boundaries",
    "provinces": "provinces",
    "rivers": "rivers",
    "rivers-osm": "rivers-osm",
}
FETCHED = ("boundaries", "members", "marks", *LINES)


def static_files(atlas: Atlas) -> dict[str, StaticFile]:
    """Return every static file of the site by its address."""
    maps = (static_file(atlas, role, language) for role in FETCHED for language in LANGUAGES)
    ours = (stylesheet(), script(), icon_sheet(), icon_mapping())
    return {file.url: file for file in (*maps, *ours) if file}


@lru_cache(maxsize=128)
def static_file(atlas: Atlas, role: str, language: Language) -> StaticFile | None:
    """Return one of the `FETCHED`, or None where the package has nothing for it.

    `boundaries` are the polygons, and `LINES` the segments of outlines and lines. With tooltips
    in the language come `members`, the boundaries that can be clicked, and of a large atlas
    `marks`, the places.
    """
    if role in LINES:
        found = segments(atlas, LINES[role])
        return _json(f"{role}.json", found, "application/json") if found else None
    if role == "marks":
        return _marks(atlas, language) if is_large(atlas) else None
    features = boundaries(atlas) if role == "boundaries" else members(atlas, language)
    name = role if role == "boundaries" else f"{role}.{language}"
    return _json(f"{name}.geojson", _collection(features)) if features else None


def _marks(atlas: Atlas, language: Language) -> StaticFile:
    return _json(f"marks.{language}.json", rows(atlas, language), "application/json")


def _json(name: str, content: Any, media_type: str = "application/geo+json") -> StaticFile:
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return StaticFile(name, packed.encode(), media_type)


def _collection(features: Iterable[Feature]) -> dict[str, Any]:
    return {"type": "FeatureCollection", "features": list(features)}


@lru_cache(maxsize=4)
def boundaries(atlas: Atlas) -> tuple[Feature, ...]:
    """Return the boundaries with what colours them: side, place id, and the place's bit."""
    return tuple(_boundary(atlas, feature) for feature in features_of(atlas, "boundaries"))


@lru_cache(maxsize=16)
def segments(atlas: Atlas, role: str) -> tuple[dict[str, list[float]], ...]:
    """Return the segments of a map file, from `a` to `b` (longitude, latitude), each once.

    Neighbours share most of their borders: those have half as many segments as their rings.
    """
    found: dict[frozenset[tuple[float, ...]], None] = {}
    for feature in features_of(atlas, role):
        for path in _paths(feature["geometry"]):
            points = [tuple(point) for point in path]
            found.update(dict.fromkeys(frozenset(pair) for pair in pairwise(points)))
    return tuple(
        {"a": list(start), "b": list(end)}
        for start, end in (sorted(one) for one in found if len(one) == 2)
    )


def _paths(geometry: dict[str, Any]) -> Iterable[Iterable[Iterable[float]]]:
    shape, coordinates = geometry["type"], geometry["coordinates"]
    if shape == "LineString":
        return [coordinates]
    if shape == "MultiPolygon":
        return chain.from_iterable(coordinates)
    return coordinates  # type: ignore[no-any-return]


def _boundary(atlas: Atlas, feature: Feature) -> Feature:
    place = feature["properties"].get("place") or ""
    properties = {
        "place": place,
        "side": feature["properties"]["side"],
        "bit": place_bits(atlas).get(place, 0),
    }
    return {"type": "Feature", "properties": properties, "geometry": feature["geometry"]}


@lru_cache(maxsize=4)
def place_bits(atlas: Atlas) -> dict[str, int]:
    """Return a bit for each place with a boundary, by which the browser knows the shown ones.

    The browser computes with 32-bit integers, so the first 31 such places have one.
    """
    named = [feature["properties"].get("place") for feature in features_of(atlas, "boundaries")]
    return {place: 1 << position for position, place in enumerate([p for p in named if p][:31])}


@lru_cache(maxsize=12)
def members(atlas: Atlas, language: Language) -> tuple[Feature, ...]:
    """Return the boundaries that belong to a place, with the tooltip in a language."""
    return tuple(
        {
            "type": "Feature",
            "properties": {"id": place, **tooltip(atlas, text(language), atlas.place[place])},
            "geometry": feature["geometry"],
        }
        for feature in features_of(atlas, "boundaries")
        if (place := feature["properties"].get("place"))
    )
