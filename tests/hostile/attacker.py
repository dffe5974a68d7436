"""A client that keeps to nothing, and what it is answered."""

import asyncio

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import ConnectionClosed

from tests.hostile.messages import WIDGETS, Said
from tests.hosting.streamlit_session import is_last, run_of, websocket

# What a page is opened with, so that all that Streamlit draws on it is there.
VIEWS = {"place": "lang=en&place=deyang", "evidence": "lang=en&form=table"}
PATIENCE = 20  # seconds until what was to follow from a message counts as lost
HEARTBEAT = BackMsg(app_heartbeat=True).SerializeToString()


class Attacker:
    """A session on a page; after a message that closes the connection it opens another.

    `widgets` are the ids of the page's widgets by their names, and `failures` what came back that
    must not: words of a traceback. That a page fails whose own session has sent it nonsense is no
    failure.
    """

    def __init__(self, port: int, page: str = "") -> None:
        self.url = f"http://127.0.0.1:{port}"
        self.page = page
        self.widgets: dict[str, str] = {}
        self.failures: list[str] = []
        self.closed: list[int] = []

    async def __aenter__(self) -> "Attacker":
        await self._open()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def _open(self) -> None:
        self._connection = await websocket(self.url)
        await self._run(self._opening())

    def _opening(self) -> bytes:
        query = VIEWS.get(self.page, "lang=en")
        return bytes(run_of(self.url, self.page, query).SerializeToString())

    async def say(self, message: Said) -> None:
        """Send something, and wait until all that follows from it is over."""
        is_message = isinstance(message, BackMsg)
        sent = self._named(message).SerializeToString() if is_message else message
        try:
            await self._run(sent)
        except ConnectionClosed as closing:
            self.closed.append(closing.rcvd.code if closing.rcvd else 0)
            await self._open()

    async def flood(self, times: int) -> None:
        """Ask for the page so many times without a look at what comes back, then once more."""
        for _ in range(times):
            await self._connection.send(self._opening())
        await self.say(self._opening())

    def _named(self, message: BackMsg) -> BackMsg:
        """Return a message with the real ids of widgets in place of their names."""
        if not message.HasField("rerun_script"):
            return message
        named = BackMsg()
        named.CopyFrom(message)
        for widget in named.rerun_script.widget_states.widgets:
            widget.id = self.widgets.get(widget.id, widget.id)
        return named

    async def _run(self, sent: str | bytes) -> None:
        await self._connection.send(sent)
        if not is_run(sent):
            # Answered in turn; a run would throw the answer away at its start. A part that the
            # page does not have is not run, and nothing is said of it.
            await self._connection.send(HEARTBEAT)
        async with asyncio.timeout(PATIENCE):
            while not self._is_over(await self._connection.recv(decode=False)):
                pass

    def _is_over(self, payload: bytes) -> bool:
        for word in (b"Traceback", b'File "/', b"site-packages"):
            if word in payload:
                self.failures.append(payload[:2_000].decode(errors="replace"))
        message = ForwardMsg.FromString(payload)
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        widget = str(getattr(getattr(element, kind or "", None), "id", ""))
        if widget:
            names = (name for name in WIDGETS if widget.endswith(f"-{name}"))
            self.widgets[next(names, widget)] = widget
        return is_last(message) or message.HasField("heartbeat_ack")


def is_run(sent: str | bytes) -> bool:
    """Tell whether a message makes Streamlit run the page."""
    if isinstance(sent, str):
        return False
    try:
        message = BackMsg.FromString(sent)
    except DecodeError:
        return False
    return message.HasField("rerun_script") and not message.rerun_script.fragment_id
