"""The log as JSON lines, with nothing personal in it.

A line states an event, its route and its result, and nothing about the reader: no address,
browser, query or typed text. Of other loggers' records only the constant message and its numbers
are written, of an exception its type and where it arose.
"""

import json
import logging
import time
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

EVENTS = logging.getLogger("atlas.events")
EVENTS.setLevel(logging.CRITICAL)  # Off, until the log is installed.
_WITHHELD = "…"
_ExceptionInfo = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class Lines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line of a record: an event with its fields, or a message of another logger."""
        if record.name == EVENTS.name:
            fields: dict[str, Any] = {"event": record.msg, **getattr(record, "fields", {})}
        else:
            fields = {"event": "log", "logger": record.name, "message": _message(record)}
        if record.exc_info:
            fields["error"] = _error(record.exc_info)
        return line(record.levelname, record.created, fields)


def event(name: str, /, level: int = logging.INFO, **fields: str | float | list[str]) -> None:
    """Write an event of the atlas if the log is on; fields must hold nothing personal."""
    if EVENTS.isEnabledFor(level):
        EVENTS.log(level, name, extra={"fields": fields})


def line(level: str, at: float, fields: Mapping[str, Any]) -> str:
    """Return time, level and fields as a line of JSON; `at` is in seconds since 1970."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at))
    head = {"ts": f"{stamp}.{int(at % 1 * 1000):03}Z", "level": level.lower()}
    return json.dumps(head | dict(fields), ensure_ascii=False, separators=(",", ":"))


def _message(record: logging.LogRecord) -> str:
    """Return the message of a record with its numbers, and no other arguments."""
    args = record.args if isinstance(record.args, tuple) else ()
    safe = tuple(arg if isinstance(arg, int | float) else _WITHHELD for arg in args)
    try:
        return str(record.msg) % safe if safe else str(record.msg)
    except (TypeError, ValueError):
        return str(record.msg)


def _error(exception: _ExceptionInfo | tuple[Any, ...]) -> dict[str, Any]:
    kind, _, trace = exception
    frames = traceback.extract_tb(trace)
    return {
        "type": kind.__name__ if kind else "",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
