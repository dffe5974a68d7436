"""A flat sheet in metres for lengths and areas around the Sichuan basin.

Equirectangular, true to scale on WGS 84 at 30 degrees north. At 28 and 33 degrees
east-west lengths are 2 and 3 per cent off, which does not matter for tolerances.
Both functions go to `shapely.transform`.
"""

from math import cos, pi, radians, sin

import numpy as np
from numpy.typing import NDArray

Coordinates = NDArray[np.float64]

TRUE_LATITUDE = 30.0
SEMI_MAJOR_AXIS_M = 6378137.0
ECCENTRICITY_SQUARED = 0.00669437999014
DIGITS = 4  # of a degree: 11 m, far below every tolerance


def _metres_per_degree() -> Coordinates:
    """Return the scale east and north, on the ellipsoid at the true latitude."""
    phi = radians(TRUE_LATITUDE)
    flattening = 1 - ECCENTRICITY_SQUARED * sin(phi) ** 2
    east = cos(phi) / flattening**0.5
    north = (1 - ECCENTRICITY_SQUARED) / flattening**1.5
    return np.array([east, north]) * SEMI_MAJOR_AXIS_M * pi / 180


SCALE = _metres_per_degree()


def metres(degrees: Coordinates) -> Coordinates:
    """Place n x 2 degrees, longitude first, on the sheet."""
    return degrees * SCALE


def degrees(metres: Coordinates) -> Coordinates:
    """Return n x 2 metres on the sheet to degrees, longitude first, rounded to `DIGITS`."""
    return np.round(metres / SCALE, DIGITS)
