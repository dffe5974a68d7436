"""The map component on a page of its own: what a reader does with it, and what she sees."""

import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from atlas.datapackage.loader import current
from atlas.map import places_map
from atlas.map.extent import Size, first_view
from atlas.map.icons import icon_mapping, icon_sheet
from atlas.map.served_files import map_files
from atlas.model.selection import Selection
from atlas.pages.assets import PACKAGE, stylesheet

pytestmark = pytest.mark.browser

MADE_FOR = Size(720, 500)
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; connect-src 'self'"
)
PAGE = b"""<!doctype html><html lang="en"><meta charset="utf-8"><title>Map</title>
<meta name="viewport" content="width=device-width">
<link rel="icon" href="data:,"><link rel="stylesheet" href="style.css">
<style>
  :root { color-scheme: light dark; } body { margin: 0; height: 3000px; }
  #map { position: relative; margin: 20px; height: 480px; }
</style>
<div id="map"><svg class="atlas-picture" width="100%" height="100%"></svg></div>
<script type="module" src="page.js"></script></html>"""
SCRIPT = b"""
import { createMap } from "./map.js"
const events = (window.events = [])
const node = document.querySelector("#map")
const log = (name) => (...given) => events.push([name, ...given])
window.newMap = (node, options) => createMap(node, {
  onPick: log("pick"), onLive: log("live"), onLost: log("lost"), onRestored: log("restored"),
  ...options,
})
window.map = newMap(node)
"""


def described(**filters: Any) -> dict[str, Any]:
    """Return what pydeck writes of a selection's map."""
    atlas = current()
    selection = Selection(**{"lang": "en", **filters})
    view = first_view(atlas, MADE_FOR)
    deck: dict[str, Any] = json.loads(
        places_map.deck(atlas, selection, "light", view, False).to_json()
    )
    return deck


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The address of a page with a map, and of the files that the map fetches."""
    files = [*map_files(current()), icon_sheet(), icon_mapping()]
    answers = {f"/{file.url}": (file.content, file.media_type) for file in files} | {
        "/": (PAGE, "text/html"),
        "/page.js": (SCRIPT, "text/javascript"),
        "/map.js": ((PACKAGE / "pages/built/map.js").read_bytes(), "text/javascript"),
        "/style.css": (stylesheet().content, "text/css"),
    }

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            content, media_type = answers.get(self.path, (b"", ""))
            self.send_response(200 if media_type else 404)
            self.send_header("content-type", media_type)
            self.send_header("content-security-policy", POLICY)
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: Any) -> None:
            """Keep the tests' output to themselves."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def opened(browser: Browser, address: str, **context: Any) -> Page:
    page = browser.new_context(**context).new_page()
    page.goto(address)
    page.wait_for_function("window.map")
    return page


def show(page: Page, description: dict[str, Any]) -> None:
    size = {"width": MADE_FOR.width, "height": MADE_FOR.height}
    page.evaluate("([deck, size]) => map.show(deck, size)", [description, size])
    expect(page.locator("#map")).to_have_class("live")


def test_the_map_comes_alive_without_a_word_on_the_console(browser: Browser, address: str) -> None:
    page = browser.new_page()
    words: list[str] = []
    page.on("console", lambda message: words.append(message.text))
    page.goto(address)
    page.wait_for_function("window.map")
    show(page, described())
    assert page.evaluate("events") == [["live"]]
    assert [text for text in words if "GPU stall" not in text] == []
