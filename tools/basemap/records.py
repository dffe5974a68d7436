"""The records that the build passes around. Geometry is WGS 84, degrees, longitude first."""

from dataclasses import dataclass
from typing import Literal

import shapely

from atlas.model.languages import Words


@dataclass(frozen=True, slots=True)
class Unit:
    """A prefecture of Sichuan, or a district or county of Chongqing."""

    adcode: str
    name_zh: str
    side: str
    polygon: shapely.Geometry


@dataclass(frozen=True, slots=True)
class Town:
    """A populated place of GeoNames; `region` is its first-order code there."""

    id: int
    name: str
    other_names: frozenset[str]
    region: str
    population: int
    point: shapely.Point


@dataclass(frozen=True, slots=True)
class AtlasPlace:
    """A place of the atlas; `adcode` is "" for a park."""

    id: str
    kind: str
    adcode: str
    name: Words
    point: shapely.Point | None


@dataclass(frozen=True, slots=True)
class River:
    """A river, with the names of the sources of its line."""

    name: Words
    line: shapely.LineString
    source: str


@dataclass(frozen=True, slots=True)
class Label:
    """A name at a point; `angle` in degrees, anticlockwise from east, upright.

    `rank` is its importance: 1 always, 2 where there is room, 3 close up.
    """

    kind: Literal["city", "river", "province"]
    name: Words
    point: shapely.Point
    rank: int
    angle: int = 0
