"""Hostile links: whatever stands in an address, an answer comes, soon, short and harmless."""

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from starlette.routing import Match, Route

from atlas import server
from atlas.model.selection import PARAMETERS
from tests.conftest import at_night, combined
from tests.hostile.asking import Server, harmless
from tests.hostile.drawing import drawn
from tests.hostile.payloads import MARKUP, PAYLOADS, QUERIES, TEXTS, quoted
from tests.hostile.routes import DEAR, NOWHERE, PATHS, ROUTES, TRIED


@pytest.fixture(scope="module")
def client() -> Iterator[Server]:
    server = Server()
    yield server
    server.close()


def test_no_route_is_left_out() -> None:
    """A new route with a part that varies needs a line in `routes.FILLED`."""
    for route in server.routes():
        if not isinstance(route, Route):  # It takes what is left.
            continue
        scopes = ({"type": "http", "method": "GET", "path": path} for path in PATHS)
        assert any(route.matches(scope)[0] is Match.FULL for scope in scopes), route.path
    assert not [path for path in PATHS if "{" in path]
    assert set(PATHS) > DEAR


@pytest.mark.parametrize("path", at_night(PATHS, [path for path in TRIED if path != NOWHERE]))
def test_every_address_that_is_tried_is_one_of_ours(client: Server, path: str) -> None:
    query = "lang=en&place=deyang"  # Without a place, the page of one leads to that of all.
    assert harmless(client, f"{path}?{query}").status == 200


@drawn(0.65)
@given(path=ROUTES, query=QUERIES)
@example(path="/", query="q=%ud800&place=%00")
@example(path="/evidence", query=f"q={quote(MARKUP)}&sector={quote(MARKUP)}")
@example(path="/qr.svg", query="near=" + "%F0%9F%91%A9" * 80)
def test_any_link_is_answered_without_harm(client: Server, path: str, query: str) -> None:
    harmless(client, f"{path}?{query}")


@pytest.mark.parametrize(("path", "number"), combined(sorted(TRIED), range(len(PAYLOADS))))
def test_a_payload_in_every_field_is_harmless_on_every_route(
    client: Server, path: str, number: int
) -> None:
    value = quoted(PAYLOADS[number])
    fields = [f"{value}=1", *(f"{name}={value}" for name in PARAMETERS)]
    harmless(client, f"{path}?" + "&".join(fields))


# Both pictures are of the same drawing.
@pytest.mark.parametrize("path", at_night(sorted(DEAR), ["/api/package.zip", "/preview.png"]))
def test_no_text_of_a_large_file_takes_markup(client: Server, path: str) -> None:
    harmless(client, f"{path}?q={quote(MARKUP)}&near={quote(MARKUP)}")


MEGABYTES = {
    "search": "q=" + "a" * 1_000_000,
    "point": "near=" + "%E4%B8%AD" * 300_000,
    "list": "sector=" + "rail-transit," * 80_000,
    "lists": "&".join(f"sector=x{number}" for number in range(50_000)),
    "names": "&".join(f"x{number}=1" for number in range(50_000)),
    "ampersands": "&" * 1_000_000,
    "equals": "=" * 1_000_000,
    "per cents": "%" * 1_000_000,
    "accents": "q=" + "%CC%81" * 300_000,
}


@pytest.mark.parametrize(
    ("path", "query"),
    combined(["/", "/share", "/brief", "/qr.svg", "/api/places.csv"], list(MEGABYTES)),
)
def test_a_megabyte_is_read_in_no_time(client: Server, path: str, query: str) -> None:
    harmless(client, f"{path}?lang=en&{MEGABYTES[query]}")


# Paths

PARTS = (
    *("", ".", "..", "...", "~", "*", "\\", ";x=1", "C:", "nul", "_stcore", "static", "data"),
    *("%2e%2e", "%252e%252e%252f", "..%2f", "..%5c", "%5c%5c", "%2f%2f", "%c0%ae%c0%ae", "%u002e"),
    *("%00", "%ff", "%", "%0d%0aset-cookie:hurt=1", "\uff0e\uff0e", "%ef%bc%8e", "\u2025"),
    *("etc", "passwd", "pyproject.toml", "README.md", "places.csv", "index.html", "evil.example"),
    *("x" * 300, quote(MARKUP)),
)
_LAST = st.sampled_from(PARTS) | TEXTS.map(quoted)
_MADE = st.lists(_LAST, min_size=1, max_size=6).map(lambda parts: "/" + "/".join(parts))


