"""Our routes, asked as a server would: without a client that mends what it sends."""

import asyncio
import re
from time import process_time
from typing import Any, NamedTuple
from urllib.parse import unquote

from starlette.applications import Starlette

from atlas import server

# What a link names is drawn anew for each; the rest of a page is some 100 kB of it.
LONGEST_ANSWER = 2_000_000
# Seconds of the processor: how long a busy machine lets one wait says nothing about the atlas.
SLOWEST = 5.0
# A payload that has become markup, or a link that runs a script.
ALIVE = re.compile(
    rb"<script id|<img src=x|<svg/onload|(?:href|src)=[\"']?\s*javascript:", re.IGNORECASE
)
# Characters that turn the order of a line round, or stand in it unseen.
UNSEEN = re.compile("[\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]")
ANSWERED = frozenset({200, 204, 206, 301, 302, 304, 400, 404, 410, 414, 416})


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """The routes and what stands before them, in this process."""

    def __init__(self) -> None:
        self._app = Starlette(routes=server.routes(), middleware=server.middleware())
        # What no route answers, Streamlit's bundle does: it is mounted at the root.
        self._app.router.redirect_slashes = False
        self._loop = asyncio.Runner()

    def ask(
        self, path: str, query: str, headers: dict[str, str], method: str = "GET", body: bytes = b""
    ) -> Answer:
        return self._loop.run(self._answer(path, query, headers, method, body))

    async def _answer(
        self, path: str, query: str, headers: dict[str, str], method: str, body: bytes
    ) -> Answer:
        messages: list[Any] = []
        scope = {
            "type": "http",
            "method": method,
            "scheme": "http",
            "server": ("testserver", 80),
            "root_path": "",
            "http_version": "1.1",
            "path": unquote(path, errors="replace"),
            "raw_path": path.encode(),
            "query_string": query.encode(),
            "headers": [(name.encode(), text.encode("latin-1")) for name, text in headers.items()],
        }

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body, "more_body": False}

        async def send(message: Any) -> None:
            messages.append(message)

        await self._app(scope, receive, send)
        start, *parts = messages
        answered = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
        return Answer(start["status"], answered, b"".join(part.get("body", b"") for part in parts))

    def close(self) -> None:
        self._loop.close()


def harmless(
    client: Server,
    address: str,
    headers: dict[str, str] | None = None,
    method: str = "GET",
    body: bytes = b"",
) -> Answer:
    """Ask for an address, and fail where the answer is an error of ours, long, late or alive."""
    path, _, query = address.partition("?")
    start = process_time()
    answer = client.ask(path, query, headers or {}, method, body)
    assert process_time() - start < SLOWEST
    assert answer.status in (ANSWERED if method == "GET" else {*ANSWERED, 405})
    assert len(answer.body) < LONGEST_ANSWER
    assert b"Traceback" not in answer.body
    assert b'File "/' not in answer.body
    assert "hurt" not in str(answer.headers.keys())
    assert not re.search("[\r\n\x00]", "".join(answer.headers.values()))
    assert answer.headers.get("access-control-allow-origin", "*") == "*"
    if "content-encoding" in answer.headers:
        return answer
    media_type = answer.headers.get("content-type", "")
    if media_type.startswith(("text/html", "image/svg")):
        assert not ALIVE.search(answer.body)
    if media_type.startswith(("text/", "image/svg", "application/json")):
        # A file for a spreadsheet begins with a mark of its order of bytes.
        assert not UNSEEN.search(answer.body.decode().removeprefix("\ufeff"))
    return answer
