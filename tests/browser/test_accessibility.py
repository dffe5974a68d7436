"""Every page by axe-core, and the whole path by keyboard alone."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from atlas.model.languages import LANGUAGES
from tests.browser.conftest import Reader, Server
from tests.browser.test_journeys import address
from tests.conftest import at_night, combined

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]

VIEWS = [
    "?lang=%s",
    "?lang=%s&place=deyang&sector=rail-transit",
    "place?lang=%s",
    "place?lang=%s&place=yufu-idz",
    "sectors?lang=%s",
    "sectors?lang=%s&sector=rail-transit",
    "places?lang=%s&compare=deyang,yubei&near=30.6,104.1&radius=100",
    "timeline?lang=%s",
    "evidence?lang=%s",
    "share?lang=%s",
]
# Every page in each language, in both themes; on a telephone too, where the panels are laid anew.
READERS: list[tuple[str, dict[str, bool]]] = [("en", {}), ("zh", {}), ("id", {"phone": True})]
# At night, each page in each language; in a quick run, each page in one of them.
VIEWS_IN = {
    lang: at_night(VIEWS, VIEWS[number :: len(LANGUAGES)]) for number, lang in enumerate(LANGUAGES)
}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def broken_rules(page: Page) -> list[str]:
    """Name the rules of axe-core that a page breaks, however lightly, with the first place.

    What is folded is unfolded first: axe-core passes over what cannot be seen. Streamlit's own
    parts of a page are asked too; none of them breaks a rule, so nothing is left out.
    """
    page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    options: dict[str, Any] = {"runOnly": RULES, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary']}"
        for one in found
    ]


def settled(page: Page) -> None:
    """Wait until every panel is there, and Streamlit has taken the page in."""
    expect(page.locator("#atlas-first, [data-panel]:not([data-filled])")).to_have_count(0)
    expect(page.locator("[data-test-script-state=running]")).to_have_count(0)
    page.wait_for_timeout(300)


@pytest.mark.parametrize(("view", "visitor"), combined(VIEWS, READERS))
def test_no_page_breaks_a_rule_of_accessibility(
    reader: Readers, view: str, visitor: tuple[str, dict[str, bool]]
) -> None:
    lang, manner = visitor
    page = reader(**manner).open(view % lang)
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        settled(page)
        assert broken_rules(page) == []


@pytest.mark.parametrize("view", ["brief?lang=en&place=deyang", "brief?lang=zh&sets=signatories"])
def test_a_brief_breaks_no_rule_of_accessibility(
    browser: Browser, server: Server, view: str
) -> None:
    page = browser.new_page()
    page.goto(f"{server.url}/{view}")
    assert broken_rules(page) == []
    page.close()


@pytest.mark.parametrize(
    ("view", "scheme"),
    combined(["?lang=en", "sectors?lang=zh&sector=rail-transit"], ["light", "dark"]),
)
def test_the_page_without_script_breaks_no_rule_of_accessibility(
    browser: Browser, server: Server, view: str, scheme: Any
) -> None:
    """Its scripts do not come; axe-core is one itself."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.route("**/*.js", lambda route: route.abort())
    page.goto(f"{server.url}/{view}")
    assert broken_rules(page) == []
    context.close()


def tab_to(page: Page, wanted: Locator) -> None:
    """Press Tab until an element has the focus, which must be seen on it."""
    for _ in range(300):
        page.keyboard.press("Tab")
        if wanted.evaluate("(one) => one === document.activeElement"):
            break
    expect(wanted).to_be_focused()
    seen = "(one) => { const s = getComputedStyle(one); return s.outlineStyle + s.boxShadow }"
    assert wanted.evaluate(seen) != "nonenone"
    expect(wanted).to_be_in_viewport()


def test_the_whole_path_is_walked_by_keyboard_alone(reader: Readers) -> None:
    page = reader().open("?lang=en")
    tab_to(page, page.locator("#chip-sector-aerospace"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))
    expect(page.locator("#card li")).to_have_count(8)
    tab_to(page, page.locator("#card a", has_text="Ziyang").first)
    page.keyboard.press("Enter")
    expect(page.locator("#card h2")).to_contain_text("Ziyang")
    expect(page.locator("#card")).to_be_focused()
    tab_to(page, page.get_by_role("link", name="Close, back to the list"))
    page.keyboard.press("Enter")
    expect(page).to_have_url(address("?lang=en&sector=aerospace"))
    tab_to(page, page.get_by_role("button", name="Share", exact=True))
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("link", name="QR code, embed, cite, data"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    tab_to(page, page.locator("button[data-copy=link-now]"))
