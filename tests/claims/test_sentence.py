"""The claims a selection lists, in words."""

import pytest

from atlas.claims.all_claims import claims
from atlas.claims.listing import claims_sentence, listed
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.sentences import sentence


def said(atlas: Atlas, selection: Selection) -> str:
    return claims_sentence(atlas, selection, text(selection.lang))


def test_without_a_filter_it_says_that_these_are_all(atlas: Atlas) -> None:
    total = len(claims(atlas, "en"))
    assert said(atlas, Selection()) == f"{total} of {total} claims"
    assert said(atlas, Selection(sets=("first-batch",))) == f"{total} of {total} claims"


def test_it_says_every_filter_that_is_on(atlas: Atlas) -> None:
    view = Selection(
        claim=("figure", "event"), reliability=("A", "B"), place="deyang", q="power", kind=("city",)
    )
    count, *conditions = said(atlas, view).split("; ")
    assert count == f"{len(listed(atlas, view))} of {len(claims(atlas, 'en'))} claims"
    assert conditions[:4] == [
        "place: Deyang",
        "words searched for: “power”",
        "kind of claim: figure or event",
        "reliability of the source: A or B",
    ]
    assert "; ".join(conditions[4:]) == (
        f"places shown: {sentence(atlas, view.but(q=''), text('en'))}"
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_in_the_language_asked_for(atlas: Atlas, language: Language) -> None:
    view = Selection(lang=language, sector=("rail-transit",))
    assert sentence(atlas, view, text(language)) in said(atlas, view)
    assert str(len(listed(atlas, view))) in said(atlas, view)
