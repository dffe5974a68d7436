"""A reader without a browser: a session over Streamlit's real websocket, and her panels."""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.load.panels import Fetcher
from tests.load.protocol import Tab

PATIENCE = 120  # seconds until an answer counts as lost


@dataclass
class Answer:
    """One run of the script as the reader has it: seconds, messages, and bytes by message kind.

    `seconds` end when run and panels are there. `wire` counts the bytes as they came,
    compressed, with the heads of frames and answers; `payload` the messages after
    decompression. `first` is the time to the first message. `failures` are
    the exceptions that stand on the page, and breaches of the protocol.
    """

    seconds: float = 0.0
    first: float = 0.0
    wire: int = 0
    payload: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


class _Counted(ClientConnection):
    """A connection that counts the bytes that come in."""

    received = 0

    def data_received(self, data: bytes) -> None:
        self.received += len(data)
        super().data_received(data)


class Reader:
    """A session on the dashboard: opened once, then clicked.

    async with Reader(port, "lang=en") as reader:
        first = await reader.opened()
        later = await reader.click(group=0, chip=2)
    """

    def __init__(self, port: int, query: str = "") -> None:
        self.tab = Tab(f"http://127.0.0.1:{port}", query)
        self._fetcher = Fetcher(self.tab.url)
        self._connecting = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            # Compression is offered as Chromium offers it; the server takes it or not.
            compression="deflate",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.tab.url,  # type: ignore[arg-type]
            user_agent_header="Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0",
            max_size=None,
            max_queue=None,
            open_timeout=PATIENCE,
            ping_interval=None,
            create_connection=_Counted,
        )

    async def __aenter__(self) -> "Reader":
        self._connection: Any = await self._connecting
        await self._fetcher.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._fetcher.__aexit__()
        await self._connection.close()

    async def opened(self) -> Answer:
        """Ask for the first run and wait for its end, and for the panels that it has places for."""
        start = time.perf_counter()
        answer = await self._asked(self.tab.opening())
        answer.wire += await self.panels(self.tab.query)
        answer.seconds = time.perf_counter() - start
        return answer

    async def click(self, group: int, chip: int) -> Answer:
        """Click a chip of a group, both by number, and wait for the end of run and panels.

        As in the browser, the panels are fetched while the script runs. Raises `LookupError`
        where the page has no such chip.
        """
        start, chosen = time.perf_counter(), self.tab.groups[group][chip]
        question, ahead = self.tab.click(chosen), self.tab.after(chosen)
        answer, wire = await asyncio.gather(self._asked(question), self.panels(ahead))
        answer.wire += wire
        answer.seconds = time.perf_counter() - start
        return answer

    async def panels(self, query: str) -> int:
        """Fetch the panels that do not show a view yet, and return their bytes."""
        asked = map(self._fetcher.get, self.tab.slots.addresses(query))
        found = await asyncio.gather(*asked)
        for one in found:
            self.tab.fill(one.markup)
        return sum(one.wire for one in found)

    async def _asked(self, question: bytes) -> Answer:
        answer, start = Answer(), time.perf_counter()
        before = self._connection.received
        await self._connection.send(question)
        while not self.tab.finished:
            payload = await self._connection.recv(decode=False)
            answer.first = answer.first or time.perf_counter() - start
            self._take(payload, answer)
        answer.seconds = time.perf_counter() - start
        answer.wire = self._connection.received - before
        answer.failures, self.tab.failures = self.tab.failures, []
        return answer

    def _take(self, payload: bytes, answer: Answer) -> None:
        message = ForwardMsg.FromString(payload)
        answer.payload += len(payload)
        answer.kinds[kind(message)] += len(payload)
        self.tab.take(message)


def kind(message: ForwardMsg) -> str:
    """Return what a message carries: its type, or that of the element it draws."""
    found = str(message.WhichOneof("type"))
    if found != "delta":
        return found
    delta = message.delta
    if delta.WhichOneof("type") == "new_element":
        return str(delta.new_element.WhichOneof("type"))
    return str(delta.WhichOneof("type"))
