"""The courses of the six rivers of the map.

Natural Earth has most of them. In the core of Chongqing it is up to 2 km off: there
the line follows the district borders, which lie in the rivers. It runs the upper Min
into the Tuo: the two are cut apart. It has no Min between Dujiangyan and Leshan and
no Fu: those come from OpenStreetMap, under its licence, the ODbL.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import networkx
import numpy as np
import shapely
from numpy.typing import NDArray

from atlas.model.languages import Words
from tools.basemap import coordinates, lines
from tools.basemap.records import River

Shapes = NDArray[np.object_]
Geometries = Mapping[str, shapely.Geometry]

WINDOW = (101.9, 27.6, 110.3, 33.3)  # west, south, east, north, degrees
TOLERANCE_M = 270.0  # of Douglas and Peucker
WIDEST_GAP_M = 60_000.0  # between the areas of one river
# Added to every gap, so that a hundred touching fragments do not cost nothing.
STEP_M = 150.0

NATURAL_EARTH = ("Chang Jiang (Yangtze)", "Jinsha (Yangtze)", "Jialing", "Tuo", "Min")

# Longitude, latitude of points on the rivers, in the order of the current.
UPPER_MIN = ((103.7, 33.07), (103.61, 31.01))
LOWER_TUO = ((104.43, 30.86), (105.45, 28.89))
MIDDLE_MIN = ((103.61, 31.0), (103.81, 30.41), (103.87, 30.19), (103.85, 30.04), (103.77, 29.57))
FU = (
    (104.74, 31.78),
    (104.74, 31.46),
    (105.09, 31.09),
    (105.38, 30.87),
    (105.57, 30.53),
    (105.84, 30.19),
    (106.28, 29.995),
)

# Districts of Chongqing that face each other across the river.
BANKS = {
    "yangtze": (
        ("九龙坡区", "巴南区"),
        ("大渡口区", "巴南区"),
        ("九龙坡区", "南岸区"),
        ("渝中区", "南岸区"),
        ("江北区", "南岸区"),
        ("江北区", "巴南区"),
        ("渝北区", "巴南区"),
    ),
    "jialing": (("渝北区", "沙坪坝区"), ("江北区", "沙坪坝区"), ("江北区", "渝中区")),
}

NAMES = {
    "yangtze": Words(en="Yangtze", zh="长江", id="Sungai Yangtze"),
    "jinsha": Words(en="Jinsha River", zh="金沙江", id="Sungai Jinsha"),
    "jialing": Words(en="Jialing River", zh="嘉陵江", id="Sungai Jialing"),
    "tuo": Words(en="Tuo River", zh="沱江", id="Sungai Tuo"),
    "min": Words(en="Min River", zh="岷江", id="Sungai Min"),
    "fu": Words(en="Fu River", zh="涪江", id="Sungai Fu"),
}


def clean(waters: Geometries) -> list[River]:
    """Return the four rivers of Natural Earth; `waters` are its lines by their names there.

    All in degrees, WGS 84.
    """
    return [_river(key, line, "Natural Earth") for key, line in _courses(waters).items()]


def along_districts(waters: Geometries, districts: Geometries) -> list[River]:
    """Return them along the borders in the core of Chongqing; `districts` by Chinese name."""
    courses = _courses(waters)
    for key, banks in BANKS.items():
        pairs = [(districts[left], districts[right]) for left, right in banks]
        courses[key] = lines.splice(courses[key], _sheet(lines.along_borders(pairs)))
    return [
        _river(key, line, "Natural Earth" + ("; district borders" if key in BANKS else ""))
        for key, line in courses.items()
    ]


def open_street_map(waters: Geometries, areas: Shapes) -> list[River]:
    """Return the Min and the Fu; `areas` are river polygons in WGS 84 degrees."""
    sheet = np.asarray(shapely.transform(areas, coordinates.metres))
    upper = lines.between(_sheet(waters["Tuo"]), *_points(UPPER_MIN))
    middle = _centre_line(sheet, _points(MIDDLE_MIN))
    # Natural Earth's line begins on the Dadu, a little above its mouth at Leshan.
    lower = _below(lines.southward(_sheet(waters["Min"])), _points(MIDDLE_MIN)[-1])
    whole = lines.joined(*(_smooth(lines.southward(part)) for part in (upper, middle, lower)))
    fu = _smooth(_centre_line(sheet, _points(FU)))
    return [
        _river("min", whole, "OpenStreetMap; Natural Earth"),
        _river("fu", fu, "OpenStreetMap"),
    ]


def _courses(waters: Geometries) -> dict[str, shapely.LineString]:
    """Return smoothed lines by river, in metres.

    Natural Earth calls the lowest Jinsha Yangtze; the name changes where the Min flows
    in, at Yibin.
    """
    yangtze, jinsha, jialing, tuo, low_min = (_sheet(waters[name]) for name in NATURAL_EARTH)
    start = shapely.Point(yangtze.coords[0])
    mouth = shapely.Point(lines.southward(low_min).coords[-1])
    courses = {
        "yangtze": _below(yangtze, mouth),
        "jinsha": lines.joined(jinsha, lines.between(yangtze, start, mouth)),
        "jialing": jialing,
        "tuo": lines.between(tuo, *_points(LOWER_TUO)),
    }
    return {key: _smooth(line) for key, line in courses.items()}


def _below(line: shapely.LineString, point: shapely.Point) -> shapely.LineString:
    """Return the part of a line from the point of it nearest to another down to its end."""
    return lines.between(line, point, shapely.Point(line.coords[-1]))


def _river(key: str, line: shapely.LineString, source: str) -> River:
    """Cut a line in metres to the window and return it in degrees."""
    window = shapely.transform(shapely.box(*WINDOW), coordinates.metres)
    visible = lines.longest(shapely.intersection(line, window))
    return River(NAMES[key], shapely.transform(visible, coordinates.degrees), source)


def _sheet(geometry: shapely.Geometry) -> shapely.LineString:
    return lines.longest(shapely.transform(geometry, coordinates.metres))


def _smooth(line: shapely.LineString) -> shapely.LineString:
    return lines.longest(shapely.simplify(line, TOLERANCE_M))


def _points(degrees: Sequence[tuple[float, float]]) -> list[shapely.Point]:
    return [shapely.Point(metres) for metres in coordinates.metres(np.array(degrees))]


def _centre_line(areas: Shapes, stations: Sequence[shapely.Point]) -> shapely.LineString:
    """Return a line down a river that is mapped as scattered areas, near each station in turn.

    All in metres. The line links the centroids of the areas on the path with the least squared
    gaps (Dijkstra's), so that it follows the fragments of one river and leaps to another river
    only where there is no nearer one.
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
