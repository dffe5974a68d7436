"""Which places the filters show and how many: compared with the filters read row by row."""

import unicodedata
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas, Place
from atlas.model.selection import NARROWING, PLACE_FILTERS, Selection, vocabulary
from atlas.query.facets import PREDICATES, counts, repairs, shown
from tests.conftest import examples, real_atlas, selections

LISTS = ("kind", "side", "grade", "confidence", "state", "firm")


def ids(atlas: Atlas, selection: Selection) -> set[str]:
    return {place.id for place in shown(atlas, selection)}


# The oracle


def plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text.lower())
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


def full_names(place: Place) -> list[str]:
    return [*(plain(place.name[language]) for language in LANGUAGES), plain(place.pinyin)]


def names(place: Place) -> list[str]:
    return [*full_names(place), *(plain(place.short[language]) for language in LANGUAGES)]


def is_called(place: Place, search: str) -> bool:
    """Tell whether each word of a search is in one of the names, written with spaces or not."""
    forms = [form for name in names(place) for form in (name, name.replace(" ", ""))]
    return all(any(word in form for form in forms) for word in plain(search).split())


def is_found(atlas: Atlas, place: Place, search: str) -> bool:
    """Tell whether a place's names, one of its firms or one of its sectors holds a search."""
    firms = [
        [firm.name_en, firm.name_zh, *firm.product.values()]
        for firm in atlas.enterprises
        if place.id in (firm.place, firm.park)
    ]
    rows = [row for row in atlas.evidence if row.place == place.id]
    sectors = [list(atlas.sector[row.sector].name.values()) for row in rows]
    words = plain(search).split()
    texts = [plain(" ".join(parts)) for parts in (*firms, *sectors)]
    return is_called(place, search) or any(
        all(word in text for word in words) or "".join(words) in text for text in texts
    )


def passes(atlas: Atlas, selection: Selection, place: Place) -> bool:
    """Tell whether a place passes every filter."""
    groups = {*atlas.base_groups, *selection.sets}
    levels = selection.confidence or ("high", "medium", "low")
    grades = {
        row.grade for row in atlas.memberships if row.place == place.id and row.group in groups
    }
    sectors = [
        atlas.sector[row.sector]
        for row in atlas.evidence
        if row.place == place.id and row.confidence in levels
    ]
    present = {sector.id for sector in sectors} | {sector.parent for sector in sectors}
    firms = [row for row in atlas.enterprises if place.id in (row.place, row.park)]
    regions = set(place.regions)
    enough = all if selection.match == "all" else any
    return bool(
        grades
        and (not selection.kind or place.kind in selection.kind)
        and (not selection.side or regions & set(selection.side))
        and (not selection.grade or grades & set(selection.grade))
        and (not selection.confidence or sectors)
        and (not selection.state or {row.state for row in firms} & set(selection.state))
        and (not selection.firm or {row.id for row in firms} & set(selection.firm))
        and (not selection.sector or enough(sector in present for sector in selection.sector))
        and (not selection.q or is_found(atlas, place, selection.q))
    )


def passing(atlas: Atlas, selection: Selection) -> list[Place]:
    return [place for place in atlas.places if passes(atlas, selection, place)]


def every_full_name() -> list[str]:
    names = {name for place in real_atlas().places for name in full_names(place)}
    return sorted(names | {name.replace(" ", "") for name in names})


searches = (
    st.just("") | st.just("nowhere") | st.deferred(lambda: st.sampled_from(every_full_name()))
)


# Places shown


def test_at_first_the_eight_and_the_six_are_shown(atlas: Atlas) -> None:
    assert ids(atlas, Selection()) == {
        *("chengdu", "deyang", "meishan", "ziyang", "yubei", "jiangbei", "jiangjin", "yongchuan"),
        *("deyang-etdz", "konggang-ip", "yongchuan-htz", "jiangjin-ip", "gaozhu-na", "yufu-idz"),
    }


