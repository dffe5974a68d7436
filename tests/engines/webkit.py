"""WebKit as GTK has it, the engine of GNOME's browser, driven by its own WebDriver.

Classic WebDriver, https://www.w3.org/TR/webdriver2/: plain requests with JSON. It does not tell
what scripts write to the console, so the page is made to keep that, before its first script.
"""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from tests.engines.engine import (
    HEIGHT,
    PATIENCE_S,
    WIDTH,
    PageLeftError,
    await_listening,
    await_true,
)
from tests.hosting.servers import free_port

DRIVER = shutil.which("WebKitWebDriver")
_BROWSERS = sorted(Path("/usr/lib").glob("*/webkit*gtk-*/MiniBrowser"))
BROWSER = str(_BROWSERS[-1]) if _BROWSERS else None

_ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the name of a reference, from the standard

_KEEP_ERRORS = """(() => {
  if (window.atlasErrors || document.readyState === "complete") return Boolean(window.atlasErrors)
  window.atlasErrors = []
  const say = console.error
  console.error = (...said) => { atlasErrors.push(said.join(" ")); say(...said) }
  addEventListener("error", (event) => atlasErrors.push(event.message))
  addEventListener("unhandledrejection", (event) => atlasErrors.push(String(event.reason)))
  return true
})()"""


class WebKit:
    """A running browser of WebKitGTK."""

    def __init__(self, driver: str) -> None:
        self._session = driver
        options = {
            "alwaysMatch": {
                "pageLoadStrategy": "none",
                "webkitgtk:browserOptions": {"binary": BROWSER, "args": ["--automation"]},
            }
        }
        session = self._ask("POST", "/session", capabilities=options)
        self._session = f"{driver}/session/{session['sessionId']}"
        self._fit()

    def close(self) -> None:
        self._ask("DELETE", "")

    def open(self, url: str) -> None:
        self._ask("POST", "/url", url="about:blank")
        await_true(self, "location.href === 'about:blank'")
        self._ask("POST", "/url", url=url)
        await_true(self, f"location.href !== 'about:blank' && {_KEEP_ERRORS}")

    def evaluate(self, expression: str) -> Any:
        script = f"return Promise.resolve({expression})"
        return self._ask("POST", "/execute/sync", script=script, args=[])

    def click(self, selector: str) -> None:
        element = self._ask("POST", "/element", using="css selector", value=selector)
        self._ask("POST", f"/element/{element[_ELEMENT]}/click")

    def picture(self) -> bytes:
        return base64.b64decode(self._ask("GET", "/screenshot"))

    def errors(self) -> list[str]:
        errors: list[str] = self.evaluate("window.atlasErrors")
        return errors

    def _fit(self) -> None:
        """Make the page, which is smaller than its window, as large as it is elsewhere."""
        self._ask("POST", "/window/rect", width=WIDTH, height=HEIGHT)
        inner = self.evaluate("[innerWidth, innerHeight]")
        self._ask("POST", "/window/rect", width=2 * WIDTH - inner[0], height=2 * HEIGHT - inner[1])

    def _ask(self, method: str, path: str, **body: Any) -> Any:
        request = Request(  # noqa: S310 - our own driver
            self._session + path,
            method=method,
            data=json.dumps(body).encode() if method == "POST" else None,
            headers={"Content-Type": "application/json"},
        )
        try:
            with urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310
                return json.load(answer)["value"]
        except HTTPError as refused:
            with refused:
                answer = json.load(refused)["value"]
                kind = PageLeftError if answer["error"] == "no such frame" else RuntimeError
                raise kind(f"{method} {path}: {answer['message']}") from None


@contextmanager
def webkit(environment: dict[str, str]) -> Iterator[WebKit]:
    """Run the driver, and a browser with it."""
    assert DRIVER is not None
    port = free_port()
    process = subprocess.Popen([DRIVER, f"--port={port}"], env=environment)  # noqa: S603
    try:
        await_listening(port, process)
        browser = WebKit(f"http://127.0.0.1:{port}")
        try:
            yield browser
        finally:
            browser.close()
    finally:
        process.terminate()
        process.wait(timeout=20)
