"""A data package that attacks its readers: every text in it holds what is dangerous elsewhere."""

import json
import re
import shutil
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from atlas.datapackage import loader
from atlas.datapackage.loader import REPOSITORY_DATA
from atlas.map.places_map import deck
from atlas.map.scene.placing import ViewPoint
from atlas.model.languages import LANGUAGES
from atlas.model.pages import PAGES
from atlas.model.selection import Selection
from tests.conftest import Folder, at_night
from tests.pages.opened import first, opened
from tests.server.conftest import served

ATTACK = (
    "\"'><img src=x onerror=hurt()><script>hurt()</script>{{7*7}}@@=hurt() [a](javascript:hurt)"
)
ADDRESS = "https://evil.example/'onclick='hurt()'\"onclick=\"hurt()\"><script>hurt()</script>"
# Markup of the attack that is not escaped; a browser would act on it.
ALIVE = re.compile(
    r"<img src=x|<script>hurt|[\"']\s*onclick=[\"']hurt|href=[\"']?javascript:", re.I
)
ENDINGS = tuple(f"_{language}" for language in LANGUAGES)


@pytest.fixture(scope="module")
def attacking(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Folder]:
    """A copy of the real package with an attack behind every text, and in every address."""
    folder = Folder(shutil.copytree(REPOSITORY_DATA, tmp_path_factory.mktemp("attack") / "data"))
    for file in sorted(folder.path.glob("*.csv")):
        if rows := folder.rows(file.stem):
            folder.write(file.stem, [_armed(file.stem, row) for row in rows])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ATLAS_DATA", str(folder.path))
        loader.current.cache_clear()
        yield folder
    loader.current.cache_clear()


def _armed(table: str, row: dict[str, str]) -> dict[str, str]:
    texts = {name: f"{text}{ATTACK}" for name, text in row.items() if text and _is_text(name)}
    if table == "sources":
        texts |= {"title": row["title"] + ATTACK, "address": ADDRESS}
    return row | texts


def _is_text(name: str) -> bool:
    return name.endswith(ENDINGS)


@pytest.fixture
def client(attacking: Folder) -> TestClient:
    assert "hurt" in attacking.text("places.csv")
    return served()


@pytest.mark.parametrize("address", ["javascript:hurt()", "data:text/html,hurt", "//evil.example"])
def test_an_address_that_is_no_web_page_is_refused(data: Folder, address: str) -> None:
    data.set("sources", "S01", address=address)
    assert data.problem().column == "address"


@pytest.mark.usefixtures("attacking")
@pytest.mark.parametrize("page", PAGES)
def test_no_page_runs_what_stands_in_the_data(page: str) -> None:
    view = {"lang": "en", "place": "deyang", "sector": "rail-transit"}
    for seen in (opened(page, **view).markup, first(page, **view)):
        assert "hurt()" in seen
        assert not ALIVE.search(seen)


@pytest.mark.parametrize("path", ["brief", "map.svg", "qr.svg"])
def test_no_picture_or_brief_holds_live_markup_of_the_data(client: TestClient, path: str) -> None:
    answer = client.get(f"/{path}?lang=en&place=deyang&sets=signatories")
    assert answer.status_code == 200
    assert not ALIVE.search(answer.text)


def test_the_pictures_are_drawn_all_the_same(client: TestClient) -> None:
    for path in at_night(["map.png", "preview.png"], ["preview.png"]):
        answer = client.get(f"/{path}?lang=en&place=deyang")
        assert answer.content.startswith(b"\x89PNG")


def test_a_name_is_neither_markup_nor_an_expression_to_the_map(data: Folder) -> None:
    data.set("places", "deyang", **dict.fromkeys(("name_en", "short_en"), "@@=hurt()"))
    data.set("places", "yubei", **dict.fromkeys(("name_en", "short_en"), ATTACK))
    shown = Selection(place="deyang")
    chart = deck(data.load(), shown, "light", ViewPoint(30, 105, 7))
    said = json.loads(chart.to_json())
    assert not [one for one in _texts(said) if one.startswith("@@") and "hurt" in one]


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from _texts(one)


@pytest.mark.parametrize("name", ["places.csv", "evidence.csv"])
def test_a_spreadsheet_takes_no_text_for_a_formula(attacking: Folder, name: str) -> None:
    attacking.set("places", "deyang", name_en="=HYPERLINK(1)", short_en="@SUM(1)")
    loader.current.cache_clear()
    asking = served()
    answer = asking.get(f"/api/{name}?lang=en")
    assert answer.status_code == 200
    assert not re.search(r'(?:^|,)"?[=@]\w', answer.text, re.MULTILINE)
