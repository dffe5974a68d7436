"""Distances on a sphere, many at once: they leave few places to be measured on the ellipsoid."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

# A point as (latitude, longitude) in degrees, if it is known.
Point = tuple[float, float] | None
Kilometres = NDArray[np.float64]

# The mean radius of WGS 84. Its meridians are bent with a radius from 6,335 km at the equator
# to 6,400 km at the poles, so a geodesic is 0.6 % shorter to 0.5 % longer than on this sphere,
# and of two distances the longer one here may be the shorter in truth within 1.2 %.
MEAN_RADIUS_KM = 6_371.0
SLACK = 1.012
_UNKNOWN = (np.nan, np.nan)


def rough_km(start: Point, points: Sequence[Point]) -> Kilometres:
    """Return the distances from a point to others in km, NaN where one is not known.

    By the haversine formula (Sinnott, Sky & Telescope 68, 1984), exact for near points.
    """
    latitude, longitude = np.radians(start or _UNKNOWN)
    others = np.radians([one or _UNKNOWN for one in points]).reshape(-1, 2)
    down, across = (np.sin((others - (latitude, longitude)) / 2) ** 2).T
    chord = down + np.cos(latitude) * np.cos(others[:, 0]) * across
    found: Kilometres = 2 * MEAN_RADIUS_KM * np.arcsin(np.sqrt(np.minimum(chord, 1.0)))
    return found


def may_be_nearest(start: Point, points: Sequence[Point], most: int) -> list[int]:
    """Return the positions of the points that may be among the nearest so many in truth."""
    rough = rough_km(start, points)
    known = np.sort(rough[~np.isnan(rough)])
    if not known.size:
        return []
    limit = known[min(most, known.size) - 1] * SLACK
    return [int(one) for one in np.flatnonzero(rough <= limit)]


def may_be_farthest(start: Point, points: Sequence[Point]) -> list[int]:
    """Return the positions of the points that may be the farthest in truth."""
    rough = rough_km(start, points)
    if np.isnan(rough).all():
        return []
    return [int(one) for one in np.flatnonzero(rough * SLACK >= np.nanmax(rough))]
