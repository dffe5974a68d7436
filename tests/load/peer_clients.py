"""The clients of the other frameworks' pages, each in its own protocol."""

import json
import re
import uuid
from html import unescape
from typing import Any
from urllib.parse import urlencode

from streamlit.proto.ButtonGroup_pb2 import ButtonGroup
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import connect

from tests.hosting.streamlit_session import StreamlitSession
from tests.load.clients import Client, Http, Ours, page_at
from tests.load.peers import content
from tests.load.peers.content import View


class Pills(StreamlitSession):
    """A session on a page with pills of Streamlit's own."""

    _group = ButtonGroup()

    def hear(self, message: ForwardMsg) -> None:
        if message.WhichOneof("type") == "new_session":
            self.request.rerun_script.page_script_hash = message.new_session.page_script_hash
        if message.delta.new_element.HasField("button_group"):
            self._group = message.delta.new_element.button_group

    def choose(self, *chosen: int) -> None:
        """Have the next run asked for with these pills chosen."""
        labels = [self._group.options[number].content for number in chosen]
        states = self.request.rerun_script.widget_states
        states.Clear()
        states.widgets.add(id=self._group.id).string_array_value.data.extend(labels)


class Stock(Client):
    """Has the script run with the pills' state, in Streamlit's protobuf."""

    async def open(self) -> None:
        self._session = await Pills(f"http://127.0.0.1:{self.port}", query="").__aenter__()
        await self._session.run()

    async def close(self) -> None:
        await self._session.__aexit__(None, None, None)

    async def _choose(self) -> None:
        self._session.choose(*map(content.FIELDS.index, self.after.chosen))
        await self._session.run()


class Dash(Client):
    """Posts to the callback."""

    async def open(self) -> None:
        self._http = Http()
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

    async def _until(self, *texts: str) -> str:
        """Wait until messages that hold each of the texts have come; return the last of them."""
        missing, text = list(texts), ""
        while missing:
            text = await self._text()
            missing = [wish for wish in missing if wish not in text]
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
        before, after = ({row["id"] for row in view.marks} for view in (self.before, self.after))
        for _ in before ^ after:
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

    async def _say(self, kind: str, payload: object) -> None:
        header = {"msgid": uuid.uuid4().hex, "msgtype": kind}
        for part in (header, {}, payload):
            await self._socket.send(json.dumps(part))

    async def _text(self) -> str:
        message = await self._socket.recv()
        return message if isinstance(message, str) else ""

    async def _choose(self) -> None:
        active = [content.FIELDS.index(field) for field in self.after.chosen]
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
