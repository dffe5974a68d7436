"""The log as JSON lines."""

import json
import logging
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from atlas.logs import EVENTS, Lines, event, line

ADDRESS, TYPED = "203.0.113.9", "kept to myself"


def parsed(record: logging.LogRecord) -> dict[str, Any]:
    text = Lines().format(record)
    assert "\n" not in text
    return dict(json.loads(text))


def foreign(message: str, *args: object, **extra: Any) -> logging.LogRecord:
    return logging.LogRecord(
        "uvicorn.error", logging.WARNING, "server.py", 1, message, args, extra.get("exc_info")
    )


@pytest.fixture
def events(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[logging.LogRecord]]:
    """The events written, with the log on."""
    records: list[logging.LogRecord] = []
    handler = logging.Handler()
    monkeypatch.setattr(handler, "emit", records.append)
    monkeypatch.setattr(EVENTS, "handlers", [handler])
    monkeypatch.setattr(EVENTS, "propagate", False)
    EVENTS.setLevel(logging.INFO)
    yield records
    EVENTS.setLevel(logging.CRITICAL)


def test_an_event_says_when_how_grave_what_and_its_fields(
    events: list[logging.LogRecord],
) -> None:
    event("request", status=200, ms=1.5)
    entry = parsed(events[0])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", entry.pop("ts"))
    assert entry == {"level": "info", "event": "request", "status": 200, "ms": 1.5}
    assert json.loads(line("INFO", 1.5, {}))["ts"] == "1970-01-01T00:00:01.500Z"


def test_nothing_is_written_where_the_log_is_off(caplog: pytest.LogCaptureFixture) -> None:
    event("request", route="/place")
    assert not caplog.records


def test_of_a_foreign_message_the_words_and_numbers_stay_and_what_was_put_in_goes() -> None:
    entry = parsed(foreign('%s - "WebSocket /%s" %d', ADDRESS, f"?q={TYPED}", 403))
    assert entry["message"] == '… - "WebSocket /…" 403'
    assert entry["logger"] == "uvicorn.error"
    assert entry["level"] == "warning"


@pytest.mark.parametrize(
    "record",
    [
        foreign("%d runs", TYPED),
        foreign("%(typed)s", {"typed": TYPED}),
        foreign("%s", {"typed": TYPED}),
        foreign("100 %", TYPED),
        foreign("%s %s", TYPED),
    ],
)
def test_a_message_that_cannot_be_filled_is_written_unfilled(record: logging.LogRecord) -> None:
    entry = parsed(record)
    assert entry["event"] == "log"
    assert TYPED not in json.dumps(entry)


def test_of_an_exception_its_type_and_place_stay_and_its_words_go() -> None:
    try:
        raise ValueError(TYPED)
    except ValueError:
        entry = parsed(foreign("Uncaught app execution", exc_info=sys.exc_info()))
    assert entry["error"]["type"] == "ValueError"
    assert "test_logs.py" in entry["error"]["at"][-1]
    assert TYPED not in json.dumps(entry)


def test_lines_stay_one_line_each_whatever_a_message_holds() -> None:
    assert parsed(foreign('broken "\n{"event": "forged"}'))["event"] == "log"
