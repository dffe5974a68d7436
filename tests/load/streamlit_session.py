"""A session over Streamlit's websocket, without a browser."""

from typing import Any

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.proto.WidgetStates_pb2 import WidgetState
from websockets.asyncio.client import connect

PATIENCE = 120  # seconds until an answer counts as lost


class StreamlitSession:
    """A reader's session: its script is run when it is opened, and with every choice.

    `failures` are the exceptions that stand on the page.
    """

    def __init__(self, port: int, query: str = "") -> None:
        self.query = query
        self.failures: list[str] = []
        self._page = ""
        self._chips = ButtonGroup()
        self._connecting = connect(
            f"ws://127.0.0.1:{port}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            origin=f"http://127.0.0.1:{port}",  # type: ignore[arg-type]
            max_size=None,
            max_queue=None,
            open_timeout=PATIENCE,
            ping_interval=None,
        )

    async def __aenter__(self) -> "StreamlitSession":
        self.connection: Any = await self._connecting
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.connection.close()

    async def run(self, *chosen: int) -> None:
        """Have the script run with these pills of the page's group chosen; wait for its end."""
        await self.connection.send(self._rerun(chosen))
        while not self._ends_with(ForwardMsg.FromString(await self.connection.recv(decode=False))):
            pass

    def _rerun(self, chosen: tuple[int, ...]) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.query_string, state.page_script_hash = self.query, self._page
        if self._chips.id:
            labels = [self._chips.options[number].content for number in chosen]
            widget = WidgetState(id=self._chips.id)
            widget.string_array_value.data.extend(labels)
            state.widget_states.widgets.append(widget)
        return bytes(message.SerializeToString())

    def _ends_with(self, received: ForwardMsg) -> bool:
        match received.WhichOneof("type"):
            case "new_session":
                self._page = received.new_session.page_script_hash
            case "delta":
                element = received.delta.new_element
                if element.HasField("button_group"):
                    self._chips = element.button_group
                if element.HasField("exception"):
                    self.failures.append(element.exception.message)
            case "script_finished":
                return received.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        return False
