"""What is left out by a rough distance is never what the exact one would have chosen."""

from itertools import pairwise

import numpy as np
from geopy.distance import geodesic
from hypothesis import given
from hypothesis import strategies as st

from atlas.sphere import SLACK, may_be_farthest, may_be_nearest, rough_km

POINTS = st.tuples(st.floats(-85, 85), st.floats(-180, 180))
# As near each other as the places of a cluster, and where the ellipsoid is bent most and least.
CLUSTERS = st.sampled_from([0.0, 31.0, 60.0, 85.0]).flatmap(
    lambda latitude: st.lists(
        st.tuples(st.floats(latitude - 2, latitude + 2), st.floats(103, 108)),
        min_size=3,
        max_size=8,
    )
)


def km(start: tuple[float, float], end: tuple[float, float]) -> float:
    return float(geodesic(start, end).km)


@given(start=POINTS, end=POINTS)
def test_the_sphere_and_the_ellipsoid_differ_by_less_than_the_slack(
    start: tuple[float, float], end: tuple[float, float]
) -> None:
    (rough,), exact = rough_km(start, [end]), km(start, end)
    assert exact / SLACK - 1e-6 <= rough <= exact * SLACK + 1e-6


@given(points=CLUSTERS, most=st.integers(1, 4))
def test_the_nearest_and_the_farthest_are_never_left_out(
    points: list[tuple[float, float]], most: int
) -> None:
    start, *others = points
    by_distance = sorted(range(len(others)), key=lambda one: km(start, others[one]))
    assert set(by_distance[:most]) <= set(may_be_nearest(start, others, most)) | _ties(
        start, others, by_distance[:most]
    )
    assert by_distance[-1] in may_be_farthest(start, others) or _ties(
        start, others, by_distance[-1:]
    )


def _ties(
    start: tuple[float, float], others: list[tuple[float, float]], chosen: list[int]
) -> set[int]:
    """Return those of the chosen that lie as far as another one."""
    distances = sorted(km(start, one) for one in others)
    equal = {one for one, other in pairwise(distances) if other - one < 1e-6}
    return {one for one in chosen if any(abs(km(start, others[one]) - km0) < 1e-6 for km0 in equal)}


def test_a_point_that_is_not_known_is_neither_near_nor_far() -> None:
    points = [None, (31.0, 104.0), None, (30.0, 105.0)]
    assert may_be_nearest((31.1, 104.4), points, 5) == [1, 3]
    assert may_be_farthest((31.1, 104.4), points) == [3]
    assert may_be_nearest(None, points, 2) == may_be_farthest(None, points) == []
    assert may_be_nearest((31.1, 104.4), [], 1) == may_be_farthest((31.1, 104.4), []) == []
    assert np.isnan(rough_km((31.1, 104.4), [None])).all()


def test_of_many_only_few_are_left_to_be_measured() -> None:
    ring = [(30 + one / 100, 105.0) for one in range(1, 500)]
    assert may_be_nearest((30.0, 105.0), ring, 1) == [0]
    assert len(may_be_nearest((30.0, 105.0), ring, 20)) < 25
