"""Readers who stay: they click, and come back when their connection breaks."""

import asyncio
import json
import re
import time
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from websockets.exceptions import ConnectionClosed, InvalidHandshake

from atlas.datapackage.loader import current
from atlas.model.selection import Selection, from_query
from tests.hosting.servers import fetched
from tests.load.streamlit_session import StreamlitSession

_Result = TypeVar("_Result")
RETRY = 0.25  # seconds between two tries to connect, about what Streamlit's page takes
PAUSES = (0.3, 1.0, 2.0, 4.0)  # seconds before panels are asked for again, as in `panels.js`
SECTORS = ("aerospace", "intelligent-equipment", "rail-transit")
PANELS = re.compile(r'data-page="([^"]+)"[^>]*data-panels="([^"]+)"')


def view(query: str) -> Selection:
    """Return the view of a query string."""
    return from_query(dict(parse_qsl(query)), current())[0]


class Reader(StreamlitSession):
    """A reader without a browser: the page at her address, its session, and its panels.

    async with Reader(port, "lang=en") as reader:
        await reader.opened()
        panels = await reader.follow("lang=en&sector=rail-transit")
    """

    def __init__(self, port: int, query: str = "", page: str = "") -> None:
        super().__init__(port, query)
        self._site = f"http://127.0.0.1:{port}"
        self._page_name = page
        self._panels = ""

    async def opened(self) -> list[str]:
        """Load the page and have its script run; return the exceptions that stand on it."""
        page = await self._fetched(f"{self._page_name}?{self.query}")
        found = PANELS.search(page)
        self._panels = f"{found[2]}/{found[1]}/all" if found else ""
        await self.run()
        return self.failures

    async def follow(self, query: str) -> dict[str, Any]:
        """Go to another view of the page, as a click does; return what its panels hold."""
        self.query = query
        answers: dict[str, Any] = json.loads(await self._fetched(f"{self._panels}?{query}"))
        return answers

    async def _fetched(self, path: str) -> str:
        """Ask again for what no replica had just then, as the page's script does."""
        for pause in (*PAUSES, 0):
            answer = await asyncio.to_thread(fetched, f"{self._site}/{path}")
            if answer.status == 200:
                return answer.body.decode()
            await asyncio.sleep(pause)
        raise LookupError(f"{path} answered {answer.status or 'nothing'}")


@dataclass
class Session:
    """One reader over all her connections: how long she was without one, and what went wrong."""

    port: int
    query: str
    seed: int
    gaps: list[float] = field(default_factory=list)
    clicks: int = 0
    faults: list[str] = field(default_factory=list)

    async def read(self, over: Callable[[], bool]) -> None:
        """Click now and then until it is over, whatever happens to the connection."""
        broken = await self._clicked(over)
        while broken:
            broken = await self._back(over)

    async def _clicked(self, over: Callable[[], bool], lost: float | None = None) -> bool:
        """Open the page and click until it is over (false) or the connection breaks (true)."""
        random = Random(self.seed + self.clicks)  # noqa: S311 - meant to be foreseen
        async with Reader(self.port, self.query) as reader:
            self.faults += await reader.opened()
            if lost is not None:
                self.gaps.append(time.monotonic() - lost)
            while not over():
                await asyncio.sleep(random.uniform(0.2, 0.6))
                await self._click(reader, random.choice(SECTORS))
                if reader.connection.close_code is not None:
                    return True
        return False

    async def _click(self, reader: Reader, sector: str) -> None:
        """Click a chip: the panels must come, though the connection may just have broken."""
        now = view(self.query)
        chosen = [one for one in SECTORS if (one in now.sector) != (one == sector)]
        self.query = now.but(sector=tuple(chosen)).to_query()
        try:
            await reader.follow(self.query)
        except LookupError as error:
            self.faults.append(str(error))
        self.clicks += 1

    async def _back(self, over: Callable[[], bool]) -> bool:
        """Connect again, to the same view, and click on."""
        lost = time.monotonic()
        while True:
            try:
                return await self._clicked(over, lost)
            except (ConnectionClosed, InvalidHandshake, OSError):
                await asyncio.sleep(RETRY)


def apart(coroutine: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a coroutine in a thread of its own: a browser's driver keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
