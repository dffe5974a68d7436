"""Readers who stay: they click, and go on when the server that answered them is gone.

A reader opens a page and fetches panels as the browser does (`atlas/pages/scripts/panels.js`):
what a click changes in one request, again after a pause where that fails, and all anew where the
server has another edition. Beside that she holds a session with Streamlit.
"""

import asyncio
import re
import time
from collections.abc import Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from random import Random
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

import httpx2
from websockets.exceptions import ConnectionClosed, InvalidHandshake

from atlas.datapackage.loader import current
from atlas.model.pages import MAP
from atlas.model.selection import (
    PARAMETERS,
    PLACE_FILTERS,
    Selection,
    from_query,
    toggled,
)
from tests.hosting.streamlit_session import StreamlitSession

_Result = TypeVar("_Result")
PAUSES = (0.3, 1.0, 2.0, 4.0)  # seconds before panels are asked for again
RETRY = 0.25  # seconds between two tries to connect, about what Streamlit's page takes
GONE = 410  # another edition
_AT = re.compile(r'data-panels="([^"]+)"')
_SLOT = re.compile(r'data-panel="([^"]+)" data-follows="([^"]*)"( data-picks)?')
_MAPS = {"theme": "light", "size": "wide"}


def view(query: str) -> Selection:
    """Return the view that a query string names."""
    return from_query(dict(parse_qsl(query)), current())[0]


class Reader:
    """A page in a browser: its view, and what each of its panels shows.

    `seconds` are those of the last click, `reloads` counts how often another edition had the page
    loaded anew.
    """

    def __init__(self, url: str, page: str = "", query: str = "lang=en") -> None:
        self.url, self.page, self.query = url, page, query
        self.panels: dict[str, Any] = {}
        self.seconds = 0.0
        self.reloads = 0
        self._at = ""
        self._follows: dict[str, tuple[str, ...]] = {}
        self._shown: dict[str, str] = {}

    async def __aenter__(self) -> "Reader":
        # To load the certificates of the world for each reader would take longer than the rest.
        self._client = httpx2.AsyncClient(base_url=self.url, timeout=60, verify=False)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    @property
    def cookie(self) -> str:
        """What the browser says to stay on its replica."""
        return "; ".join(f"{name}={value}" for name, value in self._client.cookies.items())

    async def open(self) -> None:
        """Load the page, and take what its panels answer for the view."""
        answer = await self._got(f"/{self.page}?{self.query}")
        answer.raise_for_status()
        self._at, self._follows = panels_of(answer.text)
        self._shown = {}
        await self.show(self.query)

    async def show(self, query: str) -> None:
        """Follow a link to a view of this page."""
        start = time.monotonic()
        self.query = query
        followed = self._followed
        missing = [name for name in followed if self._shown.get(name) != followed[name]]
        if missing:
            await self._fetch(missing)
        self._shown = self._followed
        self.seconds = time.monotonic() - start

    @property
    def _followed(self) -> dict[str, str]:
        """What each panel shows of the view."""
        return {name: part_of(self.query, names) for name, names in self._follows.items()}

    async def _fetch(self, names: list[str]) -> None:
        parameters = {parameter for name in names for parameter in self._follows[name]}
        query = part_of(self.query, parameters)
        answer = await self._got(f"/{self._at}/{self.page or MAP}/{','.join(names)}?{query}")
        if answer.status_code == GONE:
            assert not self.reloads, "A page is loaded anew once."
            self.reloads += 1
            await self.open()
        else:
            answer.raise_for_status()
            self.panels |= answer.json()

    async def _got(self, address: str) -> httpx2.Response:
        """Ask for an address, and again where nobody answers or none can just then."""
        for pause in PAUSES:
            try:
                answer = await self._client.get(address)
            except httpx2.TransportError:
                await asyncio.sleep(pause)
                continue
            if answer.status_code < 500:
                return answer
            await asyncio.sleep(pause)
        return await self._client.get(address)


