"""One more language: an entry, a catalogue and columns, and everything speaks it.

It is English with doubled, accented vowels, which makes it about 40 % longer: a text that nobody
translates is seen at once, and so is one that has no room.
"""

import json
import re
import shutil
from collections.abc import Iterable, Iterator
from functools import cache
from html import unescape
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from PIL import Image
from starlette.testclient import TestClient

from atlas.datapackage import loader
from atlas.datapackage.loader import REPOSITORY_DATA
from atlas.export import EXPORTS
from atlas.map.places_map import deck
from atlas.map.scene.marks import orientation_names
from atlas.map.scene.placing import ViewPoint
from atlas.model import languages, text
from atlas.model.languages import ENGLISH, LANGUAGES, LanguageEntry
from atlas.model.pages import MAP, PAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.pages import panels
from atlas.pages.assets import edition
from atlas.pages.panels import Map
from atlas.query.facets import shown
from tests.conftest import Folder, at_night, combined, is_thorough, strings
from tests.server.conftest import served

PSEUDO = "eo"  # Babel needs a language that it knows; nobody has translated this one.
ENTRY = LanguageEntry(tag="eo", name="Ééngliish", langid="esperanto")
LONGER = str.maketrans(
    {vowel: 2 * accented for vowel, accented in zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ", strict=True)}
)
KEPT = re.compile(r"(%\(\w+\)s|%%|https?://\S+)")
VIEWS = ["", "&place=deyang", "&place=tianfu-new-area&sector=rail-transit", "&q=nowhere"]
# The map as pixels is drawn from the SVG, in which every text is looked for.
PICTURES = at_night(["map.png", "preview.png", "brief"], ["preview.png", "brief"])
SVG_TEXT = "{http://www.w3.org/2000/svg}text"


def pseudo(words: str) -> str:
    """Return a text in the language of this test; placeholders stay."""
    parts = KEPT.split(words)
    return "".join(part if KEPT.fullmatch(part) else part.translate(LONGER) for part in parts)


def messages() -> Catalog:
    with text.catalogue("id").open("rb") as file:
        return read_po(file)


def pseudo_catalogue() -> Catalog:
    catalog = Catalog(locale=PSEUDO)
    for message in filter(lambda message: message.id, messages()):
        id = message.id
        translation = tuple(map(pseudo, id)) if isinstance(id, tuple) else pseudo(str(id))
        catalog.add(id, translation, context=message.context)
    return catalog


def is_text(name: str, row: dict[str, str]) -> bool:
    """Tell whether a column holds the English form of a text."""
    return name.endswith("_en") and all(f"{name[:-2]}{language}" in row for language in LANGUAGES)


def described(value: Any) -> Any:
    """Return a part of a descriptor or a map file with its texts in the language too."""
    if isinstance(value, list):
        return [described(part) for part in value]
    if not isinstance(value, dict):
        return value
    translated = {
        f"{name.removesuffix('_en')}_{PSEUDO}": pseudo(part)
        for name, part in value.items()
        if isinstance(part, str) and f"{name.removesuffix('_en')}_zh" in value
    }
    return {name: described(part) for name, part in value.items()} | translated


def add_columns(folder: Folder) -> None:
    for file in folder.path.glob("*.csv"):
        rows = folder.rows(file.stem)
        texts = [name for name in rows[0] if is_text(name, rows[0])]
        for row in rows:
            row |= {f"{name[:-2]}{PSEUDO}": pseudo(row[name]) for name in texts}
        folder.write(file.stem, rows)
    for path in (folder.path / "datapackage.json", *folder.path.glob("map/*.g*")):
        content = described(json.loads(path.read_text("utf-8")))
        path.write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    folder.json("datapackage.json", add_fields)


def add_fields(descriptor: dict[str, Any]) -> None:
    for resource in descriptor["resources"]:
        fields = resource.get("schema", {}).get("fields", [])
        names = {field["name"]: "" for field in fields}
        texts = [field for field in fields if is_text(field["name"], names)]
        fields += [field | {"name": f"{field['name'][:-2]}{PSEUDO}"} for field in texts]


@pytest.fixture(scope="module")
def atlas(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Atlas]:
    """The real package with the language added, as the server shows it."""
    root = tmp_path_factory.mktemp("pseudo")
    folder = Folder(Path(shutil.copytree(REPOSITORY_DATA, root / "data")))
    shutil.copytree(text.LOCALES, root / "locale")
    with pytest.MonkeyPatch.context() as patch:
        add_columns(folder)
        patch.setitem(languages.LANGUAGES, PSEUDO, ENTRY)
        patch.setattr(text, "LOCALES", root / "locale")
        text.catalogue(PSEUDO).parent.mkdir(parents=True)
        with text.catalogue(PSEUDO).open("wb") as file:
            write_po(file, pseudo_catalogue())
        patch.setenv("ATLAS_DATA", str(folder.path))
        loader.current.cache_clear()
        yield loader.current()
    loader.current.cache_clear()


@pytest.fixture
def client(atlas: Atlas) -> TestClient:
    assert atlas.title[PSEUDO] == pseudo(atlas.title.english)
    return served()


class Spoken(HTMLParser):
    """The texts of a page, without those that are marked as in another language."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.languages: list[tuple[str, str | None]] = [("", PSEUDO)]
        self.texts: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img", "input", "link", "meta", "use", "circle", "path"):
            lang = dict(attrs).get("lang", self.languages[-1][1])
            self.languages.append((tag, "" if tag in ("script", "style", "code") else lang))
        names = (value for name, value in attrs if name in ("aria-label", "title", "alt") and value)
        self.texts += names if self.languages[-1][1] == PSEUDO else ()

    def handle_endtag(self, tag: str) -> None:
        while len(self.languages) > 1 and self.languages.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.languages[-1][1] == PSEUDO and data.strip():
            self.texts.append(data.strip())


@cache
def untranslated() -> frozenset[str]:
    """The messages of the interface that look otherwise in the language."""
    ids = [str(message.id) for message in messages() if message.id]
    return frozenset(id for id in ids if pseudo(id) != id)


def english(texts: Iterable[str]) -> set[str]:
    """Return the texts that are a message of the interface, not translated."""
    return set(untranslated() & set(texts))


def test_it_is_about_two_fifths_longer() -> None:
    english = "".join(str(message.id) for message in messages())
    assert 1.2 < len(pseudo(english)) / len(english) < 1.5


@pytest.mark.parametrize(("page", "view"), combined(list(PAGES), VIEWS))
def test_every_page_speaks_it(client: TestClient, page: str, view: str) -> None:
    answer = client.get(f"/{page}?lang={PSEUDO}{view}")
    assert answer.status_code == 200
    assert f'<html lang="{ENTRY.tag}">' in answer.text
    assert f'hreflang="{PSEUDO}"' in answer.text
    assert ENTRY.name in answer.text
    assert english(Spoken(answer.text).texts) == set()


def panels_beside_page(page: str) -> list[str]:
    """Return the panels of a page; by day without those whose text its first answer holds."""
    return [
        name
        for name, panel in panels(page).items()
        if is_thorough() or panel.later or isinstance(panel, Map) or name == "pages.words"
    ]


@pytest.mark.parametrize("view", at_night(VIEWS, VIEWS[2:3]))
def test_every_panel_and_map_speaks_it(client: TestClient, atlas: Atlas, view: str) -> None:
    for page in PAGES:
        names = ",".join(panels_beside_page(page))
        address = f"/panels/{edition(atlas)}/{page or MAP}/{names}?lang={PSEUDO}{view}"
        answers = client.get(address).json()
        assert ",".join(answers) == names
        for name, answer in answers.items():
            assert english(texts_of(name, answer)) == set(), name
            if isinstance(answer, dict):
                drawing = client.get(f"{address.replace(names, name)}&size=drawing").json()[name]
                assert english(texts_of(name, drawing)) == set(), name


def texts_of(name: str, answer: Any) -> list[str]:
    """Return the texts of a panel, of the script's words, or of a map."""
    if name == "pages.words":
        return list(strings(json.loads(unescape(answer))))
    if isinstance(answer, str):
        return Spoken(answer).texts
    chart = answer or {}
    drawing = Spoken(chart.get("drawing", "")).texts
    return [*strings(chart.get("deck")), *drawing, chart.get("label", "")]


def test_the_words_of_the_script_and_the_label_of_the_map_are_in_it(
    client: TestClient, atlas: Atlas
) -> None:
    answer = client.get(f"/panels/{edition(atlas)}/map/pages.words,overview.map?lang={PSEUDO}")
    words = json.loads(unescape(answer.json()["pages.words"]))
    assert words["tag"] == ENTRY.tag
    assert words["map"]["zoomIn"] == pseudo("Zoom in")
    assert answer.json()["overview.map"]["label"].startswith(pseudo("Map. "))


@pytest.mark.parametrize("name", EXPORTS)
def test_every_export_speaks_it(client: TestClient, atlas: Atlas, name: str) -> None:
    answer = client.get(f"/api/{name}?lang={PSEUDO}")
    assert answer.status_code == 200
    if name.endswith((".xlsx", ".zip")):
        archive = ZipFile(BytesIO(answer.content))
        parts = (archive.read(name).decode("utf-8", "ignore") for name in archive.namelist())
        content = "".join(parts)
    else:
        content = answer.text
    assert atlas.place["deyang"].name[PSEUDO] in content


def test_the_description_for_programs_has_it(client: TestClient) -> None:
    components = client.get("/api/openapi.json").json()["components"]
    assert components["parameters"]["lang"]["schema"]["enum"] == [*LANGUAGES]
    assert PSEUDO in components["schemas"]["Names"]["required"]
    assert f"name_{PSEUDO}" in components["schemas"]["PlaceRow"]["properties"]


@pytest.mark.parametrize(("file", "view"), combined(PICTURES, VIEWS[:2]))
def test_every_picture_is_drawn_in_it(client: TestClient, file: str, view: str) -> None:
    answer = client.get(f"/{file}?lang={PSEUDO}{view}")
    assert answer.status_code == 200
    if file == "brief":
        assert english(Spoken(answer.text).texts) == set()
    else:
        assert Image.open(BytesIO(answer.content)).width >= 1200


def test_every_name_on_the_map_is_in_it(client: TestClient, atlas: Atlas) -> None:
    names = [name.text for name in orientation_names(atlas, PSEUDO)]
    assert names == [pseudo(name.text) for name in orientation_names(atlas, ENGLISH)]
    drawing = ElementTree.fromstring(client.get(f"/map.svg?lang={PSEUDO}").content)  # noqa: S314
    texts = {"".join(element.itertext()) for element in drawing.iter(SVG_TEXT)}
    labels = {place.short[PSEUDO] for place in shown(atlas, Selection())}
    assert labels <= texts
    assert set(names) & texts
    assert english(texts) == set()


def test_every_label_of_the_live_map_is_in_it(atlas: Atlas) -> None:
    view = Selection(lang=PSEUDO)
    layers = deck(atlas, view, "light", ViewPoint(30, 105, 7)).to_json()
    for place in shown(atlas, view):
        assert place.short[PSEUDO] in layers
