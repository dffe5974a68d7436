"""Another cluster is shown without a word of the built-in one, and nothing is judged for it."""

import csv
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from io import BytesIO
from itertools import cycle, product
from pathlib import Path
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from atlas.datapackage import loader
from atlas.datapackage.loader import REPOSITORY_DATA
from atlas.export import EXPORTS
from atlas.model.languages import LANGUAGES, Language
from atlas.model.pages import MAP, PAGES
from atlas.model.records import Atlas
from atlas.model.text import text
from atlas.pages import panels
from atlas.pages.assets import edition
from tests.conftest import at_night, real_atlas
from tests.server.conftest import served

EXAMPLE = REPOSITORY_DATA.parent / "examples" / "trilateral"
TWELVE = """\
name,latitude,longitude
Ruhr Works,51.45,7.01
Alpha,52.1,5.1
Beta,52.2,5.4
Gamma,51.9,4.5
Delta,51.2,4.4
Epsilon,50.9,6.9
Zeta,51.0,6.7
Eta,51.6,6.9
Theta,51.3,3.8
Iota,51.05,3.7
Kappa,50.85,5.7
Lambda,-33.9,-60.6
"""
# What the built-in atlas says of itself in words of the interface, and no other cluster has.
OWN = {
    "en": r"chengyu|104\.38|104\.07|signator|the article|source article|demonstration|declaration|"
    "the eight|cit(?:y|ies) or district|focus field|named strength|yuan|pinyin",
    "zh": "成渝|川渝|源文章|示范园区|宣言|市（区）|市或区|重点领域|拼音|亿元",
    "id": "chengyu|artikel sumber|percontohan|deklarasi bersama|kota atau distrik|yuan|pinyin",
}
# Judgements that a table of names and positions does not make.
JUDGED = {
    "en": "confidence|reliab|inferred|grade|precision",
    "zh": "可信程度|可靠程度|推断|等级|误差",
    "id": "keyakinan|keandalan|disimpulkan|dasar pencantuman",
}
VIEWS = ("", "&place={place}", "&q=nowhere", "&compare={place},{other}", "&near=blah&form=table")
ERRORS = ("nosuch", "api/nosuch", "panels/x/y/z")
FIXED = ("sitemap.xml", "robots.txt", "health", "metrics", "api/openapi.json")

# Addresses, each with the text that is read there.
Texts = list[tuple[str, str]]


def readable(markup: str) -> str:
    """Return what readers see or hear of a page, and what search engines are told."""
    shown = re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.S)
    attributes = re.findall(r'\b(?:title|aria-label|alt|placeholder|content)="([^"]*)"', shown)
    return unescape(" ".join([re.sub(r"<[^>]*>", " ", shown), *attributes]))


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.lower()))


@cache
def names_of_ours() -> dict[str, tuple[str, ...]]:
    """The names of places, firms, sectors and groups of the built-in atlas, with their words."""
    atlas = real_atlas()
    rows = (*atlas.places, *atlas.sectors, *atlas.groups, *atlas.regions)
    names = {row.name[part] for row in rows for part in LANGUAGES}
    names |= {place.short[part] for place in atlas.places for part in LANGUAGES}
    names |= {firm.name_en for firm in atlas.enterprises}
    names |= {"GeoNames", "Atlas contributors", "CN-SC", "sichuan", "chongqing"}
    names -= {"Aerospace", "Monorel", ""}
    return {name: words(name) for name in names}