def panels_of(page: str) -> tuple[str, dict[str, tuple[str, ...]]]:
    """Return the address below which a page's panels are, and the parameters each follows."""
    follows = {
        name: (*_parameters(follows.split()), *(_MAPS if picks else ()))
        for name, follows, picks in _SLOT.findall(page)
    }
    return _AT.findall(page)[0], follows


def _parameters(follows: list[str]) -> tuple[str, ...]:
    if "*" in follows:
        return tuple(PARAMETERS)
    return ("lang", *follows, *(PLACE_FILTERS if "filters" in follows else ()))


def part_of(query: str, names: Iterable[str]) -> str:
    """Return the part of a view that stands in the address of its panels, sorted."""
    fields = dict(parse_qsl(query)) | _MAPS
    followed = set(names)
    return urlencode(sorted(field for field in fields.items() if field[0] in followed), safe=",")


async def differences(reader: Reader) -> list[str]:
    """Return the panels that another reader sees otherwise at the same address."""
    async with Reader(reader.url, reader.page, reader.query) as other:
        await other.open()
    assert other.panels.keys() == reader.panels.keys()
    return [
        f"{name} at {reader.query}"
        for name, shown in other.panels.items()
        if shown != reader.panels[name]
    ]


async def visit(url: str, page: str = "", query: str = "lang=en") -> list[str]:
    """Open a page, let Streamlit take it in, and click a chip; return the page's exceptions."""
    async with Reader(url, page, query) as reader:
        await reader.open()
        async with StreamlitSession(url, page, query, reader.cookie) as session:
            failures = await session.run()
        await reader.show(view(query).but(sector=("rail-transit",)).to_query())
    return failures


@dataclass
class Session:
    """A reader who clicks for as long as she may: what went wrong for her.

    `waits` are the seconds of her clicks, `gaps` those for which Streamlit was away; `think` is how
    long she looks at what she gets, in seconds on average.
    """

    url: str
    query: str
    seed: int
    page: str = ""
    think: float = 0.4
    sectors: tuple[str, ...] = ("aerospace", "intelligent-equipment", "rail-transit")
    clicks: int = 0
    waits: list[float] = field(default_factory=list)
    gaps: list[float] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    async def read(self, over: Callable[[], bool]) -> None:
        """Click now and then until it is over, whatever happens to the servers."""
        random = Random(self.seed)  # noqa: S311 - meant to be foreseen
        async with Reader(self.url, self.page, self.query) as reader:
            await reader.open()
            async with asyncio.TaskGroup() as tasks:
                connected = tasks.create_task(self._stay_connected(reader))
                while not over():
                    await asyncio.sleep(random.expovariate(1 / self.think))
                    await self._click(reader, random)
                connected.cancel()
            self.faults += await differences(reader)

    async def _click(self, reader: Reader, random: Random) -> None:
        """Click a chip, on or off."""
        sector = random.choice(self.sectors)
        chosen = toggled(current(), view(reader.query), "sector", sector)
        await reader.show(chosen.to_query())
        self.waits.append(reader.seconds)
        self.clicks += 1

    async def _stay_connected(self, reader: Reader) -> None:
        """Hold a session with Streamlit, and another one when that breaks."""
        lost = 0.0
        while True:
            try:
                query, cookie = reader.query, reader.cookie
                async with StreamlitSession(self.url, self.page, query, cookie) as session:
                    self.faults += await session.run()
                    if lost:
                        self.gaps.append(time.monotonic() - lost)
                    await session.closed()
                lost = time.monotonic()
            except (ConnectionClosed, InvalidHandshake, OSError):
                lost = lost or time.monotonic()
                await asyncio.sleep(RETRY)


def apart(coroutine: Coroutine[Any, Any, _Result]) -> _Result:
    """Run a coroutine in a thread of its own: a browser's driver keeps a loop in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coroutine).result()
