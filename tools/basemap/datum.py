"""GCJ-02, the shifted datum of Chinese web maps, and WGS 84.

The shift is 350 to 480 m in the Sichuan basin. It is not officially published; this is
the formula in general use (in coordtransform and eviltransform, for instance), on the
Krasovsky 1940 ellipsoid, in offsets from 35 degrees north, 105 degrees east.
"""

import numpy as np
from numpy.typing import NDArray

Coordinates = NDArray[np.float64]

SEMI_MAJOR_AXIS_M = 6378245.0
ECCENTRICITY_SQUARED = 0.00669342162296594323
# The slope of the shift is below 1/200, so every round gains two digits and more.
ROUNDS = 6

# Amplitude in metres and half-waves per degree of the periodic terms.
_RIPPLE = ((20, 6.0), (20, 2.0))
_NORTH = ((20, 1.0), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
_EAST = ((20, 1.0), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))


def to_gcj02(coordinates: Coordinates) -> Coordinates:
    """Shift WGS 84 to GCJ-02; `coordinates` is n x 2, degrees, longitude first."""
    return coordinates + _shift(coordinates)


def to_wgs84(coordinates: Coordinates) -> Coordinates:
    """Take the shift back, to within a millimetre; `coordinates` as in `to_gcj02`.

    The formula has no closed inverse: the shift is evaluated at the latest estimate
    of the WGS 84 point until it settles.
    """
    estimate = coordinates
    for _ in range(ROUNDS):
        estimate = coordinates - _shift(estimate)
    return estimate


def _shift(coordinates: Coordinates) -> Coordinates:
    """Return the degrees east and north that GCJ-02 adds at WGS 84 points."""
    x, y = coordinates[:, 0] - 105.0, coordinates[:, 1] - 35.0
    root = np.sqrt(np.abs(x))
    ripple = _waves(x, _RIPPLE)
    north_m = -100 + 2 * x + 3 * y + 0.2 * y**2 + 0.1 * x * y + 0.2 * root
    east_m = 300 + x + 2 * y + 0.1 * x**2 + 0.1 * x * y + 0.1 * root
    metres = np.column_stack(
        [east_m + ripple + _waves(x, _EAST), north_m + ripple + _waves(y, _NORTH)]
    )
    return np.asarray(np.degrees(metres / _radii_m(coordinates[:, 1])), np.float64)


def _waves(offset: Coordinates, terms: tuple[tuple[int, float], ...]) -> Coordinates:
    """Sum the sine terms, in metres."""
    waves = [amplitude * np.sin(rate * np.pi * offset) for amplitude, rate in terms]
    return np.asarray(np.sum(waves, axis=0) * 2 / 3, np.float64)


def _radii_m(latitude: Coordinates) -> Coordinates:
    """Return metres per radian, east and north, at each latitude."""
    phi = np.radians(latitude)
    flattening = 1 - ECCENTRICITY_SQUARED * np.sin(phi) ** 2
    east = SEMI_MAJOR_AXIS_M * np.cos(phi) / np.sqrt(flattening)
    north = SEMI_MAJOR_AXIS_M * (1 - ECCENTRICITY_SQUARED) / flattening**1.5
    return np.column_stack([east, north])