@pytest.fixture(scope="module", params=["twelve.csv", "trilateral"])
def atlas(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Atlas]:
    """Another cluster, shown: twelve rows of three columns, or the example of this repository."""
    folder: Path = EXAMPLE
    if request.param == "twelve.csv":
        folder = tmp_path_factory.mktemp("sheet") / "twelve.csv"
        folder.write_text(TWELVE, encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS_DATA", str(folder))
        loader.current.cache_clear()
        yield loader.current()
    loader.current.cache_clear()


@pytest.fixture(scope="module")
def client(atlas: Atlas) -> Iterator[TestClient]:  # noqa: ARG001 - it is shown
    with served() as client:
        yield client


def addresses(atlas: Atlas) -> Iterator[tuple[Language, str, str]]:
    """Yield languages, pages or pictures, and views: by day each two of them together."""
    place, other = atlas.places[0].id, atlas.places[1].id
    chosen = [f"&sector={atlas.sectors[0].id}"] if atlas.sectors else []
    views = [view.format(place=place, other=other) for view in (*VIEWS, *chosen)]
    languages = list(LANGUAGES)
    for number, (language, path) in enumerate(product(languages, (*PAGES, "map.svg", "brief"))):
        by_day = [views[number % len(views)]]
        for view in at_night(views, [views[1]] if path in ("place", "brief") else by_day):
            yield language, path, view


def texts(client: TestClient, atlas: Atlas) -> Iterator[tuple[Language, str, str]]:
    """Yield what is read of pages, of their panels, and of pictures, by language and address."""
    for language, path, view in addresses(atlas):
        query = f"?lang={language}{view}"
        yield language, f"/{path}{query}", readable(client.get(f"/{path}{query}").text)
    # The page as it is served holds all panels but those that are fetched later.
    later = {name: page for page in PAGES for name, panel in panels(page).items() if panel.later}
    for language, (name, page) in product(LANGUAGES, later.items()):
        address = f"/panels/{edition(atlas)}/{page or MAP}/{name}?lang={language}"
        yield language, address, readable(unescape(client.get(address).json()[name]))
    for language, path in product(LANGUAGES, ERRORS):
        yield language, path, client.get(f"/{path}?lang={language}").text


def files(client: TestClient) -> Iterator[tuple[str, str]]:
    """Yield every export, with the files in it, and what is said to programs."""
    by_day = zip(EXPORTS, cycle(LANGUAGES), strict=False)
    for name, language in at_night(product(EXPORTS, LANGUAGES), by_day):
        content = client.get(f"/api/{name}?lang={language}").content
        if not name.endswith((".xlsx", ".zip")):
            yield name, content.decode()
            continue
        archive = ZipFile(BytesIO(content))
        for path in archive.namelist():
            yield f"{name} {path}", archive.read(path).decode("utf-8", "ignore")
    for path in FIXED:
        yield path, client.get(f"/{path}").text


def matches(pattern: str, texts: Texts) -> list[str]:
    """Return where a pattern occurs, with the words around it, once each."""
    hits = {}
    for address, words in texts:
        for hit in re.finditer(pattern, words, re.I):
            around = " ".join(words[max(hit.start() - 40, 0) : hit.end() + 40].split())
            hits.setdefault(around, address)
    return [f"{address}: {around}" for around, address in hits.items()]


def mentions(texts: Texts) -> list[str]:
    """Return where names of ours occur. Only those whose words all occur are searched for."""
    hits = []
    for address, markup in texts:
        present = set(words(markup))
        for name, parts in names_of_ours().items():
            if present.issuperset(parts):
                hits += matches(rf"(?<!\w){re.escape(name)}(?!\w)", [(address, markup)])
    return hits


@pytest.fixture(scope="module")
def read(client: TestClient, atlas: Atlas) -> dict[Language, Texts]:
    """What is read of the site in each language."""
    everything: dict[Language, Texts] = {language: [] for language in LANGUAGES}
    for language, address, words in texts(client, atlas):
        everything[language].append((address, words))
    return everything


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_panel_picture_or_error_has_a_word_of_ours(
    read: dict[Language, Texts], language: Language
) -> None:
    assert matches(OWN[language], read[language]) == []
    assert mentions(read[language]) == []


def test_no_export_has_a_name_of_ours(client: TestClient) -> None:
    assert mentions(list(files(client))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_judged_that_the_table_does_not_judge(
    read: dict[Language, Texts], language: Language
) -> None:
    not_stated = text(language).gettext("confidence not stated")
    rest = [
        (address, words.replace(not_stated, ""))
        for address, words in read[language]
        if not address.startswith("/share")
    ]
    assert matches(JUDGED[language], rest) == []


def test_pages_without_rows_are_not_in_the_menu(client: TestClient, atlas: Atlas) -> None:
    page = client.get("/?lang=en").text
    names = set(re.findall(r'<a href="(\w+)\?[^>]*>\s*[^<]+?\s*</a>', page))
    assert ("sectors" in names) is bool(atlas.sectors)
    assert ("timeline" in names) is bool(atlas.events)
    assert {"places", "evidence"} <= names


def test_no_author_licence_or_date_is_taken_over(client: TestClient, atlas: Atlas) -> None:
    metadata = client.get("/api/places.json?lang=en").json()["metadata"]
    rows = csv.DictReader(client.get("/api/places.csv?lang=en").text.splitlines())
    page = client.get("/share?lang=en").text
    assert metadata["as_of"] == ""
    assert {row["as_of"] for row in rows} == {""}
    assert atlas.title["en"] in page
    if not atlas.sectors:
        assert metadata["licences"] == []
        assert "(n.d.)" in page


def test_southern_and_western_coordinates_say_so(client: TestClient, atlas: Atlas) -> None:
    if "lambda" in atlas.place:
        assert "33.9° S, 60.6° W" in client.get("/place?lang=en&place=lambda").text
