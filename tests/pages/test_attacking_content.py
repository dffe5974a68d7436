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
from tests.conftest import Folder, at_night, strings
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
    texts = {
        name: f"{text}{ATTACK}" for name, text in row.items() if text and name.endswith(ENDINGS)
    }
    if table == "sources":
        texts |= {"title": row["title"] + ATTACK, "address": ADDRESS}
    if row.get("id") == "deyang":
        texts |= {"name_en": "=HYPERLINK(1)", "short_en": "@SUM(1)"}
    return row | texts


@pytest.fixture
def client(attacking: Folder) -> TestClient:
    assert "hurt" in attacking.text("places.csv")
    return served()


def test_an_address_that_is_no_web_page_is_refused(data: Folder) -> None:
    addresses = ["javascript:hurt()", "data:text/html,hurt", "//evil.example"]
    rows = data.rows("sources")
    for row, address in zip(rows, addresses, strict=False):
        row["address"] = address
    data.write("sources", rows)
    assert [(problem.row, problem.column) for problem in data.problems()] == [
        (2, "address"),
        (3, "address"),
        (4, "address"),
    ]


@pytest.mark.usefixtures("attacking")
@pytest.mark.parametrize("page", PAGES)
def test_no_page_runs_what_stands_in_the_data(page: str) -> None:
    view = {"lang": "en", "place": "deyang", "sector": "rail-transit"}
    panels = opened(page, **view).markup
    # Around its panels the first answer of each page is of one template.
    for markup in (panels, first(page, **view)) if page in ("", "place") else (panels,):
        assert "hurt()" in markup
        assert not ALIVE.search(markup)


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
    chart = deck(data.load(), Selection(place="deyang"), "light", ViewPoint(30, 105, 7))
    texts = list(strings(json.loads(chart.to_json())))
    assert any("hurt" in text for text in texts)
    assert not [text for text in texts if text.startswith("@@") and "hurt" in text]


@pytest.mark.parametrize("name", ["places.csv", "evidence.csv"])
def test_a_spreadsheet_takes_no_text_for_a_formula(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/{name}?lang=en")
    assert answer.status_code == 200
    assert "HYPERLINK" in answer.text
    assert not re.search(r'(?:^|,)"?[=@]\w', answer.text, re.MULTILINE)
