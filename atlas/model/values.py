"""The values that columns and filters of a fixed vocabulary may hold, in the order they are told.

What each is called stands in `atlas.query.vocabulary`. The empty value stands for a judgement that
the package does not make: it is never guessed.
"""

from typing import Any, Literal, get_args

# What stands for a place on the map. Its status has the mark solid or hollow, or a small square in
# its stead, but for a place that is land.
Mark = Literal["disc", "diamond", "triangle"]
Form = Literal["solid", "hollow", "square"]
# A place is a point, land, or a whole region, which is described but never shown.
Extent = Literal["point", "area", "region", ""]
# The main sectors have signs on the map, and what is part of them is named below them.
Role = Literal["main", "part", ""]
# Which of two regions something lies in, by their order; of one or many regions none is a side.
Side = Literal["first", "second", "both", ""]
Confidence = Literal["high", "medium", "low", ""]
Reliability = Literal["A", "B", "C", ""]
State = Literal["operating", "under-construction", "announced", "historic"]


def stated(kind: Any) -> tuple[Any, ...]:
    """Return the values of a vocabulary without the empty one."""
    return tuple(value for value in get_args(kind) if value)


# The two sides of a border between two regions; what lies in both regions is on `both`.
SIDES: tuple[Side, Side] = ("first", "second")
# Surest first.
CONFIDENCES: tuple[Confidence, ...] = stated(Confidence)
# With evidence whose confidence is not stated, which comes last.
ANY_CONFIDENCE: tuple[Confidence, ...] = (*CONFIDENCES, "")
RELIABILITIES: tuple[Reliability, ...] = stated(Reliability)
# Those at work first: a plan is no firm at work.
STATES: tuple[State, ...] = get_args(State)