@examples(300)
@given(selection=selections(searches))
def test_a_selection_shows_the_places_that_pass_each_of_its_filters(
    selection: Selection,
) -> None:
    atlas = real_atlas()
    assert list(shown(atlas, selection)) == passing(atlas, selection)


def test_a_region_is_never_shown_not_even_as_a_member(atlas: Atlas) -> None:
    member = replace(atlas.memberships[0], place="sichuan")
    regional = replace(atlas, memberships=(*atlas.memberships, member))
    assert ids(regional, Selection()) == ids(atlas, Selection())


# Search


@pytest.mark.parametrize(
    "search",
    [
        *("DEYANG", "德阳", "Déyáng Shì", "deyang shi", "deyangshi", "kota deyang", "shi deyang"),
        *(
            "eyan",
            "德陽",
            "de2 yang2",
            "De2yang2 shi4",
            "“德阳”",
            "'Deyang'",
            "「德陽」",
            "«deyang»",
        ),
    ],
)
def test_deyang_is_found_under_all_its_names(atlas: Atlas, search: str) -> None:
    assert "deyang" in ids(atlas, Selection(q=search))


@pytest.mark.parametrize("search", ["deyang chengdu", "dey ang x", "atlantis", "德 成都", "%", "."])
def test_a_name_no_place_has_finds_none(atlas: Atlas, search: str) -> None:
    assert ids(atlas, Selection(q=search)) == set()


def test_every_name_on_cards_and_on_the_map_finds_its_place(atlas: Atlas) -> None:
    every = Selection(sets=vocabulary(atlas)["sets"])
    for place in shown(atlas, every):
        pinyin = plain(place.pinyin)
        names = {*place.name.values(), *place.short.values(), pinyin, pinyin.replace(" ", "")}
        assert [name for name in names if place.id not in ids(atlas, every.but(q=name))] == []
    for traditional, id in {"渝北區": "yubei", "永川高新區": "yongchuan-htz"}.items():
        assert id in ids(atlas, every.but(q=traditional))


# Counts beside the choices


def choosing(atlas: Atlas, selection: Selection, facet: str, value: str) -> Selection:
    """Return a selection with one more value, or with this one alone where values widen."""
    adds = facet == "sets" or (facet == "sector" and selection.match == "all")
    chosen = {value, *getattr(selection, facet)} if adds else {value}
    values = vocabulary(atlas)[facet]
    return selection.but(**{facet: tuple(id for id in values if id in chosen)})


@examples(60)
@given(selection=selections(searches))
def test_the_count_of_a_value_is_what_choosing_it_would_show(
    selection: Selection,
) -> None:
    atlas = real_atlas()
    assert counts(atlas, selection) == {
        facet: {
            value: len(passing(atlas, choosing(atlas, selection, facet, value))) for value in values
        }
        for facet, values in vocabulary(atlas).items()
        if facet in PLACE_FILTERS
    }


def test_every_filter_of_places_says_which_it_leaves() -> None:
    assert set(PREDICATES) == set(NARROWING)
    assert set(PLACE_FILTERS) - set(NARROWING) == {"match", "sets"}


# Repairs of an empty result


@examples(300)
@given(selection=selections(searches))
def test_every_single_change_that_brings_places_back_is_offered_with_its_true_count(
    selection: Selection,
) -> None:
    atlas = real_atlas()
    changes = {("sector", id): selection.without("sector", id) for id in selection.sector}
    changes |= {
        (name, ""): selection.but(**{name: ()}) for name in LISTS if getattr(selection, name)
    }
    if selection.match == "all" and len(selection.sector) > 1:
        changes["match", "any"] = selection.but(match="any")
    if selection.q:
        changes["q", selection.q] = selection.but(q="")
    counted = {change: len(passing(atlas, changed)) for change, changed in changes.items()}
    offers = repairs(atlas, selection)
    offered = {(offer.parameter, offer.value): offer.place_count for offer in offers}
    assert offered == {change: number for change, number in counted.items() if number}
    assert all(changes[offer.parameter, offer.value] == offer.selection for offer in offers)
    assert list(offered.values()) == sorted(offered.values(), reverse=True)
