"""Claims of every table as one kind of record: told, found, chosen, ordered, counted."""

from collections import Counter

import pytest
from hypothesis import given

from atlas.claims.all_claims import citing, claims
from atlas.claims.listing import choices, claim_counts, claims_sentence, listed
from atlas.claims.record import Claim
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from atlas.model.selection import CLAIMS, ORDERS, Selection, vocabulary
from atlas.model.text import text
from atlas.query.facets import shown
from atlas.query.sentences import sentence
from tests.conftest import Folder, examples, real_atlas, selections


def of_kind(atlas: Atlas, kind: str, language: Language = "en") -> list[Claim]:
    return [claim for claim in claims(atlas, language) if claim.kind == kind]


def with_id(atlas: Atlas, id: str) -> Claim:
    return next(claim for claim in claims(atlas, "en") if claim.id == id)


def ids(atlas: Atlas, selection: Selection) -> set[str]:
    return {claim.id for claim in listed(atlas, selection)}


# Every claim


def test_every_row_that_claims_something_is_told_once(atlas: Atlas) -> None:
    of_places = [place.source for place in atlas.places]
    of_places += [place.position_source for place in atlas.places]
    of_names = [row.source for row in (*atlas.groups, *atlas.sectors)]
    assert Counter(claim.kind for claim in claims(atlas, "en")) == {
        "evidence": len(atlas.evidence),
        "membership": len(atlas.memberships),
        "figure": len(atlas.figures),
        "enterprise": len(atlas.enterprises),
        "event": len(atlas.events),
        "target": len(atlas.targets),
        "place": sum(source is not None for source in of_places),
        "definition": sum(source is not None for source in of_names),
    }


def test_every_claim_has_an_anchor_of_its_own_the_same_in_every_language(atlas: Atlas) -> None:
    anchors = [claim.id for claim in claims(atlas, "en")]
    assert len(set(anchors)) == len(anchors)
    for language in LANGUAGES:
        assert [claim.id for claim in claims(atlas, language)] == anchors


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_claim_says_something_and_names_its_source(atlas: Atlas, language: Language) -> None:
    for claim in claims(atlas, language):
        assert claim.subject
        assert claim.sentence
        source = atlas.source[claim.source]
        assert (claim.date, claim.reliability) == (source.date, source.reliability)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_is_told_in_the_language_of_the_reader(atlas: Atlas, language: Language) -> None:
    for row, claim in zip(atlas.evidence, of_kind(atlas, "evidence", language), strict=True):
        assert claim.sentence == row.claim[language]
        assert claim.subject == atlas.sector[row.sector].name[language]


def test_only_work_in_a_sector_has_confidence_and_only_memberships_a_grade(atlas: Atlas) -> None:
    for claim in claims(atlas, "en"):
        assert (claim.confidence is not None) == (claim.kind == "evidence")
        assert (claim.grade is not None) == (claim.kind == "membership")


# What a figure, a firm in a park and one that is not at work, and a sector are told as.
FIELDS: dict[str, dict[str, object]] = {
    "figure-chengdu-population-2020-1": {
        "subject": "Population",
        "value": "20,937,757 people",
        "sentence": "20,937,757 people (2020)",
        "note": "Seventh national census. More exact than the other value.",
    },
    "figure-yubei-area-undated-1": {"sentence": "1,457.08 km² (undated)"},
    "enterprise-crrc-changke-chongqing": {"sectors": ("monorail", "rail-transit")},
    "enterprise-youlan-energy-yubei": {
        "sentence": "Purification equipment (announced, 2022)",
        "state": "announced",
        "year": 2022,
        "phrase": "友蓝能源净化处理设备研发制造基地",
    },
    "enterprise-baoshi-guanghan": {"sentence": "Drilling equipment"},
    "definition-sector-monorail": {"sentence": "Named as a strength of Chongqing."},
    "definition-sector-general-machinery": {"sentence": "Added by the atlas"},
}


@pytest.mark.parametrize(("id", "fields"), FIELDS.items(), ids=FIELDS)
def test_a_claim_is_told_with_what_its_row_says(
    atlas: Atlas, id: str, fields: dict[str, object]
) -> None:
    claim = with_id(atlas, f"claim-{id}")
    assert {name: getattr(claim, name) for name in fields} == fields


