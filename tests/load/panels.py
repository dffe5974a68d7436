"""The panels of a page as a browser has them: by address, each fetched once and kept."""

import json
import re
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, quote

import brotli
import httpx2
from streamlit.proto.Element_pb2 import Element

from atlas.model.selection import PLACE_FILTERS

_SLOT = re.compile(r'data-panel="([^"]+)" data-follows="([^"]*)"')


@dataclass
class Slots:
    """The places for panels on a page, and the address below which their markup is."""

    base: str = ""
    follows: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _shown: dict[str, str] = field(default_factory=dict)

    def draw(self, element: Element) -> None:
        """Take over an element: the router, which knows the address, or one with places."""
        match element.WhichOneof("type"):
            case "bidi_component":
                self.base = json.loads(element.bidi_component.json or "{}").get("panels", "")
            case "html":
                found = _SLOT.findall(element.html.body)
                self.follows |= {name: tuple(follows.split()) for name, follows in found}

    def addresses(self, query: str) -> list[str]:
        """Return what the page's script (`panels.js`) asks for to show a view from now on."""
        asked: dict[str, list[str]] = {}
        for name, follows in self.follows.items():
            view = _followed(query, follows)
            if self._shown.get(name) != view:
                asked.setdefault(view, []).append(name)
                self._shown[name] = view
        return [f"{self.base}/{','.join(names)}?{view}" for view, names in asked.items()]


def _followed(query: str, follows: tuple[str, ...]) -> str:
    known = {"lang", *follows, *(PLACE_FILTERS if "filters" in follows else ())}
    given = sorted((name, value) for name, value in parse_qsl(query) if name in known)
    return "&".join(f"{one}={quote(_ordered(one, value), safe=',')}" for one, value in given)


def _ordered(parameter: str, value: str) -> str:
    return value if parameter == "q" else ",".join(sorted(value.split(",")))


@dataclass
class Fetched:
    """One answer: its markup by panel, and its bytes as they came, with the head."""

    markup: dict[str, str]
    wire: int = 0


class Fetcher:
    """A browser's connection for panels, and its cache."""

    def __init__(self, root: str) -> None:
        """Fetch below a root, `http://host:port`."""
        self._root = root
        self._kept: dict[str, Fetched] = {}

    async def __aenter__(self) -> "Fetcher":
        # To load the certificates of the world for each reader would take longer than the rest.
        self._client = httpx2.AsyncClient(
            headers={"accept-encoding": "br"},
            timeout=120,
            verify=False,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._client.aclose()

    async def get(self, address: str) -> Fetched:
        """Return what an address answers; what was fetched before costs no byte."""
        if known := self._kept.get(address):
            return Fetched(known.markup)
        async with self._client.stream("GET", f"{self._root}/{address}") as answer:
            answer.raise_for_status()
            came = b"".join([part async for part in answer.aiter_raw()])
        head = sum(len(name) + len(value) + 4 for name, value in answer.headers.raw)
        is_compressed = answer.headers.get("content-encoding") == "br"
        content = brotli.decompress(came) if is_compressed else came
        found = self._kept[address] = Fetched(json.loads(content), head + len(came))
        return found
