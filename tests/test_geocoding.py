"""The address service: what it is asked, how often, and every way in which it may fail."""

import json
import logging
import socket
import tomllib
from collections.abc import Iterator
from pathlib import Path
from threading import BoundedSemaphore, Event
from time import monotonic, sleep

import pytest
from geopy.extra.rate_limiter import RateLimiter

from atlas import geocoding, settings
from atlas.coordinates import Position
from atlas.geocoding import Found, GeocodingError, Service, find, looked_up
from atlas.origin import Origin, Unclear
from tests.tools import nominatim
from tests.tools.nominatim import DEYANG, Nominatim

ROOT = Path(__file__).parents[1]
FOUND = Found(Position(31.13, 104.38), "Deyang, Sichuan, China")


class Clock:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1_000.0
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Nobody waits, and nothing is remembered from another test."""
    made = Clock()
    monkeypatch.setattr(RateLimiter, "_clock", lambda _: made.now)
    monkeypatch.setattr(RateLimiter, "_sleep", lambda _, seconds: made.sleep(seconds))
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    find.cache_clear()
    geocoding._asker.cache_clear()
    return made


@pytest.fixture
def fake() -> Iterator[Nominatim]:
    with nominatim.running() as server:
        yield server


@pytest.fixture
def service(fake: Nominatim) -> Service:
    return Service(fake.url, "atlas-test/1", timeout=5)


def failure(service: Service, address: str = "Tianfu Square") -> str:
    with pytest.raises(GeocodingError) as caught:
        find(service, address, "en-GB")
    return caught.value.failure


# A good answer


def test_an_address_is_found_and_the_service_learns_who_asks(
    fake: Nominatim, service: Service
) -> None:
    assert find(service, "德阳市", "zh-Hans") == FOUND
    assert fake.asked == ["德阳市"]
    assert fake.questions[0]["accept-language"] == "zh-Hans"
    assert fake.agents == ["atlas-test/1"]


def test_a_service_below_a_path_is_asked_there(fake: Nominatim) -> None:
    assert find(Service(f"{fake.url}/maps/", "atlas-test/1"), "Deyang", "en") == FOUND


def test_an_answer_is_kept_and_not_asked_for_again(fake: Nominatim, service: Service) -> None:
    assert find(service, "Deyang", "en") == find(service, "Deyang", "en")
    assert len(fake.questions) == 1


def test_that_nothing_was_found_is_an_answer_too(fake: Nominatim, service: Service) -> None:
    fake.body = "[]"
    assert find(service, "Atlantis", "en") is None
    assert find(service, "Atlantis", "en") is None
    assert len(fake.questions) == 1


def test_the_answers_kept_are_bounded() -> None:
    assert find.cache_parameters()["maxsize"] == geocoding.KEPT_ANSWERS


def test_a_failure_is_not_kept(fake: Nominatim, service: Service) -> None:
    fake.status = 500
    assert failure(service, "Deyang") == "offline"
    fake.status = 200
    assert find(service, "Deyang", "en-GB") == FOUND


# How often


def test_a_second_lies_between_two_questions_whoever_asks(
    fake: Nominatim, service: Service, clock: Clock
) -> None:
    for address, language in (("a", "en"), ("b", "zh"), ("b", "id")):
        find(service, address, language)
    assert len(fake.questions) == 3
    assert clock.slept == pytest.approx([1.0, 1.0])


def test_a_kept_answer_need_not_wait(service: Service, clock: Clock) -> None:
    for _ in range(5):
        find(service, "a", "en")
    assert clock.slept == []


def test_a_failed_question_counts_too_and_is_not_repeated(
    fake: Nominatim, service: Service, clock: Clock
) -> None:
    fake.status = 429
    failure(service, "a")
    failure(service, "b")
    assert fake.asked == ["a", "b"]
    assert clock.slept == pytest.approx([1.0])


def test_when_too_many_wait_the_next_is_told_to_come_back(
    fake: Nominatim, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = BoundedSemaphore(1)
    full.acquire()
    monkeypatch.setattr(geocoding, "_waiting", full)
    assert failure(service) == "busy"
    assert fake.questions == []
    full.release()
    assert find(service, "Tianfu Square", "en") == FOUND
    assert full.acquire(blocking=False)  # the place in the queue is free again


# How it may fail


def test_a_service_that_does_not_answer_in_time(fake: Nominatim) -> None:
    fake.hold = Event()
    assert failure(Service(fake.url, "atlas-test/1", timeout=0.1)) == "timed-out"


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (429, "quota"),
        (402, "quota"),
        (400, "refused"),
        (401, "refused"),
        (403, "refused"),
        (404, "offline"),
        (408, "timed-out"),
        (500, "offline"),
        (503, "timed-out"),
    ],
)
def test_a_service_that_answers_with_an_error(
    fake: Nominatim, service: Service, status: int, expected: str
) -> None:
    fake.status = status
    assert failure(service) == expected


@pytest.mark.filterwarnings("ignore:Latitude normalization")
@pytest.mark.parametrize(
    "body",
    [
        "<html>not a geocoder</html>",
        "",
        '[{"lat": "31.13"',
        '"Deyang"',
        "[[]]",
        "7",
        '[{"display_name": "Nowhere"}]',
        '[{"lat": null, "lon": null, "display_name": "Nowhere"}]',
        '[{"lat": "31.13", "lon": "104.38"}]',
        '[{"lat": "north", "lon": "104.38", "display_name": "Deyang"}]',
        '[{"lat": "nan", "lon": "104.38", "display_name": "Deyang"}]',
        '[{"lat": "91", "lon": "104.38", "display_name": "Deyang"}]',
        '[{"lat": "31.13", "lon": "204.38", "display_name": "Deyang"}]',
        "[" * 100_000,
    ],
)
def test_an_answer_that_cannot_be_read(fake: Nominatim, service: Service, body: str) -> None:
    fake.body = body
    assert failure(service) == "malformed"


def test_an_error_in_a_proper_answer(fake: Nominatim, service: Service) -> None:
    fake.body = json.dumps({"error": {"code": 400, "message": "Nothing to search for."}})
    assert failure(service) == "refused"


def stream(size: int, pause: float) -> Iterator[bytes]:
    """White space before an answer, piece by piece, each after a pause."""
    for _ in range(size // 1_000):
        sleep(pause)
        yield b" " * 1_000
    yield json.dumps([DEYANG]).encode()


def test_an_answer_without_end_is_not_read_to_its_end(fake: Nominatim, service: Service) -> None:
    fake.pieces = stream(50_000_000, pause=0)
    assert failure(service) == "malformed"
    rest = sum(map(len, fake.pieces))
    assert rest > 30_000_000, "Most of it was never sent."


def test_an_answer_that_trickles_in_for_ever_is_not_waited_for(
    fake: Nominatim, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(geocoding, "TIMEOUT_SECONDS", 0.2)
    fake.pieces = stream(500_000, pause=0.02)
    start = monotonic()
    assert failure(service) == "timed-out"
    assert monotonic() - start < 5


def test_a_long_answer_that_comes_in_time_is_read(fake: Nominatim, service: Service) -> None:
    fake.pieces = stream(500_000, pause=0)
    assert find(service, "Deyang", "en") == FOUND


def test_an_answer_that_stops_halfway(fake: Nominatim) -> None:
    fake.pieces = stream(2_000, pause=0.6)
    assert failure(Service(fake.url, "atlas-test/1", timeout=0.2)) == "timed-out"


def test_an_answer_that_breaks_off(fake: Nominatim, service: Service) -> None:
    fake.headers, fake.body = {"Transfer-Encoding": "chunked"}, "ffff\r\n["
    assert failure(service) == "offline"


def test_an_error_with_a_page_without_end_is_still_that_error(
    fake: Nominatim, service: Service
) -> None:
    fake.status, fake.pieces = 429, stream(50_000_000, pause=0)
    assert failure(service) == "quota"


def test_a_service_that_is_not_there() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        closed = f"http://127.0.0.1:{probe.getsockname()[1]}"
    assert failure(Service(closed, "atlas-test/1")) == "offline"


@pytest.mark.parametrize("url", ["nominatim.example", "ftp://nominatim.example", "https://", "/"])
def test_an_address_of_a_service_that_is_none(url: str) -> None:
    assert failure(Service(url, "atlas-test/1")) == "misconfigured"


def test_the_log_names_the_failure_and_not_the_address(
    fake: Nominatim, service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    fake.status = 429
    with caplog.at_level(logging.WARNING, logger="atlas"):
        failure(service, "Secret Street 1")
    assert "127.0.0.1" in caplog.text
    assert "quota" in caplog.text
    assert "Secret" not in caplog.text


# As a point to measure from


def test_without_a_service_nothing_is_looked_up() -> None:
    assert looked_up(None, "Deyang", "en") == Unclear("off")


def test_an_address_becomes_a_point_with_the_name_the_service_gives_it(
    fake: Nominatim, service: Service
) -> None:
    assert looked_up(service, "Deyang", "en") == Origin(
        Position(31.13, 104.38), address=DEYANG["display_name"]
    )
    fake.body = "[]"
    assert looked_up(service, "Atlantis", "en") == Unclear("nothing")
    fake.status = 429
    assert looked_up(service, "Lemuria", "en") == Unclear("quota")


# What a host switches on


def test_no_service_is_asked_unless_the_host_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATLAS_GEOCODER", raising=False)
    monkeypatch.setenv("ATLAS_GEOCODER_URL", "https://nominatim.example")
    assert geocoding.service() is None


def test_a_host_may_name_its_own_service_and_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_GEOCODER", "1")
    monkeypatch.delenv("ATLAS_GEOCODER_URL", raising=False)
    monkeypatch.delenv("ATLAS_GEOCODER_AGENT", raising=False)
    assert geocoding.service() == Service(settings.NOMINATIM, settings.AGENT)
    monkeypatch.setenv("ATLAS_GEOCODER_URL", "https://nominatim.example/at")
    monkeypatch.setenv("ATLAS_GEOCODER_AGENT", "example.org atlas/2")
    own = geocoding.service()
    assert own == Service("https://nominatim.example/at", "example.org atlas/2")
    assert own.host == "nominatim.example"


def test_the_user_agent_names_the_product_and_its_version() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert f"{project['name']}/{project['version']}" == settings.AGENT
