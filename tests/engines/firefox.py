"""Firefox, driven by WebDriver BiDi, which it speaks by itself: https://w3c.github.io/webdriver-bidi/.

Playwright's own way to a Firefox as it is shipped asks for commands that the long-term support
release does not have yet, and Selenium needs geckodriver, which Debian does not carry.
"""

import base64
import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

from tests.engines.engine import HEIGHT, PATIENCE_S, WIDTH, await_listening
from tests.hosting.servers import free_port

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")

# WebGL in software is refused by default.
PREFERENCES = {
    "browser.shell.checkDefaultBrowser": False,
    "webgl.force-enabled": True,
    "datareporting.policy.dataSubmissionEnabled": False,
}


class Firefox:
    """A running Firefox."""

    def __init__(self, connection: ClientConnection) -> None:
        self._connection = connection
        self._numbers = count(1)
        self._errors: list[str] = []
        self._ask("session.new", capabilities={})
        self._ask("session.subscribe", events=["log.entryAdded"])
        self._tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def open(self, url: str) -> None:
        left, self._tab = self._tab, self._ask("browsingContext.create", type="tab")["context"]
        self._ask("browsingContext.close", context=left)
        self._errors.clear()
        viewport = {"width": WIDTH, "height": HEIGHT}
        self._ask("browsingContext.setViewport", context=self._tab, viewport=viewport)
        self._ask("browsingContext.navigate", context=self._tab, url=url, wait="complete")

    def evaluate(self, expression: str) -> Any:
        target = {"context": self._tab}
        answer = self._ask(
            "script.evaluate",
            expression=f"JSON.stringify({expression})",
            target=target,
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return json.loads(answer["result"].get("value", "null"))

    def click(self, selector: str) -> None:
        (element,) = self._ask(
            "browsingContext.locateNodes",
            context=self._tab,
            locator={"type": "css", "value": selector},
            maxNodeCount=1,
        )["nodes"]
        to = {"type": "element", "element": {"sharedId": element["sharedId"]}}
        self._act(
            {"type": "pointerMove", "x": 0, "y": 0, "origin": to},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        )

    def picture(self) -> bytes:
        answer = self._ask("browsingContext.captureScreenshot", context=self._tab)
        return base64.b64decode(answer["data"])

    def errors(self) -> list[str]:
        self.evaluate("null")  # What was logged before is heard before the answer to this.
        return list(self._errors)

    def _act(self, *steps: dict[str, Any]) -> None:
        mouse = {"type": "pointer", "id": "mouse", "actions": steps}
        self._ask("input.performActions", context=self._tab, actions=[mouse])

    def _ask(self, method: str, **params: Any) -> dict[str, Any]:
        number = next(self._numbers)
        self._connection.send(json.dumps({"id": number, "method": method, "params": params}))
        while (message := self._received()).get("id") != number:
            self._hear(message)
        if message["type"] == "error":
            raise RuntimeError(f"{method}: {message['error']}: {message['message']}")
        result: dict[str, Any] = message["result"]
        return result

    def _received(self) -> Any:
        return json.loads(self._connection.recv(timeout=PATIENCE_S))

    def _hear(self, event: dict[str, Any]) -> None:
        entry = event["params"]
        # A page that is left breaks off what it was fetching, and calls that an error.
        if entry.get("level") == "error" and entry["source"].get("context") == self._tab:
            self._errors.append(entry["text"])


@contextmanager
def firefox(environment: dict[str, str], profile: Path) -> Iterator[Firefox]:
    """Run Firefox with a profile of its own, in an empty folder."""
    lines = (
        f"user_pref({json.dumps(name)}, {json.dumps(value)});"
        for name, value in PREFERENCES.items()
    )
    (profile / "user.js").write_text("\n".join(lines), encoding="utf-8")
    assert FIREFOX is not None
    port = free_port()
    process = subprocess.Popen(  # noqa: S603 - our own command
        [FIREFOX, "--no-remote", "--profile", str(profile), f"--remote-debugging-port={port}"],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        await_listening(port, process)
        with connect(f"ws://127.0.0.1:{port}/session", max_size=None) as connection:
            yield Firefox(connection)
    finally:
        process.terminate()
        process.wait(timeout=20)
