"""The page of evidence, in every language, without a browser."""

import re
from html import escape

import pytest

from atlas.claims.all_claims import claims
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from tests.pages.opened import opened

PAGE = "evidence"


def rows(seen: str) -> list[str]:
    """The anchors of the claims listed, in their order."""
    return re.findall(r'<tr id="(claim-[^"]+)"', seen)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_claim_is_listed_in_every_language(atlas: Atlas, lang: Language) -> None:
    seen = opened(PAGE, lang=lang).markup
    assert rows(seen) == [claim.id for claim in claims(atlas, lang)]
    for row in atlas.evidence:
        assert escape(row.claim[lang]).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_errors_questions_and_reasons_are_told_in_every_language(
    atlas: Atlas, lang: Language
) -> None:
    seen = opened(PAGE, lang=lang).text
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
    seen = opened(PAGE, lang=lang).text
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
    seen = opened(PAGE, lang="en", **link).markup
    anchors = re.findall(r'id="([^"]+)"', seen)
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r'href="#([^"]+)"', seen)) <= set(anchors)


def test_a_claim_that_a_filter_hides_is_reached_without_the_filter() -> None:
    seen = opened(PAGE, lang="en", side="sichuan", place="chengdu").markup
    hidden = "claim-membership-members-jiangjin"
    assert hidden not in rows(seen)
    assert f'href="?lang=en#{hidden}"' in seen
    assert 'href="#claim-membership-members-chengdu"' in seen


def test_the_source_list_stays_whole_under_a_filter(atlas: Atlas) -> None:
    seen = opened(PAGE, lang="en", sector="monorail", reliability="B").markup
    assert 0 < len(rows(seen)) < len(claims(atlas, "en"))
    assert len(re.findall(r'<li id="source-', seen)) == len(atlas.sources)


def test_the_filters_of_the_map_narrow_the_list_and_are_said() -> None:
    seen = opened(PAGE, lang="en", sector="rail-transit", confidence="high").markup
    assert "6 of 14 places" in seen
    assert "working in rail transit; confidence of the evidence: high" in seen
    assert 0 < len(rows(seen)) < 30


def test_firms_at_work_are_counted_apart_from_the_others() -> None:
    seen = opened(PAGE, lang="en", place="yubei", claim="enterprise").markup
    assert "At work: 3 · Under construction: 1 · Announced: 2 · Historic: 1" in seen
    assert "(announced, 2022)" in seen
    assert "At work:" not in opened(PAGE, lang="en", place="yubei", claim="evidence").markup


def test_a_chip_of_the_map_works_here() -> None:
    chip = opened(PAGE, lang="en").chip("sector", "rail-transit")
    assert "Rail transit <small>8</small>" in chip
    found = rows(opened(PAGE, lang="en", sector="rail-transit").markup)
    assert "claim-evidence-jiangbei-monorail-1" in found
    assert {row.split("-")[1] for row in found} == {"evidence", "enterprise"}


def test_the_reset_clears_the_filters_of_claims_too() -> None:
    seen = opened(PAGE, lang="en", claim="figure", reliability="A").markup
    reset = re.search('<a[^>]*id="reset-filters" href="(.*?)" data-carry="(.*?)"', seen)
    assert reset
    assert reset[1].partition("#")[0] == "?lang=en"
    assert {"claim", "reliability"} <= set(reset[2].split())


def test_an_open_place_narrows_the_list_and_the_way_out_is_shown() -> None:
    seen = opened(PAGE, lang="en", place="gaozhu-na").markup
    assert "claim-membership-demonstration-gaozhu-na" in rows(seen)
    assert "claim-membership-demonstration-yufu-idz" not in rows(seen)
    assert 'href="?lang=en#claims"' in seen


def test_kinds_and_reliabilities_are_switched_by_links() -> None:
    seen = opened(PAGE, lang="en", claim="figure").markup
    assert 'href="?lang=en&amp;claim=figure,event#claims"' in seen
    assert re.search(r'href="\?lang=en#claims" aria-current="true">Figure', seen)
    assert 'href="?lang=en&amp;claim=figure&amp;reliability=C#claims"' in seen


def test_how_many_claims_rest_on_a_weak_source_is_said(atlas: Atlas) -> None:
    every = claims(atlas, "en")
    weak = sum(claim.reliability == "C" for claim in every)
    said = f"{weak} of {len(every)} claims rest on a source of reliability C."
    assert said in opened(PAGE, lang="en").markup


def test_the_order_follows_the_link(atlas: Atlas) -> None:
    first, last = (rows(opened(PAGE, lang="en", order="date").markup)[end] for end in (0, -1))
    dates = {claim.id: claim.date for claim in claims(atlas, "en")}
    assert dates[first] == max(dates.values())
    assert dates[last] == ""


def test_nothing_found_is_said_with_a_way_back() -> None:
    seen = opened(PAGE, lang="en", q="no such words anywhere").markup
    assert "No claim passes all these filters." in seen


def test_hostile_values_are_shown_as_text() -> None:
    seen = opened(PAGE, lang="en", q="<img src=x onerror=alert(1)>", claim="<b>x</b>").markup
    assert "<img" not in seen
    assert "<b>x</b>" not in seen


def test_a_small_source_mark_leads_to_the_source_where_it_stands() -> None:
    on_map = opened(lang="en", side="chongqing").markup
    assert 'class="ref" href="evidence?lang=en#source-S02" data-carry="place of"' in on_map
    card = opened(lang="en", place="deyang").markup
    assert 'class="ref" href="#source-S02"' in card
    assert 'id="source-S02"' in card
    assert 'class="ref" href="#source-S02"' in opened(PAGE, lang="en").markup


@pytest.mark.parametrize(
    ("lang", "described", "opening"),
    [
        ("en", "description by this atlas; the title was not found", "opening words"),
        ("zh", "本图集的描述；标题未找到", "正文开头"),
        ("id", "uraian atlas ini; judulnya tidak ditemukan", "kata-kata pembuka"),
    ],
)
def test_what_stands_for_a_title_that_was_not_found_says_so(
    lang: Language, described: str, opening: str
) -> None:
    seen = opened(PAGE, lang=lang).markup
    assert f'<cite lang="en">Feature on Weima farm machinery</cite> · {described}<' in seen
    assert re.search(rf'<cite lang="zh">今年是中船海装成立20周年……</cite> · {opening}', seen)
    assert re.search(r'<cite lang="zh">川渝共建先进装备制造产业集群</cite>(?! ·)', seen)
