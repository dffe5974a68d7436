"""What a reader with a browser notices when the replica that serves her dies, or is a newer one."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from atlas.datapackage.loader import current
from atlas.server.routes.files import static_files
from tests.browser.steps import drawn
from tests.hosting.conftest import Site
from tests.hosting.servers import Answer, Nginx, Replica, awaited, fetched, running
from tests.hosting.versions import MARKED, RENAMED, second

KEPT = "public, max-age=31536000, immutable"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    shown = browser.new_page()
    shown.set_default_timeout(60_000)  # until she counts as lost
    yield shown
    shown.close()


def click(page: Page, sector: str) -> None:
    page.locator(f"#chip-sector-{sector}").click()
    chip = page.locator(f"#chip-sector-{sector}")
    expect(chip).to_have_attribute("aria-current", "true", timeout=60_000)


def opened(page: Page, url: str) -> None:
    page.goto(url)
    page.wait_for_selector("#atlas-first", state="detached")


def test_her_view_stays_and_her_next_click_counts(site: Site, page: Page) -> None:
    opened(page, f"{site.url}/?lang=en")
    click(page, "rail-transit")
    sentence = page.locator(".sentence").inner_text()
    serving = site.busiest()
    assert serving.sessions() == 1
    serving.kill()
    try:
        click(page, "aerospace")
        expect(page).to_have_url(re.compile("sector=aerospace,rail-transit$"))
        others = [replica for replica in site.replicas if replica is not serving]
        awaited(lambda: any(replica.sessions() for replica in others), 60)
        page.locator("#chip-sector-aerospace").click()
        expect(page.locator(".sentence")).to_have_text(sentence)
    finally:
        serving.start()


STYLED = f"""() => [...document.styleSheets].some(
  ({{ cssRules }}) => [...cssRules].some(({{ cssText }}) => cssText.includes("{MARKED}"))
)"""


@pytest.mark.night  # By day, an edition that is gone is enough.
def test_a_page_that_outlives_its_server_takes_on_the_next_version_with_the_next_click(
    page: Page, tmp_path: Path
) -> None:
    before = Replica(tmp_path)
    loads: list[str] = []
    statuses: list[int] = []
    page.on("domcontentloaded", lambda loaded: loads.append(loaded.url))
    page.on("response", lambda got: statuses.append(got.status) if "/panels/" in got.url else None)
    with running(before.ready()):
        opened(page, f"{before.url}/?lang=en&place=deyang")
        before.kill()
    loads.clear()
    statuses.clear()
    after = Replica(tmp_path, before.port, second(tmp_path / "next"))
    with running(after.ready()):
        click(page, "aerospace")
        expect(page.locator("#card h2").first).to_contain_text(RENAMED)
        page.wait_for_function(STYLED)
        page.wait_for_selector("#atlas-first", state="detached")
        drawn(page)
        click(page, "rail-transit")
        expect(page.locator("#card h2").first).to_contain_text(RENAMED)
    after_click = "lang=en&sector=aerospace&place=deyang"
    assert [urlsplit(url).query for url in loads] == [after_click], "It is loaded anew once."
    assert statuses[0] == 410


def assets(page: Answer) -> dict[str, str]:
    """Return the addresses that a page names, by the name of the file."""
    addresses = re.findall(r"assets/[0-9a-f]{12}/[\w.]+", page.body.decode())
    return {address.split("/")[-1]: address for address in addresses}


@pytest.mark.night
def test_of_two_versions_behind_one_address_files_come_from_whoever_has_them(
    tmp_path: Path,
) -> None:
    """In a frame, say, where no cookie keeps a reader on one replica."""
    script = second(tmp_path / "next")
    replicas = [Replica(tmp_path), *(Replica(tmp_path, script=script) for _ in range(2))]
    with running(*replicas):
        nginx = Nginx.before([replica.ready() for replica in replicas], tmp_path)
        own = assets(fetched(f"{replicas[0].url}/?lang=en"))
        others = assets(fetched(f"{replicas[1].url}/?lang=en"))
        assert own.keys() == others.keys()
        for address in (*own.values(), *others.values(), *static_files(current())):
            for lane in ("00", "55", "aa"):
                answer = fetched(f"{nginx.url}/{address}", cookie=f"lane={lane}")
                assert (answer.status, answer.headers["cache-control"]) == (200, KEPT), address
        nginx.stop()
