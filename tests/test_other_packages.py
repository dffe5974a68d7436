"""Another cluster is shown without a word of the built-in one, and without judgements of nobody."""

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from io import BytesIO
from itertools import product
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
from atlas.pages.assets import edition
from tests.conftest import at_night, combined
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
FIXED = ("sitemap.xml", "robots.txt", "health", "metrics")

# Addresses, with what is read there.
Texts = list[tuple[str, str]]


def seen(markup: str) -> str:
    """What a reader sees or hears of a page, and what search engines are told."""
    shown = re.sub(r"<(script|style)\b.*?</\1>", " ", markup, flags=re.S)
    named = re.findall(r'\b(?:title|aria-label|alt|placeholder|content)="([^"]*)"', shown)
    return unescape(" ".join([re.sub(r"<[^>]*>", " ", shown), *named]))


def words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.lower()))


@cache
def names_of_ours() -> dict[str, tuple[str, ...]]:
    """The names of places, firms, sectors and groups of the built-in atlas, with their words."""
    atlas = loader.load(REPOSITORY_DATA)
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
    with served() as asking:
        yield asking


def views(atlas: Atlas) -> list[str]:
    place, other = atlas.places[0].id, atlas.places[1].id
    chosen = [f"&sector={atlas.sectors[0].id}"] if atlas.sectors else []
    return [view.format(place=place, other=other) for view in (*VIEWS, *chosen)]


def pages(client: TestClient, atlas: Atlas, language: Language) -> Iterator[tuple[str, str]]:
    """Yield pages, their panels, and pictures, as what is read of them."""
    offered = views(atlas)
    by_day = dict.fromkeys([*combined(offered, list(PAGES)), *product(offered[:1], PAGES)])
    for view, page in at_night(product(offered, PAGES), by_day):
        query = f"?lang={language}{view}"
        yield f"/{page}{query}", seen(client.get(f"/{page}{query}").text)
        address = f"/panels/{edition(atlas)}/{page or MAP}/all{query}&size=drawing"
        for name, panel in client.get(address).json().items():
            read = panel if isinstance(panel, str) else json.dumps(panel, ensure_ascii=False)
            yield f"{address} {name}", seen(unescape(read))
    for view, file in product(offered, ("map.svg", "brief")):
        address = f"/{file}?lang={language}{view}"
        yield address, seen(client.get(address).text)
    for path in ERRORS:
        yield path, client.get(f"/{path}?lang={language}").text


def files(client: TestClient, language: Language) -> Iterator[tuple[str, str]]:
    """Yield every export, with the files in it, and what is said to programs."""
    for name in EXPORTS:
        content = client.get(f"/api/{name}?lang={language}").content
        if not name.endswith((".xlsx", ".zip")):
            yield name, content.decode()
            continue
        archive = ZipFile(BytesIO(content))
        for path in archive.namelist():
            yield f"{name} {path}", archive.read(path).decode("utf-8", "ignore")
    for path in (*FIXED, "api/openapi.json"):
        yield path, client.get(f"/{path}").text


def found(pattern: str, texts: Texts) -> list[str]:
    """Return where a pattern occurs, with what stands around it, once each."""
    hits = {}
    for where, read in texts:
        for hit in re.finditer(pattern, read, re.I):
            around = " ".join(read[max(hit.start() - 40, 0) : hit.end() + 40].split())
            hits.setdefault(around, where)
    return [f"{where}: {around}" for around, where in hits.items()]


def named(texts: Texts) -> list[str]:
    """Return where names of ours occur. Only those are searched for whose words all occur."""
    hits = []
    for where, read in texts:
        present = set(words(read))
        for name, parts in names_of_ours().items():
            if present.issuperset(parts):
                hits += found(rf"(?<!\w){re.escape(name)}(?!\w)", [(where, read)])
    return hits


@pytest.fixture(scope="module")
def read(client: TestClient, atlas: Atlas) -> dict[Language, Texts]:
    return {language: list(pages(client, atlas, language)) for language in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_panel_picture_or_error_has_a_word_of_ours(
    read: dict[Language, Texts], language: Language
) -> None:
    assert found(OWN[language], read[language]) == []
    assert named(read[language]) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_export_has_a_name_of_ours(client: TestClient, language: Language) -> None:
    assert named(list(files(client, language))) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_judged_that_the_table_does_not_judge(
    read: dict[Language, Texts], language: Language
) -> None:
    stated = text(language).gettext("confidence not stated")
    judged = [
        (where, said.replace(stated, ""))
        for where, said in read[language]
        if not where.startswith("/share")
    ]
    assert found(JUDGED[language], judged) == []


def test_pages_without_rows_are_not_in_the_menu(client: TestClient, atlas: Atlas) -> None:
    menu = re.findall(r'<a href="(\w+)\?[^>]*>\s*([^<]+?)\s*</a>', client.get("/?lang=en").text)
    names = {name for name, _ in menu}
    assert ("sectors" in names) is bool(atlas.sectors)
    assert ("timeline" in names) is bool(atlas.events)
    assert {"places", "evidence"} <= names


def test_no_author_licence_or_date_is_taken_over(client: TestClient, atlas: Atlas) -> None:
    place = json.loads(client.get("/api/places.json?lang=en").text)
    rows = csv.DictReader(client.get("/api/places.csv?lang=en").text.splitlines())
    assert place["metadata"]["as_of"] == ""
    assert {row["as_of"] for row in rows} == {""}
    assert atlas.title["en"] in client.get("/share?lang=en").text
    if not atlas.sectors:
        assert place["metadata"]["licences"] == []
        assert "(n.d.)" in client.get("/share?lang=en").text


def test_southern_and_western_coordinates_say_so(client: TestClient, atlas: Atlas) -> None:
    if "lambda" in atlas.place:
        assert "33.9° S, 60.6° W" in client.get("/place?lang=en&place=lambda").text
