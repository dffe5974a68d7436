"""Natural Earth's states and provinces, simplified; see `README.md` beside the file.

Shapes are in degrees, WGS 84, longitude first. The file is read when a package first needs it,
which takes about half a second.
"""

import json
import lzma
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from babel import Locale, UnknownLocaleError
from numpy.typing import NDArray

from atlas.model.characters import folded
from atlas.model.languages import LANGUAGES, Words

Point = tuple[float, float]  # latitude, longitude; degrees, WGS 84

FILE = Path(__file__).parent / "natural-earth.tsv.xz"
# Languages in which a spreadsheet may name a country, besides those of the atlas.
FURTHER = ("de", "fr", "es", "nl")


@dataclass(frozen=True, eq=False)
class State:
    """A state or province, with its ISO 3166-2 code and that of its country; "" without one.

    `admin` is Natural Earth's name of the country.
    """

    code: str
    country: str
    admin: str
    names: dict[str, str]

    def name(self) -> Words:
        """Return its name in each language, the local name where there is none."""
        local = self.names.get("name") or self.names.get("name_en") or self.admin
        return Words(**{part: self.names.get(f"name_{part}") or local for part in LANGUAGES})

    def country_name(self) -> Words:
        """Return the name of its country in each language."""
        return country_name(self.country, self.admin)

    @cache  # noqa: B019 - states live as long as the process
    def all_names(self) -> frozenset[str]:
        """Return every name of it, of the region it is part of and of its country, folded."""
        countries = [self.admin, *self.country_name().values(), *_further_names(self.country)]
        return frozenset(folded(name) for name in (*self.names.values(), *countries) if name)


@dataclass(frozen=True, eq=False)
class World:
    """The states of all countries, and their shapes at the same indices."""

    states: tuple[State, ...]
    shapes: NDArray[np.object_]
    tree: shapely.STRtree

    def states_at(self, points: Sequence[Point | None]) -> list[State | None]:
        """Return the state in which each point lies, None at sea or for None.

        A point within 0.05 degrees (5 km) of a coast counts as on land: the shapes are simplified.
        """
        shapes = np.array([point and shapely.Point(point[::-1]) for point in points], dtype=object)
        states = np.full(len(points), -1)
        inputs, hits = self.tree.query(shapes, predicate="intersects")
        states[inputs] = hits
        at_sea = np.flatnonzero(states < 0)
        if len(at_sea):
            inputs, hits = self.tree.query_nearest(shapes[at_sea], max_distance=0.05)
            states[at_sea[inputs]] = hits
        return [self.states[index] if index >= 0 else None for index in states]


@cache
def world() -> World:
    """Return the land of the world, read once."""
    lines = lzma.decompress(FILE.read_bytes()).decode().split("\n")
    properties, geometries = zip(*(line.split("\t") for line in lines), strict=True)
    shapes = shapely.from_geojson(geometries)
    states = tuple(_state(json.loads(line)) for line in properties)
    return World(states, shapes, shapely.STRtree(shapes))


def _state(properties: dict[str, Any]) -> State:
    names = {key: properties[key] for key in properties if key.startswith(("name", "region"))}
    return State(properties["code"], properties["country"], properties["admin"], names)


@cache
def country_name(code: str, admin: str) -> Words:
    """Return the name of a country by its ISO 3166-1 code, else Natural Earth's (`admin`)."""
    names = {part: _territory(entry.tag, code) or admin for part, entry in LANGUAGES.items()}
    return Words(**names)


@cache
def _further_names(code: str) -> tuple[str, ...]:
    return tuple(_territory(tag, code) for tag in FURTHER)


def _territory(tag: str, code: str) -> str:
    try:
        return str(Locale.parse(tag, sep="-").territories.get(code, ""))
    except (UnknownLocaleError, ValueError):
        return ""
