"""Links that other programs changed on their way are read as they were meant."""

from urllib.parse import parse_qs, quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from atlas.model.mangled import as_id, as_meant, decoded, legible
from atlas.model.records import Atlas
from atlas.model.selection import Dropped, Selection, from_query
from tests.conftest import real_atlas, selections

VIEW = Selection(lang="zh", sector=("aerospace", "rail-transit"), side=("sichuan",), place="deyang")
LINK = VIEW.to_query()


def opened(link: str, atlas: Atlas) -> tuple[Selection, tuple[Dropped, ...]]:
    """Open a link as the server does."""
    parts = parse_qs(link, keep_blank_values=True)
    return from_query({name: ",".join(values) for name, values in parts.items()}, atlas)


@pytest.mark.parametrize(
    "link",
    [
        LINK.replace("&", "&amp;"),
        LINK.replace("&", "&amp;amp;"),
        LINK.replace("sector", "Sector").replace("place", "PLACE"),
        quote(LINK, safe="=&"),
        quote(quote(LINK, safe="=&"), safe="=&"),
        quote(LINK, safe=""),
        quote(quote(LINK, safe=""), safe=""),
        LINK.replace("&", "%26", 1),
        LINK.replace(",", "，"),
        LINK.replace(",", "、"),
        LINK.replace("-", "\u2011"),
        LINK.replace("-", "–"),
        LINK.replace("rail", "ra\u00adil").replace("deyang", "de\u200byang"),
        LINK.replace("deyang", "de\nyang"),
        LINK.replace("deyang", "ｄｅｙａｎｇ"),
        *(f"{LINK}{end}" for end in (")", ".", "。", "，", "%29.", "”", "…", "\u200b", "%23card")),
    ],
)
def test_a_mangled_link_opens_on_the_view_that_was_meant(atlas: Atlas, link: str) -> None:
    assert opened(link, atlas) == (VIEW, ())


@pytest.mark.parametrize(
    ("link", "view"),
    [
        ("q=%25E5%25BE%25B7%25E9%2598%25B3", Selection(q="德阳")),
        ("q=xin%2520qu", Selection(q="xin qu")),
        ("q=50%25", Selection(q="50%")),
        ("q=a%26b", Selection(q="a&b")),
        ("radius=150)", Selection(radius=150)),
        ("data=1.0.0.", Selection(data="1.0.0")),
    ],
)
def test_what_is_no_id_is_mended_too(atlas: Atlas, link: str, view: Selection) -> None:
    assert opened(link, atlas) == (view, ())


def test_what_cannot_be_read_is_named_as_it_was_given(atlas: Atlas) -> None:
    _, dropped = opened("sector=Rail-Trans\u200bport，aerospace&place=(atlantis)", atlas)
    assert dropped == (("sector", "Rail-Transport"), ("place", "(atlantis)"))


def test_names_of_others_stay_as_they_are() -> None:
    others = {"utm_Source": "a&b", "_": "1", "amp;ref": "x"}
    assert as_meant(others, ("sector",), ()) == others


@given(selection=selections(st.text().map(lambda text: legible(text)[:80]).map(legible)))
def test_a_link_that_is_encoded_twice_is_the_same_view(selection: Selection) -> None:
    twice = quote(selection.to_query(), safe="=&,")
    assert opened(twice, real_atlas()) == (selection, ())


@given(value=st.text())
@example("A´")
def test_reading_again_changes_nothing(value: str) -> None:
    assert as_id(as_id(value)) == as_id(value) or "%" in value
    assert decoded(decoded(value)) == decoded(value)
    assert legible(legible(value)) == legible(value)
