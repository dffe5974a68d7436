"""Pictures, codes, briefs, and what crawlers ask for, as the server answers them."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
import zxingcpp
from PIL import Image
from starlette.testclient import TestClient

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES, Language
from atlas.model.pages import PAGES
from atlas.picture import png
from tests.conftest import at_night, combined

HOSTILE = "sector=%22%3E%3Cscript%3Ealert(1)%3C%2Fscript%3E&place=%00&q=%FF"
QUERIES = ["", "sector=rail-transit", "place=deyang&sets=signatories", "q=zzzz", HOSTILE]
SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(("query", "language"), combined(QUERIES, LANGUAGES))
def test_a_picture_of_every_view(client: TestClient, query: str, language: Language) -> None:
    drawn = client.get(f"/map.svg?lang={language}&{query}")
    assert drawn.headers["content-type"] == "image/svg+xml"
    assert ET.fromstring(drawn.content).tag == f"{SVG}svg"  # noqa: S314 - our own picture
    assert "script" not in drawn.text


@pytest.mark.parametrize("query", at_night(QUERIES, [HOSTILE]))
def test_a_preview_of_every_view(client: TestClient, query: str) -> None:
    picture = client.get(f"/preview.png?lang=id&{query}")
    assert Image.open(BytesIO(picture.content)).size == (1200, 630)


def test_the_map_as_pixels_is_twice_as_fine_as_the_drawing(client: TestClient) -> None:
    drawn = ET.fromstring(client.get("/map.svg").content)  # noqa: S314 - our own picture
    fine = Image.open(BytesIO(client.get("/map.png").content))
    assert fine.size == tuple(2 * int(drawn.attrib[side]) for side in ("width", "height"))


def test_a_dark_page_gets_a_dark_picture(client: TestClient) -> None:
    light, dark = (client.get(f"/map.svg?theme={theme}").text for theme in ("light", "dark"))
    assert light != dark
    assert client.get("/map.svg?theme=%3Cscript%3E").text == light


@pytest.mark.parametrize("page", [page for page in PAGES if page != "share"])
def test_the_code_reads_as_the_link_to_the_page(client: TestClient, page: str) -> None:
    view = "lang=zh&sector=aerospace,rail-transit&place=deyang"
    named = f"{view}&of={page}" if page else view
    answer = client.get(f"/qr.svg?{named}", headers={"host": "atlas.example"})
    image = Image.open(BytesIO(png(answer.text, scale=8)))
    (read,) = zxingcpp.read_barcodes(image)
    assert read.text == f"http://atlas.example/{page}?{view}"


# The brief


@pytest.mark.parametrize(
    ("place", "language"), combined(["deyang", "yubei", "yufu-idz", "gaozhu-na"], list(LANGUAGES))
)
def test_the_brief_of_a_place_says_grade_sources_and_link(
    client: TestClient, place: str, language: Language
) -> None:
    atlas = current()
    page = client.get(f"/brief?lang={language}&place={place}").text
    assert atlas.place[place].name[language] in page
    for row in atlas.memberships:
        if row.place == place:
            assert f'class="grade grade-{atlas.form(row.grade)}"' in page
    assert "<svg" in page
    assert f"data={atlas.version}" in page
    assert any(f"<b>{source.id}</b>" in page for source in atlas.sources)


def test_the_brief_of_a_view_lists_the_places_and_says_how_many_more(client: TestClient) -> None:
    assert "8 of 14 places" in client.get("/brief?lang=en&sector=rail-transit").text
    assert "and 2 more" in client.get("/brief?lang=en&sets=signatories").text
    assert "No place passes all these filters." in client.get("/brief?lang=en&q=zzzz").text


def test_the_brief_of_a_mangled_link_says_what_it_left_out(client: TestClient) -> None:
    page = client.get("/brief?lang=en&sector=%3Cimg%20src%3Dx%3E").text
    assert "&lt;img src=x&gt;" in page
    assert "<img src=x" not in page


# Crawlers


def test_robots_are_led_to_the_sitemap(client: TestClient) -> None:
    rules = client.get("/robots.txt", headers={"host": "atlas.example"}).text
    assert "Sitemap: http://atlas.example/sitemap.xml" in rules
    assert "Disallow: /api/" in rules


def test_the_sitemap_lists_pages_and_places_in_every_language(client: TestClient) -> None:
    answer = client.get("/sitemap.xml", headers={"host": "atlas.example"})
    root = ET.fromstring(answer.content)  # noqa: S314 - our own list
    spaces = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    addresses = [entry.text or "" for entry in root.findall("s:url/s:loc", spaces)]
    assert len(addresses) == len(set(addresses))
    for language in LANGUAGES:
        assert f"http://atlas.example/?lang={language}" in addresses
        for place in current().places:
            assert f"http://atlas.example/place?lang={language}&place={place.id}" in addresses
    for address in addresses[:: len(addresses) // 4]:
        assert client.get(address.removeprefix("http://atlas.example")).status_code == 200
