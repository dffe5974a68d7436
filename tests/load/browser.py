"""What a reader feels, in Chromium: bytes and time of the first view, and what follows a click.

The script `watch.js` runs in either page before its own. It notes when the figures' text changes,
and when the picture changes: after each frame that deck.gl draws it compares the pixels of the
canvas. Reading them takes some milliseconds of each frame, on both sides alike.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.load.figures import Figures
from tests.load.measures import Effort
from tests.load.servers import Command, Server

# Nothing but our own servers is reached; a route of Playwright's would switch off the cache.
ALONE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
# A link of 10 Mbit/s and 40 ms. Chromium does not slow websockets down.
LINK = {"offline": False, "latency": 40, "downloadThroughput": 1.25e6, "uploadThroughput": 1.25e6}
QUIET_MS = 1_000
PATIENCE_MS = 120_000

_WATCH = Path(__file__).parent / "watch.js"
# Whether figures and map have been there for a while without a change since the last click.
_SETTLED = """(quiet) => {
  const { figures, map, clicks } = window.atlasWatch
  const last = Math.max(figures.at(-1) ?? Infinity, map.at(-1) ?? Infinity, clicks.at(-1) ?? 0)
  return performance.now() - last > quiet
}"""
_AFTER = """() => {
  const { figures, map, clicks } = window.atlasWatch
  const click = clicks.at(-1) ?? 0
  const since = (times) => times.filter((one) => one > click).map((one) => one - click)
  return { figures: since(figures), map: since(map) }
}"""


@dataclass
class Traffic:
    """What a page loads: requests that went to the server, and their bytes as they came."""

    requests: int = 0
    http: float = 0
    websocket: float = 0
    _cached: set[str] = field(default_factory=set)

    def listen(self, page: Page) -> Any:
        """Count what a page loads from now on; returns the session with its browser."""
        session = page.context.new_cdp_session(page)
        session.on("Network.responseReceived", self._received)
        session.on("Network.requestServedFromCache", lambda e: self._cached.add(e["requestId"]))
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.send("Network.enable")
        return session

    def _received(self, event: dict[str, Any]) -> None:
        response = event["response"]
        local = not response["url"].startswith("http") or response.get("fromDiskCache")
        if local or response.get("fromPrefetchCache"):
            self._cached.add(event["requestId"])

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] not in self._cached:
            self.requests += 1
            self.http += event["encodedDataLength"]

    def _framed(self, event: dict[str, Any]) -> None:
        self.websocket += len(event["response"]["payloadData"]) * 3 / 4


@dataclass
class _Side:
    """One side's server, as the browser sees it."""

    name: str
    server: Server
    chips: str

    def goto(self, page: Page) -> dict[str, list[float]]:
        """Open the page, wait until it stands still, and return the times of its changes in ms."""
        page.goto(f"{self.server.url}/?lang=en")
        return settled(page)


def settled(page: Page) -> dict[str, list[float]]:
    """Wait until figures and map stand still; times since the last click, or since the opening."""
    page.wait_for_function(_SETTLED, arg=QUIET_MS, timeout=PATIENCE_MS)
    found: dict[str, list[float]] = page.evaluate(_AFTER)
    return found


def measure(
    figures: Figures, places: str, ours: Command, stock: Command, data: Path | None, effort: Effort
) -> None:
    """Measure the dashboard and the stock page, in turns, and add the figures."""
    with (
        Server(ours, data) as one,
        Server(stock, data) as other,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, ALONE])
        sides = [
            _Side("ours", one, "[data-testid=stMain] a.chip[data-toggle^=sector]"),
            _Side("stock", other, "[data-testid=stButtonGroup] button"),
        ]
        for _ in range(effort.rounds):
            for part in (_views, _link, _clicks):
                for side in sides:
                    add = _adder(figures, places, side.name)
                    part(browser, side, add)
        browser.close()


Add = Callable[..., None]


def _adder(figures: Figures, places: str, side: str) -> Add:
    return lambda name, unit, *samples: figures.add(places, side, name, unit, *samples)


@contextmanager
def _reader(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(
        bypass_csp=True, viewport={"width": 1280, "height": 900}, locale="en-US"
    )
    context.add_init_script(path=_WATCH)
    yield context
    context.close()


def _views(browser: Browser, side: _Side, add: Add) -> None:
    """First view with an empty cache, and second view with what the first has left in it."""
    with _reader(browser) as context:
        for state in ("cold", "warm"):
            page, traffic = context.new_page(), Traffic()
            traffic.listen(page)
            times = side.goto(page)
            add(f"view, {state}: requests", "", traffic.requests)
            add(f"view, {state}: HTTP on the wire", "kB", traffic.http / 1e3)
            add(f"view, {state}: websocket payload", "kB", traffic.websocket / 1e3)
            add(f"view, {state}: figures", "ms", times["figures"][0])
            add(f"view, {state}: map, first picture", "ms", times["map"][0])
            add(f"view, {state}: map complete", "ms", times["map"][-1])
            page.close()


def _link(browser: Browser, side: _Side, add: Add) -> None:
    """First view over a slow link."""
    with _reader(browser) as context:
        page = context.new_page()
        session = Traffic().listen(page)
        session.send("Network.emulateNetworkConditions", LINK)
        times = side.goto(page)
        add("10 Mbit/s, 40 ms, cold: figures", "ms", times["figures"][0])
        add("10 Mbit/s, 40 ms, cold: map, first picture", "ms", times["map"][0])
        add("10 Mbit/s, 40 ms, cold: map complete", "ms", times["map"][-1])


def _clicks(browser: Browser, side: _Side, add: Add) -> None:
    """From a click on a chip to the figures' and the map's change: first there, and back."""
    with _reader(browser) as context:
        page = context.new_page()
        side.goto(page)
        for number in range(page.locator(side.chips).count()):
            for _ in ("on", "off"):
                page.locator(side.chips).nth(number).click()
                time.sleep(0.2)
                times = settled(page)
                # A chip that all places have changes neither.
                if times["figures"]:
                    add("Chromium, click: figures updated", "ms", times["figures"][-1])
                if times["map"]:
                    add("Chromium, click: map changes", "ms", times["map"][0])
                    add("Chromium, click: map complete", "ms", times["map"][-1])
