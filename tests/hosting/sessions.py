"""Readers who stay: they click, and come back when their connection breaks."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from httpx2 import HTTPStatusError
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from atlas.datapackage.loader import current
from atlas.model.selection import Selection, from_query
from tests.load.client import Answer, Reader
from tests.load.panels import Fetched, Fetcher

_Result = TypeVar("_Result")
RETRY = 0.25  # seconds between two tries to connect, about what Streamlit's page takes
PAUSES = (0.3, 1.0, 2.0, 4.0)  # seconds before panels are asked for again, as in `panels.js`
SECTORS = ("aerospace", "intelligent-equipment", "rail-transit")


def view(query: str) -> Selection:
    """The view a query string names."""
    return from_query(dict(parse_qsl(query)), current())[0]


class Patient(Fetcher):
    """Asks again for panels that no replica had just then, as the page's script does."""

    async def get(self, address: str) -> Fetched:
        for pause in PAUSES:
            try:
                return await super().get(address)
            except HTTPStatusError:
                await asyncio.sleep(pause)
        return await super().get(address)


class Tab(Reader):
    """A browser's tab that keeps its address, its messages and its words over connections."""

    def __init__(self, port: int, query: str, before: "Tab | None" = None) -> None:
        super().__init__(port, query)
        self._fetcher = Patient(self.tab.url)
        self._port = port
        self._told: dict[str, str] = before._told if before else {}
        self.words: dict[tuple[int, ...], str] = dict(before.words) if before else {}
        if before:
            self.tab = before.tab

    def again(self) -> "Tab":
        """The same tab before its next connection."""
        return Tab(self._port, self.tab.query, self)

    async def follow(self, link: str) -> Answer:
        """Click a link that opens in place, and wait for the end of what follows from it."""
        return await self._asked(self.tab.follow(link))

    async def resumed(self) -> Answer:
        """Ask for the view anew, as the page does whose run was cut off."""
        return await self._asked(self.tab.opening())

    def _take(self, payload: bytes, answer: Answer) -> None:
        super()._take(payload, answer)
        message = ForwardMsg.FromString(payload)
        where = tuple(message.metadata.delta_path)
        if message.WhichOneof("type") == "ref_hash":
            self.words[where] = self._told.get(message.ref_hash, "")
        elif message.WhichOneof("type") == "delta":
            self.words[where] = self._told[message.hash] = _words(message)


def _words(message: ForwardMsg) -> str:
    element = message.delta.new_element
    match element.WhichOneof("type"):
        case "markdown":
            return str(element.markdown.body)
        case "html":
            return str(element.html.body)
    return ""


@dataclass
class Session:
    """One reader over all her connections: what became of her view, how long it was away."""

    port: int
    query: str
    seed: int
    gaps: list[float] = field(default_factory=list)
    clicks: int = 0
    faults: list[str] = field(default_factory=list)
    _clicking: Selection | None = None

    async def read(self, over: Callable[[], bool]) -> None:
        """Click now and then until it is over, whatever happens to the connection."""
        tab = Tab(self.port, self.query)
        async with tab:
            self.faults += (await tab.opened()).failures
            broken = await self._clicked(tab, over)
        while broken:
            tab, broken = await self._back(tab.again(), over)

    async def _clicked(self, tab: Tab, over: Callable[[], bool]) -> bool:
        """Click until it is over (false) or the connection breaks (true)."""
        random = Random(self.seed + self.clicks)  # noqa: S311 - meant to be foreseen
        try:
            while not over():
                await asyncio.sleep(random.uniform(0.2, 0.6))
                await self._click(tab, random.choice(SECTORS))
        except ConnectionClosed:
            return True
        return False

    async def _click(self, tab: Tab, sector: str) -> None:
        """Click a chip; the address must follow, or the click is lost."""
        now = view(tab.tab.query)
        chosen = [one for one in SECTORS if (one in now.sector) != (one == sector)]
        self._clicking = wanted = view(now.but(sector=tuple(chosen)).to_query())
        self.faults += (await tab.follow(f"?{wanted.to_query()}")).failures
        if (shown := view(tab.tab.query)) != wanted:
            self.faults.append(f"clicked for {wanted.to_query()}, got {shown.to_query()}")
        self._clicking = None
        self.clicks += 1

    async def _back(self, tab: Tab, over: Callable[[], bool]) -> tuple[Tab, bool]:
        """Connect again, see whether the view is the same, and click on."""
        start, before = time.monotonic(), view(tab.tab.query)
        while True:
            try:
                async with tab:
                    # Streamlit's page asks for a run only where the last was cut off.
                    if self._clicking:
                        self.faults += (await tab.resumed()).failures
                    self.gaps.append(time.monotonic() - start)
                    # The click that was cut off may count or not.
                    if view(tab.tab.query) not in (before, self._clicking):
                        self.faults.append(f"was at {before.to_query()}, is at {tab.tab.query}")
                    await self._compared(tab)
                    return tab, await self._clicked(tab, over)
            except (ConnectionClosed, InvalidHandshake, OSError):
                await asyncio.sleep(RETRY)
                tab = tab.again()

    async def _compared(self, tab: Tab) -> None:
        """Hold what stands on her page against what another gets at the same address."""
        other = Tab(self.port, tab.tab.query)
        async with other:
            await other.opened()
            await tab.panels(tab.tab.query)
        for words in _missing(other.words | other.tab.panels, tab.words | tab.tab.panels):
            self.faults.append(f"not on her page: {words[:200]}")


def _missing(expected: Mapping[Any, str], found: Mapping[Any, str]) -> set[str]:
    return set(expected.values()) - set(found.values())


def apart(coroutine: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a coroutine in a thread of its own: a browser's driver keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
