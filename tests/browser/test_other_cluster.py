"""Another cluster on the real server: the example, and what is said of its data when they break."""

from collections.abc import Iterator
from pathlib import Path
from shutil import copytree

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SETTLED, Contexts, Reader, visit
from tests.browser.steps import drawn
from tests.conftest import Folder
from tests.hosting.servers import ROOT, Replica, running


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Folder:
    scratch = tmp_path_factory.mktemp("other") / "trilateral"
    return Folder(Path(copytree(ROOT / "examples" / "trilateral", scratch)))


@pytest.fixture(scope="module")
def visitor(folder: Folder, contexts: Contexts) -> Iterator[Reader]:
    served = Replica(folder.path.parent, ATLAS_DATA=str(folder.path))
    with running(served.ready()):
        visitor = Reader(contexts(), served.url)
        visitor.open("?lang=en")
        yield visitor
        visitor.page.close()
    assert visitor.errors + visitor.strayed == []


def test_the_pages_of_another_cluster_are_its_own(visitor: Reader) -> None:
    page = visitor.page
    drawn(page)
    expect(page.locator("#card")).to_contain_text("Flanders")
    page.locator("#chip-sector-refining").click()
    expect(page.locator("#chip-sector-refining")).to_have_attribute("aria-current", "true")
    expect(page.locator(".sentence").first).to_contain_text("working in refining")
    visit(page, "sectors?lang=zh")
    expect(page.get_by_role("heading", level=1)).to_have_text("行业")
    expect(page.locator("#index ~ table thead th")).to_have_count(5)
    visit(page, "place?lang=id&place=esso-raffinaderij")
    drawn(page)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Esso Raffinaderij")
    expect(page.locator("#q-figures ~ *").first).to_be_visible()


def test_a_page_that_asks_again_says_that_new_data_are_broken_and_goes_on_saying_it(
    visitor: Reader, folder: Folder
) -> None:
    page, note = visit(visitor.page, "?lang=en"), ".data-problems"
    expect(page.locator(note)).to_have_count(0)
    folder.set("places", "esso-raffinaderij", latitude="north")
    while '"broken"' not in page.request.get(f"{visitor.url}/health").text():
        page.wait_for_timeout(500)
    page.locator("#chip-sector-chemicals").click()
    expect(page.locator(note)).to_contain_text("places.csv")
    page.wait_for_selector(SETTLED.format(""), state="attached")
    expect(page.locator(f"#root {note}")).to_be_visible()
