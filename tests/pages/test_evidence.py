"""The page of evidence, in every language, without a browser."""

import re
from html import escape, unescape
from urllib.parse import parse_qsl

import pytest

from atlas.claims.all_claims import claims
from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.pages import panels
from atlas.pages.view import View
from atlas.query.vocabulary import word
from tests.pages.opened import opened

PAGE = "evidence"


def rows(seen: str) -> list[str]:
    """The anchors of the claims listed, in their order."""
    return re.findall(r'<tr id="(claim-[^"]+)"', seen)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_claim_is_listed_in_every_language(atlas: Atlas, lang: Language) -> None:
    seen = opened(PAGE, lang=lang, rows="1000").markup
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


def test_the_list_begins_with_25_claims_and_says_how_to_go_on(atlas: Atlas) -> None:
    every = claims(atlas, "en")
    begun = opened(PAGE, lang="en", side="sichuan", order="place")
    assert len(rows(begun.markup)) == 25
    going_on = re.search(r'<a href="([^"]*)#([^"]*)">Show 25 more</a>', begun.text)
    assert going_on
    assert going_on[1] == "?lang=en&side=sichuan&order=place&rows=50"
    longer = rows(opened(PAGE, lang="en", side="sichuan", order="place", rows="50").markup)
    assert (longer[:25], longer[25]) == (rows(begun.markup), going_on[2])
    assert f'&rows=1000#{every[25].id}">Show all {len(every)}</a>' in opened(PAGE, lang="en").text
    assert "Show all" not in opened(PAGE, lang="en", rows="1000").markup


def test_a_claim_has_a_link_to_itself_and_a_citation_that_names_source_and_link() -> None:
    atlas = current()
    claim = next(one for one in claims(atlas, "en") if one.kind == "figure")
    source = atlas.source[claim.source]
    seen = opened(PAGE, lang="en", q=claim.sentence).text
    row = seen.partition(f'<tr id="{claim.id}"')[2].partition("</tr>")[0]
    assert f'<a href="#{claim.id}">Link</a>' in row
    cited = row.partition(f'id="cite-{claim.id}">')[2].partition("</code>")[0]
    for part in (claim.sentence, source.title, source.date, source.address, atlas.version):
        assert part in cited
    link = cited.rpartition(" ")[2]
    assert link.startswith("http://testserver/evidence?lang=en&rows=")
    query, _, anchor = link.partition("?")[2].partition("#")
    assert anchor in rows(opened(PAGE, **dict(parse_qsl(query))).markup)


def test_where_no_address_was_kept_words_to_search_for_can_be_copied(atlas: Atlas) -> None:
    seen = opened(PAGE, lang="en").text
    kept = sum(bool(source.address) for source in atlas.sources)
    assert f"An address is kept for {kept} of {len(atlas.sources)} sources." in seen
    for source in atlas.sources:
        entry = seen.partition(f'<li id="source-{source.id}"')[2].partition("</p><p>")
        assert source.title in entry[0]
        assert source.publisher["en"] in entry[0]
        way = f'href="{source.address}"' if source.address else f'data-copy="found-{source.id}"'
        assert way in entry[2].partition("</p>")[0]


def test_a_badge_finds_its_box_with_title_date_and_reliability_in_words(atlas: Atlas) -> None:
    boxes = panels("")["sources.boxes"].markup(View(atlas, Selection(lang="en"), ""))
    for source in atlas.sources:
        box = unescape(boxes.partition(f'id="box-{source.id}"')[2].partition("</div>")[0])
        for part in (
            source.title,
            source.date,
            word(text("en"), "reliability", source.reliability),
        ):
            assert part in box
        assert ("No address was kept." in box) is not bool(source.address)


def test_a_claim_that_a_filter_hides_is_reached_without_the_filter() -> None:
    seen = opened(PAGE, lang="en", side="sichuan", place="chengdu")
    hidden = "claim-membership-members-jiangjin"
    assert hidden not in rows(seen.markup)
    link = re.search(rf'href="\?([^"]*)#{hidden}" data-carry="([^"]*)"', seen.text)
    assert link
    assert {"side", "place", "claim", "order", "rows"} <= set(link[2].split())
    assert hidden in rows(opened(PAGE, **dict(parse_qsl(link[1]))).markup)


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
    nothing = opened(PAGE, lang="en", q="no such words anywhere").markup
    assert "No claim passes all these filters." in nothing
    assert len(re.findall(r'<li id="source-', nothing)) == len(current().sources)


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
    said = f"{weak} of {len(every)} claims rest on a secondary source (C)."
    assert said in opened(PAGE, lang="en").markup


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


def test_an_abbreviated_name_is_spelt_out_where_the_groups_are_drawn_up_and_on_its_links() -> None:
    full = "Deyang Economic and Technological Development Zone"
    for page in ("", PAGE):
        seen = opened(page, lang="en").markup
        assert f'class="short" title="{full}">Deyang ETDZ</a>' in seen
        assert f'<span class="what">{full}</span>' in seen
    assert 'class="short"' not in opened(lang="zh").markup