def test_a_firm_in_a_park_is_claimed_of_city_and_park(atlas: Atlas) -> None:
    claim = with_id(atlas, "claim-enterprise-crrc-changke-chongqing")
    assert [place.id for place in claim.places] == ["jiangbei", "yufu-idz"]


def test_what_speaks_against_a_claim_is_told_with_it(atlas: Atlas) -> None:
    claim = with_id(atlas, "claim-membership-demonstration-gaozhu-na")
    assert claim.grade == "inferred"
    assert claim.note.startswith("Against: No source names it as one of the six.")
    target = with_id(atlas, "claim-target-equipment-revenue-2025")
    assert "more than 1,000 bn yuan" in target.sentence
    assert "1,275.9 bn yuan" in target.sentence
    assert "no source says so" in target.note
    assert {place.id for place in target.places} == {"sichuan", "chongqing"}


def test_another_cluster_has_claims_too(tiny: Folder) -> None:
    kinds = {claim.kind for claim in claims(tiny.load(), "en")}
    assert kinds == {"evidence", "membership", "figure", "event", "place"}


# Who cites what


def test_every_claim_stands_under_each_source_it_names(atlas: Atlas) -> None:
    by_source = citing(atlas, "en")
    pairs = [(source, claim.id) for source, rows in by_source.items() for claim in rows]
    expected = [(source, claim.id) for claim in claims(atlas, "en") for source in claim.cited]
    assert sorted(pairs) == sorted(expected)
    assert len(by_source["S02"]) > 20
    assert set(by_source) <= set(atlas.source)


# What a selection lists


@examples(60)
@given(selection=selections())
def test_what_is_listed_passes_every_filter(selection: Selection) -> None:
    atlas = real_atlas()
    regions = {place.id for place in atlas.places if place.kind == "region"}
    in_scope = {place.id for place in shown(atlas, selection)} | regions
    of_places = (selection.kind, selection.side, selection.sector, selection.confidence)
    for claim in listed(atlas, selection):
        places = {place.id for place in claim.places}
        assert not any((*of_places, selection.grade)) or places & in_scope
        assert not selection.place or selection.place in places
        assert not selection.sector or set(claim.sectors) & set(selection.sector)
        assert not selection.claim or claim.kind in selection.claim
        assert not selection.reliability or claim.reliability in selection.reliability
        assert not selection.confidence or claim.confidence in (None, *selection.confidence)
        assert not selection.grade or claim.grade in (None, *selection.grade)


@examples(60)
@given(selection=selections())
def test_the_count_beside_a_choice_is_what_choosing_it_would_list(selection: Selection) -> None:
    atlas = real_atlas()
    values = vocabulary(atlas)
    assert choices(atlas, selection) == {
        name: {id: len(listed(atlas, selection.but(**{name: (id,)}))) for id in values[name]}
        for name in ("claim", "reliability")
    }


def test_a_field_lists_its_strengths_too(atlas: Atlas) -> None:
    field, strength = (ids(atlas, Selection(sector=(id,))) for id in ("rail-transit", "monorail"))
    assert "claim-evidence-jiangbei-monorail-1" in strength
    assert "claim-evidence-jiangbei-rail-transit-1" not in strength
    assert strength < field


def test_filters_of_different_claims_do_not_shut_each_other_out(atlas: Atlas) -> None:
    rows = listed(atlas, Selection(confidence=("high",), grade=("inferred",)))
    assert {claim.confidence for claim in rows} == {"high", None}
    assert {claim.grade for claim in rows} == {"inferred", None}


def test_a_set_widens_what_a_filter_lists(atlas: Atlas) -> None:
    parks = Selection(kind=("park",))
    assert "claim-membership-first-batch-dazu-htz" not in ids(atlas, parks)
    wider = ids(atlas, parks.but(sets=("first-batch",)))
    assert "claim-membership-first-batch-dazu-htz" in wider
    assert ids(atlas, parks) < wider


def test_a_side_keeps_what_is_claimed_of_all_of_it(atlas: Atlas) -> None:
    of_all = "claim-figure-chongqing-equipment-revenue-2023-1"
    assert of_all in ids(atlas, Selection(side=("chongqing",)))
    assert of_all not in ids(atlas, Selection(side=("sichuan",)))
    assert of_all not in ids(atlas, Selection(side=("chongqing",), kind=("district",)))


