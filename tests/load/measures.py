"""The parts of the benchmark. Each measures one server in one round, and adds its samples."""

import asyncio
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, ExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.request import urlopen

from tests.hosting.streamlit_session import StreamlitSession
from tests.load import browser as in_browser
from tests.load import bundle
from tests.load.clients import Client, Crowd, OursNew
from tests.load.environments import OURS, PEERS
from tests.load.peer_clients import CLIENTS
from tests.load.servers import Server

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Result = TypeVar("Result")
CROWD = 20
KEPT = 100
COLD = 10
STREAMLIT = (OURS, "stock")


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

    found = in_browser.launched(stack.enter_context(sync_playwright()))
    stack.callback(found.close)
    return found


def first(run: Run) -> None:
    """The first view over each network; the server has answered another reader before."""
    _answered(run)
    for network in run.networks:
        assert run.browser
        in_browser.first_view(run.browser, PEERS[run.peer], run.server.url, network, run.add)


def click(run: Run) -> None:
    """Clicks on the machine itself."""
    assert run.browser
    in_browser.clicks(run.browser, PEERS[run.peer], run.server.url, run.add)


def clients(run: Run) -> None:
    """Many readers who click without pause; ours also on views that are new to the server."""
    _crowd(run, CLIENTS[run.peer], "")
    if run.peer == OURS:
        OursNew.begin()
        _crowd(run, OursNew, ", new views")


def _crowd(run: Run, kind: type[Client], which: str) -> None:
    used: list[float] = []
    crowd = Crowd(kind, run.server.port, CROWD)
    counted = crowd.clicks(run.seconds, lambda: used.append(run.server.processor_seconds()))
    clicks = _apart(counted)
    run.add(f"clicks a second, {CROWD} clients{which}", clicks)
    run.add(
        f"server's processor a click{which}, ms", (used[1] - used[0]) * 1e3 / run.seconds / clicks
    )


def start(run: Run) -> None:
    """The start, and the memory before and after the first page."""
    run.add("start until it answers, s", run.server.started)
    resident, own = run.server.memory()
    run.add("memory after the start, resident, MB", resident / 1e3)
    run.add("memory after the start, its own, MB", own / 1e3)
    _answered(run)
    run.add("memory after the first page, resident, MB", run.server.memory()[0] / 1e3)


def memory(run: Run) -> None:
    """Memory of a further session of Streamlit while it is open."""
    if run.peer in STREAMLIT:
        run.add("memory of a further session, kB", _apart(_kept(run.server)))


async def _kept(server: Server) -> float:
    async with AsyncExitStack() as stack:
        # The first sessions fill caches and pools of threads, which is no cost of a further one.
        await _opened(stack, server.url, CROWD)
        before = server.memory()[1]
        await _opened(stack, server.url, KEPT)
        return (server.memory()[1] - before) / KEPT


async def _opened(stack: AsyncExitStack, url: str, count: int) -> None:
    for _ in range(count):
        session = await stack.enter_async_context(StreamlitSession(url, query=""))
        await session.run()


def scripts(run: Run) -> None:
    """Processor time and bytes of Streamlit's scripts for readers whose cache is empty."""
    if run.peer not in STREAMLIT:
        return
    before = run.server.processor_seconds()
    run.add("Streamlit's scripts on the wire, kB", _apart(bundle.fetch(run.server.url)) / 1e3)
    after = run.server.processor_seconds()
    for _ in range(COLD):
        _apart(bundle.fetch(run.server.url))
    run.add("scripts, first reader: processor, s", after - before)
    used = run.server.processor_seconds() - after
    run.add(f"scripts, {COLD} more readers: processor, s", used)


def _apart(coroutine: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a thread of its own: the browser's driver keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()


def _answered(run: Run) -> None:
    with urlopen(f"{run.server.url}/{PEERS[run.peer].query}", timeout=60) as answer:  # noqa: S310
        answer.read()


PARTS: dict[str, Callable[[Run], None]] = {
    "first": first,
    "click": click,
    "clients": clients,
    "start": start,
    "memory": memory,
    "scripts": scripts,
}
USUAL = ("first", "click", "clients", "start")
