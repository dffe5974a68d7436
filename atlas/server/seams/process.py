"""The process of the server: its log, its memory and its end.

The log of Streamlit and of the web server as JSON lines.

Buys: one format for every line, without anything about readers.
Breaks: if `logger.enableRich` goes: Rich then prints tracebacks with the messages of exceptions.
Test: `test_process.py`, on a running server.

The loaded data are left out of garbage collection, and no run ends with a collection.

Buys: most of the time of a run, which Streamlit would spend on a full collection after it.
Breaks: if Streamlit drops its hidden option `runner.postScriptGC` (`.streamlit/config.toml`): every
    click then takes several times as long.
Test: none but a measurement, `python -m tests.load --parts clients`.

Graceful shutdown. A load balancer needs time to send readers elsewhere, so after SIGTERM the server
reports at once that it is not ready (`atlas.server.routes.operations.health`), but passes the
signal on to the web server only after `ATLAS_DRAIN` seconds. The web server then closes the
websockets with code 1012, "service restart". Browsers reconnect, and their address tells the next
server the view.

Buys: no request fails and no reader loses her view when a server is replaced.
Breaks: if uvicorn puts its signal handler in place only after the lifespan has begun: the server
    then stops at once.
Test: `test_process.py`, `test_failover.py`.
"""

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

from streamlit import config

from atlas import logs

STOPPING = Event()


def write_json_lines() -> None:
    """Write the log of this process to stderr as JSON lines.

    Call this once the server's modules are loaded: a logger created later keeps its own format.
    """
    # With Rich, Streamlit prints tracebacks past its log, including their messages.
    config.set_option("logger.enableRich", False)
    logs.EVENTS.handlers[:] = [logging.StreamHandler(sys.stderr)]
    logs.EVENTS.propagate = False
    logs.EVENTS.setLevel(logging.INFO)
    # Each of Streamlit's loggers has its own handler.
    for logger in [logging.root, *logging.root.manager.loggerDict.values()]:
        if isinstance(logger, logging.Logger):
            for handler in logger.handlers:
                handler.setFormatter(logs.Lines())


def leave_out_loaded_data() -> None:
    """Exclude everything that is in memory now from later garbage collections."""
    gc.collect()
    gc.freeze()


@contextmanager
def drained(seconds: int) -> Iterator[None]:
    """Keep serving for some seconds after the first SIGTERM; a second one stops the server at once.

    Enter this in the server's event loop and in the main thread, where signals arrive. With zero
    seconds the web server's own handler stays.
    """
    if not seconds:
        yield
        return
    stop = signal.getsignal(signal.SIGTERM)
    loop = asyncio.get_running_loop()

    def end(number: int, frame: FrameType | None) -> None:
        if callable(stop):
            stop(number, frame)

    def begin(number: int, frame: FrameType | None) -> None:
        signal.signal(signal.SIGTERM, stop)
        STOPPING.set()
        logs.event("stopping", seconds=seconds)
        loop.call_soon_threadsafe(loop.call_later, seconds, end, number, frame)

    signal.signal(signal.SIGTERM, begin)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, stop)
