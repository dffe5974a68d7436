"""The servers that are measured: how each is started, watched and stopped."""

import os
import re
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.hosting.servers import answered, awaited, free_port

PATIENCE = 300  # seconds until a server must be healthy, on a machine that does much else


@dataclass(frozen=True)
class Command:
    """How to start a server: its interpreter, folder and arguments, with {port} in them."""

    python: Path
    folder: Path
    arguments: tuple[str, ...]
    health: str


class Server:
    """A running server on a port of its own; `started` is the seconds it took to be healthy."""

    def __init__(self, command: Command, data: Path | None = None) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        start = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [command.python, *(text.format(port=self.port) for text in command.arguments)],
            cwd=command.folder,
            env=_environment()
            | {"PORT": str(self.port)}
            | ({"ATLAS_DATA": str(data)} if data else {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        address = f"{self.url}/{command.health}"
        try:
            awaited(lambda: self._process.poll() is not None or answered(address) == 200, PATIENCE)
            assert self._process.poll() is None, f"It has ended: {self._process.args!r}"
        except (TimeoutError, AssertionError):
            self.stop()
            raise
        self.started = time.perf_counter() - start

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Stop the server, by force if it does not in time."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def memory(self) -> tuple[int, int]:
        """Return resident and anonymous memory of its processes in kB (Linux only).

        The second is what a process has for itself. A proportional set size would change with
        every other process that comes or goes with the same libraries.
        """
        resident = anonymous = 0
        for pid in self._processes():
            text = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii")
            sizes = dict(re.findall(r"^(\w+): +(\d+) kB$", text, re.MULTILINE))
            resident, anonymous = resident + int(sizes["Rss"]), anonymous + int(sizes["Anonymous"])
        return resident, anonymous

    def processor_seconds(self) -> float:
        """Return the processor time that its processes have used so far (Linux only)."""
        ticks = sum(sum(map(int, _stat(pid)[11:13])) for pid in self._processes())
        return ticks / os.sysconf("SC_CLK_TCK")

    def _processes(self) -> Iterator[int]:
        """Yield the process and its children, such as gunicorn's worker."""
        yield self._process.pid
        for task in Path(f"/proc/{self._process.pid}/task").iterdir():
            yield from map(int, (task / "children").read_text(encoding="ascii").split())


def _stat(pid: int) -> list[str]:
    text = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    return text.rpartition(")")[2].split()


def _environment() -> dict[str, str]:
    # Of PYTHON's, PYTHONDONTWRITEBYTECODE alone would multiply the time of a start.
    foreign = ("STREAMLIT_", "ATLAS_", "PYTHON", "BOKEH_", "DASH_")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}