# Search


@pytest.mark.parametrize("search", ["德阳", "deyang", "De yang", "DÉYÁNG"])
def test_a_search_finds_the_claims_on_a_place_by_its_names(atlas: Atlas, search: str) -> None:
    assert ids(atlas, Selection(q=search)) >= ids(atlas, Selection(place="deyang"))


def test_a_search_finds_words_of_a_claim_and_of_its_source(atlas: Atlas) -> None:
    for search in ("drilling rigs", "宏华", "S36 honghua"):
        assert "claim-enterprise-honghua" in ids(atlas, Selection(q=search))
    assert ids(atlas, Selection(q="no such words anywhere")) == set()


# Order


def test_the_newest_source_comes_first_and_the_undated_last(atlas: Atlas) -> None:
    dates = [claim.date for claim in listed(atlas, Selection(order="date"))]
    assert dates == sorted(dates, reverse=True)
    assert dates[0] > "2026"
    assert dates[-1] == ""


def test_the_best_source_and_the_surest_claim_come_first(atlas: Atlas) -> None:
    grades = [claim.reliability for claim in listed(atlas, Selection(order="reliability"))]
    assert grades == sorted(grades)
    by_confidence = listed(atlas, Selection(order="confidence"))
    levels = [claim.confidence or claim.grade for claim in by_confidence]
    order = [*("high", "medium", "low"), *("named", "inferred", "listed"), None]
    assert list(dict.fromkeys(levels)) == order


def test_places_come_in_the_order_of_their_table_and_claims_on_none_last(atlas: Atlas) -> None:
    rows = listed(atlas, Selection(order="place"))
    firsts = [claim.places[0].id if claim.places else None for claim in rows]
    in_order = [place.id for place in atlas.places if place.id in firsts]
    assert list(dict.fromkeys(firsts)) == [*in_order, None]


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_hides_nothing(atlas: Atlas, order: str) -> None:
    assert ids(atlas, Selection(order=order)) == ids(atlas, Selection())


def test_the_kinds_are_told_in_their_order(atlas: Atlas) -> None:
    assert tuple(dict.fromkeys(claim.kind for claim in claims(atlas, "en"))) == CLAIMS


# How sure


def test_the_numbers_of_how_sure_add_up(atlas: Atlas) -> None:
    every = claims(atlas, "en")
    counted = claim_counts(atlas, every)
    assert counted.total == len(every) == sum(counted.reliability.values())
    assert sum(counted.confidence.values()) == len(atlas.evidence)
    assert sum(counted.grade.values()) == len(atlas.memberships)
    assert counted.weak == counted.reliability["C"] > counted.backed > 0


def test_a_weak_claim_is_backed_only_by_a_better_source(atlas: Atlas) -> None:
    named_by_article = with_id(atlas, "claim-membership-demonstration-deyang-etdz")
    assert named_by_article.source == "S01"
    assert claim_counts(atlas, [named_by_article]).backed == 1
    alone = claim_counts(atlas, [with_id(atlas, "claim-definition-sector-monorail")])
    assert (alone.weak, alone.backed) == (1, 0)
    assert alone.confidence == {"high": 0, "medium": 0, "low": 0}


# In words


def words(atlas: Atlas, selection: Selection) -> str:
    return claims_sentence(atlas, selection, text(selection.lang))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_says_every_filter_that_is_on(atlas: Atlas, language: Language) -> None:
    total = len(claims(atlas, "en"))
    assert words(atlas, Selection(sets=("first-batch",))) == f"{total} of {total} claims"
    view = Selection(
        claim=("figure", "event"), reliability=("A", "B"), place="deyang", q="power", kind=("city",)
    )
    count, *conditions = words(atlas, view).split("; ")
    assert count == f"{len(listed(atlas, view))} of {total} claims"
    assert conditions[:4] == [
        "place: Deyang",
        "words searched for: “power”",
        "kind of claim: figure or event",
        "reliability of the source: A or B",
    ]
    places = sentence(atlas, view.but(q=""), text("en"))
    assert "; ".join(conditions[4:]) == f"places shown: {places}"
    translated = Selection(lang=language, sector=("rail-transit",))
    assert sentence(atlas, translated, text(language)) in words(atlas, translated)
