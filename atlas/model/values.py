"""The values that columns and filters of a fixed vocabulary may hold, in the order they are told.

What each is called stands in `atlas.model.vocabulary`.
"""

from typing import Literal, get_args

Kind = Literal["city", "district", "park", "region"]
Side = Literal["sichuan", "chongqing", "both"]
Grade = Literal["named", "inferred", "listed"]
Confidence = Literal["high", "medium", "low"]
Reliability = Literal["A", "B", "C"]
State = Literal["operating", "under-construction", "announced", "historic"]

KINDS: tuple[Kind, ...] = get_args(Kind)
# Regions are described, but never shown as places.
SHOWN_KINDS = tuple(kind for kind in KINDS if kind != "region")
# The two sides of the provincial border; what lies on both of them is on `both`.
SIDES: tuple[Side, Side] = ("sichuan", "chongqing")
# Surest first.
GRADES: tuple[Grade, ...] = get_args(Grade)
CONFIDENCES: tuple[Confidence, ...] = get_args(Confidence)
RELIABILITIES: tuple[Reliability, ...] = get_args(Reliability)
# Those at work first: a plan is no firm at work.
STATES: tuple[State, ...] = get_args(State)
