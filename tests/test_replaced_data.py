"""Data that break while the server runs: the last good ones stay."""

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from atlas import server, tables
from tests.conftest import Folder
from tests.test_pages import SENTENCES, markup, visit


@pytest.fixture
def client(data: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("ATLAS_DATA", str(data.path))
    tables.current.cache_clear()
    tables.current()
    yield TestClient(Starlette(routes=server.routes(), middleware=server.middleware()))
    tables.current.cache_clear()


@pytest.mark.parametrize("content", ["", "id,place\n\x00", "id"])
def test_a_table_that_breaks_changes_nothing_for_who_is_served(
    client: TestClient, data: Folder, content: str
) -> None:
    before = client.get("/api/places.csv?lang=en").content
    (data.path / "evidence.csv").write_text(content, encoding="utf-8")
    (data.path / "places.csv").unlink()
    assert client.get("/health").json()["status"] == "ok"
    assert client.get("/api/places.csv?lang=en").content == before
    assert SENTENCES["en"] in markup(visit(lang="en"))


def test_a_server_started_on_what_is_broken_is_not_ready(client: TestClient, data: Folder) -> None:
    (data.path / "evidence.csv").write_text("", encoding="utf-8")
    tables.current.cache_clear()
    assert client.get("/health").status_code == 503