@st.composite
def _respelt(draw: st.DrawFn) -> str:
    """An address of ours with some letters written in per cent, and others in capitals."""
    path = draw(ROUTES)
    marked = draw(st.lists(st.sampled_from(["", "%", "^"]), min_size=len(path), max_size=len(path)))
    spellings = {"": str, "%": lambda letter: f"%{ord(letter):02x}", "^": str.upper}
    return "".join(spellings[mark](letter) for mark, letter in zip(marked, path, strict=True))


_GONE_ON = st.builds("{}{}{}".format, ROUTES, st.sampled_from(["/", "//", "%2f", "", "."]), _LAST)


@drawn(0.1)
@given(path=_MADE | _respelt() | _GONE_ON)
@example(path="/../../etc/passwd")
@example(path="/%2e%2e/%2e%2e/etc/passwd")
@example(path="/assets/../../data/places.csv")
@example(path="/assets/..%2f..%2fpyproject.toml/x")
@example(path="/assets/%00/%00")
@example(path="/api/..%2f..%2fREADME.md")
@example(path="/api/places.csv%00.png")
@example(path="/api/%3Cscript%20id=hurt%3E")
@example(path="//evil.example/")
@example(path="/\\evil.example")
@example(path="/%5c%5cevil.example")
@example(path="/place/../about")
@example(path="/" + "a" * 100_000)
@example(path="/api/" + "%F0%9F" * 1000)
def test_a_path_leads_nowhere_but_to_what_is_there(client: Server, path: str) -> None:
    answer = harmless(client, path)
    assert b"root:x:" not in answer.body
    assert b"[project]" not in answer.body
    assert "evil" not in answer.headers.get("location", "")


# Headers and methods

HEADERS = (
    *("host", "x-forwarded-host", "x-forwarded-proto", "x-forwarded-for", "forwarded", "origin"),
    *("accept", "accept-language", "accept-encoding", "if-none-match", "if-modified-since"),
    *("range", "cookie", "referer", "authorization", "user-agent", "content-type"),
    *("content-length", "x-http-method-override", "x-original-url", "connection", "upgrade"),
)
_LATIN = st.text(st.characters(min_codepoint=32, max_codepoint=255), max_size=200)
_FORMS = st.sampled_from(
    [MARKUP, "x," * 4000, "*", "bytes=0-1,2-3", "bytes=-9999999999", "W/*", '"', ";q=nan", "null"]
)


@drawn(0.1)
@given(path=ROUTES, sent=st.dictionaries(st.sampled_from(HEADERS), _LATIN | _FORMS))
@example(path="/", sent={"host": '"><script id=hurt>'})
@example(path="/metrics", sent={"accept": "application/openmetrics-text; version=hurt"})
@example(path="/share", sent={"x-forwarded-proto": "javascript"})
def test_any_header_is_answered_without_harm(
    client: Server, path: str, sent: dict[str, str]
) -> None:
    harmless(client, path, sent)


@pytest.mark.parametrize(
    ("path", "name"),
    combined(
        ["/", "/share", "/brief", "/robots.txt", "/sitemap.xml"],
        ["x-original-url", "forwarded", "origin"],
    ),
)
def test_nobody_but_the_host_itself_names_the_site(client: Server, path: str, name: str) -> None:
    sent = {"host": "atlas.example", name: "host=evil.example"}
    assert b"evil.example" not in harmless(client, path, sent).body


METHODS = ("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "hurt", "GET ")


@drawn(0.05)
@given(
    path=ROUTES,
    method=st.sampled_from(METHODS),
    query=QUERIES,
    body=st.binary(max_size=200) | st.just(b"x" * 10_000),
)
def test_any_method_is_answered_without_harm(
    client: Server, path: str, method: str, query: str, body: bytes
) -> None:
    answer = harmless(client, f"{path}?{query}", {}, method, body)
    assert answer.status in (404, 405) or method in ("HEAD", "OPTIONS")
