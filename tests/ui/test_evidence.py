"""The page of evidence, in every language, without a browser."""

import re
from html import escape

import pytest

from atlas.claims.all_claims import claims
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from tests.ui.test_pages import AppTest, chip, markup, seen_on, visit

PAGE = "pages/evidence.py"


def opened(**link: str) -> AppTest:
    return visit(PAGE, **link)


def rows(seen: str) -> list[str]:
    """The anchors of the claims listed, in their order."""
    return re.findall(r'<tr id="(claim-[^"]+)"', seen)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_claim_is_listed_in_every_language(atlas: Atlas, lang: Language) -> None:
    seen = seen_on(PAGE, lang=lang)
    assert rows(seen) == [claim.id for claim in claims(atlas, lang)]
    for row in atlas.evidence:
        assert escape(row.claim[lang]).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_errors_questions_and_reasons_are_told_in_every_language(
    atlas: Atlas, lang: Language
) -> None:
    seen = seen_on(PAGE, lang=lang).replace("&#39;", "'").replace("&#34;", '"')
    for row in atlas.corrections:
        assert row.said[lang] in seen
        assert row.correct[lang] in seen
        assert row.reason[lang] in seen
    for question in atlas.questions:
        assert question.question[lang] in seen
        assert question.tried[lang] in seen
    for figure in atlas.figures:
        assert figure.reason[lang] in seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_source_has_its_anchor_and_what_it_supports(atlas: Atlas, lang: Language) -> None:
    seen = seen_on(PAGE, lang=lang).replace("&#39;", "'").replace("&#34;", '"')
    for source in atlas.sources:
        assert f'id="source-{source.id}"' in seen
        assert source.supports[lang] in seen


@pytest.mark.parametrize(
    "link",
    [
        {},
        {"place": "deyang"},
        {"sector": "monorail", "sets": "outside"},
        {"q": "no such words anywhere"},
        {"claim": "figure", "reliability": "C"},
    ],
)
def test_no_link_within_the_page_leads_nowhere(link: dict[str, str]) -> None:
    seen = seen_on(PAGE, lang="en", **link)
    anchors = re.findall(r'id="([^"]+)"', seen)
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r'href="#([^"]+)"', seen)) <= set(anchors)


def test_a_claim_that_a_filter_hides_is_reached_without_the_filter() -> None:
    seen = seen_on(PAGE, lang="en", side="sichuan", place="chengdu")
    hidden = "claim-membership-members-jiangjin"
    assert hidden not in rows(seen)
    assert f'href="?lang=en#{hidden}"' in seen
    assert 'href="#claim-membership-members-chengdu"' in seen


def test_the_source_list_stays_whole_under_a_filter(atlas: Atlas) -> None:
    seen = seen_on(PAGE, lang="en", sector="monorail", reliability="B")
    assert 0 < len(rows(seen)) < len(claims(atlas, "en"))
    assert len(re.findall(r'<li id="source-', seen)) == len(atlas.sources)


def test_the_filters_of_the_map_narrow_the_list_and_are_said() -> None:
    seen = seen_on(PAGE, lang="en", sector="rail-transit", confidence="high")
    assert "6 of 14 places" in seen
    assert "working in rail transit; confidence of the evidence: high" in seen
    assert 0 < len(rows(seen)) < 30


def test_firms_at_work_are_counted_apart_from_the_others() -> None:
    seen = markup(opened(lang="en", place="yubei", claim="enterprise"))
    assert "At work: 3 · Under construction: 1 · Announced: 2 · Historic: 1" in seen
    assert "(announced, 2022)" in seen
    assert "At work:" not in markup(opened(lang="en", place="yubei", claim="evidence"))


def test_a_chip_of_the_map_works_here() -> None:
    assert "Rail transit <small>8</small>" in chip(opened(lang="en"), "sector", "rail-transit")
    found = rows(seen_on(PAGE, lang="en", sector="rail-transit"))
    assert "claim-evidence-jiangbei-monorail-1" in found
    assert {row.split("-")[1] for row in found} == {"evidence", "enterprise"}


def test_the_reset_clears_the_filters_of_claims_too() -> None:
    app = opened(lang="en", claim="figure", reliability="A")
    reset = re.search('<a[^>]*id="reset-filters" href="(.*?)" data-carry="(.*?)"', markup(app))
    assert reset
    assert reset[1] == "?lang=en#filters"
    assert {"claim", "reliability"} <= set(reset[2].split())


def test_an_open_place_narrows_the_list_and_the_way_out_is_shown() -> None:
    seen = seen_on(PAGE, lang="en", place="gaozhu-na")
    assert "claim-membership-demonstration-gaozhu-na" in rows(seen)
    assert "claim-membership-demonstration-yufu-idz" not in rows(seen)
    assert 'href="?lang=en#claims"' in seen


def test_kinds_and_reliabilities_are_switched_by_links() -> None:
    seen = seen_on(PAGE, lang="en", claim="figure")
    assert 'href="?lang=en&amp;claim=figure,event#claims"' in seen
    assert re.search(r'href="\?lang=en#claims" aria-current="true">Figure', seen)
    assert 'href="?lang=en&amp;claim=figure&amp;reliability=C#claims"' in seen


def test_how_many_claims_rest_on_a_weak_source_is_said(atlas: Atlas) -> None:
    every = claims(atlas, "en")
    weak = sum(claim.reliability == "C" for claim in every)
    assert f"{weak} of {len(every)} claims rest on a source of reliability C." in markup(
        opened(lang="en")
    )


def test_the_order_follows_the_link(atlas: Atlas) -> None:
    first, last = (rows(seen_on(PAGE, lang="en", order="date"))[end] for end in (0, -1))
    dates = {claim.id: claim.date for claim in claims(atlas, "en")}
    assert dates[first] == max(dates.values())
    assert dates[last] == ""


def test_the_table_is_there_only_when_it_is_wanted(atlas: Atlas) -> None:
    assert not opened(lang="en").dataframe
    table = opened(lang="en", form="table").dataframe[0].value
    assert len(table) == len(claims(atlas, "en"))
    addresses = {one.address for one in atlas.sources if one.address}
    assert set(table["Address"].dropna()) <= addresses
    assert table["Address"].notna().any()
    assert table["Address"].isna().any()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_holds_the_claims_of_the_list_in_the_language_of_the_reader(
    atlas: Atlas, lang: Language
) -> None:
    app = opened(lang=lang, form="table", place="deyang")
    table = app.dataframe[0].value
    assert len(table) == len(rows(markup(app)))
    assert atlas.place["deyang"].name[lang] in " ".join(table.iloc[:, 1])


def test_nothing_found_is_said_with_a_way_back() -> None:
    app = opened(lang="en", q="no such words anywhere", form="table")
    assert "No claim passes all these filters." in markup(app)
    assert not app.dataframe


def test_hostile_values_are_shown_as_text() -> None:
    seen = seen_on(PAGE, lang="en", q="<img src=x onerror=alert(1)>", claim="<b>x</b>")
    assert "<img" not in seen
    assert "<b>x</b>" not in seen


def test_a_small_source_mark_leads_to_the_source_where_it_stands() -> None:
    on_map = seen_on(lang="en", side="chongqing")
    assert 'class="ref" href="evidence?lang=en#source-S02" data-carry="place of"' in on_map
    card = seen_on(lang="en", place="deyang")
    assert 'class="ref" href="#source-S02"' in card
    assert 'id="source-S02"' in card
    assert 'class="ref" href="#source-S02"' in seen_on(PAGE, lang="en")
