"""A line down a river that is mapped as scattered areas, in metres on the sheet of `plane`."""

from collections.abc import Sequence
from itertools import pairwise

import networkx
import numpy as np
import shapely
from numpy.typing import NDArray

Shapes = NDArray[np.object_]

WIDEST_GAP_M = 60_000.0
# Added to every gap, so that a hundred touching fragments do not cost nothing.
STEP_M = 150.0


def centre_line(areas: Shapes, stations: Sequence[shapely.Point]) -> shapely.LineString:
    """Link river areas to a line that passes near each station in turn.

    The line links the centroids of the areas on the path with the least squared gaps
    (Dijkstra's), so that it follows the fragments of one river and leaps to another
    river only where there is no nearer one.
    """
    graph = _neighbours(areas)
    stops = [
        int(index) for index in shapely.STRtree(areas).nearest(np.array(stations, dtype=object))
    ]
    path = stops[:1]
    for start, end in pairwise(stops):
        path += networkx.shortest_path(graph, start, end, weight="weight")[1:]
    return shapely.LineString(shapely.get_coordinates(shapely.centroid(areas[path])))


def _neighbours(areas: Shapes) -> "networkx.Graph[int]":
    """Link areas that are near each other, weighted by the gap between them."""
    left, right = shapely.STRtree(areas).query(areas, predicate="dwithin", distance=WIDEST_GAP_M)
    weights = (shapely.distance(areas[left], areas[right]) + STEP_M) ** 2
    graph: networkx.Graph[int] = networkx.Graph()
    graph.add_weighted_edges_from(zip(left.tolist(), right.tolist(), weights.tolist(), strict=True))
    return graph
