"""Two versions behind one address: a page gets what belongs to it, whichever replica is asked."""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Response, expect

from atlas.datapackage.loader import current
from atlas.pages.assets import modules
from atlas.server.routes.files import static_files
from tests.hosting.conftest import Site, served
from tests.hosting.servers import Answer, Nginx, Replica, fetched, running
from tests.hosting.versions import DATA_VERSION, second

pytestmark = pytest.mark.browser

FILE = "/assets/"
KEPT = "public, max-age=31536000, immutable"


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """One replica of the version before, two of the next."""
    folder = tmp_path_factory.mktemp("mixed")
    (folder / "next").mkdir()
    script = second(folder / "next")
    replicas = [Replica(folder), *(Replica(folder, script=script) for _ in range(2))]
    with running(*replicas), served(folder, replicas) as found:
        yield found


def version(site: Site, lane: str) -> str:
    """The version of the data that a lane leads to."""
    answer = fetched(f"{site.url}/health", cookie=f"lane={lane}")
    return str(json.loads(answer.body)["data"]["version"])


@pytest.fixture(scope="module")
def lanes(mixed: Site) -> Mapping[str, str]:
    """A lane to each version: that of the data."""
    found = {version(mixed, f"{lane:02x}"): f"{lane:02x}" for lane in range(0, 256, 5)}
    assert set(found) == {current().version, DATA_VERSION}
    return found


def assets(page: Answer) -> dict[str, str]:
    """The addresses that a page names, by the name of the file."""
    found = re.findall(r"assets/[0-9a-f]{12}/[\w.]+", page.body.decode())
    return {address.split("/")[-1]: address for address in found}


def test_the_files_of_both_versions_come_from_whoever_has_them(
    mixed: Site, lanes: Mapping[str, str]
) -> None:
    before, after = current().version, DATA_VERSION
    own = static_files(current())
    for address, file in own.items():
        answer = fetched(f"{mixed.url}/{address}", cookie=f"lane={lanes[after]}")
        assert (answer.status, answer.body) == (200, file.content), address
        assert answer.headers["cache-control"] == KEPT
    page = assets(fetched(f"{mixed.url}/?lang=en", cookie=f"lane={lanes[after]}"))
    assert set(page) == {module.name for module in modules()}
    assert not set(page.values()) & set(own), "The two versions must differ."
    for address in page.values():
        answer = fetched(f"{mixed.url}/{address}", cookie=f"lane={lanes[before]}")
        assert answer.status == 200
        assert b"second" in answer.body or not address.endswith("/atlas.js")
        assert answer.headers["cache-control"] == KEPT


def test_style_and_script_of_a_version_that_is_gone_are_stood_in_for_and_never_kept(
    mixed: Site,
) -> None:
    for name in ("style.css", "atlas.js"):
        for _ in range(2):
            answer = fetched(f"{mixed.url}/assets/0123456789ab/{name}")
            assert answer.status == 200
            assert len(answer.body) > 1_000
            assert answer.headers["cache-control"] == "no-cache"
            assert answer.headers.get("x-cache") != "HIT"


def test_a_file_of_the_map_of_a_version_that_is_gone_is_not_replaced_by_another(
    mixed: Site,
) -> None:
    answer = fetched(f"{mixed.url}/assets/0123456789ab/boundaries.geojson")
    assert answer.status == 404


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def framing(folder: Path, url: str) -> Iterator[str]:
    """The address of a page on another site that shows an address in a frame."""
    frame = f'<!doctype html><iframe src="{url}" width=1000 height=700></iframe>'
    (folder / "index.html").write_text(frame, encoding="utf-8")
    serving = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder))
    thread = Thread(target=serving.serve_forever)
    thread.start()
    try:
        yield f"http://localhost:{serving.server_port}/"
    finally:
        serving.shutdown()
        serving.server_close()
        thread.join()


def visit(browser: Browser, url: str) -> Iterator[Response]:
    """Open a page with a frame in a new browser; the files that came, when the map is drawn."""
    context = browser.new_context()
    files: list[Response] = []
    context.on("response", lambda one: files.append(one) if FILE in one.url else None)
    page = context.new_page()
    page.goto(url)
    expect(page.frame_locator("iframe").locator("#credits")).to_be_visible()
    page.frames[1].wait_for_selector(".map.live canvas")
    yield from files
    context.close()


def test_in_a_frame_where_nothing_keeps_a_reader_on_one_replica_a_page_is_whole(
    mixed: Site, browser: Browser, tmp_path: Path
) -> None:
    nginx = Nginx(tmp_path / "nginx", mixed.replicas)  # It has kept no file yet.
    kept: dict[str, bool] = {}
    asked: set[object] = set()
    try:
        with framing(tmp_path, f"{nginx.url}/?lang=en&embed=true") as host:
            while len(asked) < 3:  # Each visit draws one of three.
                for one in visit(browser, host):
                    kept[one.url] = one.headers.get("cache-control") == KEPT
                asked = {one["replica"] for one in nginx.events() if one["route"] == "/"}
    finally:
        nginx.stop()
    assert "atlas.js" in {url.split("/")[-1] for url in kept}
    assert [url for url, very in kept.items() if not very] == []
