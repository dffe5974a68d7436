"""The figures as a table to read."""

from collections.abc import Iterator
from itertools import groupby
from statistics import median

from tests.load.figures import Figure, Figures, p95

HEAD = ("", "unit", "ours p50", "p95", "stock p50", "p95", "ours/stock")
LAYOUT = "{:<52} {:>4}  {:>9} {:>9}  {:>9} {:>9}  {:>10}"


def lines(figures: Figures) -> Iterator[str]:
    """Yield the lines of the report: a table for each size, then what went wrong."""
    for places, found in groupby(figures, key=lambda figure: figure.places):
        yield f"\n{places} places"
        yield LAYOUT.format(*HEAD)
        yield from (LAYOUT.format(*_cells(figure)) for figure in found)
    for whose, by_kind in figures.spreads.items():
        parts = ", ".join(f"{kind} {size:,.0f}" for kind, size in list(by_kind.items())[:6])
        yield f"\nBytes of a click by message, uncompressed ({whose}): {parts}"
    for note, times in figures.notes.items():
        yield f"\nWENT WRONG {times} times: {note}"


def _cells(figure: Figure) -> tuple[str, ...]:
    ratio = "" if figure.ratio is None else f"{figure.ratio:.3g}"
    return (figure.name, figure.unit, *_side(figure.ours), *_side(figure.stock), ratio)


def _side(samples: list[float]) -> tuple[str, str]:
    if not samples:
        return "-", "-"
    return _number(median(samples)), _number(p95(samples)) if len(samples) > 1 else ""


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 100 or value == int(value) else f"{value:.3g}"
