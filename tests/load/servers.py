"""The servers that are measured: the dashboard, and stock Streamlit in its own environment."""

import os
import re
import socket
import subprocess
import sys
import time
import venv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

ROOT = Path(__file__).parents[2]
STOCK = Path(__file__).parent / "stock"
PATIENCE = 300  # seconds until a server must be healthy, on a machine that does much else


@dataclass(frozen=True)
class Command:
    """How to start a server: its interpreter, folder, script and options."""

    python: Path
    folder: Path
    script: str
    options: tuple[str, ...] = ()


def dashboard(root: Path = ROOT, options: Iterable[str] = ()) -> Command:
    """Return the command of the dashboard in a checkout, as a host would start it."""
    return Command(Path(sys.executable), root, "dashboard.py", tuple(options))


def stock(environment: Path, script: str) -> Command:
    """Return the command of a stock app: default settings, run from a folder without any."""
    python = environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    return Command(python, STOCK, script)


def environment(folder: Path) -> Path:
    """Return an environment with the pinned requirements but for uvloop, made where it is missing.

    Stock Streamlit does not come with uvloop; with it, it would be faster than it is.
    """
    ready, wanted = folder / "requirements.txt", _without_uvloop()
    if not ready.exists() or ready.read_text(encoding="utf-8") != wanted:
        venv.create(folder, with_pip=True, clear=True)
        python = stock(folder, "").python
        (folder / "wanted.txt").write_text(wanted, encoding="utf-8")
        install = (python, "-m", "pip", "install", "-q", "-r", folder / "wanted.txt")
        subprocess.run(install, check=True)  # noqa: S603 - our own command
        (folder / "wanted.txt").rename(ready)
    return folder


def _without_uvloop() -> str:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines(keepends=True)
    return "".join(line for line in lines if not line.startswith("uvloop"))


class Server:
    """A running server on a port of its own; `started` is the seconds it took to be healthy."""

    def __init__(self, command: Command, data: Path | None = None, port: int = 0) -> None:
        self.port = port or _free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        start = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - our own command
            [
                command.python,
                *("-m", "streamlit", "run", command.script, "--server.headless=true"),
                *(f"--server.port={self.port}", "--server.address=127.0.0.1"),
                *(f"--{option}" for option in command.options),
            ],
            cwd=command.folder,
            env=_surroundings() | ({"ATLAS_DATA": str(data)} if data else {}),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._await(start + PATIENCE)
        self.started = time.perf_counter() - start

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _await(self, deadline: float) -> None:
        while time.perf_counter() < deadline and self._process.poll() is None:
            try:
                with urlopen(f"{self.url}/_stcore/health", timeout=1):  # noqa: S310 - our own server
                    return
            except (URLError, TimeoutError, ConnectionError):
                time.sleep(0.02)
        self.stop()
        raise RuntimeError(f"The server on port {self.port} did not come up.")

    def stop(self) -> None:
        """Stop the server, by force if it does not in time."""
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    def memory(self) -> tuple[int, int]:
        """Return resident and anonymous memory of the process in kB (Linux only).

        The second is what the process has for itself. A proportional set size would change with
        every other process that comes or goes with the same libraries.
        """
        text = Path(f"/proc/{self._process.pid}/smaps_rollup").read_text(encoding="ascii")
        sizes = dict(re.findall(r"^(\w+): +(\d+) kB$", text, re.MULTILINE))
        return int(sizes["Rss"]), int(sizes["Anonymous"])

    def processor_seconds(self) -> float:
        """Return the processor time the process has used so far (Linux only)."""
        stat = Path(f"/proc/{self._process.pid}/stat").read_text(encoding="ascii")
        user, system = stat.rpartition(")")[2].split()[11:13]
        return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def _surroundings() -> dict[str, str]:
    # Of PYTHON's, PYTHONDONTWRITEBYTECODE alone would multiply the time of a start.
    foreign = ("STREAMLIT_", "ATLAS_", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(foreign)}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
