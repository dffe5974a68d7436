"""Another cluster on the real server: the example, and what is said of its data when they break."""

from collections.abc import Callable, Iterator
from pathlib import Path
from shutil import copytree
from typing import TYPE_CHECKING

import pytest

from tests.browser.conftest import SETTLED, Reader
from tests.conftest import Folder
from tests.hosting.servers import Replica, running

if TYPE_CHECKING:
    from playwright.sync_api import Page

EXAMPLE = Path(__file__).parents[2] / "examples" / "trilateral"


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Replica, Folder]]:
    scratch = tmp_path_factory.mktemp("other")
    folder = Path(copytree(EXAMPLE, scratch / "trilateral"))
    served = Replica(scratch, ATLAS_DATA=str(folder))
    with running(served.ready()):
        yield served, Folder(folder)


@pytest.fixture
def opened(
    example: tuple[Replica, Folder], reader: Callable[..., Reader]
) -> Iterator[Callable[[str], "Page"]]:
    readers = []

    def open_page(link: str) -> "Page":
        readers.append(reader(example[0].url))
        page = readers[-1].open(link)
        page.wait_for_selector(SETTLED.format(""), state="attached")
        return page

    yield open_page
    assert [made.errors + made.strayed for made in readers] == [[]] * len(readers)


def test_the_map_page_of_another_cluster_follows_a_click(opened: Callable[[str], "Page"]) -> None:
    from playwright.sync_api import expect

    page = opened("?lang=en")
    page.wait_for_selector(".map.live", state="attached")
    expect(page.locator("#card")).to_contain_text("Flanders")
    page.locator("#chip-sector-refining").click()
    expect(page.locator("#chip-sector-refining")).to_have_attribute("aria-current", "true")
    expect(page.locator(".sentence").first).to_contain_text("working in refining")


def test_the_sectors_of_another_cluster_stand_in_its_three_regions(
    opened: Callable[[str], "Page"],
) -> None:
    from playwright.sync_api import expect

    page = opened("sectors?lang=zh")
    heads = page.locator("#index ~ table thead th")
    expect(heads).to_have_count(5)
    expect(page.get_by_role("heading", level=1)).to_have_text("行业")


def test_a_place_of_another_cluster_has_a_profile_in_the_third_language(
    opened: Callable[[str], "Page"],
) -> None:
    from playwright.sync_api import expect

    page = opened("place?lang=id&place=esso-raffinaderij")
    page.wait_for_selector(".map.live", state="attached")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Esso Raffinaderij")
    expect(page.locator("#q-figures ~ *").first).to_be_visible()


def test_a_page_that_asks_again_says_that_new_data_are_broken_and_goes_on_saying_it(
    example: tuple[Replica, Folder], opened: Callable[[str], "Page"]
) -> None:
    from playwright.sync_api import expect

    server, folder = example
    page, note = opened("?lang=en"), ".data-problems"
    expect(page.locator(note)).to_have_count(0)
    written = (folder.path / "places.csv").read_text(encoding="utf-8")
    try:
        folder.set("places", "esso-raffinaderij", latitude="north")
        while '"broken"' not in page.request.get(f"{server.url}/health").text():
            page.wait_for_timeout(500)
        page.locator("#chip-sector-chemicals").click()
        expect(page.locator(note)).to_contain_text("places.csv")
        page.wait_for_selector(SETTLED.format(""), state="attached")
        expect(page.locator(f"#root {note}")).to_be_visible()
    finally:
        (folder.path / "places.csv").write_text(written, encoding="utf-8")
