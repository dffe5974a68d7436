"""Links: what is written is read back, and what is not known is left out and named."""

import unicodedata
from dataclasses import fields
from urllib.parse import parse_qs, quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from atlas.model.languages import LANGUAGES, Language
from atlas.model.mangled import legible
from atlas.model.records import Atlas
from atlas.model.selection import Dropped, Selection, from_query, vocabulary
from tests.conftest import real_atlas, selections

PARAMETERS = [field.name for field in fields(Selection)]
RIGHT_TO_LEFT = "\u202e"


def opened(
    link: str, atlas: Atlas, language: Language = "en"
) -> tuple[Selection, tuple[Dropped, ...]]:
    """Open a link as the pages do."""
    query = {name: ",".join(values) for name, values in parse_qs(link).items()}
    return from_query(query, atlas, language)


def is_seen(text: str) -> bool:
    return all(unicodedata.category(char) not in {"Cc", "Cf", "Co", "Cs", "Cn"} for char in text)


searches = st.text().map(legible).map(lambda text: legible(text[:80]))


# The codec


@given(selection=selections(searches), language=st.sampled_from(list(LANGUAGES)))
def test_a_selection_comes_back_from_its_link_in_any_language(
    selection: Selection, language: Language
) -> None:
    assert opened(selection.to_query(), real_atlas()) == (selection, ())
    rest = selection.to_query().removeprefix(f"lang={selection.lang}")
    translated = selection.but(lang=language)
    assert opened(f"lang={language}{rest}", real_atlas()) == (translated, ())
    assert opened(rest, real_atlas(), language) == (translated, ())


@given(text=st.text(max_size=200))
@example(text="e\u200d\u0301")  # what is left when the unseen is taken out must compose again
@example(text=" \u00a0a\u2003b ")
@example(text="+&=,%2C;#?")
def test_a_search_as_opened_comes_back_from_its_own_link(text: str) -> None:
    selection, _ = opened(f"q={quote(text)}", real_atlas())
    assert opened(selection.to_query(), real_atlas()) == (selection, ())


def test_parameters_and_ids_are_written_in_one_order(atlas: Atlas) -> None:
    mixed = (
        "place=deyang&q=xin%20qu&sets=outside,signatories&confidence=low,high&grade=inferred,named"
        "&side=chongqing,sichuan&kind=park,city&match=all&sector=rail-transit,aerospace&lang=zh"
    )
    assert opened(mixed, atlas)[0].to_query() == (
        "lang=zh&sector=aerospace,rail-transit&match=all&kind=city,park&side=sichuan,chongqing"
        "&grade=named,inferred&confidence=high,low&sets=signatories,outside&q=xin%20qu&place=deyang"
    )


def test_the_groups_that_are_always_on_are_not_offered_as_sets(atlas: Atlas) -> None:
    assert vocabulary(atlas)["sets"] == ("signatories", "first-batch", "outside")


# What a reader changes


@pytest.mark.parametrize(
    ("link", "is_filtered"),
    [
        *((link, False) for link in ("lang=zh&place=deyang", "match=all")),
        *((link, True) for link in ("sector=monorail", "q=x", "sets=outside", "claim=event")),
    ],
)
def test_a_view_with_a_filter_or_a_set_is_filtered(
    atlas: Atlas, link: str, is_filtered: bool
) -> None:
    assert opened(link, atlas)[0].is_filtered() is is_filtered


# Links that came to harm


@pytest.mark.parametrize(
    "link",
    [
        *(
            "lang=fr",
            "sector=submarines",
            "sector=轨道交通",
            "match=none",
            "kind=region",
            "side=both",
        ),
        *("grade=certain", "confidence=1", "sets=members", "claim=rumour", "reliability=z"),
        *("place=atlantis", "place=../../etc/passwd", "place=__class__", "place=deyang,meishan"),
        *("compare=atlantis", "order=size", "form=chart", "lang=zh,id"),
        *("radius=0", "radius=1001", "radius=1e2", "radius=-5", "radius=５"),
    ],
)
def test_an_unknown_value_is_left_out_and_named(atlas: Atlas, link: str) -> None:
    name, _, value = link.partition("=")
    assert opened(link, atlas) == (Selection(), ((name, value),))


def test_a_letter_is_read_large_or_small_and_written_as_the_tables_have_it(atlas: Atlas) -> None:
    selection, dropped = opened("reliability=c,A", atlas)
    assert (selection.reliability, dropped) == (("A", "C"), ())


