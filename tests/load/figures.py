"""Samples of one quantity, for the dashboard and for stock Streamlit, and what is said of them."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from statistics import linear_regression, median, quantiles
from typing import Any


def p95(samples: Iterable[float]) -> float:
    """Return the 95th percentile, interpolated linearly; of one sample, itself."""
    values = list(samples)
    return quantiles(values, n=20, method="inclusive")[-1] if len(values) > 1 else values[0]


def slope(xs: Iterable[float], ys: Iterable[float]) -> float:
    """Return the growth of y for one x, by least squares."""
    return linear_regression(list(xs), list(ys)).slope


@dataclass
class Figure:
    """One quantity at one size, as measured on either side; a side may not have been measured."""

    places: str
    name: str
    unit: str
    ours: list[float] = field(default_factory=list)
    stock: list[float] = field(default_factory=list)

    @property
    def ratio(self) -> float | None:
        """The median of ours as a share of the median of stock, if both are there."""
        if not self.ours or not self.stock or not median(self.stock):
            return None
        return median(self.ours) / median(self.stock)

    def to_json(self) -> dict[str, Any]:
        """Return the figure with its samples as plain values."""
        sides = {"ours": self.ours, "stock": self.stock}
        return {
            "places": self.places,
            "name": self.name,
            "unit": self.unit,
            "ratio": self.ratio,
            **{
                side: {"median": median(found), "p95": p95(found), "samples": found}
                for side, found in sides.items()
                if found
            },
        }


class Figures:
    """All figures of a run, in the order in which they first came."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], Figure] = {}
        self.notes: defaultdict[str, int] = defaultdict(int)
        self.spreads: dict[str, dict[str, float]] = {}

    def add(self, places: str, side: str, name: str, unit: str, *samples: float) -> None:
        """Add samples of a quantity for a side, "ours" or "stock"."""
        figure = self._found.setdefault((places, name), Figure(places, name, unit))
        getattr(figure, side).extend(samples)

    def spread(self, places: str, side: str, by_kind: Mapping[str, float]) -> None:
        """Keep how the bytes of a click divide among the kinds of messages; the last one counts."""
        self.spreads[f"{side}, {places}"] = dict(by_kind)

    def __iter__(self) -> Iterator[Figure]:
        return iter(self._found.values())

    def to_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "figures": [figure.to_json() for figure in self],
            "bytes_of_a_click_by_message": self.spreads,
            "failures": dict(self.notes),
        }
