"""The site's own address, as the reader has it: from the settings, the proxies, or the request."""

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.routing import Mount
from starlette.testclient import TestClient

from atlas import server
from atlas.server.request import is_embedded, requested_site


def request(query: str = "", root_path: str = "", scheme: str = "http", **headers: str) -> Request:
    sent = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request(
        {
            "type": "http",
            "method": "GET",
            "scheme": scheme,
            "path": "/",
            "root_path": root_path,
            "query_string": query.encode(),
            "headers": sent,
        }
    )


@pytest.mark.parametrize(
    ("headers", "root"),
    [
        ({"host": "atlas.example"}, "http://atlas.example/"),
        ({"host": "my_host:8501"}, "http://my_host:8501/"),
        ({"host": "[::1]:80", "scheme": "https"}, "https://[::1]:80/"),
        ({"host": "in:1", "x_forwarded_host": "out.example"}, "http://out.example/"),
        (
            {"host": "in", "x_forwarded_host": "a.example, b", "x_forwarded_proto": "HTTPS,http"},
            "https://a.example/",
        ),
        ({"host": "in", "x_forwarded_prefix": "/apps/atlas"}, "http://in/apps/atlas/"),
        ({"host": "in", "x_forwarded_prefix": "/~/+/, /x"}, "http://in/~/+/"),
        ({"host": "in", "x_forwarded_prefix": "/"}, "http://in/"),
        ({"host": "in", "root_path": "/base"}, "http://in/base/"),
        ({"host": "in", "root_path": "/base", "x_forwarded_prefix": "/a"}, "http://in/a/base/"),
        ({"host": "in", "root_path": "/a/b", "x_forwarded_prefix": "/a/b"}, "http://in/a/b/"),
        ({"host": "in", "x_forwarded_prefix": "/../x"}, "http://in/"),
        ({"host": "in", "x_forwarded_prefix": "//evil.example"}, "http://in/"),
        ({"host": "in", "x_forwarded_prefix": '/"><script>'}, "http://in/"),
        ({"host": "in", "x_forwarded_host": '"><script>'}, ""),
        ({"host": "a b"}, ""),
        ({"host": "in", "referer": "https://in/user/ann/share?q=a/b/"}, "http://in/user/ann/"),
        ({"host": "in", "referer": "http://in/user/ann/?lang=en"}, "http://in/user/ann/"),
        (
            {"host": "in", "referer": "http://in/base/place", "root_path": "/base"},
            "http://in/base/",
        ),
        ({"host": "in", "referer": "http://other.example/user/ann/share"}, "http://in/"),
        ({"host": "in", "referer": "http://in/user/ann/notebook"}, "http://in/"),
        ({"host": "in", "referer": "http://in/x/", "x_forwarded_prefix": "/a"}, "http://in/a/"),
    ],
)
def test_the_address_is_the_one_that_the_reader_has(headers: dict[str, str], root: str) -> None:
    assert requested_site(request(**headers)).root == root


def test_the_setting_goes_before_whatever_proxies_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATLAS_URL", "https://public.example/atlas")
    proxied = request(host="in", x_forwarded_host="other.example", x_forwarded_prefix="/x")
    assert requested_site(proxied).root == "https://public.example/atlas/"


@pytest.mark.parametrize(
    "path", ["/qr.svg", "/api/places.json", "/brief", "/sitemap.xml", "/robots.txt", "/"]
)
def test_behind_a_prefix_everything_names_the_same_address(client: TestClient, path: str) -> None:
    proxy = {
        "x-forwarded-prefix": "/apps/atlas",
        "x-forwarded-host": "out.example",
        "x-forwarded-proto": "https",
    }
    answer = client.get(path, headers=proxy).text
    assert "https://out.example/apps/atlas/" in answer
    assert "testserver" not in answer


def test_under_a_mount_the_address_has_its_path() -> None:
    client = TestClient(Starlette(routes=[Mount("/base", routes=server.routes())]))
    assert "http://testserver/base/sitemap.xml" in client.get("/base/robots.txt").text


@pytest.mark.parametrize("path", ["/qr.svg", "/brief", "/api/places.csv", "/robots.txt"])
def test_a_cache_is_told_what_the_address_depends_on(client: TestClient, path: str) -> None:
    varies = client.get(path).headers["vary"].split(", ")
    assert {"host", "referer", "x-forwarded-host", "x-forwarded-prefix"} <= set(varies)


@pytest.mark.parametrize(
    ("query", "embedded"),
    [
        ("embed=true", True),
        ("embed=True", True),
        ("Embed=TRUE", True),
        ("embed=false", False),
        ("", False),
    ],
)
def test_a_frame_is_one_in_any_case(query: str, embedded: bool) -> None:
    assert is_embedded(request(query)) is embedded
