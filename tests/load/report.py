"""The samples of a run, as a table in Markdown."""

from collections.abc import Iterator
from statistics import median


class Samples:
    """What was measured, by quantity and peer, in the order in which it first came."""

    def __init__(self) -> None:
        self._found: dict[str, dict[str, list[float]]] = {}
        self.notes: list[str] = []

    def add(self, peer: str, quantity: str, value: float) -> None:
        """Add a sample."""
        self._found.setdefault(quantity, {}).setdefault(peer, []).append(value)

    def note(self, failure: str) -> None:
        """Add what went wrong: a peer then lacks the samples of one turn."""
        self.notes.append(f"\nWENT WRONG: {failure}")

    def table(self, peers: list[str]) -> Iterator[str]:
        """Yield the lines of a table: the median of each quantity for each peer."""
        yield f"| | {' | '.join(peers)} |"
        yield f"|---|{'---|' * len(peers)}"
        for quantity, values in self._found.items():
            cells = (_number(median(values[peer])) if peer in values else "" for peer in peers)
            yield f"| {quantity} | {' | '.join(cells)} |"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 20 else f"{value:.2g}"
