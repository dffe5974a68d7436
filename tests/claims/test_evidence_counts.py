"""How much the atlas holds."""

from atlas.claims.all_claims import claims
from atlas.claims.counts import evidence_counts
from atlas.model.records import Atlas
from tests.conftest import Folder


def test_every_row_is_counted_once(atlas: Atlas) -> None:
    found = evidence_counts(atlas)
    assert found.sources == sum(found.reliabilities.values()) == len(atlas.sources)
    assert sum(found.grades.values()) == len(atlas.memberships)
    assert sum(found.confidences.values()) == len(atlas.evidence)
    rows = (atlas.memberships, atlas.evidence, atlas.figures, atlas.enterprises, atlas.events)
    assert found.claims > sum(map(len, rows))
    assert found.claims == len(claims(atlas, "zh"))


def test_a_value_that_no_row_has_counts_none(tiny: Folder) -> None:
    found = evidence_counts(tiny.load())
    assert found.confidences == {"high": 1, "medium": 0, "low": 0}
    assert found.grades == {"named": 1}
    assert found.reliabilities == {"A": 1, "B": 0, "C": 1}
