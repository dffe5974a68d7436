"""What the rules of a data package are asked about, and what they answer."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from atlas.datapackage.descriptor import Promises
from atlas.datapackage.land.geojson import Feature
from atlas.datapackage.problems import Problem
from atlas.model.records import Atlas


@dataclass(frozen=True, slots=True)
class Case:
    """What is checked: the tables, the promises of the descriptor, and the map's polygons."""

    atlas: Atlas
    promises: Promises
    today: date
    polygons: tuple[Feature, ...] = ()


Rule = Callable[[Case], Iterator[Problem]]
