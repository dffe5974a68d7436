"""A language more: one entry, a catalogue and columns, and everything speaks it.

It is English with doubled, accented vowels, which makes it about 40 % longer: a text that nobody
translates is seen at once, and so is one that has no room.
"""

import json
import re
import shutil
from collections.abc import Iterator
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
from atlas.query.facets import shown
from tests.conftest import Folder, at_night, combined
from tests.server.conftest import served

PSEUDO = "eo"  # Babel needs a language that it knows; nobody has translated this one.
ENTRY = LanguageEntry(tag="eo", name="Ééngliish", langid="esperanto")
LONGER = str.maketrans({one: 2 * two for one, two in zip("aeiouAEIOU", "áéíóúÁÉÍÓÚ", strict=True)})
KEPT = re.compile(r"(%\(\w+\)s|%%|https?://\S+)")
VIEWS = ["", "&place=deyang", "&place=tianfu-new-area&sector=rail-transit", "&q=nowhere"]
SVG_TEXT = "{http://www.w3.org/2000/svg}text"


def pseudo(words: str) -> str:
    """Return a text in the language of this test; placeholders stay."""
    parts = KEPT.split(words)
    return "".join(one if KEPT.fullmatch(one) else one.translate(LONGER) for one in parts)


def messages() -> Catalog:
    with text.catalogue("id").open("rb") as file:
        return read_po(file)


def pseudo_catalogue() -> Catalog:
    made = Catalog(locale=PSEUDO)
    for one in (message for message in messages() if message.id):
        plural = isinstance(one.id, tuple)
        said = tuple(map(pseudo, one.id)) if plural else pseudo(str(one.id))
        made.add(one.id, said, context=one.context)
    return made


def is_text(name: str, row: dict[str, str]) -> bool:
    """Tell whether a column holds the English form of a text."""
    return name.endswith("_en") and all(f"{name[:-2]}{one}" in row for one in LANGUAGES)


def described(value: Any) -> Any:
    """Return a part of a descriptor or a map file with its texts in the language too."""
    if isinstance(value, list):
        return [described(one) for one in value]
    if not isinstance(value, dict):
        return value
    own = {
        f"{name.removesuffix('_en')}_{PSEUDO}": pseudo(one)
        for name, one in value.items()
        if isinstance(one, str) and f"{name.removesuffix('_en')}_zh" in value
    }
    return {name: described(one) for name, one in value.items()} | own


def add_columns(folder: Folder) -> None:
    for file in folder.path.glob("*.csv"):
        rows = folder.rows(file.stem)
        texts = [name for name in rows[0] if is_text(name, rows[0])]
        own = [{f"{one[:-2]}{PSEUDO}": pseudo(row[one]) for one in texts} for row in rows]
        folder.write(file.stem, [row | more for row, more in zip(rows, own, strict=True)])
    for file in ("datapackage.json", *(f"map/{one.name}" for one in folder.path.glob("map/*.g*"))):
        content = described(json.loads(folder.text(file)))
        (folder.path / file).write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    folder.json("datapackage.json", add_fields)


def add_fields(descriptor: dict[str, Any]) -> None:
    for one in descriptor["resources"]:
        fields = one.get("schema", {}).get("fields", [])
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
    """The pieces of text of a page, without those that are marked as in another language."""

    def __init__(self, markup: str) -> None:
        super().__init__()
        self.tongues: list[tuple[str, str | None]] = [("", PSEUDO)]
        self.pieces: list[str] = []
        self.feed(markup)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ("br", "hr", "img", "input", "link", "meta", "use", "circle", "path"):
            lang = dict(attrs).get("lang", self.tongues[-1][1])
            self.tongues.append((tag, "" if tag in ("script", "style", "code") else lang))
        named = (value for name, value in attrs if name in ("aria-label", "title", "alt") and value)
        self.pieces += named if self.tongues[-1][1] == PSEUDO else ()

    def handle_endtag(self, tag: str) -> None:
        while len(self.tongues) > 1 and self.tongues.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self.tongues[-1][1] == PSEUDO and data.strip():
            self.pieces.append(data.strip())


@cache
def untranslated() -> frozenset[str]:
    """The messages of the interface that look otherwise in the language."""
    said = [str(one.id) for one in messages() if one.id]
    return frozenset(one for one in said if pseudo(one) != one)


