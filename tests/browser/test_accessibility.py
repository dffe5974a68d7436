"""Every page by axe-core, and the whole path by keyboard alone."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Locator, Page, expect

from atlas.model.languages import LANGUAGES
from tests.browser.conftest import Contexts, Reader, visit
from tests.browser.test_journeys import address
from tests.conftest import at_night, combined
from tests.hosting.servers import Replica

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]

# Every page with as much on it as a view can have; at night also as it opens.
FULLEST = [
    "?lang=%s&place=deyang&sector=rail-transit",
    "place?lang=%s&place=yufu-idz",
    "sectors?lang=%s&sector=rail-transit",
    "places?lang=%s&compare=deyang,yubei&near=30.6,104.1&radius=100",
    "timeline?lang=%s",
    "evidence?lang=%s&place=deyang",
    "share?lang=%s",
]
AS_OPENED = ["?lang=%s", "places?lang=%s", "sectors?lang=%s", "evidence?lang=%s"]
VIEWS = at_night([*FULLEST, *AS_OPENED], FULLEST)
# Every page in each language, in both themes; on a telephone too, where the panels are laid anew.
READERS = [("en", False), ("zh", False), ("id", True)]
# At night, each page in each language; in a quick run, each page in one of them.
VIEWS_IN = {
    lang: at_night(VIEWS, VIEWS[number :: len(LANGUAGES)]) for number, lang in enumerate(LANGUAGES)
}
UNFOLD = "for (const one of document.querySelectorAll('details')) one.open = true"
RULES = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
# What alone depends on whether a page is light or dark.
COLOURS = {"type": "rule", "values": ["color-contrast"]}


def broken_rules(page: Page, rules: Mapping[str, Any] = RULES) -> list[str]:
    """Name the rules of axe-core that a page breaks, however lightly, with the first place.

    What is folded is unfolded first: axe-core passes over what cannot be seen. Streamlit's own
    parts of a page are asked too; none of them breaks a rule, so nothing is left out.
    """
    page.evaluate(UNFOLD)
    options: dict[str, Any] = {"runOnly": rules, "resultTypes": ["violations"]}
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['target']} {one['nodes'][0]['failureSummary']}"
        for one in found
    ]


def settled(page: Page) -> None:
    """Wait until every panel is there, and Streamlit has taken the page in."""
    waiting = "#atlas-first, [data-panel]:not([data-filled], [data-later])"
    expect(page.locator(waiting)).to_have_count(0)
    expect(page.locator(".map:not(.live), [data-test-script-state=running]")).to_have_count(0)


@pytest.fixture(scope="module")
def visited(contexts: Contexts, server: Replica) -> Callable[[str, bool], Page]:
    """A page on a desktop, and one on a telephone, that go from view to view."""

    @cache
    def opened(phone: bool) -> Page:
        page = Reader(contexts(phone=phone), server.url).open()
        settled(page)
        return page

    return lambda link, phone: visit(opened(phone), link)


@pytest.mark.parametrize(("view", "visitor"), combined(VIEWS, READERS))
def test_no_page_breaks_a_rule_of_accessibility(
    visited: Callable[[str, bool], Page], view: str, visitor: tuple[str, bool]
) -> None:
    lang, phone = visitor
    page = visited(view % lang, phone)
    for scheme, rules in (("light", RULES), ("dark", COLOURS)):
        page.emulate_media(color_scheme=scheme)
        settled(page)
        assert broken_rules(page, rules) == []


@pytest.mark.parametrize("view", ["brief?lang=en&place=deyang", "brief?lang=zh&sets=signatories"])
def test_a_brief_breaks_no_rule_of_accessibility(
    browser: Browser, server: Replica, view: str
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
    browser: Browser, server: Replica, view: str, scheme: Any
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
    expect(page.locator("#card li:has(> .mark)")).to_have_count(8)
    tab_to(page, page.locator("#card").get_by_role("link", name="Ziyang", exact=True).first)
    page.keyboard.press("Enter")
    expect(page.locator("article.card h2")).to_contain_text("Ziyang")
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
