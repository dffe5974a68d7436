"""The parts of the benchmark. Each measures one server in one round, and adds its samples."""

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.request import urlopen

from tests.hosting.sessions import apart
from tests.load import browser as in_browser
from tests.load.clients import Client, Crowd, OursNew
from tests.load.environments import OURS, PEERS
from tests.load.peer_clients import CLIENTS
from tests.load.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

CROWD = 20


@dataclass(frozen=True)
class Run:
    """A turn of a peer: its server, just started, and where its samples go."""

    peer: str
    server: Server
    browser: "Browser | None"
    networks: list[str]
    seconds: float
    add: Callable[[str, float], None]


def browser(stack: ExitStack) -> "Browser":
    """Start Chromium, until the stack is left."""
    from playwright.sync_api import sync_playwright

    chromium = in_browser.launched(stack.enter_context(sync_playwright()))
    stack.callback(chromium.close)
    return chromium


def first(run: Run) -> None:
    """Measure the first view over each network; the server has answered another reader before."""
    _answered(run)
    for network in run.networks:
        assert run.browser
        in_browser.first_view(run.browser, PEERS[run.peer], run.server.url, network, run.add)


def click(run: Run) -> None:
    """Measure clicks on the machine itself."""
    assert run.browser
    in_browser.clicks(run.browser, PEERS[run.peer], run.server.url, run.add)


def clients(run: Run) -> None:
    """Measure many readers who click without pause; ours also on views new to the server."""
    _crowd(run, CLIENTS[run.peer], "")
    if run.peer == OURS:
        OursNew.begin()
        _crowd(run, OursNew, ", new views")


def _crowd(run: Run, kind: type[Client], which: str) -> None:
    used: list[float] = []
    crowd = Crowd(kind, run.server.port, CROWD)
    counted = crowd.clicks(run.seconds, lambda: used.append(run.server.processor_seconds()))
    clicks = apart(counted)
    run.add(f"clicks a second, {CROWD} clients{which}", clicks)
    run.add(
        f"server's processor a click{which}, ms", (used[1] - used[0]) * 1e3 / run.seconds / clicks
    )


def start(run: Run) -> None:
    """Measure the start, and the memory before and after the first page."""
    run.add("start until it answers, s", run.server.started)
    resident, own = run.server.memory()
    run.add("memory after the start, resident, MB", resident / 1e3)
    run.add("memory after the start, its own, MB", own / 1e3)
    _answered(run)
    run.add("memory after the first page, resident, MB", run.server.memory()[0] / 1e3)


def _answered(run: Run) -> None:
    with urlopen(f"{run.server.url}/{PEERS[run.peer].query}", timeout=60) as answer:  # noqa: S310
        answer.read()


PARTS: dict[str, Callable[[Run], None]] = {
    "first": first,
    "click": click,
    "clients": clients,
    "start": start,
}
