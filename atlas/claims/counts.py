"""How sure claims are, in numbers."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from atlas.claims.record import Claim
from atlas.model.records import Atlas
from atlas.model.selection import GRADES, RELIABILITIES
from atlas.query.facets import CONFIDENCES


@dataclass(frozen=True, slots=True)
class Standing:
    """How many of some claims there are of each reliability, confidence and grade.

    `weak` rest on a source of the lowest reliability; `backed` of these name a further,
    better one.
    """

    total: int
    reliability: dict[str, int]
    confidence: dict[str, int]
    grade: dict[str, int]
    weak: int
    backed: int


def standing(atlas: Atlas, rows: Iterable[Claim]) -> Standing:
    """Count some claims by how sure they are."""
    counted = tuple(rows)
    weak = [one for one in counted if one.reliability == RELIABILITIES[-1]]
    return Standing(
        total=len(counted),
        reliability=_counts((one.reliability for one in counted), RELIABILITIES),
        confidence=_counts((one.confidence for one in counted), CONFIDENCES),
        grade=_counts((one.grade for one in counted), GRADES),
        weak=len(weak),
        backed=sum(any(_is_better(atlas, source) for source in one.also) for one in weak),
    )


def _is_better(atlas: Atlas, source: str) -> bool:
    return atlas.source[source].reliability != RELIABILITIES[-1]


def _counts(values: Iterable[str | None], order: tuple[str, ...]) -> dict[str, int]:
    found = Counter(values)
    return {value: found[value] for value in order}
