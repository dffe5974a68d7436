"""What the server answers beside Streamlit: the index page and the static files."""

import json
import re
from html import unescape
from io import BytesIO
from urllib.parse import parse_qs

import pytest
from PIL import Image
from starlette.testclient import TestClient

from atlas.datapackage.loader import current
from atlas.map.served_files import static_file
from atlas.model.languages import LANGUAGES, Language
from atlas.model.pages import MAP, PAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection, from_query, vocabulary
from atlas.model.text import text
from atlas.pages.assets import edition, modules, stylesheet
from atlas.query.sentences import sentence, title
from atlas.server.routes.files import static_files
from atlas.static_file import StaticFile
from tests.conftest import at_night, combined


class Head:
    """What a browser takes from the head of the page."""

    def __init__(self, page: str) -> None:
        self._tags = re.findall(r"<([a-z]+)\b([^>]*)>", page)
        self.title = unescape(page.partition("<title>")[2].partition("</title>")[0])

    def all(self, tag: str, **having: str) -> list[dict[str, str]]:
        """Return the attributes of each tag of this name that has the given ones."""
        texts = [text for name, text in self._tags if name == tag]
        pairs = [re.findall(r'([a-z:-]+)="([^"]*)"', text) for text in texts]
        tags = [{name: unescape(value) for name, value in attributes} for attributes in pairs]
        return [attributes for attributes in tags if having.items() <= attributes.items()]


@pytest.fixture(scope="module")
def shown() -> Atlas:
    """The atlas the server shows."""
    return current()


def head(client: TestClient, link: str, **headers: str) -> Head:
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = client.get(link, headers=sent)
    assert answer.status_code == 200
    return Head(answer.text)


# The index page


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_says_language_title_and_description_of_the_view(
    client: TestClient, shown: Atlas, language: Language
) -> None:
    view = Selection(lang=language, sector=("rail-transit",))
    page = head(client, f"/?{view.to_query()}")
    assert page.all("html") == [{"lang": LANGUAGES[language].tag}]
    assert page.title == title(shown, view, text(language))
    (description,) = page.all("meta", name="description")
    assert sentence(shown, view, text(language)) in description["content"]
    assert shown.lead[language] in description["content"]


def test_an_inferred_park_is_said_to_be_inferred_beside_its_link(client: TestClient) -> None:
    (description,) = head(client, "/place?lang=en&place=yufu-idz").all("meta", name="description")
    assert "inferred" in description["content"]


@pytest.mark.parametrize(("page", "lang"), combined(list(PAGES), list(LANGUAGES)))
def test_the_first_answer_tells_messengers_and_the_script_what_they_need(
    client: TestClient, shown: Atlas, page: str, lang: Language
) -> None:
    view = Selection(lang=lang, sector=("rail-transit",), place="deyang")
    query, site = view.to_query(), "http://atlas.example/"
    link = f"/{page}?{query}&embed=true&embed_options=dark_theme"
    answer = head(client, link, host="atlas.example")
    assert answer.all("html") == [{"lang": LANGUAGES[lang].tag}]
    assert answer.title == title(shown, view, text(lang), page)
    content = {
        tag.get("property") or tag.get("name"): tag["content"]
        for tag in answer.all("meta")
        if "content" in tag
    }
    assert content["og:title"] == content["twitter:title"] == answer.title
    assert content["og:description"] == content["description"]
    assert lang != "id" or content["og:locale"] == "id_ID"
    assert content["twitter:card"] == "summary_large_image"
    assert (content["og:image:width"], content["og:image:height"]) == ("1200", "630")
    assert content["og:url"] == f"{site}{page}?{query}"
    (canonical,) = answer.all("link", rel="canonical")
    assert canonical["href"] == content["og:url"]
    picture = content["og:image"] or ""
    assert picture.startswith(f"{site}preview.png?{query}")
    if page in at_night(PAGES, ["sectors"]):
        pixels = client.get("/" + picture.removeprefix(site)).content
        assert Image.open(BytesIO(pixels)).size == (1200, 630)
    (first,) = answer.all("main", id="atlas-first")
    assert first["data-query"] == query
    assert first["data-panels"] == f"panels/{edition(shown)}"
    assert first["data-page"] == (page or MAP)
    assert first["class"] == "dark"
    assert json.loads(first["data-order"]) == {
        name: list(ids) for name, ids in vocabulary(shown).items()
    }


@pytest.mark.parametrize("host", ['"><script>', "a b", "evil.example/path", "x" * 300])
def test_a_host_that_is_none_is_not_repeated(client: TestClient, host: str) -> None:
    (canonical,) = head(client, "/", host=host).all("link", rel="canonical")
    assert canonical["href"] == "?lang=en"


# Readers and crawlers without script


FACTS = {
    "": ["14", "德阳经开区"],
    "place": ["德阳经开区", "永川高新区"],
    "sectors": ["轨道交通", "发电设备"],
    "places": ["公里", "企业", "20,937,757人"],
    "timeline": ["2021年6月4日"],
    "evidence": ["来源"],
    "share": ["places.csv", "OpenAPI"],
}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_its_main_facts_before_any_script_and_streamlit_comes_after(
    client: TestClient, page: str
) -> None:
    answer = client.get(f"/{page}?lang=zh")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    content, _, rest = answer.text.partition('<div id="root"></div>')
    assert content.count('id="atlas-first"') == 1
    for fact in FACTS[page]:
        assert fact in content
    assert "enable JavaScript" not in answer.text
    assert not re.search("<script", content.partition("<body>")[2])
    # Streamlit's tags wait in a template until the page is seen.
    late = re.search(r'<template id="atlas-late">(.*)</template>', rest, re.DOTALL)
    assert late
    assert '<script type="module" crossorigin' in late[1]


