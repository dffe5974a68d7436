"""A real server and a real browser, with every address but the server's blocked.

The tests here run where Chromium and Playwright are found; elsewhere they are left out of
the run, and `ATLAS_BROWSER=required` makes their absence an error.
"""

import importlib.util
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from atlas.model.pages import MAP
from tests.hosting.servers import Replica, running

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page, Request

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FOUND = bool(CHROMIUM and importlib.util.find_spec("playwright"))
FLAGS = (
    "--no-sandbox",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    "--ignore-gpu-blocklist",
    "--disable-background-networking",
    # Nothing but our own servers is reached; a route of Playwright's would switch off the cache.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)
# Software then draws the map alone as a graphics card would, not the whole page.
QUICKER = "--disable-gpu-rasterization"

if not FOUND and os.environ.get("ATLAS_BROWSER") == "required":
    raise RuntimeError("The browser tests need Chromium and Playwright: install both.")
collect_ignore_glob = [] if FOUND else ["test_*.py"]


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    """A server shared by the tests that do not mind who came before."""
    replica = Replica(tmp_path_factory.mktemp("server"))
    with running(replica.ready()):
        yield replica


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    from playwright.sync_api import expect, sync_playwright

    expect.set_options(timeout=30_000)  # WebGL in software may hold a busy machine up for long.
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, QUICKER])
        yield browser
        browser.close()


# Drawing a map in software takes seconds: a browser without WebGL shows the drawing of the server.
NO_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : get.call(this, kind, ...rest)
}
"""


class Reader:
    """A reader with a browser: what she opens, and every foreign address her browser asks for."""

    def __init__(self, context: "BrowserContext", url: str, webgl: bool = True) -> None:
        self.page: Page = context.new_page()
        if not webgl:
            self.page.add_init_script(NO_WEBGL)
        self.page.set_default_timeout(30_000)
        self.url = url
        self.sites = [url, "data:", "blob:"]
        self.strayed: list[str] = []
        self.errors: list[str] = []
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("requestfinished", self._note)
        self.page.on("requestfailed", self._note)

    def _note(self, request: "Request") -> None:
        is_refused = request.failure == "csp"  # The browser has not asked.
        if not request.url.startswith(tuple(self.sites)) and not is_refused:
            self.strayed.append(request.url)

    def open(self, query: str = "?lang=en") -> "Page":
        """Open a link, and wait until its script has taken the page over."""
        self.page.goto(f"{self.url}/{query}")
        self.page.wait_for_selector(":root.scripted .foot", state="attached")
        return self.page


Readers = Callable[..., Reader]
Contexts = Callable[..., "BrowserContext"]
PHONE = {
    "viewport": {"width": 390, "height": 844},
    "user_agent": (
        "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/131.0 Mobile Safari/537.36"
    ),
    "has_touch": True,
    "is_mobile": True,
}


@pytest.fixture(scope="session")
def contexts(browser: "Browser") -> Contexts:
    """Make a context, one for all readers of a kind: what one of them has fetched, all have."""

    @cache
    def context(*, phone: bool = False, dark: bool = False) -> "BrowserContext":
        device = PHONE if phone else {"viewport": {"width": 1280, "height": 900}}
        scheme = "dark" if dark else "light"
        return browser.new_context(color_scheme=scheme, locale="en-US", **device)  # type: ignore[arg-type]

    return context


@pytest.fixture
def reader(contexts: Contexts, server: Replica) -> Iterator[Readers]:
    """Make a reader: `reader()` on a desktop, `reader(phone=True)`, `reader(webgl=False)` ..."""
    readers: list[Reader] = []

    def make(url: str = server.url, webgl: bool = True, **device: bool) -> Reader:
        readers.append(Reader(contexts(**device), url, webgl))
        return readers[-1]

    yield make
    for reader in readers:
        reader.page.close()


# Streamlit has taken the page in and runs nothing, and every panel of it is there.
SETTLED = (
    "html:not([lang='']) body:not(:has(#atlas-first,"
    " [data-panel]:not([data-filled], [data-later])))"
    " [data-test-connection-state=CONNECTED][data-test-script-state=notRunning]"
    " .atlas[data-page{}]"
)
# Follows a link on the page. Its language is set when the view is shown.
FOLLOW = """(link) => {
  for (const opened of document.querySelectorAll("details[open][id]")) opened.open = false
  const way = document.createElement("a")
  way.setAttribute("href", link)
  document.querySelector(".atlas").append(way)
  document.activeElement.blur()
  document.querySelector("[data-testid=stMain]").scrollTo({ top: 0, behavior: "instant" })
  document.documentElement.lang = ""
  way.click()
  way.remove()
}"""


def visit(page: "Page", link: str) -> "Page":
    """Go to a view on a page that Streamlit has taken in, as by a link on it."""
    page.wait_for_selector(SETTLED.format(""), state="attached")
    page.evaluate(FOLLOW, f"./{link}" if link.startswith("?") else link)
    name = link.partition("?")[0] or MAP
    page.wait_for_selector(SETTLED.format(f"={name}"), state="attached")
    return page


Visit = Callable[..., "Page"]


def visiting(browser: "Browser", server: Replica, webgl: bool) -> Iterator[Visit]:
    """Visit views on a page that stays open: Streamlit takes seconds to take a new one in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = Reader(context, server.url, webgl).open()

    def open_view(link: str, width: int = 1280, height: int = 900) -> "Page":
        page.set_viewport_size({"width": width, "height": height})
        return visit(page, link)

    yield open_view
    context.close()


@pytest.fixture(scope="session")
def go_to(browser: "Browser", server: Replica) -> Iterator[Visit]:
    """Visit a view on a page with a live map."""
    yield from visiting(browser, server, webgl=True)


@pytest.fixture(scope="session")
def read_at(browser: "Browser", server: Replica) -> Iterator[Visit]:
    """Visit a view on a page whose map is a drawing, which is there sooner."""
    yield from visiting(browser, server, webgl=False)


Answer = tuple[bytes, dict[str, str]]


@contextmanager
def serving(answer: Callable[[str], Answer]) -> Iterator[int]:
    """Serve what a function answers for a path, content and headers, on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content, headers = answer(self.path)
            self.send_response(200 if content else 404)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Keep the tests' output to themselves."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()
