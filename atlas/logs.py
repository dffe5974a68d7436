"""The log as JSON lines, without anything personal in it.

A line says what happened, to which route, with which result. It never holds who asked: no
address, no browser, no query, no text that a reader typed. So of foreign records only the
constant message and its numbers are written, and of an exception its type and where it arose.
"""

import json
import logging
import sys
import time
import traceback
from collections.abc import Mapping
from types import TracebackType
from typing import Any

EVENTS = logging.getLogger("atlas.events")
EVENTS.setLevel(logging.CRITICAL)  # Off, until the log is installed.
_WITHHELD = "…"
_Raised = tuple[type[BaseException] | None, BaseException | None, TracebackType | None]


class Lines(logging.Formatter):
    """Formats a record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; our own events bring their fields, others are stripped to a message."""
        if record.name == EVENTS.name:
            said: dict[str, Any] = {"event": record.msg, **getattr(record, "fields", {})}
        else:
            said = {"event": "log", "logger": record.name, "message": _message(record)}
        if record.exc_info:
            said["error"] = _error(record.exc_info)
        return line(record.levelname, record.created, said)


def event(name: str, /, level: int = logging.INFO, **fields: str | float | list[str]) -> None:
    """Write an event of our own where the log is on; fields must hold nothing personal."""
    if EVENTS.isEnabledFor(level):
        EVENTS.log(level, name, extra={"fields": fields})


def line(level: str, at: float, said: Mapping[str, Any]) -> str:
    """Return what is said at a time (seconds since 1970) as JSON, with time and level before it."""
    stamp = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(at))
    head = {"ts": f"{stamp}.{int(at % 1 * 1000):03}Z", "level": level.lower()}
    return json.dumps(head | dict(said), ensure_ascii=False, separators=(",", ":"))


def install() -> None:
    """Turn the log of this process into JSON lines on stderr.

    Call it when the server's modules are loaded: a logger made later keeps its own format.
    """
    EVENTS.handlers[:] = [logging.StreamHandler(sys.stderr)]
    EVENTS.propagate = False
    EVENTS.setLevel(logging.INFO)
    # Streamlit gives each of its loggers a handler, so it is these whose format changes.
    for handler in _handlers():
        handler.setFormatter(Lines())


def _handlers() -> list[logging.Handler]:
    loggers = [logging.root, *logging.root.manager.loggerDict.values()]
    return [
        handler
        for logger in loggers
        if isinstance(logger, logging.Logger)
        for handler in logger.handlers
    ]


def _message(record: logging.LogRecord) -> str:
    args = record.args if isinstance(record.args, tuple) else ()
    shown = tuple(one if isinstance(one, int | float) else _WITHHELD for one in args)
    try:
        return str(record.msg) % shown if shown else str(record.msg)
    except (TypeError, ValueError):
        return str(record.msg)


def _error(raised: _Raised | tuple[Any, ...]) -> dict[str, Any]:
    kind, _, origin = raised
    frames = traceback.extract_tb(origin)
    return {
        "type": kind.__name__ if kind else "",
        "at": [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames],
    }