def test_the_links_of_the_first_answer_keep_the_view_and_open(client: TestClient) -> None:
    page = head(client, "/?lang=en&sector=rail-transit&side=sichuan")
    links = [tag["href"] or "" for tag in page.all("a") if tag.get("href")]
    own = [link for link in links if link.startswith(("?", "place?"))]
    assert any("place=deyang" in link and "sector=rail-transit" in link for link in own)
    for link in own[:: max(1, len(own) // 4)]:
        assert client.get("/" + link.partition("#")[0]).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "tag"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-Hans"),
        ("id-ID,id;q=0.9", "id"),
        ("fr-FR,fr;q=0.9,id;q=0.5", "id"),
        ("EN-us", "en-GB"),
        ("fr", "en-GB"),
        ("*", "en-GB"),
        ("", "en-GB"),
        ("\x00,;=;,", "en-GB"),
    ],
)
def test_a_link_without_a_language_opens_in_that_of_the_browser(
    client: TestClient, accepted: str, tag: str
) -> None:
    assert head(client, "/share", accept_language=accepted).all("html") == [{"lang": tag}]


def test_the_language_of_a_link_goes_before_that_of_the_browser(client: TestClient) -> None:
    assert head(client, "/share?lang=id", accept_language="zh").all("html") == [{"lang": "id"}]


def test_the_page_names_itself_in_every_language_for_search_engines(
    client: TestClient, shown: Atlas
) -> None:
    view = Selection(sector=("aerospace", "rail-transit"), q="a&b", place="deyang")
    page = head(client, f"/?{view.to_query()}", host="atlas.example")
    links = {link["hreflang"]: link["href"] for link in page.all("link", rel="alternate")}
    assert [*links] == [entry.tag for entry in LANGUAGES.values()]
    for language, link in zip(LANGUAGES, links.values(), strict=True):
        values = parse_qs(link.removeprefix("http://atlas.example/?"))
        query = {name: ",".join(several) for name, several in values.items()}
        assert from_query(query, shown) == (view.but(lang=language), ())


def test_repeated_parameters_count_as_a_list(client: TestClient, shown: Atlas) -> None:
    page = head(client, "/?lang=en&sector=monorail&sector=aerospace")
    view = Selection(sector=("aerospace", "monorail"))
    assert page.title == title(shown, view, text("en"))


@pytest.mark.parametrize(
    "query", ["q=%ff%00", "place=%ed%a0%80", "&&==", "q=%", f"q={'x' * 9_000}"]
)
def test_a_mangled_link_opens(client: TestClient, shown: Atlas, query: str) -> None:
    assert head(client, f"/share?lang=en&{query}").title.endswith(shown.title["en"])


def test_the_page_is_asked_for_anew_each_time_and_kept_apart_by_language(
    client: TestClient,
) -> None:
    answer = client.get("/")
    again = client.get("/", headers={"if-none-match": answer.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert answer.headers["cache-control"] == "no-cache"
    assert "accept-language" in answer.headers["vary"].lower()


def test_the_style_comes_with_the_page_which_waits_for_no_file(client: TestClient) -> None:
    style, page = stylesheet().content.decode(), client.get("/").text
    assert "</" not in style
    assert f"<style>\n{style}\n" in page
    assert "style.css" not in page


# The static files


def test_every_file_is_served_to_be_kept_for_ever(client: TestClient, shown: Atlas) -> None:
    for address, file in static_files(shown).items():
        answer = client.get(f"/{address}")
        assert answer.content == file.content
        assert answer.headers["content-type"].split(";")[0] == file.media_type
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "address",
    [
        "assets/000000000000/rivers.geojson",
        "assets/000000000000/../../pyproject.toml",
        "assets/..%2f..%2fpyproject.toml/style.css",
        "assets/style.css",
        "assets/",
        "nothing",
    ],
)
def test_what_is_not_there_is_not_found_and_not_kept(client: TestClient, address: str) -> None:
    answer = client.get(f"/{address}")
    assert answer.status_code == 404
    assert answer.headers.get("cache-control", "no-store") == "no-store"


@pytest.mark.parametrize("file", [stylesheet(), *modules()], ids=lambda file: file.name)
def test_style_and_scripts_of_another_version_are_the_present_ones_and_not_kept(
    client: TestClient, file: StaticFile
) -> None:
    answer = client.get(f"/assets/000000000000/{file.name}")
    assert answer.content == file.content
    assert answer.headers["content-type"].split(";")[0] == file.media_type
    assert answer.headers["cache-control"] == "no-cache"


def test_a_proxy_that_wants_the_very_file_is_told_that_it_is_not_here(client: TestClient) -> None:
    strict = {"prefer": "handling=strict"}
    assert client.get("/assets/000000000000/style.css", headers=strict).status_code == 404
    assert client.get(f"/{stylesheet().url}", headers=strict).status_code == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_written(client: TestClient, shown: Atlas, method: str) -> None:
    for address in ("/", f"/{next(iter(static_files(shown)))}"):
        assert client.request(method, address).status_code == 405


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_answers_are_compressed_as_the_browser_accepts(
    client: TestClient, shown: Atlas, encoding: str
) -> None:
    file = static_file(shown, "boundaries", "en")
    assert file is not None
    for address in ("", file.url):
        whole, answer = (
            client.get(f"/{address}", headers={"accept-encoding": accepted})
            for accepted in ("identity", encoding)
        )
        assert "content-encoding" not in whole.headers
        assert answer.headers["content-encoding"] == encoding
        assert "accept-encoding" in answer.headers["vary"].lower()
        assert int(answer.headers["content-length"]) < len(whole.content) / 2
