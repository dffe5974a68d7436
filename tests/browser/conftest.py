"""A real server and a real browser, with every address but the server's blocked.

The tests here run where Chromium and Playwright are found; elsewhere they are left out of
the run, and `ATLAS_BROWSER=required` makes their absence an error.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.request import urlopen

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Route

ROOT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FOUND = bool(CHROMIUM and importlib.util.find_spec("playwright"))
FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
)

if not FOUND and os.environ.get("ATLAS_BROWSER") == "required":
    raise RuntimeError("The browser tests need Chromium and Playwright: install both.")
collect_ignore_glob = [] if FOUND else ["test_*.py"]


class Server:
    """The dashboard on a port of its own; a fresh one has answered nobody yet."""

    def __init__(self, **environment: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port: int = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = environment
        self.start()

    def start(self) -> None:
        """Start it, or start it anew on the same port."""
        command = [sys.executable, "-m", "streamlit", "run", "dashboard.py"]
        options = [f"--server.port={self.port}", "--server.address=127.0.0.1"]
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            [*command, *options],
            cwd=ROOT,
            env=os.environ | self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._await()

    def _await(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}/_stcore/health", timeout=1):  # noqa: S310 - our own server
                    return
            except OSError:  # refused, reset or too late: it is not up yet
                time.sleep(0.1)
        self.stop()
        raise RuntimeError("The dashboard did not come up.")

    def kill(self) -> None:
        """End it as a machine that fails does: without a word to anybody."""
        self.process.kill()
        self.process.wait(timeout=20)

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(timeout=20)


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """A server shared by the tests that do not mind who came before."""
    running = Server()
    yield running
    running.stop()


@pytest.fixture
def cold_server() -> Iterator[Server]:
    """A server that nobody has asked anything yet."""
    running = Server()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # WebGL in software may hold a busy machine up for long.
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield launched
        launched.close()


class Reader:
    """A reader with a browser: what she opens, and every foreign address her browser asks for."""

    def __init__(self, context: "BrowserContext", url: str) -> None:
        self.page: Page = context.new_page()
        self.page.set_default_timeout(30_000)
        self.url = url
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        context.route("**/*", self._guard)

    def _guard(self, route: "Route") -> None:
        if route.request.url.startswith((self.url, "data:", "blob:")):
            route.continue_()
        else:
            self.strayed.append(route.request.url)
            route.abort()

    def open(self, query: str = "?lang=en") -> "Page":
        """Open a link, and wait until its script has taken the page over."""
        self.page.goto(f"{self.url}/{query}")
        self.page.wait_for_selector(":root.scripted .foot", state="attached")
        return self.page


@pytest.fixture
def reader(browser: "Browser", server: Server) -> Iterator[Callable[..., Reader]]:
    """Make a reader: `reader()` on a desktop, `reader(phone=True)`, `reader(dark=True)` ..."""
    contexts: list[BrowserContext] = []

    def make(
        url: str = server.url, *, phone: bool = False, dark: bool = False, locale: str = "en-US"
    ) -> Reader:
        agent = (
            "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
        )
        context = browser.new_context(
            viewport={"width": 390, "height": 844} if phone else {"width": 1280, "height": 900},
            color_scheme="dark" if dark else "light",
            locale=locale,
            **({"user_agent": agent, "has_touch": True, "is_mobile": True} if phone else {}),
        )
        contexts.append(context)
        return Reader(context, url)

    yield make
    for context in contexts:
        context.close()
