"""How many claims, sources and rows there are, and how sure they are."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from atlas.claims.all_claims import claims
from atlas.claims.record import Claim
from atlas.model.languages import ENGLISH
from atlas.model.records import Atlas
from atlas.model.values import CONFIDENCES, RELIABILITIES


@dataclass(frozen=True, slots=True)
class ClaimCounts:
    """How many of some claims there are of each reliability, confidence and grade.

    `weak` claims rest on a source of the lowest reliability; `backed` of these name a further,
    more reliable source.
    """

    total: int
    reliability: dict[str, int]
    confidence: dict[str, int]
    grade: dict[str, int]
    weak: int
    backed: int


def claim_counts(atlas: Atlas, rows: Iterable[Claim]) -> ClaimCounts:
    """Return how many of some claims there are of each reliability, confidence and grade."""
    counted = tuple(rows)
    weak = [claim for claim in counted if claim.reliability == RELIABILITIES[-1]]
    return ClaimCounts(
        total=len(counted),
        reliability=_counts(RELIABILITIES, (claim.reliability for claim in counted)),
        confidence=_counts(CONFIDENCES, (claim.confidence for claim in counted)),
        grade=_counts(atlas.status, (claim.grade for claim in counted)),
        weak=len(weak),
        backed=sum(any(_is_better(atlas, source) for source in claim.also) for claim in weak),
    )


def _is_better(atlas: Atlas, source: str) -> bool:
    return atlas.source[source].reliability != RELIABILITIES[-1]


def _counts(scale: Iterable[str], values: Iterable[str | None]) -> dict[str, int]:
    """Return how often each value of a scale occurs; 0 for a value that does not."""
    counts = Counter(values)
    return {value: counts[value] for value in scale}


@dataclass(frozen=True, slots=True)
class EvidenceCounts:
    """How many claims and sources the atlas has, and how many rows of each value of a scale."""

    claims: int
    sources: int
    grades: dict[str, int]
    confidences: dict[str, int]
    reliabilities: dict[str, int]


def evidence_counts(atlas: Atlas) -> EvidenceCounts:
    """Return the counts of an atlas; a claim is what the page of evidence lists as one."""
    return EvidenceCounts(
        claims=len(claims(atlas, ENGLISH)),
        sources=len(atlas.sources),
        grades=_counts(atlas.status, (row.grade for row in atlas.memberships)),
        confidences=_counts(CONFIDENCES, (row.confidence for row in atlas.evidence)),
        reliabilities=_counts(RELIABILITIES, (row.reliability for row in atlas.sources)),
    )
