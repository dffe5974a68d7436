"""Where marks go that share a point, so that none lies hidden below another."""

import math
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import accumulate, count

# Of a degree: places that are nearer than some ten metres stand at one point.
DIGITS = 4
# Pixels from one ring of marks to the next, and how many stand on the first; the second has twice
# as many.
STEP, ON_FIRST = 15, 6

Offset = tuple[int, int]


def spread(points: Iterable[tuple[float, float]]) -> Iterator[Offset]:
    """Yield the offset of a mark at each point of (latitude, longitude) in degrees.

    The first at a point stays there, the others stand on rings around it; pixels, right and down.
    """
    seen: Counter[tuple[float, float]] = Counter()
    for latitude, longitude in points:
        point = round(latitude, DIGITS), round(longitude, DIGITS)
        yield _on_ring(seen[point])
        seen[point] += 1


def _on_ring(number: int) -> Offset:
    """Return where the mark with a number stands, counted from the one in the middle, 0."""
    if number == 0:
        return 0, 0
    ends = accumulate(ON_FIRST * ring for ring in count(1))
    ring, end = next((ring, end) for ring, end in enumerate(ends, start=1) if number <= end)
    turn = 2 * math.pi * (end - number) / (ON_FIRST * ring)
    return round(STEP * ring * math.cos(turn)), round(STEP * ring * math.sin(turn))
