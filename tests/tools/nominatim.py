"""A Nominatim on loopback that answers what a test tells it to, and remembers what it was asked."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

DEYANG = {"lat": "31.13", "lon": "104.38", "display_name": "Deyang, Sichuan, China"}


class Nominatim:
    """The answers to come, and the questions that came."""

    def __init__(self) -> None:
        self.status = 200
        self.answer: Callable[[str], list[dict[str, str]]] = lambda _: [DEYANG]
        self.asked: list[str] = []
        self.agents: list[str] = []
        self.url = ""

    def respond(self, handler: BaseHTTPRequestHandler) -> None:
        question = parse_qs(urlsplit(handler.path).query)["q"][0]
        self.asked.append(question)
        self.agents.append(handler.headers["User-Agent"])
        body = json.dumps(self.answer(question)).encode()
        handler.send_response(self.status)
        handler.send_header("Content-Type", "application/json; charset=utf-8")
        handler.end_headers()
        handler.wfile.write(body)


@contextmanager
def running() -> Iterator[Nominatim]:
    """A server for the length of a test."""
    fake = Nominatim()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            fake.respond(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    fake.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield fake
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
