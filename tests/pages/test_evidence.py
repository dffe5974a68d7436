"""The page of evidence, in every language, without a browser."""

import re
from html import unescape
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
from tests.conftest import at_night
from tests.pages.opened import opened

PAGE = "evidence"
# Panels that list claims, and that choose among them.
LIST = "evidence.ledger"
CHOICE = "filters.fields,filters.further,evidence.filters_note,evidence.chosen,evidence.order"


def rows(markup: str) -> list[str]:
    """Return the anchors of the claims listed, in their order."""
    return re.findall(r'<tr id="(claim-[^"]+)"', markup)


def listed(**query: str) -> list[str]:
    return rows(opened(PAGE, only=LIST, **query).markup)


@pytest.mark.parametrize("lang", at_night(LANGUAGES, ["zh"]))
def test_every_claim_is_listed_in_the_language_of_the_reader(atlas: Atlas, lang: Language) -> None:
    ledger = opened(PAGE, only=LIST, lang=lang, rows="1000")
    assert rows(ledger.markup) == [claim.id for claim in claims(atlas, lang)]
    assert [row.id for row in atlas.evidence if row.claim[lang] not in ledger.text] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sources_errors_questions_and_reasons_are_told_in_every_language(
    atlas: Atlas, lang: Language
) -> None:
    page = opened(PAGE, lang=lang).text
    texts = [figure.reason[lang] for figure in atlas.figures]
    for row in atlas.corrections:
        texts += [row.said[lang], row.correct[lang], row.reason[lang]]
    for question in atlas.questions:
        texts += [question.question[lang], question.tried[lang]]
    for source in atlas.sources:
        texts += [f'id="source-{source.id}"', source.supports[lang]]
    assert [text for text in texts if text not in page] == []
    assert page.count("<h1") == 1


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
    page = opened(PAGE, lang="en", **link).markup
    anchors = re.findall(r'id="([^"]+)"', page)
    assert len(set(anchors)) == len(anchors)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(anchors)


def test_the_list_begins_with_25_claims_and_says_how_to_go_on(atlas: Atlas) -> None:
    every = claims(atlas, "en")
    beginning = opened(PAGE, only=LIST, lang="en", side="sichuan", order="place")
    assert len(rows(beginning.markup)) == 25
    more = re.search(r'<a href="([^"]*)#([^"]*)">Show 25 more</a>', beginning.text)
    assert more
    assert more[1] == "?lang=en&side=sichuan&order=place&rows=50"
    longer = listed(lang="en", side="sichuan", order="place", rows="50")
    assert (longer[:25], longer[25]) == (rows(beginning.markup), more[2])
    whole = opened(PAGE, only=LIST, lang="en").text
    assert f'&rows=1000#{every[25].id}">Show all {len(every)}</a>' in whole
    assert "Show all" not in opened(PAGE, only=LIST, lang="en", rows="1000").markup


def test_a_claim_has_a_link_to_itself_and_a_citation_that_names_source_and_link() -> None:
    atlas = current()
    claim = next(claim for claim in claims(atlas, "en") if claim.kind == "figure")
    source = atlas.source[claim.source]
    ledger = opened(PAGE, only=LIST, lang="en", q=claim.sentence).text
    row = ledger.partition(f'<tr id="{claim.id}"')[2].partition("</tr>")[0]
    assert f'<a href="#{claim.id}">Link</a>' in row
    citation = row.partition(f'id="cite-{claim.id}">')[2].partition("</code>")[0]
    for part in (claim.sentence, source.title, source.date, source.address, atlas.version):
        assert part in citation
    link = citation.rpartition(" ")[2]
    assert link.startswith("http://testserver/evidence?lang=en&rows=")
    query, _, anchor = link.partition("?")[2].partition("#")
    assert anchor in listed(**dict(parse_qsl(query)))


def test_where_no_address_was_kept_words_to_search_for_can_be_copied(atlas: Atlas) -> None:
    page = opened(PAGE, lang="en").text
    count = sum(bool(source.address) for source in atlas.sources)
    assert f"An address is kept for {count} of {len(atlas.sources)} sources." in page
    for source in atlas.sources:
        entry = page.partition(f'<li id="source-{source.id}"')[2].partition("</p><p>")
        assert source.title in entry[0]
        assert source.publisher["en"] in entry[0]
        way = f'href="{source.address}"' if source.address else f'data-copy="found-{source.id}"'
        assert way in entry[2].partition("</p>")[0]


