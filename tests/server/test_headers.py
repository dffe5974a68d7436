"""The headers that keep a browser from doing what the site does not need."""

import re
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from starlette.testclient import TestClient

from atlas import server, settings
from atlas.datapackage.loader import current
from atlas.map.served_files import static_file
from atlas.model.pages import PAGES
from tests.conftest import at_night

OTHERS = ("/map.svg", "/qr.svg", "/brief", "/robots.txt", "/sitemap.xml", "/health")
REFUSED = ("/api/nothing", "/assets/none/none", "/nowhere", "/api/places.csv?sector=none")


@pytest.fixture(autouse=True)
def usual_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("ATLAS_FRAME_ANCESTORS", "ATLAS_URL"):
        monkeypatch.delenv(name, raising=False)


def client_of(route: Route) -> TestClient:
    """Return a client of one route, behind what stands before all of them."""
    return TestClient(Starlette(routes=[route], middleware=server.middleware()))


def policy(answer: Any) -> dict[str, list[str]]:
    """Return the sources that the content security policy allows, by directive."""
    directives = answer.headers["content-security-policy"].split(";")
    return {name: sources for name, *sources in map(str.split, directives)}


def directives(client: TestClient, address: str = "/share") -> dict[str, list[str]]:
    return policy(client.get(address))


@pytest.mark.parametrize("address", [*OTHERS, *REFUSED, "/api/places.csv"])
def test_every_answer_and_refusal_is_protected(client: TestClient, address: str) -> None:
    assert_protected(client.get(address))


def assert_protected(answer: Any) -> None:
    assert answer.headers.get_list("x-content-type-options") == ["nosniff"]
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


def assert_discreet(answer: Any) -> None:
    """The page says nothing of a view to others and has no power that it does not use."""
    assert answer.headers["referrer-policy"] == "strict-origin-when-cross-origin"
    assert answer.headers["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in answer.headers["permissions-policy"]
    assert "clipboard-write=(self)" in answer.headers["permissions-policy"]


def test_a_brief_is_as_discreet_as_a_page(client: TestClient) -> None:
    assert_discreet(client.get("/brief"))


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_protected_and_runs_the_scripts_of_the_site_and_no_inline_one(
    client: TestClient, page: str
) -> None:
    answer = client.get(f"/{page}")
    assert_protected(answer)
    assert_discreet(answer)
    # Streamlit loads scripts of components from `blob:`, and its tables compile WebAssembly.
    assert policy(answer)["script-src"] == ["'self'", "blob:", "'wasm-unsafe-eval'"]
    tags = re.findall(r"<script\b[^>]*>", answer.text)
    assert tags
    assert all(re.search(r' src="\./', tag) for tag in tags)
    assert not re.search(r"<[^>]* on[a-z]+=", answer.text)


def test_a_page_asks_nobody_but_its_own_site(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    sources = directives(client)
    assert sources["connect-src"] == sources["form-action"] == ["'self'"]
    assert sources["img-src"] == ["'self'", "data:"]
    assert sources["worker-src"] == sources["base-uri"] == ["'none'"]
    monkeypatch.setenv("ATLAS_URL", "https://atlas.example:8443/deep/")
    # The frame on the page to share shows the public address.
    assert directives(client)["frame-src"] == ["'self'", "https://atlas.example:8443"]


@pytest.mark.parametrize(
    ("setting", "allowed"),
    [
        ("", ["'self'", "*"]),
        (" * ", ["'self'", "*"]),
        ("self", ["'self'"]),
        (
            "https://a.example https://*.b.example:8443",
            ["'self'", "https://a.example", "https://*.b.example:8443"],
        ),
    ],
)
def test_the_host_says_which_sites_may_show_it_in_a_frame(
    client: TestClient, monkeypatch: pytest.MonkeyPatch, setting: str, allowed: list[str]
) -> None:
    monkeypatch.setenv("ATLAS_FRAME_ANCESTORS", setting)
    assert directives(client)["frame-ancestors"] == allowed
    assert directives(client, "/brief")["frame-ancestors"] == allowed


@pytest.mark.parametrize(
    "setting",
    [
        "everyone",
        "https://",
        "https://*",
        "javascript:alert(1)",
        "https://a.example; script-src *",
        "https://a.example/path",
        "* https://a.example",
        "https://a.example\x01",
        "'none'",
    ],
)
def test_a_frame_of_what_is_no_site_is_refused(
    monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    monkeypatch.setenv("ATLAS_FRAME_ANCESTORS", setting)
    with pytest.raises(ValueError, match="ATLAS_FRAME_ANCESTORS must be"):
        settings.frame_ancestors()


@pytest.mark.parametrize("address", at_night(["/map.svg", "/qr.svg", "/map.png"], ["/qr.svg"]))
def test_a_picture_opened_on_its_own_has_styles_and_nothing_else(
    client: TestClient, address: str
) -> None:
    assert directives(client, address) == {
        "default-src": ["'none'"],
        "style-src": ["'unsafe-inline'"],
        "sandbox": [],
    }


def test_a_file_of_the_map_is_never_a_page(client: TestClient) -> None:
    file = static_file(current(), "boundaries", "en")
    assert file is not None
    assert directives(client, f"/{file.url}")["default-src"] == ["'none'"]


def test_a_page_that_has_not_changed_keeps_the_policy_it_came_with(client: TestClient) -> None:
    """Firefox takes the policy of such an answer for the page that it has kept."""
    tag = client.get("/share").headers["etag"]
    answer = client.get("/share", headers={"if-none-match": tag})
    assert answer.status_code == 304
    assert "content-security-policy" not in answer.headers


def test_a_policy_that_an_answer_has_set_itself_stays() -> None:
    own = Route("/own", lambda _: Response(headers={"content-security-policy": "sandbox"}))
    assert client_of(own).get("/own").headers.get_list("content-security-policy") == ["sandbox"]


@pytest.mark.parametrize(
    ("proxy", "cookies"),
    [
        ({}, ["one=1; Path=/", "two=2; SameSite=Lax; secure"]),
        (
            {"x-forwarded-proto": "https"},
            ["one=1; Path=/; Secure", "two=2; SameSite=Lax; secure"],
        ),
    ],
)
def test_a_cookie_that_came_encrypted_goes_back_encrypted_only(
    proxy: dict[str, str], cookies: list[str]
) -> None:
    def baked(_: object) -> Response:
        answer = Response()
        answer.headers.append("set-cookie", "one=1; Path=/")
        answer.headers.append("set-cookie", "two=2; SameSite=Lax; secure")
        return answer

    answer = client_of(Route("/baked", baked)).get("/baked", headers=proxy)
    assert answer.headers.get_list("set-cookie") == cookies
