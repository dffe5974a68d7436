"""Every page by axe-core, and the whole path by keyboard alone."""

from functools import cache
from itertools import product
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import Contexts, Reader, Visit, visit
from tests.browser.steps import address, settled, unfold
from tests.conftest import at_night
from tests.hosting.servers import Replica

# Every page with as much on it as a view can have; at night also as it opens.
FULLEST = [
    "?lang=%s&place=deyang&sector=rail-transit",
    "evidence?lang=%s&place=deyang",
    "places?lang=%s&compare=deyang,yubei&near=30.6,104.1&radius=100",
    "place?lang=%s&place=yufu-idz",
    "sectors?lang=%s&sector=rail-transit",
    "timeline?lang=%s",
    "share?lang=%s",
]
AS_OPENED = ["?lang=%s", "places?lang=%s", "sectors?lang=%s", "evidence?lang=%s"]
VIEWS = at_night([*FULLEST, *AS_OPENED], FULLEST)
# A language, and whether on a telephone, where the panels are laid anew.
READERS = [("en", False), ("zh", False), ("id", True)]
RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}


def broken_rules(page: Page) -> list[str]:
    """Name the rules of axe-core that a page breaks, however lightly, with the first place.

    What is folded is unfolded first: axe-core passes over what cannot be seen. Streamlit's own
    parts of a page are asked too; none of them breaks a rule, so nothing is left out.
    """
    unfold(page)
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"]}
    violations = Axe().run(page, options=options).response["violations"]
    firsts = [(rule["id"], rule["nodes"][0]) for rule in violations]
    return [f"{id}: {node['target']} {node['failureSummary']}" for id, node in firsts]


@pytest.fixture(scope="module")
def visit_by_phone(contexts: Contexts, server: Replica) -> Visit:
    """Visit a view on a telephone, on a page that stays open."""

    @cache
    def opened() -> Page:
        return Reader(contexts(phone=True), server.url).open()

    return lambda link: visit(opened(), link)


@pytest.mark.parametrize(
    ("view", "visitor", "scheme"),
    at_night(
        product(VIEWS, READERS, ("light", "dark")),
        [(VIEWS[0], READERS[0], "light"), (VIEWS[3], READERS[2], "dark")],
    ),
)
def test_no_page_breaks_a_rule_of_accessibility(
    go_to: Visit, visit_by_phone: Visit, view: str, visitor: tuple[str, bool], scheme: Any
) -> None:
    lang, is_phone = visitor
    page = (visit_by_phone if is_phone else go_to)(view % lang)
    page.emulate_media(color_scheme=scheme)
    settled(page)
    assert broken_rules(page) == []
    page.emulate_media(color_scheme="light")


BRIEFS = ["brief?lang=en&place=deyang", "brief?lang=zh&sets=signatories"]


@pytest.mark.parametrize("view", at_night(BRIEFS, BRIEFS[:1]))
def test_a_brief_breaks_no_rule_of_accessibility(
    browser: Browser, server: Replica, view: str
) -> None:
    page = browser.new_page()
    page.goto(f"{server.url}/{view}")
    assert broken_rules(page) == []
    page.close()


def tab_to(page: Page, goal: Locator, key: str = "Tab") -> None:
    """Press Tab until an element has the focus, which must be seen on it."""
    for _ in range(300):
        page.keyboard.press(key)
        if goal.evaluate("(node) => node === document.activeElement"):
            break
    expect(goal).to_be_focused()
    ring = "(node) => { const s = getComputedStyle(node); return s.outlineStyle + s.boxShadow }"
    assert goal.evaluate(ring) != "nonenone"
    expect(goal).to_be_in_viewport()


def test_the_whole_path_is_walked_by_keyboard_alone(go_to: Visit) -> None:
    page = go_to("?lang=en")
    tab_to(page, page.locator("#chip-sector-aerospace"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))
    expect(page.locator("#card li:has(> .mark)")).to_have_count(8)
    tab_to(page, page.locator("#card").get_by_role("link", name="Ziyang", exact=True).first)
    page.keyboard.press("Enter")
    expect(page.locator("article.card h2")).to_contain_text("Ziyang")
    expect(page.locator("#card")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Close, back to the list"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))
    tab_to(page, page.get_by_role("button", name="Share", exact=True), "Shift+Tab")
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="QR code, embed, cite, data"))
