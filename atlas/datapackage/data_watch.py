"""Watch whether the files on disk are still the data that are shown.

When files were replaced and are all sound together, they are taken over at once: every answer is
of the new state from then on, under addresses of a new edition. Otherwise the loaded data stay,
and the watch says what is wrong.

A check is one `stat` a file. Files are read and validated only after they changed and then stayed
the same from one check to the next: a file that is still being written is not broken.
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import Literal

from atlas import logs, settings
from atlas.datapackage import files
from atlas.datapackage.descriptor import DESCRIPTOR
from atlas.datapackage.land.slice import FOLDER
from atlas.datapackage.loader import DataError, current, load, take_over
from atlas.model.records import Atlas

SECONDS = 5.0
LOG = logging.getLogger("atlas.data")
MESSAGES = {
    "same": "The files on disk are the data shown.",
    "broken": "The files on disk are broken: the data loaded before stay. To put right:",
}


@dataclass(frozen=True, slots=True)
class OnDisk:
    """How the files compare with the data shown; `problems` lists why they are broken."""

    state: Literal["same", "broken"] = "same"
    version: str = ""
    problems: tuple[str, ...] = ()


class Watch:
    """Watches the files of an atlas; `result` is the outcome of the last validation."""

    def __init__(self, atlas: Atlas, prepare: Callable[[Atlas], None] = lambda _: None) -> None:
        """Watch the atlas that is shown; `prepare` is called with each newer one beforehand."""
        self._prepare = prepare
        self._show(atlas)
        self._last_states: list[files.State | None] = []
        self._validated_states: list[files.State | None] = []

    def _show(self, atlas: Atlas) -> None:
        self.result = OnDisk(version=atlas.version)
        self._atlas = atlas
        self._paths = [atlas.sheet.name] if atlas.sheet else sorted(_paths(atlas))

    def look(self) -> None:
        """Check once, and validate files that have changed and are no longer being written."""
        states = [files.state(self._atlas.folder / path) for path in self._paths]
        are_at_rest, self._last_states = states == self._last_states, states
        if states == self._validated_states or not are_at_rest:
            return
        self._validated_states = states
        old_atlas, old_result = self._atlas, self.result
        self.result = self._validate()
        if self._atlas is old_atlas and self.result != old_result:
            _report(self.result)

    def _validate(self) -> OnDisk:
        try:
            atlas = load(self._atlas.sheet or self._atlas.folder)
            if atlas.files == self._atlas.files:
                return OnDisk(version=self._atlas.version)
            return self._take_over(atlas)
        except DataError as error:
            # A problem may name the folder, which only the host should know.
            folder = str(self._atlas.folder)
            lines = (line.replace(folder, "data") for line in error.summary())
            return OnDisk("broken", problems=tuple(lines))
        except Exception as error:  # Whatever it is, the watch must go on.
            line = f"The files cannot be read ({type(error).__name__}): restore them from a copy."
            return OnDisk("broken", problems=(line,))

    def _take_over(self, atlas: Atlas) -> OnDisk:
        self._prepare(atlas)
        take_over(atlas)
        self._show(atlas)
        logs.event("data-replaced", logging.INFO, version=atlas.version, places=len(atlas.places))
        if not settings.log_lines():
            LOG.warning("The files on disk were replaced: they are shown now.")
        return self.result


def _paths(atlas: Atlas) -> set[str]:
    """Return the paths of the files that were read and those that the descriptor lists."""
    resources = json.loads(atlas.files[DESCRIPTOR])["resources"]
    return {path for path in atlas.files if not path.startswith(FOLDER)} | {
        resource["path"] for resource in resources
    }


def _report(result: OnDisk) -> None:
    level = logging.WARNING if result.state == "broken" else logging.INFO
    problems = list(result.problems)
    logs.event(f"data-{result.state}", level, version=result.version, problems=problems)
    if not settings.log_lines():
        LOG.warning("\n".join([MESSAGES[result.state], *problems]))


_watches: list[Watch] = []


def on_disk() -> OnDisk:
    """Return the state of the files as of the last check."""
    return _watches[-1].result if _watches else OnDisk()


@contextmanager
def watched(
    prepare: Callable[[Atlas], None] = lambda _: None, seconds: float = SECONDS
) -> Iterator[None]:
    """Check at intervals (in seconds), in a thread that does not keep the process alive."""
    watch, stop = Watch(current(), prepare), Event()

    def look() -> None:
        while not stop.wait(seconds):
            watch.look()

    _watches.append(watch)
    Thread(target=look, name="watch", daemon=True).start()
    try:
        yield
    finally:
        stop.set()
        _watches.remove(watch)
