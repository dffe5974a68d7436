"""How many claims and sources the atlas has, and how many rows are how sure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from atlas.claims.all_claims import claims
from atlas.model.records import LANGUAGES, Atlas
from atlas.model.selection import GRADES, RELIABILITIES
from atlas.query.facets import CONFIDENCES


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """Counts of rows, by how sure they are; a value of a scale that no row has counts 0."""

    claims: int
    sources: int
    grades: dict[str, int]
    confidences: dict[str, int]
    reliabilities: dict[str, int]


def evidence_counts(atlas: Atlas) -> EvidenceCounts:
    """Count claims, sources and rows; a claim is what the page of evidence lists as one."""
    return EvidenceCounts(
        claims=len(claims(atlas, LANGUAGES[0])),
        sources=len(atlas.sources),
        grades=_counted(GRADES, (row.grade for row in atlas.memberships)),
        confidences=_counted(CONFIDENCES, (row.confidence for row in atlas.evidence)),
        reliabilities=_counted(RELIABILITIES, (row.reliability for row in atlas.sources)),
    )


def _counted(scale: Iterable[str], values: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return {value: counts[value] for value in scale}
