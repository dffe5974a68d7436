"""What turns a line round or stands in it unseen is not shown back."""

from dataclasses import astuple
from datetime import date

import pytest

from atlas.export.citation import citation
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.model.selection import from_query
from atlas.model.text import text
from atlas.query.sentences import description, sentence, title
from tests.hostile.asking import UNSEEN

TURNED = "\u202egnol\u202c \u2067x\u2069\u200b\u200d\ufeff \U000e0041y"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_turns_a_line_round_reaches_no_title_no_sentence_and_no_citation(
    atlas: Atlas, lang: str
) -> None:
    selection, _ = from_query({"lang": lang, "q": TURNED, "near": TURNED}, atlas)
    words = text(selection.lang)
    cited = citation(atlas, selection, "", "https://example.org/", date(2026, 1, 1))
    said = [
        sentence(atlas, selection, words),
        title(atlas, selection, words),
        description(atlas, selection, words),
        *astuple(cited),
    ]
    assert "gnol x y" in said[0]
    assert not UNSEEN.search("".join(map(str, said)))
