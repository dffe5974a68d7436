"""Graceful shutdown: report it, serve on for a while, then stop.

A load balancer needs time to send readers elsewhere. On SIGTERM the server stops being ready at
once (`atlas.server.routes.operations.health`), and after `ATLAS_DRAIN` seconds the signal is passed
on to the web server, which closes the websockets with code 1012, "service restart". The readers'
browsers then reconnect, and the address tells the next server their view.

Buys: no request fails and no reader loses her view when a server is replaced.
Breaks: if uvicorn puts its signal handler in place only after the lifespan has begun: the server
    then stops at once.
Test: `test_process.py`, `test_failover.py`.
"""

import asyncio
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event
from types import FrameType

from atlas import logs

STOPPING = Event()


@contextmanager
def drained(seconds: int) -> Iterator[None]:
    """Serve on for some seconds after the first SIGTERM; a second one stops the server at once.

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
