"""From a claim to its source and back, by links that may be sent."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader, Visit

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]


def led_to(page: Page, anchor: str) -> None:
    """Wait until the reader stands before an anchor, however long the page takes to draw."""
    page.wait_for_function("(id) => document.activeElement?.id === id", arg=anchor)
    expect(page.locator(f"#{anchor}")).to_be_in_viewport()


def test_a_cold_link_to_a_source_leads_to_it(reader: Readers) -> None:
    page = reader().open("evidence?lang=zh&sector=monorail#source-S42")
    led_to(page, "source-S42")
    expect(page).to_have_url(re.compile(r"\?lang=zh&sector=monorail#source-S42$"))


@pytest.mark.parametrize("query", ["?lang=en", "?lang=en&place=deyang"])
def test_a_source_mark_on_the_map_page_leads_to_the_source(go_to: Visit, query: str) -> None:
    page = go_to(query)
    page.locator(".panel a.ref", has_text="S02").first.click()
    page.wait_for_selector("#source-S02 details")
    led_to(page, "source-S02")
    expect(page).to_have_url(re.compile(r"/evidence\?lang=en(#source-S02)?$"))


def test_a_source_mark_in_a_card_leads_to_the_card_s_own_list(go_to: Visit) -> None:
    page = go_to("?lang=en&place=deyang")
    page.locator("#card a.ref", has_text="S02").first.click()
    expect(page.locator("#card #source-S02")).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"/\?lang=en&place=deyang#source-S02$"))


def test_from_a_source_to_a_claim_that_the_filters_hide(go_to: Visit) -> None:
    page = go_to("evidence?lang=en&claim=event")
    page.locator("#source-S02 summary").first.click()
    page.locator("#source-S02 a", has_text="Meishan · The eight").click()
    led_to(page, "claim-membership-members-meishan")
    expect(page).to_have_url(re.compile(r"/evidence\?lang=en(#claim-membership-members-meishan)?$"))


def test_a_kind_of_claim_narrows_the_list_in_place(go_to: Visit) -> None:
    page = go_to("evidence?lang=en&place=deyang")
    page.get_by_role("link", name=re.compile("^Enterprise")).click()
    page.wait_for_url(re.compile(r"\?lang=en&claim=enterprise&place=deyang(#claims)?$"))
    page.wait_for_selector(".choices a[aria-current] >> text=Enterprise")
    expect(page.locator(".ledger tbody tr[id^=claim-enterprise]")).to_have_count(17)
    expect(page.locator(".ledger tbody tr[id^=claim-]")).to_have_count(17)


def test_the_bundle_of_the_table_comes_with_the_table(reader: Readers) -> None:
    visitor = reader()
    asked: list[str] = []
    visitor.page.on("request", lambda request: asked.append(request.url))
    page = visitor.open("evidence?lang=en&place=deyang")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if re.search(r"DataFrame|arrow", url, re.IGNORECASE)]
    page.get_by_role("link", name=re.compile("^Open as a table")).click()
    page.wait_for_selector("[data-testid=stDataFrame] canvas")
    assert [url for url in asked if re.search(r"DataFrame|arrow", url, re.IGNORECASE)]
    assert visitor.strayed == []
    assert visitor.errors == []
