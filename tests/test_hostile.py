"""Hostile links: whatever stands in an address, an answer comes, soon, short and harmless.

A few thousand links a run; `ATLAS_FUZZ=50000` asks for as many as that.
"""

import asyncio
import os
import re
from collections.abc import Iterator
from time import perf_counter
from typing import Any, NamedTuple
from urllib.parse import quote, unquote

import pytest
from hypothesis import HealthCheck, example, given
from hypothesis import settings as run
from hypothesis import strategies as st
from starlette.applications import Starlette

from atlas import server
from atlas.export import EXPORTS
from atlas.pages import PAGES
from atlas.selection import PARAMETERS

LINKS = int(os.environ.get("ATLAS_FUZZ", "2000"))
# What a link names is drawn anew for each; the rest of a page is some 100 kB of it.
LONGEST_ANSWER = 2_000_000
SLOWEST = 5.0  # seconds, on a machine that is busy with other tests
MARKUP = '"><script id=hurt>alert(1)</script>'
PAYLOADS = (
    MARKUP,
    "'><img src=x onerror=hurt()>",
    "</script><svg/onload=hurt()>",
    "javascript:hurt()",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "@@=hurt()",
    "=HYPERLINK('//evil.example')",
    "\u202ehurt\u202c\u2066\u200b\ufeff",
    "\x00\x01\x1b[31m\x7f",
    "\r\nset-cookie: hurt=1\r\n\r\n<script>",
    "../../../../etc/passwd",
    "..%2f..%2f%00",
    "%s%n%(hurt)s",
    "\ud800",
    "\ufdfd\U0001f469\u200d\U0001f680",
    "١٢٣",
    "1e309",
    "-1",
    "nan",
    "9" * 5000,
    "a," * 5000,
    "",
)
# A payload that has become markup, or a link that runs a script.
ALIVE = re.compile(
    rb"<script id|<img src=x|<svg/onload|(?:href|src)=[\"']?\s*javascript:", re.IGNORECASE
)
CHEAP = ("robots.txt", "sitemap.xml", "health", "api/openapi.json", "qr.svg")
DRAWN = ("map.svg", "brief", *(f"api/{name}" for name in ("places.csv", "places.json")))
PATHS = (*PAGES, *CHEAP, *DRAWN)


class Answer(NamedTuple):
    status: int
    headers: dict[str, str]
    body: bytes


class Server:
    """Our routes, asked as a server would: no client of good manners stands before them."""

    def __init__(self) -> None:
        self._app = Starlette(routes=server.routes(), middleware=server.middleware())
        self._loop = asyncio.Runner()

    def ask(self, path: str, query: str, headers: dict[str, str]) -> Answer:
        return self._loop.run(self._asked(path, query, headers))

    async def _asked(self, path: str, query: str, headers: dict[str, str]) -> Answer:
        said: list[Any] = []
        scope = {
            "type": "http",
            "method": "GET",
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
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: Any) -> None:
            said.append(message)

        await self._app(scope, receive, send)
        start, *parts = said
        named = {name.decode(): value.decode("latin-1") for name, value in start["headers"]}
        body = b"".join(part.get("body", b"") for part in parts)
        return Answer(start["status"], named, body)

    def close(self) -> None:
        self._loop.close()


@pytest.fixture(scope="module")
def client() -> Iterator[Server]:
    asked = Server()
    yield asked
    asked.close()


_NAMES = st.sampled_from([*PARAMETERS, "theme", "embed"]) | st.text(max_size=12)
_TEXTS = st.sampled_from(PAYLOADS) | st.text(max_size=60)
_QUOTED = _TEXTS.map(lambda one: quote(one.encode("utf-8", "surrogatepass")))
_RAW = st.binary(max_size=40).map(lambda one: quote(one, safe="%&=+;,")) | st.from_regex(
    r"(%[0-9a-fA-F]{0,2}|[&=;+,%]){1,12}", fullmatch=True
)
_FIELDS = st.builds(
    lambda name, value: f"{quote(name.encode('utf-8', 'surrogatepass'))}={value}",
    _NAMES,
    _QUOTED | _RAW,
)
QUERIES = st.lists(_FIELDS, max_size=6).map("&".join) | _RAW


