"""Fixed vocabularies: the values that a column or filter may hold, in display order.

`atlas.query.vocabulary` has their names. An empty value means that the package does not state it;
the atlas never guesses one.
"""

from typing import Any, Literal, get_args

# The shape of a place's mark on the map.
Mark = Literal["disc", "diamond", "triangle"]
# How a status draws that mark: a square replaces it, except on places that are areas.
Form = Literal["solid", "hollow", "square"]
# Places of extent `region` are described but not shown.
Extent = Literal["point", "area", "region", ""]
# The main sectors have signs on the map; their parts are listed below them.
Role = Literal["main", "part", ""]
# Which of two regions something lies in, in table order; empty unless there are exactly two.
Side = Literal["first", "second", "both", ""]
Confidence = Literal["high", "medium", "low", ""]
Reliability = Literal["A", "B", "C", ""]
State = Literal["operating", "under-construction", "announced", "historic"]


def stated(kind: Any) -> tuple[Any, ...]:
    """Return the values of a vocabulary (a `Literal`) without the empty one."""
    return tuple(value for value in get_args(kind) if value)


# The two sides of the border between two regions.
SIDES: tuple[Side, Side] = ("first", "second")
# From high to low.
CONFIDENCES: tuple[Confidence, ...] = stated(Confidence)
# The same, then evidence without a stated confidence.
ANY_CONFIDENCE: tuple[Confidence, ...] = (*CONFIDENCES, "")
RELIABILITIES: tuple[Reliability, ...] = stated(Reliability)
STATES: tuple[State, ...] = get_args(State)
