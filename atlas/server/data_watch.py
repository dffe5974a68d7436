"""Whether the files on disk are still the data that are shown.

What is loaded stays: links name its version, sessions hold its addresses, and all of it came
from one state of the files. So files that are replaced change nothing until the next start;
this says that they were replaced, and whether that start would succeed.

Looking is a `stat` for each file. Only files that have changed, and then stayed the same from
one look to the next, are read and judged: one that is still being written is not broken.
"""

import json
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Literal

from atlas import logs, settings
from atlas.package import files
from atlas.package.descriptor import NAME
from atlas.records import Atlas
from atlas.tables import DataError, current, load

SECONDS = 5.0
LOG = logging.getLogger("atlas.data")
SAID = {
    "same": "The files on disk are the data shown again.",
    "newer": "The files on disk are newer than the data shown: a restart shows them.",
    "broken": "The files on disk are broken: the data loaded before stay. To put right:",
}


@dataclass(frozen=True, slots=True)
class OnDisk:
    """How the files stand to the data shown; `problems` are lines of plain words if broken."""

    state: Literal["same", "newer", "broken"] = "same"
    version: str = ""
    problems: tuple[str, ...] = ()


class Watch:
    """Looks at the files of an atlas; `found` is what the last judgement was."""

    def __init__(self, atlas: Atlas) -> None:
        """Take the atlas that is shown."""
        self.found = OnDisk(version=atlas.version)
        self._atlas = atlas
        listed = (entry["path"] for entry in json.loads(atlas.files[NAME])["resources"])
        self._paths = sorted({*atlas.files, *listed})
        self._seen: list[files.State | None] = []
        self._judged: list[files.State | None] = []

    def look(self) -> None:
        """Look once, and judge files that have changed since the last time and are at rest."""
        seen = [files.state(self._atlas.folder / path) for path in self._paths]
        at_rest, self._seen = seen == self._seen, seen
        if seen == self._judged or not at_rest:
            return
        self._judged = seen
        before, self.found = self.found, self._judgement()
        if self.found != before:
            _say(self.found)

    def _judgement(self) -> OnDisk:
        if self._is_same():
            return OnDisk(version=self._atlas.version)
        try:
            return OnDisk("newer", load(self._atlas.folder).version)
        except DataError as error:
            # A line may name the folder, which is nobody's business but the host's.
            lines = (str(problem) for problem in error.problems)
            folder = str(self._atlas.folder)
            return OnDisk("broken", problems=tuple(one.replace(folder, "data") for one in lines))
        except Exception as error:  # Whatever it is, the watch goes on and the data stay.
            line = f"The files cannot be read ({type(error).__name__}): restore them from a copy."
            return OnDisk("broken", problems=(line,))

    def _is_same(self) -> bool:
        shown, found = self._atlas.files, files.Files(self._atlas.folder)
        try:
            # A map file may be left out; it is not the same once it is there.
            return all(
                found.read(path) == shown[path]
                for path, state in zip(self._paths, self._seen, strict=True)
                if state or path in shown
            )
        except (DataError, KeyError):
            return False


def _say(found: OnDisk) -> None:
    level = logging.WARNING if found.state == "broken" else logging.INFO
    problems = list(found.problems)
    logs.event(f"data-{found.state}", level, version=found.version, problems=problems)
    if not settings.log_lines():
        LOG.warning("\n".join([SAID[found.state], *problems]))


_watches: list[Watch] = []


def on_disk() -> OnDisk:
    """Return how the files stand to the data shown, as of the last look."""
    return _watches[-1].found if _watches else OnDisk()


@contextmanager
def watched(seconds: float = SECONDS) -> Iterator[None]:
    """Look every so often, in a thread of its own that does not keep the process alive."""
    watch, ended = Watch(current()), Event()

    def look() -> None:
        while not ended.wait(seconds):
            watch.look()

    _watches.append(watch)
    Thread(target=look, name="watch", daemon=True).start()
    try:
        yield
    finally:
        ended.set()
        _watches.remove(watch)