def test_a_badge_finds_its_box_with_title_date_and_reliability_in_words(atlas: Atlas) -> None:
    boxes = panels("")["sources.boxes"].markup(View(atlas, Selection(lang="en"), ""))
    for source in atlas.sources:
        box = unescape(boxes.partition(f'id="box-{source.id}"')[2].partition("</div>")[0])
        reliability = word(text("en"), "reliability", source.reliability)
        assert [part for part in (source.title, source.date, reliability) if part not in box] == []
        assert ("No address was kept." in box) is not bool(source.address)


def test_a_claim_that_a_filter_hides_is_reached_without_the_filter() -> None:
    ledger = opened(PAGE, lang="en", side="sichuan", place="chengdu")
    hidden = "claim-membership-members-jiangjin"
    assert hidden not in rows(ledger.markup)
    link = re.search(rf'href="\?([^"]*)#{hidden}" data-carry="([^"]*)"', ledger.text)
    assert link
    assert {"side", "place", "claim", "order", "rows"} <= set(link[2].split())
    assert hidden in listed(**dict(parse_qsl(link[1])))


def test_the_filters_of_the_map_narrow_the_list_and_are_said() -> None:
    view = {"lang": "en", "sector": "rail-transit", "confidence": "high"}
    choice = opened(PAGE, only=CHOICE, **view).markup
    assert "6 of 14 places" in choice
    assert "working in rail transit; confidence of the evidence: high" in choice
    assert 0 < len(listed(**view)) < 30


def test_firms_at_work_are_counted_apart_from_the_others() -> None:
    firms = opened(PAGE, lang="en", place="yubei", claim="enterprise").markup
    assert "At work: 3 · Under construction: 1 · Announced: 2 · Historic: 1" in firms
    assert "(announced, 2022)" in firms
    assert "At work:" not in opened(PAGE, lang="en", place="yubei", claim="evidence").markup


def test_a_chip_of_the_map_works_here() -> None:
    chip = opened(PAGE, only=CHOICE, lang="en").chip("sector", "rail-transit")
    assert "Rail transit <small>8</small>" in chip
    anchors = listed(lang="en", sector="rail-transit")
    assert "claim-evidence-jiangbei-monorail-1" in anchors
    assert {anchor.split("-")[1] for anchor in anchors} == {"evidence", "enterprise"}
    nothing = opened(PAGE, lang="en", q="no such words anywhere").markup
    assert "No claim passes all these filters." in nothing
    assert len(re.findall(r'<li id="source-', nothing)) == len(current().sources)


def test_the_reset_clears_the_filters_of_claims_too() -> None:
    choice = opened(PAGE, only=CHOICE, lang="en", claim="figure", reliability="A").markup
    reset = re.search('<a[^>]*id="reset-filters" href="(.*?)" data-carry="(.*?)"', choice)
    assert reset
    assert reset[1].partition("#")[0] == "?lang=en"
    assert {"claim", "reliability"} <= set(reset[2].split())


def test_an_open_place_narrows_the_list_and_the_way_out_is_shown() -> None:
    page = opened(PAGE, lang="en", place="gaozhu-na").markup
    assert "claim-membership-demonstration-gaozhu-na" in rows(page)
    assert "claim-membership-demonstration-yufu-idz" not in rows(page)
    assert 'href="?lang=en#claims"' in page


def test_kinds_and_reliabilities_are_switched_by_links() -> None:
    choice = opened(PAGE, only=CHOICE, lang="en", claim="figure").markup
    assert 'href="?lang=en&amp;claim=figure,event#claims"' in choice
    assert re.search(r'href="\?lang=en#claims" aria-current="true">Figure', choice)
    assert 'href="?lang=en&amp;claim=figure&amp;reliability=C#claims"' in choice


def test_how_many_claims_rest_on_a_weak_source_is_said(atlas: Atlas) -> None:
    every = claims(atlas, "en")
    weak = sum(claim.reliability == "C" for claim in every)
    words = f"{weak} of {len(every)} claims rest on a secondary source (C)."
    assert words in opened(PAGE, lang="en").markup


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
    page = opened(PAGE, lang=lang).markup
    assert f'<cite lang="en">Feature on Weima farm machinery</cite> · {described}<' in page
    assert re.search(rf'<cite lang="zh">今年是中船海装成立20周年……</cite> · {opening}', page)
    assert re.search(r'<cite lang="zh">川渝共建先进装备制造产业集群</cite>(?! ·)', page)


def test_an_abbreviated_name_is_spelt_out_where_the_groups_are_drawn_up_and_on_its_links() -> None:
    full = "Deyang Economic and Technological Development Zone"
    for page in ("", PAGE):
        markup = opened(page, lang="en").markup
        assert f'class="short" title="{full}">Deyang ETDZ</a>' in markup
        assert f'<span class="what">{full}</span>' in markup
    assert 'class="short"' not in opened(lang="zh").markup
