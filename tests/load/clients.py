"""Readers without a browser who click on chips as fast as answers come, as each page's own does.

A click switches one chip on or off, at random, and is over when figures, list and map of the new
choice have come. For every peer that is what its page in the browser sends and waits for.
"""

import asyncio
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, combinations, product
from random import Random
from typing import Any
from urllib.parse import urlencode

from atlas.model.languages import LANGUAGES
from tests.hosting.sessions import panels_of, part_of
from tests.load.peers import content
from tests.load.peers.content import View


class Client(ABC):
    """A reader of one page."""

    def __init__(self, port: int, random: Random) -> None:
        self.port = port
        self._random = random
        self._chosen: set[str] = set()
        self.before = self.after = View()  # of the click that is under way

    @abstractmethod
    async def open(self) -> None:
        """Open the page."""

    @abstractmethod
    async def close(self) -> None:
        """Leave it."""

    @abstractmethod
    async def _choose(self) -> None:
        """Click a chip, and wait for all that follows."""

    async def click(self) -> None:
        """Click a chip at random."""
        self._chosen ^= {self._random.choice(content.FIELDS)}
        chosen = tuple(field for field in content.FIELDS if field in self._chosen)
        self.before, self.after = self.after, View(chosen)
        await self._choose()


class Http:
    """A connection over which one request follows the other."""

    async def connect(self, port: int) -> None:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", port)
        self._host = f"Host: 127.0.0.1:{port}\r\nAccept-Encoding: gzip, deflate, br, zstd\r\n"

    def close(self) -> None:
        self._writer.close()

    async def ask(self, target: str, body: bytes | None = None) -> bytes:
        """Return what comes for a GET or, with a body of JSON, a POST, as it came."""
        method = "GET" if body is None else "POST"
        kind = "" if body is None else "Content-Type: application/json\r\n"
        length = "" if body is None else f"Content-Length: {len(body)}\r\n"
        head = f"{method} {target} HTTP/1.1\r\n{self._host}{kind}{length}\r\n"
        self._writer.write(head.encode() + (body or b""))
        answered = (await self._reader.readuntil(b"\r\n\r\n")).lower()
        if not answered.startswith(b"http/1.1 200"):
            raise RuntimeError(f"{target}: {answered.splitlines()[0].decode()}")
        if size := re.search(rb"content-length: (\d+)", answered):
            return await self._reader.readexactly(int(size[1]))
        return b"".join([chunk async for chunk in self._chunks()])

    async def _chunks(self) -> Any:
        while size := int(await self._reader.readline(), 16):
            yield await self._reader.readexactly(size)
            await self._reader.readline()
        await self._reader.readline()


async def page_at(port: int, target: str = "/") -> str:
    """Return a page, uncompressed, as text."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"GET {target} HTTP/1.0\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode())
    text = (await reader.read()).decode()
    writer.close()
    return text


class Ours(Client):
    """Asks for the panels that follow a filter, in one request, as `panels.js` does."""

    async def open(self) -> None:
        self._http = Http()
        await self._http.connect(self.port)
        self._address = panels_of_a_click(await page_at(self.port, "/?lang=en"))

    async def close(self) -> None:
        self._http.close()

    async def _choose(self) -> None:
        await self._http.ask(self._address({"sector": ",".join(self.after.chosen)}))


class OursNew(Ours):
    """Asks for views that nobody has asked for before."""

    _views: Iterator[dict[str, str]]

    async def click(self) -> None:
        await self._http.ask(self._address(next(OursNew._views)))

    @classmethod
    def begin(cls) -> None:
        """Begin anew: all views of up to three sectors, and of kinds, sides and confidences."""

        def lists(ids: Sequence[str], most: int) -> list[str]:
            chosen = (combinations(ids, size) for size in range(most + 1))
            return [",".join(group) for group in chain.from_iterable(chosen)]

        values = {
            "sector": lists(content.FIELDS, 3)[1:],
            "kind": lists(("city", "district", "park"), 3),
            "side": lists(("sichuan", "chongqing"), 1),
            "confidence": lists(("high", "medium", "low"), 3),
            "lang": list(LANGUAGES),
        }
        views = [dict(zip(values, chosen, strict=True)) for chosen in product(*values.values())]
        Random(1).shuffle(views)  # noqa: S311 - meant to be foreseen
        cls._views = iter(views)


def panels_of_a_click(page: str) -> Callable[[dict[str, str]], str]:
    """Return what makes the address of the panels that a click on a chip asks for.

    They are those that follow the filter of sectors, with what of the view any of them follows.
    """
    at, follows = panels_of(page)
    names = [name for name, parameters in follows.items() if "sector" in parameters]
    followed = {parameter for name in names for parameter in follows[name]}

    def address(fields: dict[str, str]) -> str:
        query = part_of(urlencode({"lang": "en"} | fields), followed)
        return f"/{at}/map/{','.join(names)}?{query}"

    return address


class Crowd:
    """Readers who open a page and click without pause, counted from when all have opened it."""

    def __init__(self, kind: type[Client], port: int, count: int) -> None:
        self._clients = [kind(port, Random(number)) for number in range(count)]  # noqa: S311
        self._missing = count
        self._clicks = 0
        self._end = float("inf")

    async def clicks(self, seconds: float, whenever_counted: Callable[[], None]) -> float:
        """Return the clicks a second over some seconds; their beginning and end are called out."""
        async with asyncio.TaskGroup() as tasks:
            for client in self._clients:
                tasks.create_task(self._clicking(client))
            while self._missing:
                await asyncio.sleep(0.01)
            self._clicks, start = 0, time.perf_counter()
            whenever_counted()
            await asyncio.sleep(seconds)
            self._end = time.perf_counter()
            whenever_counted()
            clicks = self._clicks
        return clicks / (self._end - start)

    async def _clicking(self, client: Client) -> None:
        await client.open()
        self._missing -= 1
        while time.perf_counter() < self._end:
            await client.click()
            self._clicks += 1
        await client.close()