def harmless(client: Server, address: str, **headers: str) -> Answer:
    """Ask for an address, and fail where the answer is an error of ours, long, late or alive."""
    path, _, query = address.partition("?")
    begun = perf_counter()
    answer = client.ask(path, query, headers)
    assert perf_counter() - begun < SLOWEST
    assert answer.status in {200, 304, 400, 404}
    assert len(answer.body) < LONGEST_ANSWER
    assert b"Traceback" not in answer.body
    assert b'File "/' not in answer.body
    assert "hurt" not in str(answer.headers.keys())
    assert not re.search("[\r\n\x00]", "".join(answer.headers.values()))
    if answer.headers.get("content-type", "").startswith(("text/html", "image/svg")):
        assert not ALIVE.search(answer.body)
        assert "\u202e".encode() not in answer.body
    return answer


@run(
    max_examples=LINKS,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(path=st.sampled_from(PATHS), query=QUERIES)
@example(path="", query="q=%ud800&place=%00")
@example(path="evidence", query=f"q={quote(MARKUP)}&sector={quote(MARKUP)}")
@example(path="qr.svg", query="near=" + "%F0%9F%91%A9" * 80)
def test_any_link_is_answered_without_harm(client: Server, path: str, query: str) -> None:
    harmless(client, f"/{path}?{query}")


@pytest.mark.parametrize("payload", PAYLOADS, ids=range(len(PAYLOADS)))
@pytest.mark.parametrize("path", PATHS)
def test_a_payload_in_every_field_is_harmless_on_every_route(
    client: Server, path: str, payload: str
) -> None:
    value = quote(payload.encode("utf-8", "surrogatepass"))
    harmless(client, f"/{path}?" + "&".join(f"{name}={value}" for name in PARAMETERS))
    harmless(client, f"/{path}?{value}=1&lang=zh")


@pytest.mark.parametrize(
    "path",
    ["map.png", "preview.png", *(f"api/{one}" for one in EXPORTS if f"api/{one}" not in PATHS)],
)
def test_no_field_of_a_file_takes_markup(client: Server, path: str) -> None:
    harmless(client, f"/{path}?" + "&".join(f"{name}={quote(MARKUP)}" for name in PARAMETERS))
    harmless(client, f"/{path}?q={quote(MARKUP)}&near={quote(MARKUP)}")


@pytest.mark.parametrize("path", ["", "evidence", "brief", "qr.svg", "api/places.csv"])
@pytest.mark.parametrize(
    "query",
    [
        "q=" + "a" * 1_000_000,
        "near=" + "%E4%B8%AD" * 300_000,
        "sector=" + "rail-transit," * 80_000,
        "&".join(f"sector=x{number}" for number in range(50_000)),
        "&".join(f"x{number}=1" for number in range(50_000)),
        "&" * 1_000_000,
        "=" * 1_000_000,
        "%" * 1_000_000,
        "q=" + "%CC%81" * 300_000,
    ],
    ids=range(9),
)
def test_a_megabyte_is_read_in_no_time(client: Server, path: str, query: str) -> None:
    harmless(client, f"/{path}?lang=id&{query}")


@pytest.mark.parametrize(
    "path",
    [
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/assets/../../data/places.csv",
        "/assets/..%2f..%2fpyproject.toml/x",
        "/assets/%00/%00",
        "/api/..%2f..%2fREADME.md",
        "/api/places.csv%00.png",
        "/api/%3Cscript%20id=hurt%3E",
        "//evil.example/",
        "/\\evil.example",
        "/%5c%5cevil.example",
        "/place/../about",
        "/" + "a" * 100_000,
        "/api/" + "%F0%9F" * 1000,
    ],
)
def test_a_path_leads_nowhere_but_to_what_is_there(client: Server, path: str) -> None:
    answer = harmless(client, path)
    assert b"root:" not in answer.body
    assert b"[project]" not in answer.body


_HEADERS = st.sampled_from(
    ["accept-language", "host", "x-forwarded-proto", "x-forwarded-for", "if-none-match", "accept"]
)
_LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=200)


@run(
    max_examples=max(LINKS // 10, 100),
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    path=st.sampled_from(PATHS),
    sent=st.dictionaries(_HEADERS, _LATIN | st.just(MARKUP) | st.just("x," * 4000)),
)
@example(path="", sent={"host": '"><script id=hurt>'})
@example(path="metrics", sent={"accept": "application/openmetrics-text; version=hurt"})
@example(path="share", sent={"x-forwarded-proto": "javascript"})
def test_any_header_is_answered_without_harm(
    client: Server, path: str, sent: dict[str, str]
) -> None:
    harmless(client, f"/{path}", **sent)
