"""Files that are replaced while the server runs: taken over if sound, else it is said why not."""

import json
import logging
import os
import shutil
import threading
import time
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from atlas import logs
from atlas.datapackage import data_watch
from atlas.datapackage.data_watch import OnDisk, Watch
from atlas.datapackage.loader import current
from atlas.export.openapi import openapi
from atlas.pages.assets import edition
from atlas.server.startup import switch_data
from tests.conftest import Folder
from tests.server.conftest import served


@pytest.fixture
def shown(data: Folder, monkeypatch: pytest.MonkeyPatch) -> Iterator[Folder]:
    """A process that shows a package which may be changed."""
    monkeypatch.setenv("ATLAS_DATA", str(data.path))
    current.cache_clear()
    current()
    yield data
    current.cache_clear()


@pytest.fixture
def watch(shown: Folder, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A watch that has found the files as they are shown."""
    assert current().folder == shown.path
    found = rested(Watch(current(), switch_data))
    assert found.result == OnDisk("same", current().version)
    monkeypatch.setattr(data_watch, "_watches", [found])
    return found


@pytest.fixture
def client(watch: Watch) -> TestClient:
    assert data_watch.on_disk() is watch.result
    return served()


def rested(watch: Watch) -> Watch:
    """Look until files that are not touched any more are judged."""
    for _ in range(2):
        watch.look()
    return watch


def on_disk(client: TestClient) -> dict[str, object]:
    answer = client.get("/health")
    assert answer.status_code == 200, "Readers are served all the while."
    health = openapi(current(), "")["components"]["schemas"]["Health"]
    Draft202012Validator(health).validate(answer.json())
    data: dict[str, object] = answer.json()["data"]
    assert set(data) <= set(health["properties"]["data"]["properties"])
    return data


def gauges(client: TestClient) -> dict[str, float]:
    families = text_string_to_metric_families(client.get("/metrics").text)
    samples = [sample for family in families for sample in family.samples]
    named = {" ".join([one.name, *one.labels.values()]): one.value for one in samples}
    return {name: value for name, value in named.items() if "on_disk" in name or "problem" in name}


def release(folder: Folder, version: str = "9.9.9") -> None:
    """Write a good newer state of the package."""
    folder.json("datapackage.json", lambda found: found.update(version=version))
    folder.add("changes", id=f"v{version.replace('.', '-')}", version=version)


def test_broken_files_are_listed_and_the_last_good_data_are_served(
    client: TestClient, watch: Watch, shown: Folder
) -> None:
    before = client.get("/api/places.csv?lang=en").content
    row = shown.set("places", "deyang", latitude="north")
    (shown.path / "map/labels.geojson").write_text("{", encoding="utf-8")
    rested(watch)
    said = on_disk(client)
    assert said["on_disk"] == "broken"
    assert said["problem_count"] == 2
    first, second = sorted(said["problems"])  # type: ignore[call-overload]
    assert first.startswith("map/labels.geojson: It is not valid JSON")
    assert second == (
        f'places.csv, row {row}, column latitude, "north": '
        "Write a number such as 30.67, without unit or thousands separator."
    )
    assert client.get("/api/places.csv?lang=en").content == before
    assert gauges(client) == {
        "atlas_data_on_disk same": 0,
        "atlas_data_on_disk broken": 1,
        "atlas_data_problems": 2,
    }


def test_good_newer_files_are_shown_without_a_restart(
    client: TestClient, watch: Watch, shown: Folder
) -> None:
    before, address = current(), f"/panels/{edition(current())}/map/overview.lead?lang=en"
    assert client.get(address).status_code == 200
    shown.set("places", "deyang", name_en="Deyang renamed")
    release(shown)
    assert client.get("/health").json()["data"]["version"] == before.version
    rested(watch)
    said = on_disk(client)
    assert (said["on_disk"], said["version"]) == ("same", "9.9.9")
    assert "Deyang renamed" in client.get("/place?lang=en&place=deyang").text
    assert "Deyang renamed" in client.get("/api/places.csv?lang=en").text
    assert before.place["deyang"].name["en"] == "Deyang"
    assert client.get(address).status_code == 410, "No answer is of another edition."
    assert "9.9.9" in client.get(f"/?lang=en&data={before.version}").text


def test_a_page_says_what_is_wrong_with_the_files(
    client: TestClient, watch: Watch, shown: Folder
) -> None:
    assert "note data-problems" not in client.get("/?lang=en").text
    row = shown.set("places", "deyang", latitude="north")
    rested(watch)
    page = unescape(client.get("/?lang=en").text)
    assert "The data were changed and cannot be read." in page
    assert f'places.csv, row {row}, column latitude, "north"' in page
    shown.set("places", "deyang", latitude="31.13019")
    rested(watch)
    assert "note data-problems" not in client.get("/?lang=en").text
    assert on_disk(client)["on_disk"] == "same"
    assert gauges(client)["atlas_data_problems"] == 0


def test_a_file_that_is_only_touched_is_the_same(watch: Watch, shown: Folder) -> None:
    os.utime(shown.path / "events.csv", ns=(1, 1))
    assert rested(watch).result.state == "same"


def test_a_file_that_is_still_being_written_is_not_judged(
    watch: Watch, shown: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    judged: list[Path] = []
    monkeypatch.setattr(data_watch, "load", judged.append)
    whole = (shown.path / "places.csv").read_bytes()
    for part in range(1, 5):
        (shown.path / "places.csv").write_bytes(whole[: part * 1_000])
        watch.look()
    assert (watch.result.state, judged) == ("same", [])


def test_files_at_rest_are_not_read_again(
    watch: Watch, shown: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.set("places", "deyang", latitude="north")
    rested(watch)
    monkeypatch.setattr(data_watch, "load", lambda _: pytest.fail("judged twice"))
    monkeypatch.setattr(data_watch.files, "Files", lambda _: pytest.fail("read twice"))
    assert rested(watch).result.state == "broken"


def test_a_file_replaced_between_the_start_and_the_first_look_is_noticed(shown: Folder) -> None:
    watch = Watch(current())
    release(shown)
    assert rested(watch).result == OnDisk("same", "9.9.9")
    assert current().version == "9.9.9"


def test_a_folder_that_is_gone_is_named_without_its_path(
    client: TestClient, watch: Watch, shown: Folder
) -> None:
    shutil.rmtree(shown.path)
    rested(watch)
    said = on_disk(client)
    assert said["on_disk"] == "broken"
    assert "There is no such folder" in str(said["problems"])
    assert str(shown.path) not in client.get("/health").text


def test_a_link_that_is_turned_to_the_next_release_is_noticed(
    shown: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Folder(Path(shutil.copytree(shown.path, tmp_path / "later")))
    release(later)
    link = tmp_path / "current"
    link.symlink_to(shown.path)
    monkeypatch.setenv("ATLAS_DATA", str(link))
    current.cache_clear()
    watch = rested(Watch(current()))
    assert watch.result.state == "same"
    (tmp_path / "next").symlink_to(later.path)
    (tmp_path / "next").replace(link)
    assert rested(watch).result == OnDisk("same", "9.9.9")


def test_a_map_file_that_comes_back_is_noticed(shown: Folder) -> None:
    boundaries = shown.path / "map/boundaries.geojson"
    whole = boundaries.read_bytes()
    boundaries.unlink()
    current.cache_clear()
    watch = rested(Watch(current()))
    assert watch.result.state == "same"
    boundaries.write_bytes(whole)
    rested(watch)
    assert "boundaries" in {file.name for file in current().maps}


def test_an_error_nobody_foresaw_does_not_end_the_watch(
    watch: Watch, shown: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(data_watch, "load", fail)
        release(shown)
        found = rested(watch).result
    assert found.state == "broken"
    assert "MemoryError" in found.problems[0]
    release(shown, "9.9.10")
    assert rested(watch).result == OnDisk("same", "9.9.10")


def test_a_flood_of_problems_is_cut_where_it_is_served(
    client: TestClient, watch: Watch, shown: Folder
) -> None:
    shown.write("evidence", shown.rows("evidence")[:1] * 200)
    rested(watch)
    said = on_disk(client)
    assert said["problem_count"] == len(watch.result.problems) > 100
    assert len(said["problems"]) == 50  # type: ignore[arg-type]


def test_the_log_says_it_once_in_plain_words(
    watch: Watch, shown: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    shown.set("places", "deyang", latitude="north")
    rested(rested(watch))
    (record,) = [one for one in caplog.records if one.name == "atlas.data"]
    first, second = record.getMessage().splitlines()
    assert first.startswith("The files on disk are broken: the data loaded before stay.")
    assert second.startswith("places.csv, row")
    release(shown)
    shown.set("places", "deyang", latitude="31.13019")
    rested(watch)
    assert "were replaced: they are shown now" in caplog.records[-1].getMessage()


def test_the_log_of_lines_has_the_list_too(
    watch: Watch, shown: Folder, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ATLAS_LOG", "json")
    level = logs.EVENTS.level
    handler = logging.StreamHandler()
    handler.setFormatter(logs.Lines())
    monkeypatch.setattr(logs.EVENTS, "handlers", [handler])
    monkeypatch.setattr(logs.EVENTS, "propagate", False)
    logs.EVENTS.setLevel(logging.INFO)
    try:
        shown.set("places", "deyang", latitude="north")
        rested(watch)
    finally:
        logs.EVENTS.setLevel(level)
    (line,) = map(json.loads, capsys.readouterr().err.splitlines())
    assert (line["event"], line["level"]) == ("data-broken", "warning")
    assert line["problems"] == list(watch.result.problems)


def test_the_server_looks_by_itself_and_stops_looking(shown: Folder) -> None:
    with data_watch.watched(switch_data, 0.01):
        assert data_watch.on_disk().version == current().version
        release(shown)
        deadline = time.monotonic() + 30
        while data_watch.on_disk().version != "9.9.9" and time.monotonic() < deadline:
            time.sleep(0.01)
        assert current().version == "9.9.9"
    assert data_watch.on_disk() == OnDisk()
    for thread in threading.enumerate():
        if thread.name == "watch":
            thread.join(timeout=10)
            assert not thread.is_alive()
