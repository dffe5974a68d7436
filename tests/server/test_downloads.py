"""The downloads as programs and readers ask for them."""

import csv
import io
import json

import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from atlas import server
from atlas.datapackage.loader import current
from atlas.export import EXPORTS
from atlas.model.languages import LANGUAGES, Language
from atlas.model.selection import Selection
from atlas.query.facets import shown
from tests.conftest import combined

VIEWS = [
    Selection(),
    Selection(sector=("rail-transit", "aerospace"), match="all", side=("sichuan",)),
    Selection(sets=("signatories",), place="yubei", q="o"),
    Selection(sector=("monorail", "waste-incineration"), match="all"),
]


@pytest.mark.parametrize(("name", "view", "language"), combined(list(EXPORTS), VIEWS, LANGUAGES))
def test_every_file_of_every_view_comes_with_name_and_digest(
    client: TestClient, name: str, view: Selection, language: Language
) -> None:
    answer = client.get(f"/api/{name}?{view.but(lang=language).to_query()}")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == EXPORTS[name].media_type
    assert answer.headers["content-disposition"].startswith('attachment; filename="chengyu-')
    sent = {"if-none-match": f"x, {answer.headers['etag']}"}
    again = client.get(answer.url.raw_path.decode(), headers=sent)
    assert (again.status_code, again.content) == (304, b"")


def test_the_rows_are_those_of_the_page(client: TestClient) -> None:
    view = Selection(sector=("rail-transit",), side=("chongqing",))
    table = client.get(f"/api/places.csv?{view.to_query()}").content.decode("utf-8-sig")
    ids = [row["id"] for row in csv.DictReader(io.StringIO(table))]
    assert ids == [place.id for place in shown(current(), view)]


def test_a_file_names_the_link_of_its_view(client: TestClient) -> None:
    answer = client.get("/api/places.json?lang=zh&place=deyang", headers={"host": "atlas.example"})
    assert "http://atlas.example/?lang=zh&place=deyang" in json.dumps(answer.json())


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("sector=warp", "sector: warp"),
        ("secter=rail-transit", "secter (did you mean sector?)"),
        ("sectors=rail-transit", "sectors (did you mean sector?)"),
        ("sied=sichuan", "sied (did you mean side?)"),
        ("separator=x", "separator: x"),
        ("place=atlantis", "place: atlantis"),
        ("radius=many", "radius: many"),
        ("lang=xx", "lang: xx"),
        ("sector=%3Cscript%3E", "sector: <script>"),
        ("q=" + "x" * 3_000, "q: "),
        ("lang=zh&sector=warp", "无法理解"),
    ],
)
def test_what_is_not_understood_is_refused_in_plain_words(
    client: TestClient, query: str, words: str
) -> None:
    answer = client.get(f"/api/places.csv?{query}")
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert words in answer.text
    assert "sector, match" in answer.text
    assert len(answer.text) < 1_000


@pytest.mark.parametrize(
    "query",
    [
        "utm_source=mail",
        "embed=true&embed_options=dark_theme",
        "fbclid=IwAR0x&gclid=x&msclkid=x&yclid=x",
        "from=singlemessage&isappinstalled=0&scene=1",
        "_=1700000000&ref=x&t=1&v=2&share=1",
        "Sector=rail-transit&amp;side=sichuan",
    ],
)
def test_what_others_add_to_a_link_is_passed_over(client: TestClient, query: str) -> None:
    assert client.get(f"/api/places.csv?lang=en&{query}").status_code == 200


def test_a_table_comes_with_semicolons_and_decimal_commas_for_who_wants_it(
    client: TestClient,
) -> None:
    plain, other = (
        client.get(f"/api/places.csv?lang=en{more}").content.decode("utf-8-sig")
        for more in ("", "&separator=;")
    )
    rows = list(csv.DictReader(io.StringIO(plain)))
    others = list(csv.DictReader(io.StringIO(other), delimiter=";"))
    assert [row["id"] for row in others] == [row["id"] for row in rows]
    assert others[0]["latitude"] == rows[0]["latitude"].replace(".", ",")
    assert others[0]["name_en"] == rows[0]["name_en"]
    assert client.get("/api/places.csv?lang=en&separator=semicolon").text == f"\ufeff{other}"


@pytest.mark.parametrize("name", ["places.exe", "..%2f..%2fpyproject.toml", "places", "%00"])
def test_there_is_no_other_file(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/{name}")
    assert answer.status_code == 404


def test_the_interface_is_described_and_the_description_is_true(client: TestClient) -> None:
    description = client.get("/api/openapi.json", headers={"host": "atlas.example"}).json()
    validate(description)
    assert description["servers"][0]["url"].startswith("http://atlas.example")
    answered = {
        path.replace("{name}", name)
        for path in server.ENDPOINTS
        for name in (EXPORTS if "{name}" in path and path.startswith("/api") else [""])
        if not path.startswith(("/assets", "/panels"))
    }
    assert set(description["paths"]) == answered
