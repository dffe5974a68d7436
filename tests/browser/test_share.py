"""Sending a view on: link, frame, picture, print; and reading it without WebGL or script."""

import csv
import io
import json
import re
import unicodedata
from itertools import product

import pytest
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES
from tests.browser.conftest import Readers, Visit
from tests.browser.steps import address, taken_in
from tests.conftest import at_night
from tests.hosting.servers import Replica

A4 = (595, 842)  # PDF points


def test_the_link_is_copied_as_it_stands_in_the_address_bar(read_at: Visit) -> None:
    page = read_at("timeline?lang=en&place=deyang")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    expect(page.locator("p.announcer")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == page.url


def test_a_device_with_a_share_sheet_is_handed_the_link(reader: Readers) -> None:
    visitor = reader(phone=True, webgl=False)
    visitor.page.add_init_script(
        "navigator.share = (what) => { window.shared = what; return Promise.resolve() }"
    )
    page = visitor.open("?lang=id&sector=aerospace")
    page.get_by_role("button", name="Bagikan", exact=True).click()
    page.get_by_role("button", name="Bagikan …").click()
    assert page.evaluate("window.shared.url") == page.url
    assert page.evaluate("window.shared.title") == page.title()


def test_a_download_holds_what_the_page_shows(read_at: Visit) -> None:
    page = read_at("?lang=en")
    page.locator("#chip-sector-rail-transit").click()
    expect(page.locator(".sentence")).to_contain_text("8 of 14")
    page.get_by_role("button", name="Share", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    table = download.value.path().read_text("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(table)))) == 8
    assert (
        download.value.suggested_filename == "chengyu-cluster-atlas-1.1.0-places-rail-transit.csv"
    )


def test_a_link_pointed_at_holds_the_whole_view(read_at: Visit) -> None:
    page = read_at("?lang=en&side=sichuan")
    link = page.locator(".people, section[aria-labelledby=people]").get_by_role("link").first
    link.hover()
    expect(link).to_have_attribute("href", re.compile(r"^\?lang=en&side=sichuan&place=\w+#card$"))


def test_the_page_to_share_follows_the_page_one_came_from(read_at: Visit) -> None:
    page = read_at("sectors?lang=en&sector=rail-transit")
    page.get_by_role("button", name="Share", exact=True).click()
    page.get_by_role("link", name="QR code, embed, cite, data").click()
    expect(page).to_have_url(re.compile(r"/share\?lang=en&sector=rail-transit&of=sectors$"))
    expect(page.locator("#link-now")).to_have_text(re.compile("/sectors.lang=en&sector=rail-tran"))
    for name in ("QR code of the link to this view", re.compile("8 of 14 places")):
        picture = page.get_by_role("img", name=name)
        expect(picture).to_be_visible()
        assert picture.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0
    inside = page.frame_locator("iframe[src*=embed]")
    expect(inside.locator("h1")).to_have_text("Rail transit")
    expect(inside.get_by_role("link", name=re.compile("^Open the full view"))).to_be_visible()


@pytest.mark.parametrize(
    ("lang", "day"),
    at_night(
        [("en", "5 March 2031"), ("zh", "2031年3月5日"), ("id", "5 Maret 2031")],
        [("id", "5 Maret 2031")],
    ),
)
def test_the_day_of_access_is_the_readers(reader: Readers, lang: str, day: str) -> None:
    visitor = reader(webgl=False)  # The page to share shows the map in a frame.
    visitor.page.clock.set_fixed_time("2031-03-05T10:00")
    page = visitor.open(f"share?lang={lang}")
    taken_in(page)
    expect(page.locator("#cite-sentence")).to_contain_text(day)
    expect(page.locator("#cite-sentence")).to_contain_text("2026")
    expect(page.locator("#cite-apa")).to_contain_text("Retrieved March 5, 2031")
    expect(page.locator("#cite-bibtex")).to_contain_text("urldate = {2031-03-05}")
    (item,) = json.loads(page.locator("#cite-csl").text_content() or "")
    assert item["accessed"] == {"date-parts": [[2031, 3, 5]]}
    assert item["issued"] == {"date-parts": [[2026, 11, 28]]}


def test_in_a_frame_the_page_is_slim_and_stays_so(reader: Readers) -> None:
    page = reader(webgl=False).open("?lang=en&sector=aerospace&embed=true")
    expect(page.locator(".sentence")).to_contain_text("8 of 14")
    expect(page.locator(".chip")).to_have_count(0)
    expect(page.locator("#credits")).to_contain_text("OpenStreetMap")
    page.locator("#card").get_by_role("link", name="Ziyang", exact=True).first.click()
    expect(page.locator("#card h2").first).to_contain_text("Ziyang")
    expect(page).to_have_url(address("?lang=en&sector=aerospace&place=ziyang&embed=true"))
    page.go_back()
    expect(page).to_have_url(address("?lang=en&sector=aerospace&embed=true"))
    page.go_forward()
    expect(page.locator("#card h2").first).to_contain_text("Ziyang")
    whole = page.get_by_role("link", name=re.compile("^Open the full view"))
    whole.hover()
    expect(whole).to_have_attribute("href", "?lang=en&sector=aerospace&place=ziyang")
    expect(whole).to_have_attribute("target", "_blank")


def test_without_webgl_the_map_is_a_picture_and_the_page_says_so(reader: Readers) -> None:
    page = reader(webgl=False).open("?lang=en")
    expect(page.get_by_role("status").filter(has_text="WebGL")).to_be_visible()
    page.locator("#chip-sector-rail-transit").click()
    picture = page.get_by_role("img", name=re.compile("^Map. 8 of 14 places: .*rail transit"))
    expect(picture).to_be_visible()
    expect(picture.locator(".for-wide .mark-at")).to_have_count(8)
    expect(page.locator(".map canvas")).to_have_count(0)
    expect(page.locator("#card li:has(> .mark)")).to_have_count(8)


@pytest.fixture
def plain(browser: Browser, server: Replica) -> Page:
    """A page of a browser without script."""
    context = browser.new_context(
        java_script_enabled=False, base_url=server.url, viewport={"width": 1280, "height": 900}
    )
    return context.new_page()


def test_without_script_the_view_is_read_filtered_and_opened(plain: Page) -> None:
    plain.goto("/?lang=en")
    expect(plain.get_by_role("heading", level=1)).to_have_text("Chengyu Cluster Atlas")
    expect(plain.locator(".map .for-wide .mark-at")).to_have_count(14)
    plain.get_by_role("link", name=re.compile("^Rail transit")).first.click()
    expect(plain.locator(".sentence")).to_contain_text("8 of 14 places")
    plain.get_by_role("searchbox").fill("yu")
    plain.get_by_role("searchbox").press("Enter")
    expect(plain.locator(".sentence")).to_contain_text("working in rail transit; a name, firm")
    plain.go_back()
    plain.locator("#card a", has_text="Yufu").first.click()
    expect(plain).to_have_url(re.compile(r"\?lang=en&sector=rail-transit&place=yufu-idz#card$"))
    expect(plain.locator("#card")).to_contain_text("inferred")
    plain.get_by_role("link", name="Full profile").click()
    expect(plain.get_by_role("heading", level=1)).to_contain_text("Yufu")


LANGS = tuple(LANGUAGES)[::-1]  # The longest words first.
BRIEFS = ("place=deyang", "sets=signatories", "", "place=jiangjin-ip", "place=yubei")


@pytest.mark.parametrize(
    ("query", "lang"), at_night(product(BRIEFS, LANGS), zip(BRIEFS[:2], LANGS, strict=False))
)
def test_a_brief_is_one_sheet_of_paper_with_text(
    browser: Browser, server: Replica, query: str, lang: str
) -> None:
    context = browser.new_context()
    page = context.new_page()
    page.goto(f"{server.url}/brief?lang={lang}&{query}")
    printed = PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True)))
    context.close()
    (sheet,) = printed.pages
    size = tuple(round(float(side)) for side in (sheet.mediabox.width, sheet.mediabox.height))
    assert size == A4
    # The printed font takes some characters for their twins among the radicals.
    text = unicodedata.normalize("NFKC", sheet.extract_text())
    name, _, place = query.partition("=")
    words = current().place[place].name if name == "place" else current().place["chengdu"].short
    assert words[lang].split()[0] in text  # type: ignore[index]
    assert "S02" in text
