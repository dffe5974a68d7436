"""One process: how it starts, what it logs, how it ends."""

import asyncio
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.conftest import Folder, at_night
from tests.hosting.servers import ROOT, SCRIPT, Replica, answered, awaited, fetched, running
from tests.hosting.sessions import apart, visit
from tests.hosting.streamlit_session import StreamlitSession

TYPED = "kept to myself"
PANELS = "/panels/{edition}/{page}/{names}"
LOGGED = {"ATLAS_LOG": "json", "STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true"}


def ended(replica: Replica) -> int:
    return replica.process.wait(timeout=60)


@pytest.mark.parametrize("form", at_night(["plain", "json"], ["json"]))
def test_broken_data_end_the_start_with_the_list_of_what_is_wrong(
    tmp_path: Path, data: Folder, form: str
) -> None:
    first, second = (row["id"] for row in data.rows("figures")[:2])
    data.set("figures", first, value="many")
    data.set("figures", second, year="soon")
    environment = {"ATLAS_DATA": str(data.path)} | (LOGGED if form == "json" else {})
    replica = Replica(tmp_path, **environment)
    with running(replica):
        assert ended(replica) == 1
    last = replica.written.strip().splitlines()
    if form == "json":
        problems = json.loads(last[-1])["problems"]
    else:
        assert "does not start" in last[-3]
        problems = last[-2:]
    assert [problem.split(",")[0] for problem in problems] == ["figures.csv"] * 2
    assert "many" in problems[0]
    assert "soon" in problems[1]
    assert "Traceback" not in replica.written


def test_a_wrong_setting_ends_the_start_with_its_name(tmp_path: Path) -> None:
    replica = Replica(tmp_path, ATLAS_DRAIN="soon")
    with running(replica):
        assert ended(replica) == 1
    assert "ATLAS_DRAIN" in replica.written
    assert "Traceback" not in replica.written


def test_before_it_stops_a_server_says_so_serves_on_and_tells_its_readers(tmp_path: Path) -> None:
    replica = Replica(tmp_path, ATLAS_DRAIN="3")

    async def read() -> int:
        async with StreamlitSession(replica.url) as session:
            await session.run()
            replica.process.terminate()
            await asyncio.to_thread(awaited, lambda: answered(f"{replica.url}/health") == 503, 2)
            assert await asyncio.to_thread(answered, f"{replica.url}/_stcore/health") == 200
            assert await visit(replica.url) == []
            return await asyncio.wait_for(session.closed(), 20)

    with running(replica.ready()):
        started = time.monotonic()
        assert apart(read()) == 1012, "The service restarts: so the browser comes back."
        # By the signal it was sent: what an init system and a container count as a clean end.
        assert replica.process.wait(timeout=10) in (0, -15)
        assert time.monotonic() - started > 2.5


async def _read(url: str) -> None:
    await visit(url, query=f"lang=en&q={quote(TYPED)}")
    await visit(url, "places", f"lang=en&near={quote(TYPED)}&place=deyang")
    for path in (f"?q={quote(TYPED)}", f"place?near={quote(TYPED)}", quote(TYPED)):
        await asyncio.to_thread(answered, f"{url}/{path}")


def test_an_error_of_a_page_is_logged_by_its_type_and_place_and_counted(tmp_path: Path) -> None:
    entry = SCRIPT.read_text(encoding="utf-8")
    guard = 'if __name__ == "__main__":'
    assert guard in entry
    broken = tmp_path / "dashboard.py"
    broken.write_text(entry.replace(guard, f"{guard}\n    raise LookupError({TYPED!r})\n{guard}"))
    shutil.copytree(ROOT / ".streamlit", tmp_path / ".streamlit")
    replica = Replica(tmp_path, script=broken, PYTHONPATH=str(ROOT), **LOGGED)

    with running(replica.ready()):
        (shown,) = apart(visit(replica.url))
        counted = fetched(f"{replica.url}/metrics").body.decode()
        replica.stop()
    assert "atlas_run_errors_total 1.0" in counted
    errors = [
        line["error"] for line in map(json.loads, replica.written.splitlines()) if "error" in line
    ]
    assert [error["type"] for error in errors] == ["LookupError"]
    assert "dashboard.py" in errors[0]["at"][-1]
    assert TYPED not in replica.written + shown


# Watches what Python opens for writing, wherever the process runs.
WATCH = """
import os, sys

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT
CHANGING = {"os.mkdir", "os.remove", "os.rename", "shutil.copyfile", "tempfile.mkstemp"}

def watch(event, args):
    path = str(args[0]) if args else ""
    written = event == "open" and args[2] is not None and args[2] & WRITING
    if (written or event in CHANGING) and not path.startswith(("/dev/", "/proc/")):
        os.write(2, f"WRITTEN {event} {path}\\n".encode(errors="replace"))

sys.addaudithook(watch)
"""


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The log of a server from its start to its end, with a line for every file it wrote.

    It is told to stop twice: the second time it does not wait for its readers any more.
    """
    folder = tmp_path_factory.mktemp("watched")
    (folder / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    environment = LOGGED | {
        "PYTHONPATH": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "ATLAS_DRAIN": "60",
        "HOME": "/nonexistent",
        "TMPDIR": "/nonexistent",
    }
    witness = [sys.executable, "-c", f"open({str(folder / 'witness')!r}, 'w')"]
    noticed = subprocess.run(  # noqa: S603 - our own command
        witness, env=os.environ | environment, capture_output=True, check=True
    )
    assert b"WRITTEN open" in noticed.stderr, "The watch itself must work."
    replica = Replica(folder, **environment)
    with running(replica.ready()):
        apart(_read(replica.url))
        replica.process.terminate()
        awaited(lambda: answered(f"{replica.url}/health") == 503, 10)
        assert replica.stop(10) in (0, -15)
    return replica.written


def test_nothing_is_written_so_a_read_only_file_system_will_do(watched: str) -> None:
    assert "WRITTEN" not in watched


def test_the_log_is_json_to_its_last_line_and_holds_nothing_of_the_readers(watched: str) -> None:
    routes = {json.loads(line).get("route") for line in watched.splitlines()}
    assert {"/", "/place", "/health", "elsewhere", "/_stcore/stream", PANELS} <= routes
    for personal in (TYPED, quote(TYPED), "Mozilla", "python-httpx", "127.0.0.1"):
        assert personal not in watched
