"""The headers that keep a browser from doing what the site does not need."""

import re

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


@pytest.fixture
def client(monkeypatch: pytest.MonkeyPatch) -> TestClient:
    for name in ("ATLAS_FRAME_ANCESTORS", "ATLAS_URL"):
        monkeypatch.delenv(name, raising=False)
    return _client()


def _client(*more: Route) -> TestClient:
    return TestClient(Starlette(routes=[*more, *server.routes()], middleware=server.middleware()))


def directives(client: TestClient, address: str = "/") -> dict[str, list[str]]:
    policy = client.get(address).headers["content-security-policy"]
    return {name: sources for name, *sources in map(str.split, policy.split(";"))}


@pytest.mark.parametrize(
    "address", [*(f"/{page}" for page in PAGES), *OTHERS, *REFUSED, "/api/places.csv"]
)
def test_every_answer_and_refusal_is_protected(client: TestClient, address: str) -> None:
    found = client.get(address).headers
    assert found.get_list("x-content-type-options") == ["nosniff"]
    assert found["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("address", [*(f"/{page}" for page in PAGES), "/brief"])
def test_a_page_says_nothing_of_a_view_to_others_and_has_no_power_it_does_not_use(
    client: TestClient, address: str
) -> None:
    found = client.get(address).headers
    assert found["referrer-policy"] == "strict-origin-when-cross-origin"
    assert found["cross-origin-opener-policy"] == "same-origin"
    assert "geolocation=()" in found["permissions-policy"]
    assert "clipboard-write=(self)" in found["permissions-policy"]


def test_a_page_runs_the_scripts_of_the_site_and_no_inline_one(client: TestClient) -> None:
    # Streamlit loads scripts of components from `blob:`, and its tables compile WebAssembly.
    assert directives(client)["script-src"] == ["'self'", "blob:", "'wasm-unsafe-eval'"]
    for page in PAGES:
        markup = client.get(f"/{page}").text
        tags = re.findall(r"<script\b[^>]*>", markup)
        assert tags
        assert all(re.search(r' src="\./', tag) for tag in tags)
        assert not re.search(r"<[^>]* on[a-z]+=", markup)


def test_a_page_asks_nobody_but_its_own_site(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = directives(client)
    assert found["connect-src"] == found["form-action"] == ["'self'"]
    assert found["img-src"] == ["'self'", "data:"]
    assert found["worker-src"] == found["base-uri"] == ["'none'"]
    monkeypatch.setenv("ATLAS_URL", "https://atlas.example:8443/deep/")
    # The frame on the page to share shows the public address.
    assert directives(client)["frame-src"] == ["'self'", "https://atlas.example:8443"]


@pytest.mark.parametrize(
    ("given", "allowed"),
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
    client: TestClient, monkeypatch: pytest.MonkeyPatch, given: str, allowed: list[str]
) -> None:
    monkeypatch.setenv("ATLAS_FRAME_ANCESTORS", given)
    assert directives(client)["frame-ancestors"] == allowed
    assert directives(client, "/brief")["frame-ancestors"] == allowed


@pytest.mark.parametrize(
    "given",
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
def test_a_frame_of_what_is_no_site_is_refused(monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("ATLAS_FRAME_ANCESTORS", given)
    with pytest.raises(ValueError, match="ATLAS_FRAME_ANCESTORS must be"):
        settings.frame_ancestors()


@pytest.mark.parametrize("address", at_night(["/map.svg", "/qr.svg", "/map.png"], ["/qr.svg"]))
def test_a_picture_opened_on_its_own_has_styles_and_nothing_else(
    client: TestClient, address: str
) -> None:
    found = directives(client, address)
    assert found == {
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
    tag = client.get("/").headers["etag"]
    answer = client.get("/", headers={"if-none-match": tag})
    assert answer.status_code == 304
    assert "content-security-policy" not in answer.headers


def test_a_policy_that_an_answer_has_set_itself_stays() -> None:
    own = Route("/own", lambda _: Response(headers={"content-security-policy": "sandbox"}))
    assert _client(own).get("/own").headers.get_list("content-security-policy") == ["sandbox"]


@pytest.mark.parametrize(
    ("proxy", "wanted"),
    [
        ({}, ["one=1; Path=/", "two=2; SameSite=Lax; secure"]),
        (
            {"x-forwarded-proto": "https"},
            ["one=1; Path=/; Secure", "two=2; SameSite=Lax; secure"],
        ),
    ],
)
def test_a_cookie_that_came_encrypted_goes_back_encrypted_only(
    proxy: dict[str, str], wanted: list[str]
) -> None:
    def baked(_: object) -> Response:
        answer = Response()
        answer.headers.append("set-cookie", "one=1; Path=/")
        answer.headers.append("set-cookie", "two=2; SameSite=Lax; secure")
        return answer

    answer = _client(Route("/baked", baked)).get("/baked", headers=proxy)
    assert answer.headers.get_list("set-cookie") == wanted
