"""The sidebar of filters is there where there are filters, and nowhere else."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Reader
from tests.conftest import at_night

pytestmark = pytest.mark.browser

Readers = Callable[..., Reader]


@pytest.mark.parametrize(
    "page",
    at_night(["place", "sectors", "distances", "timeline", "about", "share"], ["place", "share"]),
)
def test_no_empty_sidebar_is_left_of_the_page_before(reader: Readers, page: str) -> None:
    opened = reader().open("?lang=en")
    expect(opened.get_by_test_id("stSidebar")).to_be_visible()
    go_to(opened, page)
    expect(opened.get_by_test_id("stSidebar")).not_to_be_visible()
    box = opened.locator(".pages").bounding_box()
    assert box
    assert box["x"] < 60


def test_no_button_for_an_empty_sidebar_lies_on_the_title(reader: Readers) -> None:
    opened = reader(phone=True).open("?lang=en")
    expect(opened.get_by_test_id("stExpandSidebarButton")).to_be_visible()
    go_to(opened, "sectors")
    expect(opened.get_by_test_id("stExpandSidebarButton")).not_to_be_visible()


def test_the_filters_are_back_with_the_map(reader: Readers) -> None:
    opened = reader().open("?lang=en")
    go_to(opened, "timeline")
    opened.go_back()
    expect(opened.get_by_test_id("stSidebar").get_by_text("Kind of place")).to_be_visible()


def go_to(opened: Page, page: str) -> None:
    opened.locator(f".pages a[href^='{page}']").click()
    opened.wait_for_url(f"**/{page}?*")
    expect(opened.locator(".pages [aria-current]")).not_to_have_text("Map")
