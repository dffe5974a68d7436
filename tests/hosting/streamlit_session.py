"""A session with Streamlit, as the browser opens one once a page has been drawn."""

import asyncio

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 60  # seconds until a run counts as lost


async def websocket(url: str, cookie: str = "") -> ClientConnection:
    """Connect to the server at `http://host:port` as its own page does."""
    return await connect(
        f"{url.replace('http', 'ws')}/_stcore/stream",
        subprotocols=["streamlit"],  # type: ignore[list-item]
        origin=url,  # type: ignore[arg-type]
        additional_headers={"Cookie": cookie} if cookie else None,
        max_size=None,
        ping_interval=None,
    )


def run_of(url: str, page: str, query: str) -> BackMsg:
    """Return the message that asks for a run of a page."""
    message = BackMsg()
    message.rerun_script.query_string = query
    message.rerun_script.page_name = page
    message.rerun_script.context_info.url = f"{url}/{page}"
    return message


def is_last(message: ForwardMsg) -> bool:
    """Tell whether a message ends what was asked for."""
    if message.WhichOneof("type") != "script_finished":
        return False
    return bool(message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN)


class StreamlitSession:
    """A session on a page.

    async with StreamlitSession(url, "share", "lang=en") as session:
        failures = await session.run()
    """

    def __init__(self, url: str, page: str = "", query: str = "lang=en", cookie: str = "") -> None:
        self._url = url
        self.request = run_of(url, page, query)
        self._cookie = cookie

    async def __aenter__(self) -> "StreamlitSession":
        self._connection = await websocket(self._url, self._cookie)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def run(self) -> list[str]:
        """Ask for a run and wait for its end; return the exceptions that then stand on the page."""
        await self._connection.send(self.request.SerializeToString())
        async with asyncio.timeout(PATIENCE):
            return await self._exceptions()

    async def _exceptions(self) -> list[str]:
        exceptions = []
        while True:
            message = ForwardMsg.FromString(await self._connection.recv(decode=False))
            if is_last(message):
                return exceptions
            self.hear(message)
            if message.delta.new_element.HasField("exception"):
                exceptions.append(message.delta.new_element.exception.message)

    def hear(self, message: ForwardMsg) -> None:
        """Take what the next run is asked for with from a message."""

    async def closed(self) -> int:
        """Wait until the server ends the session; return the code it gives."""
        await self._connection.wait_closed()
        return int(self._connection.close_code or 0)
