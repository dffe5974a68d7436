"""What readers come for, each with the number of clicks that it takes."""

import io
import re

from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visit
from tests.browser.steps import drawn


class Hand:
    """The reader's hand, which counts what it does."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.actions = 0

    def click(self, what: Locator) -> None:
        what.click()
        self.actions += 1

    def type(self, words: str) -> None:
        self.page.locator("#search").press_sequentially(words, delay=20)
        self.actions += 1


def test_find_a_firm_and_what_it_makes(read_at: Visit) -> None:
    hand = Hand(read_at("?lang=zh"))
    hand.type("中车")
    expect(hand.page.locator("#card")).to_contain_text("中车眉山 · 铁路货车")
    assert hand.actions <= 2


def test_open_the_counterpart_of_a_place_across_the_border(read_at: Visit) -> None:
    hand = Hand(read_at("?lang=en"))
    hand.click(hand.page.locator("#card").get_by_role("link", name="Ziyang", exact=True))
    card = hand.page.locator("article.card")
    expect(card).to_have_attribute("aria-label", "Ziyang")
    section = card.locator("h3", has_text="Nearest counterpart across the border")
    hand.click(section.locator("~ * a", has_text="Jiangbei").first)
    expect(card).to_have_attribute("aria-label", "Jiangbei District")
    assert hand.actions <= 2


def test_compare_a_place_with_another_from_its_card(read_at: Visit) -> None:
    hand = Hand(read_at("?lang=en&place=deyang"))
    card = hand.page.locator("article.card")
    hand.click(card.locator("summary", has_text="Compare with"))
    hand.click(card.locator("details[open] a[href*='compare=']").first)
    expect(hand.page.locator("table.beside").first).to_be_in_viewport()
    assert hand.actions <= 2


def test_verify_a_claim_at_its_source_and_cite_it(read_at: Visit) -> None:
    hand = Hand(read_at("evidence?lang=en&sector=monorail"))
    claim = hand.page.locator(".ledger tbody tr").first
    hand.click(claim.locator("a.ref").first)
    box = hand.page.get_by_role("dialog", name=re.compile("^Source S"))
    expect(box).to_be_visible()
    hand.page.keyboard.press("Escape")
    hand.click(claim.locator("summary", has_text="Cite"))
    expect(claim.locator("details[open]")).to_contain_text("Chengyu Cluster Atlas")
    assert hand.actions <= 3


def test_get_population_and_gdp_as_numbers_in_a_workbook(read_at: Visit) -> None:
    hand = Hand(read_at("?lang=en"))
    hand.click(hand.page.get_by_role("button", name="Share", exact=True))
    with hand.page.expect_download() as download:
        hand.click(hand.page.locator("#share").get_by_role("link", name="Excel"))
    book = load_workbook(io.BytesIO(download.value.path().read_bytes()))
    heads, *rows = book["Figures"].iter_rows(values_only=True)
    indicator = next(i for i, head in enumerate(heads) if "indicator" in str(head).lower())
    value = next(i for i, row in enumerate(zip(*rows, strict=True)) if _are_numbers(row))
    assert {"Population", "Gross domestic product"} <= {
        cell for row in rows for cell in row[indicator : indicator + 2]
    }
    assert all(isinstance(row[value], int | float) for row in rows)
    assert hand.actions <= 2


def _are_numbers(cells: tuple[object, ...]) -> bool:
    return all(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells)


def test_zoom_in_and_find_back(go_to: Visit) -> None:
    hand = Hand(go_to("?lang=en"))
    drawn(hand.page)
    scale = hand.page.locator(".atlas-scale")
    whole = scale.inner_text()
    hand.page.locator(".atlas-deck").hover()
    hand.page.keyboard.down("Control")
    for _ in range(4):
        hand.page.mouse.wheel(0, -400)
    hand.page.keyboard.up("Control")
    expect(scale).not_to_have_text(whole)
    hand.click(hand.page.get_by_role("button", name="Show the whole map"))
    expect(scale).to_have_text(whole)
    assert hand.actions <= 2