def english(pieces: list[str]) -> set[str]:
    """Return the pieces that are a message of the interface, not translated."""
    return set(untranslated() & set(pieces))


def test_it_is_about_two_fifths_longer() -> None:
    said = "".join(str(one.id) for one in messages())
    assert 1.2 < len(pseudo(said)) / len(said) < 1.5


@pytest.mark.parametrize(("page", "view"), combined(list(PAGES), VIEWS))
def test_every_page_speaks_it(client: TestClient, page: str, view: str) -> None:
    answer = client.get(f"/{page}?lang={PSEUDO}{view}")
    assert answer.status_code == 200
    assert f'<html lang="{ENTRY.tag}">' in answer.text
    assert f'hreflang="{PSEUDO}"' in answer.text
    assert ENTRY.name in answer.text
    assert english(Spoken(answer.text).pieces) == set()


@pytest.mark.parametrize("view", at_night(VIEWS, VIEWS[2:3]))
def test_every_panel_and_map_speaks_it(client: TestClient, atlas: Atlas, view: str) -> None:
    for page in (MAP, *filter(None, PAGES)):
        names = ",".join(panels("" if page == MAP else page))
        where = f"/panels/{edition(atlas)}/{page}/{names}?lang={PSEUDO}{view}"
        answers = client.get(where).json()
        drawings = client.get(f"{where}&size=drawing").json()
        assert ",".join(answers) == names
        for name, answer in (
            answers | {f"{name} drawn": one for name, one in drawings.items()}
        ).items():
            assert english(pieces(name, answer)) == set(), name


def pieces(name: str, answer: Any) -> list[str]:
    """The texts of a panel, of the script's words, or of a map."""
    if name.startswith("pages.words"):
        return list(texts(json.loads(unescape(answer))))
    if isinstance(answer, str):
        return Spoken(answer).pieces
    drawn = answer or {}
    return [
        *texts(drawn.get("deck")),
        *Spoken(drawn.get("drawing", "")).pieces,
        drawn.get("label", ""),
    ]


def texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (dict, list)):
        for one in value.values() if isinstance(value, dict) else value:
            yield from texts(one)


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
        content = "".join(archive.read(one).decode("utf-8", "ignore") for one in archive.namelist())
    else:
        content = answer.text
    assert atlas.place["deyang"].name[PSEUDO] in content


def test_the_description_for_programs_has_it(client: TestClient) -> None:
    components = client.get("/api/openapi.json").json()["components"]
    assert components["parameters"]["lang"]["schema"]["enum"] == [*LANGUAGES]
    assert PSEUDO in components["schemas"]["Names"]["required"]
    assert f"name_{PSEUDO}" in components["schemas"]["PlaceRow"]["properties"]


@pytest.mark.parametrize(("file", "view"), combined(["map.png", "preview.png", "brief"], VIEWS[:3]))
def test_every_picture_is_drawn_in_it(client: TestClient, file: str, view: str) -> None:
    answer = client.get(f"/{file}?lang={PSEUDO}{view}")
    assert answer.status_code == 200
    if file == "brief":
        assert english(Spoken(answer.text).pieces) == set()
    else:
        assert Image.open(BytesIO(answer.content)).width >= 1200


def test_every_name_on_the_map_is_in_it(client: TestClient, atlas: Atlas) -> None:
    names = [one.text for one in orientation_names(atlas, PSEUDO)]
    assert names == [pseudo(one.text) for one in orientation_names(atlas, ENGLISH)]
    drawing = ElementTree.fromstring(client.get(f"/map.svg?lang={PSEUDO}").content)  # noqa: S314
    texts = {"".join(one.itertext()) for one in drawing.iter(SVG_TEXT)}
    labels = {place.short[PSEUDO] for place in shown(atlas, Selection())}
    assert labels <= texts
    assert set(names) & texts
    assert english(list(texts)) == set()


def test_every_label_of_the_live_map_is_in_it(atlas: Atlas) -> None:
    view = Selection(lang=PSEUDO)
    layers = deck(atlas, view, "light", ViewPoint(30, 105, 7)).to_json()
    for place in shown(atlas, view):
        assert place.short[PSEUDO] in layers
