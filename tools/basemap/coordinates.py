"""GCJ-02, WGS 84, and a flat sheet in metres around the Sichuan basin.

GCJ-02 is the shifted datum of Chinese web maps. The shift is 350 to 480 m in the Sichuan basin.
It is not officially published; this is the formula in general use (in coordtransform and
eviltransform, for instance), on the Krasovsky 1940 ellipsoid, in offsets from 35 degrees north,
105 degrees east.

The sheet is for lengths and areas: equirectangular, true to scale on WGS 84 at 30 degrees north.
At 28 and 33 degrees east-west lengths are 2 and 3 per cent off, which does not matter for
tolerances.

All coordinates are arrays of n x 2, longitude or easting first, as `shapely.transform` passes them.
"""

import numpy as np
from numpy.typing import NDArray

Coordinates = NDArray[np.float64]

# Semi-major axis in metres, and eccentricity squared.
KRASOVSKY = (6378245.0, 0.00669342162296594323)
WGS84 = (6378137.0, 0.00669437999014)

# The slope of the shift is below 1/200, so every round gains two digits and more.
ROUNDS = 6

# Amplitude in metres and half-waves per degree of the periodic terms.
_RIPPLE = ((20, 6.0), (20, 2.0))
_NORTH = ((20, 1.0), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
_EAST = ((20, 1.0), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))

TRUE_LATITUDE = 30.0
DIGITS = 4  # of a degree: 11 m, far below every tolerance


def to_gcj02(coordinates: Coordinates) -> Coordinates:
    """Shift WGS 84 to GCJ-02, both in degrees."""
    return coordinates + _shift(coordinates)


def to_wgs84(coordinates: Coordinates) -> Coordinates:
    """Shift GCJ-02 to WGS 84, both in degrees, to within a millimetre.

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
    return np.asarray(np.degrees(metres / _radii_m(coordinates[:, 1], *KRASOVSKY)), np.float64)


def _waves(offset: Coordinates, terms: tuple[tuple[int, float], ...]) -> Coordinates:
    """Sum the sine terms, in metres."""
    waves = [amplitude * np.sin(rate * np.pi * offset) for amplitude, rate in terms]
    return np.asarray(np.sum(waves, axis=0) * 2 / 3, np.float64)


def _radii_m(latitude: Coordinates, axis_m: float, eccentricity_squared: float) -> Coordinates:
    """Return metres per radian, east and north, at each latitude of an ellipsoid."""
    phi = np.radians(latitude)
    flattening = 1 - eccentricity_squared * np.sin(phi) ** 2
    east = axis_m * np.cos(phi) / np.sqrt(flattening)
    north = axis_m * (1 - eccentricity_squared) / flattening**1.5
    return np.column_stack([east, north])


# Metres per degree, east and north, at the true latitude.
SCALE: Coordinates = np.radians(_radii_m(np.array([TRUE_LATITUDE]), *WGS84)[0])


def metres(degrees: Coordinates) -> Coordinates:
    """Return degrees of WGS 84 as metres on the sheet."""
    return degrees * SCALE


def degrees(metres: Coordinates) -> Coordinates:
    """Return metres on the sheet as degrees of WGS 84, rounded to `DIGITS`."""
    return np.round(metres / SCALE, DIGITS)
