"""What a test asks of a browser, whichever engine it has and however it is driven."""

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Protocol

from tests.hosting.servers import awaited, free_port

WIDTH, HEIGHT = 1280, 900  # CSS pixels of the page
PATIENCE_S = 60
SCREEN = shutil.which("Xvfb")


class PageLeftError(RuntimeError):
    """The page was left for another while it was asked."""


class Engine(Protocol):
    """A browser with one window."""

    def open(self, url: str) -> None:
        """Open an address."""

    def evaluate(self, expression: str) -> Any:
        """Return what an expression of JavaScript comes to on the page.

        Raises PageLeftError if the browser leaves the page meanwhile.
        """

    def click(self, selector: str) -> None:
        """Press the mouse on the first element that matches, as a reader does."""

    def picture(self) -> bytes:
        """Return what the window shows, as PNG."""

    def errors(self) -> list[str]:
        """Return the errors that scripts have raised or written to the console."""


def await_true(engine: Engine, expression: str) -> None:
    """Wait until an expression holds on the page. Raises AssertionError when it does not."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline:
        # A page that is just being left cannot answer; the next one will.
        with suppress(PageLeftError):
            if engine.evaluate(f"Boolean({expression})"):
                return
        time.sleep(0.02)
    raise AssertionError(f"Never true: {expression}")


def await_listening(port: int, process: subprocess.Popen[bytes]) -> None:
    """Wait until a program listens on a port of this machine. Raises RuntimeError if it ends."""
    deadline = time.monotonic() + PATIENCE_S
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"It does not listen: {process.args!r}")


@contextmanager
def screen() -> Iterator[dict[str, str]]:
    """Yield the environment of a screen that nobody sees: without one there is no WebGL."""
    display = f":{free_port() % 1000 + 100}"
    size = f"{WIDTH + 100}x{HEIGHT + 200}x24"
    process = subprocess.Popen(  # noqa: S603 - our own command
        [str(SCREEN), display, "-screen", "0", size, "-nolisten", "tcp"], stderr=subprocess.DEVNULL
    )
    try:
        awaited(Path(f"/tmp/.X11-unix/X{display[1:]}").exists, PATIENCE_S)  # noqa: S108 - Xvfb's
        yield os.environ | {"DISPLAY": display}
    finally:
        process.terminate()
        process.wait(timeout=20)
