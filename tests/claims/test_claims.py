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
    return [one for one in claims(atlas, language) if one.kind == kind]


def one(atlas: Atlas, claim_id: str, language: Language = "en") -> Claim:
    return next(claim for claim in claims(atlas, language) if claim.id == claim_id)


def ids(atlas: Atlas, selection: Selection) -> set[str]:
    return {claim.id for claim in listed(atlas, selection)}


# Every claim


def test_every_row_that_claims_something_is_told_once(atlas: Atlas) -> None:
    told = Counter(claim.kind for claim in claims(atlas, "en"))
    placed = [place.source for place in atlas.places]
    placed += [place.position_source for place in atlas.places]
    named = [row.source for row in (*atlas.groups, *atlas.sectors)]
    assert told == {
        "evidence": len(atlas.evidence),
        "membership": len(atlas.memberships),
        "figure": len(atlas.figures),
        "enterprise": len(atlas.enterprises),
        "event": len(atlas.events),
        "target": len(atlas.targets),
        "place": sum(source is not None for source in placed),
        "definition": sum(source is not None for source in named),
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
TOLD: dict[str, dict[str, object]] = {
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


@pytest.mark.parametrize("key", TOLD)
def test_a_claim_is_told_with_what_its_row_says(atlas: Atlas, key: str) -> None:
    claim = one(atlas, f"claim-{key}")
    assert {name: getattr(claim, name) for name in TOLD[key]} == TOLD[key]


def test_a_firm_in_a_park_is_claimed_of_city_and_park(atlas: Atlas) -> None:
    claim = one(atlas, "claim-enterprise-crrc-changke-chongqing")
    assert [place.id for place in claim.places] == ["jiangbei", "yufu-idz"]


def test_what_speaks_against_a_claim_is_told_with_it(atlas: Atlas) -> None:
    claim = one(atlas, "claim-membership-demonstration-gaozhu-na")
    assert claim.grade == "inferred"
    assert claim.note.startswith("Against: No source names it as one of the six.")
    target = one(atlas, "claim-target-equipment-revenue-2025")
    assert "more than 1,000 bn yuan" in target.sentence
    assert "1,275.9 bn yuan" in target.sentence
    assert "no source says so" in target.note
    assert {place.id for place in target.places} == {"sichuan", "chongqing"}


def test_another_cluster_has_claims_too(tiny: Folder) -> None:
    told = {claim.kind for claim in claims(tiny.load(), "en")}
    assert told == {"evidence", "membership", "figure", "event", "place"}


# Who cites what


def test_every_claim_stands_under_each_source_it_names(atlas: Atlas) -> None:
    found = citing(atlas, "en")
    pairs = [(source, claim.id) for source, rows in found.items() for claim in rows]
    wanted = [(source, claim.id) for claim in claims(atlas, "en") for source in claim.cited]
    assert sorted(pairs) == sorted(wanted)
    assert len(found["S02"]) > 20
    assert set(found) <= set(atlas.source)


# What a selection lists


def test_without_a_filter_every_claim_is_listed(atlas: Atlas) -> None:
    assert listed(atlas, Selection()) == claims(atlas, "en")
    assert listed(atlas, Selection(sets=("outside",))) == claims(atlas, "en")


@examples(60)
@given(selection=selections())
def test_what_is_listed_passes_every_filter(selection: Selection) -> None:
    atlas = real_atlas()
    regions = {place.id for place in atlas.places if place.kind == "region"}
    wanted = {place.id for place in shown(atlas, selection)} | regions
    of_places = (selection.kind, selection.side, selection.sector, selection.confidence)
    for claim in listed(atlas, selection):
        found = {place.id for place in claim.places}
        assert not any((*of_places, selection.grade)) or found & wanted
        assert not selection.place or selection.place in found
        assert not selection.sector or set(claim.sectors) & set(selection.sector)
        assert not selection.claim or claim.kind in selection.claim
        assert not selection.reliability or claim.reliability in selection.reliability
        assert not selection.confidence or claim.confidence in (None, *selection.confidence)
        assert not selection.grade or claim.grade in (None, *selection.grade)


@examples(60)
@given(selection=selections())
def test_the_count_beside_a_choice_is_what_choosing_it_would_list(selection: Selection) -> None:
    atlas = real_atlas()
    known = vocabulary(atlas)
    assert choices(atlas, selection) == {
        name: {one: len(listed(atlas, selection.but(**{name: (one,)}))) for one in known[name]}
        for name in ("claim", "reliability")
    }


def test_a_field_lists_its_strengths_too(atlas: Atlas) -> None:
    field, strength = (ids(atlas, Selection(sector=(one,))) for one in ("rail-transit", "monorail"))
    assert "claim-evidence-jiangbei-monorail-1" in strength
    assert "claim-evidence-jiangbei-rail-transit-1" not in strength
    assert strength < field


def test_filters_of_different_claims_do_not_shut_each_other_out(atlas: Atlas) -> None:
    found = listed(atlas, Selection(confidence=("high",), grade=("inferred",)))
    assert {claim.confidence for claim in found} == {"high", None}
    assert {claim.grade for claim in found} == {"inferred", None}


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
    assert "claim-enterprise-honghua" in ids(atlas, Selection(q="drilling rigs"))
    assert "claim-enterprise-honghua" in ids(atlas, Selection(q="宏华"))
    assert "claim-enterprise-honghua" in ids(atlas, Selection(q="S36 honghua"))
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
    sure = [one.confidence or one.grade for one in listed(atlas, Selection(order="confidence"))]
    assert list(dict.fromkeys(sure)) == [
        *("high", "medium", "low"),
        *("named", "inferred", "listed"),
        None,
    ]


def test_places_come_in_the_order_of_their_table_and_claims_on_none_last(atlas: Atlas) -> None:
    found = listed(atlas, Selection(order="place"))
    firsts = [claim.places[0].id if claim.places else None for claim in found]
    wanted = [place.id for place in atlas.places if place.id in firsts]
    assert list(dict.fromkeys(firsts)) == [*wanted, None]


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_hides_nothing(atlas: Atlas, order: str) -> None:
    assert ids(atlas, Selection(order=order)) == ids(atlas, Selection())


def test_the_kinds_are_told_in_their_order(atlas: Atlas) -> None:
    assert tuple(dict.fromkeys(claim.kind for claim in claims(atlas, "en"))) == CLAIMS


# How sure


def test_the_numbers_of_how_sure_add_up(atlas: Atlas) -> None:
    found = claims(atlas, "en")
    counted = claim_counts(atlas, found)
    assert counted.total == len(found) == sum(counted.reliability.values())
    assert sum(counted.confidence.values()) == len(atlas.evidence)
    assert sum(counted.grade.values()) == len(atlas.memberships)
    assert counted.weak == counted.reliability["C"] > counted.backed > 0


def test_a_weak_claim_is_backed_only_by_a_better_source(atlas: Atlas) -> None:
    named_by_article = one(atlas, "claim-membership-demonstration-deyang-etdz")
    assert named_by_article.source == "S01"
    assert claim_counts(atlas, [named_by_article]).backed == 1
    alone = claim_counts(atlas, [one(atlas, "claim-definition-sector-monorail")])
    assert (alone.weak, alone.backed) == (1, 0)
    assert alone.confidence == {"high": 0, "medium": 0, "low": 0}


# In words


def said(atlas: Atlas, selection: Selection) -> str:
    return claims_sentence(atlas, selection, text(selection.lang))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_says_every_filter_that_is_on(atlas: Atlas, language: Language) -> None:
    total = len(claims(atlas, "en"))
    assert said(atlas, Selection(sets=("first-batch",))) == f"{total} of {total} claims"
    view = Selection(
        claim=("figure", "event"), reliability=("A", "B"), place="deyang", q="power", kind=("city",)
    )
    count, *conditions = said(atlas, view).split("; ")
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
    assert sentence(atlas, translated, text(language)) in said(atlas, translated)
