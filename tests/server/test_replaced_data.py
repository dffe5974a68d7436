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
from tests.conftest import Folder


def archived(client: TestClient) -> dict[str, bytes]:
    """Return the files of the archive that readers get."""
    with ZipFile(io.BytesIO(client.get("/api/package.zip?lang=en").content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_what_is_asked_for_the_first_time_is_of_the_data_that_were_loaded(
    client: TestClient, package: Folder
) -> None:
    """Nothing is read from the folder again: neither a broken nor a newer file is mixed in."""
    whole, fresh = archived(client), load(package.path)
    expected = data_dictionary(load(package.path)), static_files(load(package.path))
    for file in ("datapackage.json", "map/boundaries.geojson", "places.csv"):
        assert whole[file] == (package.path / file).read_bytes()
        (package.path / file).write_text("{", encoding="utf-8")
    assert archived(client) == whole
    assert (data_dictionary(fresh), static_files(fresh)) == expected


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
