"""What other sites read and show: asked for in parts, ahead, and again."""

import pytest
from starlette.testclient import TestClient

from atlas.datapackage.loader import current
from atlas.pages.assets import built_map, edition, script, stylesheet
from tests.conftest import at_night

QUICK = ("/map.svg", "/brief", "/api/openapi.json", "/api/places.csv")
DEAR = ("/map.png", "/qr.svg", "/api/places.geojson", "/api/package.zip")
PATHS = at_night([*QUICK, *DEAR], QUICK)
PLAIN = {"accept-encoding": "identity"}


@pytest.mark.parametrize("path", PATHS)
def test_a_script_of_any_site_may_ask_and_ask_again(client: TestClient, path: str) -> None:
    question = {
        "origin": "https://other.example",
        "access-control-request-method": "GET",
        "access-control-request-headers": "if-none-match, range",
    }
    ahead = client.options(path, headers=question)
    assert (ahead.status_code, ahead.content) == (204, b"")
    assert ahead.headers["access-control-allow-origin"] == "*"
    assert "GET" in ahead.headers["access-control-allow-methods"]
    allowed = ahead.headers["access-control-allow-headers"].split(", ")
    assert {"if-none-match", "range"} <= set(allowed)
    answer = client.get(path)
    again = client.get(path, headers={"if-none-match": answer.headers["etag"]})
    assert again.status_code == 304
    for reply in (answer, again):
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "etag" in reply.headers["access-control-expose-headers"]


def test_what_a_page_loads_can_be_read_in_a_frame_without_an_origin(client: TestClient) -> None:
    panels = f"/panels/{edition(current())}/map/all?lang=en"
    for path in (f"/{script().url}", f"/{stylesheet().url}", f"/{built_map().url}", panels):
        headers = client.get(path, headers={"origin": "null"}).headers
        assert headers["access-control-allow-origin"] == "*"
        assert headers["cross-origin-resource-policy"] == "cross-origin"


@pytest.mark.parametrize("path", [*PATHS, "/", f"/{script().url}"])
def test_head_says_what_get_would_bring(client: TestClient, path: str) -> None:
    got, head = client.get(path, headers=PLAIN), client.head(path, headers=PLAIN)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers == got.headers


@pytest.mark.parametrize(
    ("span", "first", "last"),
    [("0-9", 0, 9), ("10-10", 10, 10), ("100-", 100, -1), ("-20", -20, -1), ("0-999999999", 0, -1)],
)
def test_a_part_of_a_download_can_be_asked_for(
    client: TestClient, span: str, first: int, last: int
) -> None:
    """Programs for maps read remote files in parts."""
    path = "/api/places.geojson?lang=en"
    whole = client.get(path, headers=PLAIN).content
    part = client.get(path, headers={"range": f"bytes={span}"})
    start, end = first % len(whole), last % len(whole)
    assert part.status_code == 206
    assert part.content == whole[start : end + 1]
    assert part.headers["content-range"] == f"bytes {start}-{end}/{len(whole)}"
    assert part.headers["accept-ranges"] == "bytes"
    assert "content-encoding" not in part.headers


@pytest.mark.parametrize("span", ["bytes=999999999-", "bytes=-0", "bytes=9-3"])
def test_a_part_that_is_not_there_is_refused_with_the_length(client: TestClient, span: str) -> None:
    answer = client.get("/api/places.csv", headers={"range": span})
    assert answer.status_code == 416
    assert answer.headers["content-range"].startswith("bytes */")


@pytest.mark.parametrize(
    "headers",
    [
        {"range": "bytes=0-1,5-6"},
        {"range": "lines=1-2"},
        {"range": "bytes=-"},
        {"range": "bytes=0-1", "if-range": 'W/"0"'},
    ],
)
def test_what_is_no_spangets_the_whole(client: TestClient, headers: dict[str, str]) -> None:
    assert client.get("/api/places.csv", headers=headers).status_code == 200


@pytest.mark.parametrize("path", ["/map.svg", "/api/places.csv", "/brief", "/qr.svg"])
def test_a_cache_that_ignores_vary_keeps_nothing_in_the_wrong_language(
    client: TestClient, path: str
) -> None:
    named, unnamed, unknown = (
        client.get(f"{path}{query}").headers.get("cache-control", "")
        for query in ("?lang=zh", "", "?lang=fr")
    )
    assert named.startswith("public")
    assert not unnamed.startswith("public")
    assert not unknown.startswith("public")
