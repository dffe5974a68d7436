"""Readers without a browser who click on chips as fast as answers come, as each page's own does.

A click switches one chip on or off, at random, and is over when figures, list and map of the new
choice have come. For every peer that is what its page in the browser sends and waits for.
"""

import asyncio
import json
import re
import time
import uuid
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from html import unescape
from itertools import product
from random import Random
from typing import Any
from urllib.parse import urlencode

from websockets.asyncio.client import connect

from atlas.model.selection import PARAMETERS, PLACE_FILTERS
from tests.load.peers import content
from tests.load.peers.content import View
from tests.load.streamlit_session import StreamlitSession


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


class _Http:
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
        if found := re.search(rb"content-length: (\d+)", answered):
            return await self._reader.readexactly(int(found[1]))
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
        self._http = _Http()
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
        """Begin anew: all views of one or two sectors, kinds, sides and grades, and open places."""
        some = [content.FIELDS[at : at + 1] for at in range(6)]
        some += [content.FIELDS[at : at + 2] for at in range(5)]
        values = {
            "sector": [",".join(found) for found in some],
            "kind": ["", "city", "district", "park", "city,district", "city,park"],
            "side": ["", "sichuan", "chongqing"],
            "confidence": ["", "high", "medium", "high,medium"],
            "lang": ["en", "zh", "id"],
            "place": ["", *(row["id"] for row in content.PLACES)],
        }
        views = [dict(zip(values, chosen, strict=True)) for chosen in product(*values.values())]
        Random(1).shuffle(views)  # noqa: S311 - meant to be foreseen
        cls._views = iter(views)


def panels_of_a_click(page: str) -> Callable[[dict[str, str]], str]:
    """Return what makes the address of the panels that a click on a chip asks for.

    They are those that follow the filters, with the fields of the view that any of them follows.
    """
    base = re.findall(r'data-panels="([^"]+)"', page)[0]
    slots = re.findall(r'data-panel="([^"]+)" data-follows="([^"]*)"', page)
    following = {name: set(follows.split()) for name, follows in slots}
    names = [name for name, follows in following.items() if follows & {"filters", "*"}]
    followed = set().union(*(following[name] for name in names))
    known = set(PARAMETERS) if "*" in followed else {"lang", *PLACE_FILTERS, *followed}
    settings = {"theme": "light", "size": "wide"}

    def address(fields: dict[str, str]) -> str:
        given = {"lang": "en"} | fields
        given = {name: value for name, value in given.items() if value and name in known}
        query = urlencode(sorted((given | settings).items()), safe=",")
        return f"/{base}/map/{','.join(names)}?{query}"

    return address


class Stock(Client):
    """Has the script run with the pills' state, in Streamlit's protobuf."""

    async def open(self) -> None:
        self._session = StreamlitSession(self.port)
        await self._session.__aenter__()
        await self._session.run()

    async def close(self) -> None:
        await self._session.__aexit__()

    async def _choose(self) -> None:
        await self._session.run(*map(content.FIELDS.index, self.after.chosen))


class Dash(Client):
    """Posts to the callback."""

    async def open(self) -> None:
        self._http = _Http()
        await self._http.connect(self.port)
        outputs = [(name, "children") for name in ("sentence", "figures", "list", "marks")]
        self._question = {
            "output": f"..{'...'.join(f'{name}.{value}' for name, value in outputs)}..",
            "outputs": [{"id": name, "property": value} for name, value in outputs],
            "changedPropIds": ["chips.value"],
            "parsedChangedPropsIds": ["chips.value"],
        }

    async def close(self) -> None:
        self._http.close()

    async def _choose(self) -> None:
        inputs = [{"id": "chips", "property": "value", "value": self.after.chosen}]
        question = json.dumps(self._question | {"inputs": inputs}).encode()
        await self._http.ask("/_dash-update-component", question)


class _Socket(Client):
    """A page over a websocket; `SAYS_FIGURES` and `SAYS_MARKS` tell what its messages hold."""

    SAYS_FIGURES = ""
    SAYS_MARKS = ""

    async def _connect(self, target: str, **options: Any) -> None:
        address = f"ws://127.0.0.1:{self.port}/{target}"
        origin: Any = f"http://127.0.0.1:{self.port}"
        self._socket = await connect(address, max_size=None, origin=origin, **options)

    async def close(self) -> None:
        await self._socket.close()

    async def _until(self, *wanted: str) -> str:
        """Wait until messages that hold each of the texts have come; return the last of them."""
        missing, text = list(wanted), ""
        while missing:
            text = await self._text()
            missing = [one for one in missing if one not in text]
        return text

    async def _text(self) -> str:
        return str(await self._socket.recv(decode=True))

    async def _answered(self) -> None:
        moved = [self.SAYS_MARKS] if self.before.marks != self.after.marks else []
        await self._until(self.SAYS_FIGURES, *moved)


