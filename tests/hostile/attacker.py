"""A client that keeps to nothing, and what it is answered."""

import asyncio
from collections.abc import Iterator
from time import perf_counter

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from tests.hostile.drawing import noted
from tests.hostile.messages import PART, WIDGETS, Said

# What each page is opened with, so that every widget of it is there.
VIEWS = {
    "": "lang=en",
    "place": "lang=en&place=deyang",
    "sectors": "lang=en&sector=rail-transit",
    "distances": "lang=en&near=deyang",
    "evidence": "lang=en&form=table",
}
PATIENCE = 20  # seconds until what was to follow from a message counts as lost
HEARTBEAT = BackMsg(app_heartbeat=True).SerializeToString()


class Attacker:
    """A session on a page; after a message that closes the connection it opens another.

    `widgets` are the ids of the page's widgets by their names, and `part` that of what runs alone
    with a click; `failures` what came back that must not: words of a traceback. That a page fails
    whose own session has sent it nonsense is no failure.
    """

    def __init__(self, port: int, page: str = "") -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.page = page
        self.widgets: dict[str, str] = {}
        self.part = ""
        self.failures: list[str] = []
        self.closed: list[int] = []
        self._over = False

    async def __aenter__(self) -> "Attacker":
        await self._open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def _open(self) -> None:
        self._connection: ClientConnection = await connect(
            f"{self.url.replace('http', 'ws')}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=self.url,  # type: ignore[arg-type]
            max_size=None,
            ping_interval=None,
        )
        await self._run(self._opening().SerializeToString())

    def _opening(self) -> BackMsg:
        message = BackMsg()
        message.rerun_script.query_string = VIEWS.get(self.page, "lang=en")
        message.rerun_script.page_name = self.page
        message.rerun_script.context_info.url = f"{self.url}/{self.page}"
        return message

    async def say(self, said: Said) -> None:
        """Say something, and wait until all that follows from it is over."""
        begun = perf_counter()
        sent = self._named(said).SerializeToString() if isinstance(said, BackMsg) else said
        try:
            await self._run(sent)
        except ConnectionClosed as closing:
            self.closed.append(closing.rcvd.code if closing.rcvd else 0)
            await self._open()
        noted("messages", perf_counter() - begun)

    async def flood(self, times: int) -> None:
        """Ask for the page so many times without a look at what comes back, then once more."""
        for _ in range(times):
            await self._connection.send(self._opening().SerializeToString())
        await self.say(self._opening())

    def _named(self, said: BackMsg) -> BackMsg:
        """A message with the real ids of widgets and of the part in place of their names."""
        named = BackMsg()
        named.CopyFrom(said)
        for one in named.rerun_script.widget_states.widgets:
            one.id = self.widgets.get(one.id, one.id)
        if named.rerun_script.fragment_id == PART:
            named.rerun_script.fragment_id = self.part
        return named if said.HasField("rerun_script") else said

    async def _run(self, sent: str | bytes) -> None:
        await self._connection.send(sent)
        if not is_run(sent):
            # Answered in turn; a run would throw the answer away at its start. A part that the
            # page does not have is not run, and nothing is said of it.
            await self._connection.send(HEARTBEAT)
        await asyncio.wait_for(self._end(), PATIENCE)

    async def _end(self) -> None:
        self._over = False
        while not self._over:
            self._take(await self._connection.recv(decode=False))

    def _take(self, payload: bytes) -> None:
        message = ForwardMsg.FromString(payload)
        match message.WhichOneof("type"):
            case "heartbeat_ack":
                self._over = True
            case "script_finished":
                self._over = message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
            case "delta":
                self._draw(message)
        for told in (b"Traceback", b'File "/', b"site-packages"):
            if told in payload:
                self.failures.append(payload[:2_000].decode(errors="replace"))

    def _draw(self, message: ForwardMsg) -> None:
        self.part = message.delta.fragment_id or self.part
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        found = str(getattr(getattr(element, kind or "", None), "id", ""))
        for name, widget in named(found):
            self.widgets[name] = widget


def named(widget: str) -> Iterator[tuple[str, str]]:
    """The names by which a widget is known; the component that follows links is two."""
    own = widget.partition("-")[2].partition("-")[2]
    known = [name for name in WIDGETS if own == name or f"-{name}" in own]
    if widget:
        yield max(known, key=len, default=own), widget
    if known == ["router"]:
        yield "router__events", f"$$STREAMLIT_INTERNAL_KEY_{widget}__events"


def is_run(sent: str | bytes) -> bool:
    """Tell whether a message makes Streamlit run the page."""
    if isinstance(sent, str):
        return False
    try:
        message = BackMsg.FromString(sent)
    except DecodeError:
        return False
    return message.HasField("rerun_script") and not message.rerun_script.fragment_id
