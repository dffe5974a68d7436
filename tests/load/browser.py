"""What a reader sees, in Chromium: the first view over three kinds of links, and a click.

Times are taken inside the page, by `watch.js`: when a change is on the screen, not when a script
from outside has asked for it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.browser.conftest import CHROMIUM, FLAGS
from tests.load.environments import Peer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page, Playwright

# Milliseconds of latency and megabits a second. Chromium does not slow websockets down.
NETWORKS = {"local": None, "10mbit": (40, 10.0), "slow4g": (150, 1.6)}
QUIET_MS = 1_500  # without a change, until a page counts as complete
PATIENCE_MS = 180_000
CLICKS = 6
_WATCH = (Path(__file__).parent / "watch.js").read_text(encoding="utf-8")
_STANDS_STILL = """([quiet, wantsCanvas]) => {
  const { figures, picture, canvas, clicks } = window.readerSees
  const click = Math.max(0, ...clicks)
  const isThere = [figures, wantsCanvas ? canvas : picture].every((times) => times.at(-1) > click)
  const latest = Math.max(...figures, ...picture, ...canvas)
  return isThere && performance.now() - latest > quiet
}"""

Add = Callable[[str, float], None]


class Traffic:
    """The bytes that a page loads: over HTTP as they came, and in frames of websockets."""

    def __init__(self, session: "CDPSession") -> None:
        self.bytes = 0.0
        self.requests = 0
        session.on("Network.loadingFinished", self._finished)
        session.on("Network.webSocketFrameReceived", self._framed)
        session.send("Network.enable")

    def _finished(self, event: dict[str, Any]) -> None:
        self.bytes += event["encodedDataLength"]
        self.requests += event["encodedDataLength"] > 0

    def _framed(self, event: dict[str, Any]) -> None:
        frame = event["response"]
        is_text = frame["opcode"] == 1
        self.bytes += len(frame["payloadData"].encode()) * (1 if is_text else 3 / 4)


def launched(playwright: "Playwright") -> "Browser":
    """Start Chromium, whose WebGL runs in software here."""
    return playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))


@contextmanager
def _page(browser: "Browser", peer: Peer, network: str) -> Iterator[tuple["Page", Traffic]]:
    context = browser.new_context(bypass_csp=True, viewport={"width": 1280, "height": 900})
    context.add_init_script(_WATCH.replace("(FIGURES)", f"({json.dumps(peer.figures)})"))
    page = context.new_page()
    session = context.new_cdp_session(page)
    traffic = Traffic(session)
    if link := NETWORKS[network]:
        latency, megabits = link
        rate = megabits * 1e6 / 8
        conditions = {"latency": latency, "downloadThroughput": rate, "uploadThroughput": rate}
        session.send("Network.emulateNetworkConditions", {"offline": False, **conditions})
    yield page, traffic
    context.close()


def _changes(page: "Page", peer: Peer) -> dict[str, list[float]]:
    """Wait until the page stands still; return the times of its changes since the last click."""
    page.wait_for_function(_STANDS_STILL, arg=[QUIET_MS, peer.has_canvas], timeout=PATIENCE_MS)
    times: dict[str, list[float]] = page.evaluate("window.readerSees")
    click = max(times.pop("clicks"), default=0)
    return {name: [at - click for at in changes if at > click] for name, changes in times.items()}


def first_view(browser: "Browser", peer: Peer, url: str, network: str, add: Add) -> None:
    """Open the page with an empty cache."""
    with _page(browser, peer, network) as (page, traffic):
        page.goto(f"{url}/{peer.query}", wait_until="commit", timeout=PATIENCE_MS)
        times = _changes(page, peer)
        map_times = sorted(times["picture"] + times["canvas"])
        add(f"figures readable, {network}, ms", times["figures"][0])
        add(f"map visible, {network}, ms", map_times[0])
        add(f"map complete, {network}, ms", map_times[-1])
        if network == "local":
            add("first view on the wire, kB", traffic.bytes / 1e3)
            add("requests of the first view", traffic.requests)


def clicks(browser: "Browser", peer: Peer, url: str, add: Add) -> None:
    """Click the chip on and off: from the click to the last change of figures and of map."""
    with _page(browser, peer, "local") as (page, _):
        page.goto(f"{url}/{peer.query}")
        _changes(page, peer)
        for _ in range(CLICKS):
            page.locator(peer.chip).first.click()
            times = _changes(page, peer)
            add("click to figures, ms", times["figures"][-1])
            add("click to map, ms", max(times["picture"] + times["canvas"]))
