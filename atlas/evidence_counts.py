"""How much the atlas holds, and how much of it is how sure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from atlas.claims.ledger import claims
from atlas.facets import CONFIDENCES
from atlas.records import LANGUAGES, Atlas

GRADES = ("named", "inferred", "listed")
RELIABILITIES = ("A", "B", "C")


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """Counts of rows, by how sure they are; every value of a scale is there, also with none."""

    claims: int
    sources: int
    grades: dict[str, int]
    confidences: dict[str, int]
    reliabilities: dict[str, int]


def evidence_counts(atlas: Atlas) -> EvidenceCounts:
    """Return what the atlas holds; a claim is what the Evidence page lists as one."""
    return EvidenceCounts(
        claims=len(claims(atlas, LANGUAGES[0])),
        sources=len(atlas.sources),
        grades=_counted(GRADES, (row.grade for row in atlas.memberships)),
        confidences=_counted(CONFIDENCES, (row.confidence for row in atlas.evidence)),
        reliabilities=_counted(RELIABILITIES, (row.reliability for row in atlas.sources)),
    )


def _counted(scale: Iterable[str], values: Iterable[str]) -> dict[str, int]:
    found = Counter(values)
    return {one: found[one] for one in scale}
