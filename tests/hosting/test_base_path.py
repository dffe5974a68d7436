"""The site below a path, as `server.baseUrlPath` says, and at the root of a proxy that takes it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.hosting.servers import Replica, fetched, running

pytestmark = pytest.mark.browser

BASE = "apps/atlas"


@pytest.fixture(scope="module")
def replica(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    served = Replica(tmp_path_factory.mktemp("based"), STREAMLIT_SERVER_BASE_URL_PATH=BASE)
    with running(served.ready()):
        yield served


@pytest.mark.parametrize("below", [f"/{BASE}", ""])
def test_every_kind_of_address_answers_below_the_path_and_at_the_root(
    replica: Replica, below: str
) -> None:
    root = f"{replica.url}{below}"
    page = fetched(f"{root}/sectors?lang=en&sector=aerospace")
    assert page.status == 200
    site = re.escape(root)
    assert re.search(f'rel="canonical" href="{site}/sectors', page.body.decode())
    for file in re.findall(r'(?:src|href)="\./(assets/[^"]+)"', page.body.decode()):
        assert fetched(f"{root}/{file}").status == 200
    for path in ("map.svg?lang=en", "api/places.csv", "qr.svg?lang=en", "brief?lang=en", "health"):
        assert fetched(f"{root}/{path}").status == 200, path


def test_what_is_no_page_there_is_not_found(replica: Replica) -> None:
    assert fetched(f"{replica.url}/{BASE}/nothing").status == 404


def test_a_reader_clicks_and_goes_from_page_to_page(replica: Replica, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"{replica.url}/{BASE}?lang=en")
    expect(page).to_have_url(re.compile(f"/{BASE}/\\?lang=en$"))
    expect(page.locator("#atlas-first")).to_have_count(0, timeout=60_000)
    page.locator("#chip-sector-aerospace").click()
    expect(page).to_have_url(re.compile(f"/{BASE}/\\?lang=en&sector=aerospace$"))
    expect(page.locator(".sentence")).to_contain_text("working in aerospace")
    page.locator("nav.pages a", has_text="Sectors").click()
    expect(page.locator("h1")).to_have_text("Aerospace")
    expect(page).to_have_url(re.compile(f"/{BASE}/sectors\\?lang=en&sector=aerospace$"))
    page.go_back()
    expect(page.locator(".sentence")).to_contain_text("working in aerospace")
    page.close()