# An element of a page of NiceGUI, and its listener to an event.
EVENT = r'"(\d+)":{{"tag":"{}"(?:(?!"tag").)*?"listener_id":"([^"]+)","type":"{}"'


class NiceGui(_Socket):
    """Sends the chip's event by Socket.IO; each mark that comes or goes is a message of its own."""

    async def open(self) -> None:
        page = unescape(await page_at(self.port))
        (self._client,) = set(re.findall(r"'client_id': '([^']+)'", page))
        chips = re.findall(EVENT.format("q-chip", "update:selected"), page)
        self._chips = dict(zip(content.FIELDS, chips, strict=True))
        query = {
            "client_id": self._client,
            "next_message_id": 0,
            "implicit_handshake": "true",
            "document_id": uuid.uuid4(),
            "tab_id": uuid.uuid4(),
            "EIO": 4,
            "transport": "websocket",
        }
        await self._connect(f"_nicegui_ws/socket.io/?{urlencode(query)}")
        await self._socket.send("40")
        await self._until('40{"sid"')
        ((leaflet, mounted),) = re.findall(EVENT.format("nicegui-leaflet", "init"), page)
        await self._tell(leaflet, mounted, None)
        for _ in (*content.LAYERS, *View().marks):
            await self._until("add_layer")

    async def _tell(self, element: str, listener: str, argument: str | None) -> None:
        event = {"id": int(element), "client_id": self._client, "listener_id": listener}
        await self._socket.send(f"42{json.dumps(['event', event | {'args': [argument]}])}")

    async def _text(self) -> str:
        text = await super()._text()
        if text == "2":
            await self._socket.send("3")
        return text

    async def _choose(self) -> None:
        (field,) = {*self.before.chosen} ^ {*self.after.chosen}
        await self._tell(*self._chips[field], json.dumps(field in self.after.chosen))
        await self._until(f'"{self.after.sentence}"')
        one, other = ({row["id"] for row in view.marks} for view in (self.before, self.after))
        for _ in one ^ other:
            await self._until("setStyle")


OUTPUTS_OF_SHINY = ("summary", "leaflet", "listed")


class Shiny(_Socket):
    """Sends the group's value; the map's widget has messages of its own."""

    SAYS_FIGURES = '"summary": {"deps"'
    SAYS_MARKS = '\\"layers\\"'

    async def open(self) -> None:
        await self._connect("websocket/")
        hidden = {f".clientdata_output_{name}_hidden": False for name in OUTPUTS_OF_SHINY}
        data = {"chips": [], **hidden, ".clientdata_url_search": "", ".clientdata_pixelratio": 1}
        await self._socket.send(json.dumps({"method": "init", "data": data}))
        await self._until(self.SAYS_FIGURES, self.SAYS_MARKS)

    async def _choose(self) -> None:
        data = {"chips": self.after.chosen}
        await self._socket.send(json.dumps({"method": "update", "data": data}))
        await self._answered()


class Panel(_Socket):
    """Patches the document with the group's value, in Bokeh's protocol."""

    SAYS_FIGURES = "class=&#x27;figures&#x27;"
    SAYS_MARKS = '"ColumnDataChanged"'

    async def open(self) -> None:
        page = await page_at(self.port)
        (token,) = re.findall(r'"token":"([^"]+)"', page)
        await self._connect("ws", subprotocols=["bokeh", token])
        await self._until('"ACK"')
        await self._say("PULL-DOC-REQ", {})
        document = await self._until('"doc"')
        (self._group,) = set(
            re.findall(r'"name":"[\w.]*CheckboxButtonGroup","id":"(\w+)"', document)
        )

    async def _say(self, kind: str, said: object) -> None:
        header = {"msgid": uuid.uuid4().hex, "msgtype": kind}
        for part in (header, {}, said):
            await self._socket.send(json.dumps(part))

    async def _text(self) -> str:
        found = await self._socket.recv()
        return found if isinstance(found, str) else ""

    async def _choose(self) -> None:
        active = [content.FIELDS.index(one) for one in self.after.chosen]
        change = {"kind": "ModelChanged", "model": {"id": self._group}}
        await self._say("PATCH-DOC", {"events": [change | {"attr": "active", "new": active}]})
        await self._answered()


CLIENTS: dict[str, type[Client]] = {
    "ours": Ours,
    "stock": Stock,
    "nicegui": NiceGui,
    "dash": Dash,
    "shiny": Shiny,
    "panel": Panel,
}


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
