"""Data that break while the server runs: the last good ones stay."""

import io
from collections.abc import Iterator
from zipfile import ZipFile

import pytest
from starlette.testclient import TestClient

from atlas.datapackage import loader
from atlas.datapackage.loader import Problem, load
from atlas.export.tables.data_dictionary import data_dictionary
from atlas.server.routes.files import static_files
from tests.conftest import Folder, at_night
from tests.server.conftest import served


@pytest.fixture
def client(data: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    monkeypatch.setenv("ATLAS_DATA", str(data.path))
    loader.current.cache_clear()
    loader.current()
    yield served()
    loader.current.cache_clear()


FILES = ["datapackage.json", "map/boundaries.geojson", "places.csv"]


@pytest.mark.parametrize("file", at_night(FILES, FILES[:2]))
def test_what_is_asked_for_the_first_time_is_of_the_data_that_were_loaded(
    client: TestClient, data: Folder, file: str
) -> None:
    """Nothing is read from the folder again: neither a broken nor a newer file is mixed in."""
    before = (data.path / file).read_bytes()
    with ZipFile(io.BytesIO(client.get("/api/package.zip?lang=en").content)) as archive:
        whole = {one: archive.read(one) for one in archive.namelist()}
    assert whole[file] == before
    described, shapes = data_dictionary(load(data.path)), static_files(load(data.path))
    fresh = load(data.path)
    (data.path / file).write_text("{", encoding="utf-8")
    with ZipFile(io.BytesIO(client.get("/api/package.zip?lang=en").content)) as archive:
        assert {one: archive.read(one) for one in archive.namelist()} == whole
    assert data_dictionary(fresh) == described
    assert static_files(fresh) == shapes


def test_a_file_that_is_replaced_while_it_is_read_is_not_mixed_with_the_others(
    data: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def written_meanwhile(*_: object) -> Iterator[Problem]:
        data.set("sources", "S02", title="Of a later state")
        yield from ()

    monkeypatch.setattr(loader.rules, "check", written_meanwhile)
    problem = data.problem()
    assert problem.file == "sources.csv"
    assert "replaced while it was read: start again" in problem.rule
