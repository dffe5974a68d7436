"""A page that was opened before a new version came is taken on by it."""

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response, expect

from tests.hosting.servers import Replica, running
from tests.hosting.versions import MARKED, RENAMED, second

EDITION = re.compile(r"/panels/([^/]+)/")
AFTER_CLICK = "lang=en&sector=aerospace&place=deyang"
pytestmark = pytest.mark.browser

STYLED = f"""() => [...document.styleSheets].some(
  ({{ cssRules }}) => [...cssRules].some(({{ cssText }}) => cssText.includes("{MARKED}"))
)"""


@pytest.mark.night  # By day, an edition that is gone is enough.
def test_a_page_that_outlives_its_server_takes_on_the_next_version_with_the_next_click(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "next").mkdir()
    script = second(tmp_path / "next")
    before = Replica(tmp_path)
    page = browser.new_page()
    loads: list[str] = []
    answers: dict[str, set[int]] = {}
    page.on("domcontentloaded", lambda loaded: loads.append(loaded.url))
    page.on("response", lambda one: noted(answers, one))
    with running(before.ready()):
        page.goto(f"{before.url}/?lang=en&place=deyang")
        expect(page.locator("#card h2").first).to_contain_text("Deyang")
        page.wait_for_selector("#atlas-first", state="detached")
        before.kill()
    loads.clear()
    answers.clear()
    after = Replica(tmp_path, before.port, script)
    with running(after.ready()):
        page.locator("#chip-sector-aerospace").click()
        expect(page.locator("#card h2").first).to_contain_text(RENAMED)
        expect(page.locator("#chip-sector-aerospace")).to_have_attribute("aria-current", "true")
        page.wait_for_function(STYLED)
        page.wait_for_selector("#atlas-first", state="detached")
        page.wait_for_selector(".map.live canvas")
        page.locator("#chip-sector-rail-transit").click()
        chosen = page.locator("#chip-sector-rail-transit")
        expect(chosen).to_have_attribute("aria-current", "true")
        expect(page.locator("#card h2").first).to_contain_text(RENAMED)
        page.close()
    assert [urlsplit(url).query for url in loads] == [AFTER_CLICK], "It is loaded anew once."
    (served,) = [one for one, seen in answers.items() if 200 in seen]
    refused = {one for one, seen in answers.items() if 410 in seen}
    assert len(refused) == 1
    assert served not in refused


def noted(answers: dict[str, set[int]], response: Response) -> None:
    """Note an answer with panels by its edition."""
    if found := EDITION.search(response.url):
        answers.setdefault(found[1], set()).add(response.status)