def test_known_values_beside_unknown_ones_stay(atlas: Atlas) -> None:
    selection, dropped = opened("sector=x,monorail,y&place=atlantis&side=sichuan", atlas)
    assert selection == Selection(sector=("monorail",), side=("sichuan",))
    assert dropped == (("sector", "x"), ("sector", "y"), ("place", "atlantis"))


def test_parameters_of_others_are_passed_over(atlas: Atlas) -> None:
    assert opened("utm_source=mail&embed=true&__proto__=x&lang=id", atlas) == (
        Selection(lang="id"),
        (),
    )


@pytest.mark.parametrize(
    "link",
    [
        "sector=monorail,aerospace,monorail",
        "sector=monorail&sector=aerospace",
        "sector=monorail%2Caerospace",
        "sector=,monorail,,aerospace,",
        "sector=%20Monorail%20,AEROSPACE%0A",
    ],
)
def test_a_list_opens_however_it_was_copied(atlas: Atlas, link: str) -> None:
    assert opened(link, atlas) == (Selection(sector=("aerospace", "monorail")), ())


@pytest.mark.parametrize("name", ["lang", "sector", "match", "kind", "sets", "place"])
def test_an_over_long_value_is_left_out_and_named_and_the_rest_opens(
    atlas: Atlas, name: str
) -> None:
    selection, dropped = opened(f"side=sichuan&{name}={'x,' * 50_000}", atlas)
    assert selection == Selection(side=("sichuan",))
    assert [part.parameter for part in dropped] == [name]


def test_an_over_long_search_is_cut_and_the_rest_named(atlas: Atlas) -> None:
    selection, dropped = opened(f"q={'a' * 80}bc", atlas)
    assert selection.q == "a" * 80
    assert dropped == (("q", "bc"),)


@pytest.mark.parametrize(
    "unseen",
    [
        *("\0", "\x1b", RIGHT_TO_LEFT, "\u2066", "\u061c", "\u200b", "\u200d", "\ufeff", "\ue000"),
        *("\u034f", "\u115f", "\u180b", "\u3164", "\ufe0f", "\uffa0", "\U000e0041", "\U000e0100"),
    ],
)
def test_unseen_characters_are_taken_out_of_a_search(atlas: Atlas, unseen: str) -> None:
    assert opened(f"q=de{quote(unseen)}yang", atlas) == (Selection(q="deyang"), ())


def test_a_search_typed_with_loose_accents_is_the_same_view(atlas: Atlas) -> None:
    loose = unicodedata.normalize("NFD", "Déyáng")
    assert opened(f"q={quote(loose)}", atlas) == (Selection(q="Déyáng"), ())


@pytest.mark.parametrize("name", ["sector", "place", "lang"])
def test_a_value_is_named_in_characters_that_can_be_read(atlas: Atlas, name: str) -> None:
    _, dropped = opened(f"{name}=x%00{quote(RIGHT_TO_LEFT)}y%1b", atlas)
    assert [part.parameter for part in dropped] == [name]
    assert all(is_seen(part.value) for part in dropped)


def test_bytes_that_are_no_text_do_no_harm(atlas: Atlas) -> None:
    selection, dropped = opened("place=%ff%fe&q=%c3&sector=%ed%a0%80", atlas)
    assert (selection.place, selection.sector) == (None, ())
    assert [part.parameter for part in dropped] == ["sector", "place"]


@given(link=st.dictionaries(st.sampled_from(PARAMETERS), st.text(max_size=120)))
def test_whatever_a_link_holds_it_opens_on_a_view_of_the_atlas(link: dict[str, str]) -> None:
    atlas = real_atlas()
    selection, dropped = from_query(link, atlas)
    values = vocabulary(atlas)
    assert selection.lang in LANGUAGES
    assert selection.match in ("any", "all")
    assert selection.place is None or selection.place in atlas.place
    assert all(set(getattr(selection, name)) <= set(values[name]) for name in values)
    assert set(selection.compare) <= set(atlas.place)
    assert max(len(selection.q), len(selection.near)) <= 80
    assert is_seen(selection.q + selection.near)
    assert 1 <= selection.radius <= 1_000
    assert {part.parameter for part in dropped} <= set(link)
    assert opened(selection.to_query(), atlas) == (selection, ())
