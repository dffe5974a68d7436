"""A map of a developer's own beside the atlas: any deck of pydeck, in one call."""

from pathlib import Path

from playwright.sync_api import expect

from tests.browser.conftest import Reader, Readers
from tests.hosting.servers import ROOT, Replica, running


def test_a_developer_draws_any_deck_and_learns_what_is_picked(
    reader: Readers, tmp_path: Path
) -> None:
    script = Path(__file__).with_name("developers_page.py")
    extended = Replica(tmp_path, script=script, PYTHONPATH=str(ROOT))
    with running(extended.ready()):
        draws_a_deck(reader(extended.url))


def draws_a_deck(visitor: Reader) -> None:
    page = visitor.open("?lang=zh")
    works = page.locator(".deck-map .map.live")
    expect(works).to_be_visible()
    # The controls speak the language of the page, and the map is what the developer says.
    expect(works.get_by_role("button", name="放大")).to_be_visible()
    surface = page.get_by_role("application", name="Works")
    surface.focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Picked: ")).to_have_text("Picked: south")
    # A run gives the same map new data, and leaves it where the reader sees it.
    expect(works).to_have_count(1)
    canvas = works.locator("canvas").element_handle()
    page.get_by_role("slider", name="Radius").focus()
    page.keyboard.press("ArrowLeft")
    expect(page.get_by_text("Picked: ")).to_have_text("Picked: None")
    assert page.evaluate("(canvas) => canvas.isConnected", canvas)
    assert not visitor.errors
    assert not visitor.strayed
