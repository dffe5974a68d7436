"""Replicas of the dashboard and nginx before them, as processes of their own on loopback."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "dashboard.py"
CONFIGURATION = ROOT / "deploy" / "nginx"
NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/sbin")
# Without this one, which would have each server compile all modules again.
ENVIRONMENT = {
    name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"
}
PATIENCE = 120  # seconds until a process that does not come up counts as broken


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    """What came back for a request; status 0 where nothing did."""

    status: int = 0
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


def fetched(url: str, **headers: str) -> Answer:
    """Ask for an address; header names are written with underscores."""
    sent = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with urlopen(Request(url, headers=sent), timeout=15) as answer:  # noqa: S310 - our own
            return Answer(answer.status, _lowered(answer.headers), answer.read())
    except HTTPError as error:
        return Answer(error.code, _lowered(error.headers), error.read())
    except (URLError, TimeoutError, ConnectionError, HTTPException):
        return Answer()


def _lowered(headers: Message) -> dict[str, str]:
    return {name.lower(): value for name, value in headers.items()}


def answered(url: str) -> int:
    """Return the status of an answer; 0 where there is none."""
    return fetched(url).status


def awaited(what: Callable[[], bool], seconds: float = PATIENCE) -> float:
    """Wait until something holds; return the seconds it took."""
    start = time.monotonic()
    while not what():
        if time.monotonic() - start > seconds:
            raise TimeoutError("What was waited for did not come.")
        time.sleep(0.05)
    return time.monotonic() - start


class Replica:
    """The dashboard as `streamlit run` starts it, on a port that it keeps over restarts."""

    def __init__(
        self,
        folder: Path,
        port: int | None = None,
        script: Path = SCRIPT,
        **environment: str,
    ) -> None:
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / f"{self.port}.log"
        self._script = script
        self._environment = ENVIRONMENT | environment
        self.process = self._run()

    def _run(self) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", "streamlit", "run", self._script.name]
        options = [f"--server.port={self.port}", "--server.address=127.0.0.1"]
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own command
                [*command, *options],
                cwd=self._script.parent,
                env=self._environment,
                stdout=log,
                stderr=log,
            )

    @property
    def written(self) -> str:
        return self.log.read_text(encoding="utf-8")

    def ready(self) -> "Replica":
        """Wait until it serves."""
        awaited(lambda: self.is_over or answered(f"{self.url}/health") == 200)
        assert not self.is_over, self.written
        return self

    def sessions(self) -> int:
        """Return how many readers are connected, by its own count."""
        lines = fetched(f"{self.url}/metrics").body.decode().splitlines()
        (line,) = (line for line in lines if line.startswith("atlas_sessions"))
        return int(float(line.split()[1]))

    @property
    def is_over(self) -> bool:
        return self.process.poll() is not None

    def kill(self) -> None:
        self.process.kill()
        self.process.wait(timeout=20)

    def stop(self, seconds: float = 20) -> int:
        """End it as an init system does; return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=seconds)

    def start(self) -> None:
        self.process = self._run()
        self.ready()


class Nginx:
    """Debian's nginx in a folder, with a configuration that is written for a port."""

    def __init__(self, folder: Path, configuration: Callable[[int], str]) -> None:
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "access.log"
        (folder / "nginx.conf").write_text(configuration(self.port), encoding="utf-8")
        # Started by root, nginx lets another user work, who may not write to a test's folder.
        user = "user root;" if os.geteuid() == 0 else ""
        options = ["-p", f"{folder}/", "-c", f"{folder}/nginx.conf", "-g", f"daemon off; {user}"]
        with self.log.open("wb") as log, (folder / "error.log").open("wb") as errors:
            self.process = subprocess.Popen(  # noqa: S603 - our own command
                [str(NGINX), *options], stdout=log, stderr=errors
            )
        awaited(lambda: answered(f"{self.url}/health") == 200)

    @classmethod
    def before(cls, replicas: list[Replica], folder: Path) -> "Nginx":
        """Start it with the configuration of `deploy/nginx`, replicas and port replaced."""
        written = (CONFIGURATION / "replicas.conf").read_text(encoding="utf-8").splitlines()
        servers = [line for line in written if line.startswith("server ")]
        replaced = [
            line.replace(line.split()[1], f"127.0.0.1:{replica.port}")
            for line, replica in zip(servers, replicas, strict=True)
        ]
        (folder / "replicas.conf").write_text("\n".join(replaced), encoding="utf-8")

        def listening(port: int) -> str:
            (folder / "listen.conf").write_text(f"listen 127.0.0.1:{port};", encoding="utf-8")
            return (CONFIGURATION / "nginx.conf").read_text(encoding="utf-8")

        return cls(folder, listening)

    def events(self) -> list[dict[str, object]]:
        """Return what its log says, line by line."""
        return [json.loads(line) for line in self.log.read_text(encoding="utf-8").splitlines()]

    def stop(self) -> None:
        self.process.send_signal(signal.SIGQUIT)
        try:
            self.process.wait(timeout=2)
        except subprocess.TimeoutExpired:  # A websocket was open still.
            self.process.terminate()
            self.process.wait(timeout=10)


@contextmanager
def running(*processes: Replica) -> Iterator[None]:
    """Replicas for as long as a test needs them, whatever becomes of it."""
    try:
        yield
    finally:
        for process in processes:
            if not process.is_over:
                process.kill()
