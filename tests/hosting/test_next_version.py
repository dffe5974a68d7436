"""A page that was opened before a new version came is taken on by it."""

import re
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.hosting.servers import Replica, awaited, running
from tests.hosting.versions import MARKED, RENAMED, second

pytestmark = pytest.mark.browser

STYLED = f"""() => [...document.styleSheets].some(
  ({{ cssRules }}) => [...cssRules].some(({{ cssText }}) => cssText.includes("{MARKED}"))
)"""


def test_a_page_that_outlives_its_server_takes_on_the_next_version(
    browser: Browser, tmp_path: Path
) -> None:
    (tmp_path / "next").mkdir()
    script = second(tmp_path / "next")
    before = Replica(tmp_path)
    page = browser.new_page()
    with running(before.ready()):
        page.goto(f"{before.url}/?lang=en&place=deyang")
        expect(page.locator("#card h2")).to_contain_text("Deyang")
        before.kill()
    after = Replica(tmp_path, before.port, script)
    with running(after.ready()):
        awaited(lambda: after.sessions() == 1)
        page.locator("#chip-sector-aerospace").click()
        expect(page.locator("#card h2")).to_contain_text(RENAMED)
        page.wait_for_function(STYLED)
        page.wait_for_load_state("networkidle")
        visited: list[str] = []
        page.on("framenavigated", lambda frame: visited.append(frame.url))
        page.locator("#chip-sector-rail-transit").click()
        expect(page).to_have_url(re.compile("sector=aerospace,rail-transit&place=deyang$"))
        page.wait_for_timeout(1_000)
        page.close()
    queries = {unquote(urlsplit(url).query) for url in visited}
    assert len(queries) == 1, "One script has followed the click."
