"""Addresses that are none, and icons. On a running server: `tests/hosting/test_addresses.py`."""

from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from PIL import Image
from starlette.testclient import TestClient

from atlas.model.pages import PAGES
from atlas.server.routes.not_found import nearest

ADDRESSES = {f"/{page}" for page in PAGES} | {"/brief", "/map.svg"}


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/Place", "place"),
        ("/EVIDENCE?lang=zh&sector=aerospace", "evidence?lang=zh&sector=aerospace"),
        ("/evidence)", "evidence"),
        ("/evidence.", "evidence"),
        ("/evidence%E3%80%82?lang=zh", "evidence?lang=zh"),
        ("/evidence%E2%80%8B", "evidence"),
        ("/place/", "../place"),
        ("/place/?lang=zh", "../place?lang=zh"),
        ("/place%3Flang=zh&place=deyang", "place?lang=zh&place=deyang"),
        ("/)", "./"),
        ("/index.html?lang=id", "./?lang=id"),
        ("/map", "./"),
        ("/Brief?place=deyang", "brief?place=deyang"),
        ("/map.svg).", "map.svg"),
    ],
)
def test_what_was_meant_is_led_on_to_with_its_query(
    client: TestClient, path: str, location: str
) -> None:
    answer = client.get(path, follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (301, location)
    assert answer.url.join(location).path in ADDRESSES


@pytest.mark.parametrize("path", ["/zh/place", "/nothing", "/Place/x", "/%ff", "/a%2Fb", "/.env"])
def test_no_other_address_is_a_page(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")
    assert 'id="root"' not in answer.text, "It is not Streamlit's page."


def test_the_page_offers_the_nearest_one_and_leads_there_from_any_depth(
    client: TestClient,
) -> None:
    page = client.get("/old/evidenc").text
    assert "There is no such page" in page
    assert '<a href="../evidence?lang=en">Evidence</a>' in page
    assert 'href="../assets/' in page


@pytest.mark.parametrize(
    ("path", "language", "tag"),
    [
        ("/zh/place", "en", "zh-Hans"),
        ("/nothing", "zh-CN", "zh-Hans"),
        ("/nothing?lang=id", "zh", "id"),
    ],
)
def test_the_page_is_in_the_language_of_path_link_or_browser(
    client: TestClient, path: str, language: str, tag: str
) -> None:
    page = client.get(path, headers={"accept-language": language}).text
    assert f'<html lang="{tag}">' in page


def test_an_address_is_shown_as_text(client: TestClient) -> None:
    page = client.get("/<script>alert(1)</script>").text
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize(
    ("name", "page"),
    [("evidenze", "evidence"), ("地点", "places"), ("timelines", "timeline"), ("maps", "")],
)
def test_a_page_is_found_by_its_name_in_any_language(name: str, page: str) -> None:
    assert page in nearest([name])
    assert nearest(["wp-login.php"]) == ()


@pytest.mark.parametrize("path", ["/static/js/none.js", "/assets/none", "/place/_stcore/health"])
def test_a_file_that_is_not_there_is_refused_in_a_line(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/plain")


@pytest.mark.parametrize(
    ("path", "side"),
    [("/favicon.png", 32), ("/favicon.ico", 32), ("/apple-touch-icon.png", 180)],
)
def test_the_site_has_an_icon(client: TestClient, path: str, side: int) -> None:
    answer = client.get(path)
    assert answer.headers["content-type"].startswith("image/")
    image = Image.open(BytesIO(answer.content))
    assert image.size == (side, side)
    assert len(image.convert("RGB").getcolors(side * side)) > 2


def test_the_icon_is_a_drawing_too(client: TestClient) -> None:
    drawing = ET.fromstring(client.get("/favicon.svg").content)  # noqa: S314 - our own
    assert drawing.attrib["viewBox"] == "0 0 64 64"


# Links to pages that have come to harm on their way


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("lang=en&amp;sector=aerospace", "?lang=en&sector=aerospace"),
        ("LANG=zh-CN&Place=deyang)", "?lang=zh&place=deyang"),
        ("lang%3Den%26side%3Dsichuan", "?lang=en&side=sichuan"),
        ("lang=en&q=%25E5%25BE%25B7", "?lang=en&q=%E5%BE%B7"),
        (
            "sector=aerospace%EF%BC%8Crail-transit&utm_source=x",
            "?sector=aerospace,rail-transit&utm_source=x",
        ),
    ],
)
def test_a_mangled_link_leads_to_the_one_that_was_meant(
    client: TestClient, query: str, location: str
) -> None:
    answer = client.get(f"/share?{query}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (302, location)
    assert client.get(f"/share{location}", follow_redirects=False).status_code == 200


@pytest.mark.parametrize(
    "query",
    [
        "lang=en&sector=rail-transit,aerospace&match=any",
        "lang=en&sector=aerospace&sector=rail-transit&fbclid=A&embed=true",
        "lang=en&Sector=submarines",
        "lang=en&place=",
        "",
    ],
)
def test_a_link_that_is_whole_or_cannot_be_read_opens_as_it_is(
    client: TestClient, query: str
) -> None:
    assert client.get(f"/share?{query}", follow_redirects=False).status_code == 200
