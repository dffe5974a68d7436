"""Files that are replaced while the server runs: taken over if sound, else it is said why not."""

import json
import logging
import os
import shutil
import threading
import time
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


@pytest.fixture
def shown(elsewhere: Folder) -> Folder:
    """The tables of a package that this process shows, and that may be changed."""
    current()
    return Folder(elsewhere.path / "tables")


@pytest.fixture
def watch(shown: Folder, monkeypatch: pytest.MonkeyPatch) -> Watch:
    """A watch that has seen the files as they are shown."""
    assert current().folder == shown.path.parent
    watch = rested(Watch(current(), switch_data))
    assert watch.result == OnDisk("same", current().version)
    monkeypatch.setattr(data_watch, "_watches", [watch])
    return watch


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
    values = {" ".join([sample.name, *sample.labels.values()]): sample.value for sample in samples}
    return {name: value for name, value in values.items() if "on_disk" in name or "problem" in name}


def release(folder: Folder, version: str = "9.9.9") -> None:
    """Write a good newer state of the package."""
    texts = dict.fromkeys(("text_en", "text_zh", "text_id"), "New.")
    row = {"id": f"v{version.replace('.', '-')}", "version": version, "date": "2024-01-31"}
    folder.write("changes", [row | texts])
    Folder(folder.path.parent).json(
        "datapackage.json", lambda content: content.update(version=version)
    )


def test_broken_files_are_listed_and_the_last_good_data_are_served(
    client: TestClient, watch: Watch, shown: Folder
) -> None:
    before = client.get("/api/places.csv?lang=en").content
    row = shown.set("places", "alpha", latitude="north")
    (shown.path / "targets.csv").write_text("")
    rested(watch)
    health = on_disk(client)
    assert health["on_disk"] == "broken"
    assert health["problem_count"] == 2
    first, second = sorted(health["problems"])  # type: ignore[call-overload]
    assert second.startswith("tables/targets.csv: The file is empty")
    assert first == (
        f'tables/places.csv, row {row}, column latitude, "north": '
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
    shown.set("places", "alpha", name_en="Alpha renamed")
    release(shown)
    assert client.get("/health").json()["data"]["version"] == before.version
    rested(watch)
    health = on_disk(client)
    assert (health["on_disk"], health["version"]) == ("same", "9.9.9")
    assert "Alpha renamed" in client.get("/place?lang=en&place=alpha").text
    assert "Alpha renamed" in client.get("/api/places.csv?lang=en").text
    assert before.place["alpha"].name["en"] == "Alpha"
    assert client.get(address).status_code == 410, "No answer is of another edition."
    assert "9.9.9" in client.get(f"/?lang=en&data={before.version}").text


def test_a_page_says_what_is_wrong_with_the_files(
    client: TestClient, watch: Watch, shown: Folder
) -> None:
    assert "note data-problems" not in client.get("/?lang=en").text
    row = shown.set("places", "alpha", latitude="north")
    rested(watch)
    page = unescape(client.get("/?lang=en").text)
    assert "The data were changed and cannot be read." in page
    assert f'tables/places.csv, row {row}, column latitude, "north"' in page
    shown.set("places", "alpha", latitude="48.2")
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
        (shown.path / "places.csv").write_bytes(whole[: part * 100])
        watch.look()
    assert (watch.result.state, judged) == ("same", [])


def test_files_at_rest_are_not_read_again(
    watch: Watch, shown: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown.set("places", "alpha", latitude="north")
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
    shutil.rmtree(shown.path.parent)
    rested(watch)
    health = on_disk(client)
    assert health["on_disk"] == "broken"
    assert "There is no such folder" in str(health["problems"])
    assert str(shown.path.parent) not in client.get("/health").text


def test_a_link_that_is_turned_to_the_next_release_is_noticed(
    shown: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = Path(shutil.copytree(shown.path.parent, tmp_path / "later"))
    release(Folder(later / "tables"))
    link = tmp_path / "current"
    link.symlink_to(shown.path.parent)
    monkeypatch.setenv("ATLAS_DATA", str(link))
    current.cache_clear()
    watch = rested(Watch(current()))
    assert watch.result.state == "same"
    (tmp_path / "next").symlink_to(later)
    (tmp_path / "next").replace(link)
    assert rested(watch).result == OnDisk("same", "9.9.9")


def test_a_map_file_that_comes_back_is_noticed(package: Folder) -> None:
    boundaries = package.path / "map/boundaries.geojson"
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
        result = rested(watch).result
    assert result.state == "broken"
    assert "MemoryError" in result.problems[0]
    release(shown, "9.9.10")
    assert rested(watch).result == OnDisk("same", "9.9.10")


def test_a_flood_of_problems_is_cut_where_it_is_served(
    client: TestClient, watch: Watch, shown: Folder
) -> None:
    shown.write("evidence", shown.rows("evidence")[:1] * 200)
    rested(watch)
    health = on_disk(client)
    assert health["problem_count"] == len(watch.result.problems) > 100
    assert len(health["problems"]) == 50  # type: ignore[arg-type]


def test_the_log_says_it_once_in_plain_words(
    watch: Watch, shown: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    shown.set("places", "alpha", latitude="north")
    rested(rested(watch))
    (record,) = [record for record in caplog.records if record.name == "atlas.data"]
    first, second = record.getMessage().splitlines()
    assert first.startswith("The files on disk are broken: the data loaded before stay.")
    assert second.startswith("tables/places.csv, row")
    release(shown)
    shown.set("places", "alpha", latitude="48.2")
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
        shown.set("places", "alpha", latitude="north")
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
