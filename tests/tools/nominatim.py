"""A Nominatim on loopback that answers what a test tells it to, and remembers what it was asked."""

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

DEYANG = {"lat": "31.13", "lon": "104.38", "display_name": "Deyang, Sichuan, China"}


class Nominatim:
    """The answers to come, and the questions that came."""

    def __init__(self) -> None:
        self.status = 200
        self.body: str = json.dumps([DEYANG])
        self.answer: Callable[[str], list[dict[str, str]]] | None = None
        self.pieces: Iterable[bytes] | None = None
        self.headers: dict[str, str] = {}
        self.hold: Event | None = None
        self.questions: list[dict[str, str]] = []
        self.agents: list[str] = []
        self.url = ""

    @property
    def asked(self) -> list[str]:
        """The addresses that were asked for."""
        return [one["q"] for one in self.questions]

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        query = parse_qs(urlsplit(handler.path).query)
        self.questions.append({name: values[0] for name, values in query.items()})
        self.agents.append(handler.headers["User-Agent"])
        if self.hold:
            self.hold.wait(30)
        body = json.dumps(self.answer(query["q"][0])) if self.answer else self.body
        handler.send_response(self.status)
        handler.send_header("Content-Type", "application/json; charset=utf-8")
        for name, value in self.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        for piece in self.pieces or (body.encode(),):
            handler.wfile.write(piece)


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, *_: Any) -> None:
        """Say nothing of a reader who hung up: a test of time-outs does."""


@contextmanager
def running() -> Iterator[Nominatim]:
    """A server for the length of a test."""
    fake = Nominatim()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.respond(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = _Quiet(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        if fake.hold:
            fake.hold.set()
        server.shutdown()
        server.server_close()
        thread.join()
