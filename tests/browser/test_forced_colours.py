"""Where readers have their own few colours, what a colour or a background said is still seen."""

import io
from collections.abc import Iterator
from itertools import pairwise

import pytest
from PIL import Image
from playwright.sync_api import Locator, expect

from tests.browser.conftest import Readers, Visit
from tests.browser.steps import typed, unfold
from tests.conftest import at_night

LEVELS = (".confidence-low", ".confidence-medium", ".confidence-high")
# By view, signs of which each covers more of its square than the one before it, and a bar.
SIGNS = {
    "timeline?lang=en": (
        (".choices .mark-diamond-hollow", ".choices .mark-diamond"),
        ".target .bar span",
    ),
    "sectors?lang=en": (LEVELS, ".crossing .bar .side-second"),
    "evidence?lang=en": (LEVELS, ".tally .bar span"),
    "places?lang=en&compare=deyang,yubei": (LEVELS, None),
    "?lang=en&sector=rail-transit": (
        (".legend .mark-diamond-hollow", ".legend .mark-diamond"),
        ".bars .bar span",
    ),
}
CHOSEN = ["?lang=en&sector=rail-transit", "sectors?lang=zh", "evidence?lang=id", "timeline"]
GROUND = "(link) => getComputedStyle(link).backgroundColor"


@pytest.fixture
def visit(read_at: Visit) -> Iterator[Visit]:
    page = read_at("?lang=en")
    page.emulate_media(forced_colors="active")
    yield read_at
    page.emulate_media(forced_colors="none")


def covered(shown: Locator) -> float:
    """Return the share of an element's pixels that are not white, as the page is."""
    picture = Image.open(io.BytesIO(shown.first.screenshot())).convert("L")
    counts = picture.histogram()
    return sum(counts[:200]) / sum(counts)


@pytest.mark.parametrize("view", at_night(SIGNS, list(SIGNS)[:2]))
def test_signs_are_told_apart_and_bars_are_seen_as_long_as_they_are(
    visit: Visit, view: str
) -> None:
    page, (signs, bar) = visit(view), SIGNS[view]
    unfold(page)
    shares = [covered(page.locator(sign)) for sign in signs]
    assert shares[0] > 0.1
    assert all(more > 1.2 * less for less, more in pairwise(shares)), shares
    assert not bar or covered(page.locator(bar)) > 0.5


@pytest.mark.parametrize("view", at_night(CHOSEN, CHOSEN[:1]))
def test_page_language_and_what_is_chosen_stand_out(visit: Visit, view: str) -> None:
    page = visit(view)
    grounds = page.locator(".atlas a[aria-current]").evaluate_all(f"(all) => all.map({GROUND})")
    other = page.locator(".pages a:not([aria-current])").first.evaluate(GROUND)
    assert len(grounds) > 2
    assert other not in grounds


def test_the_sides_have_their_colours_and_the_chosen_suggestion_stands_out(visit: Visit) -> None:
    page = visit("?lang=en")
    first, second = (
        page.locator(f".legend .swatch.side-{side}").evaluate(GROUND)
        for side in ("first", "second")
    )
    assert first != second
    field = typed(page, "deyang")
    expect(page.get_by_role("option").first).to_be_visible()
    field.press("ArrowDown")
    chosen = page.locator(".suggestions a[aria-selected=true]")
    # The list is drawn anew with every letter's answer: asked until it holds.
    expect(chosen).to_have_css("outline-style", "solid")
    field.press("Escape")


def test_the_page_to_print_keeps_its_signs_and_the_lettering_of_its_map(reader: Readers) -> None:
    visitor = reader()
    page = visitor.page
    page.goto(f"{visitor.url}/brief?lang=en&place=deyang")
    page.emulate_media(forced_colors="active")
    low, high = (covered(page.locator(f".confidence-{level}")) for level in ("low", "high"))
    assert high > 1.2 * low
    page.emulate_media(forced_colors="active", color_scheme="dark")
    name = page.locator(".picture text", has_text="Chengdu").first
    assert name.evaluate("(node) => getComputedStyle(node).fill") == "rgb(28, 32, 36)"
