"""No file can be written, or the log's disk is full: the server starts and serves on."""

import asyncio
import resource
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest

from tests.hosting.servers import Replica, fetched, running
from tests.hosting.sessions import apart, visit

FULL = Path("/dev/full")  # Linux: every write to it fails for want of space.
PATHS = ("?lang=en", "place?lang=zh&place=deyang", "map.png", "preview.png", "api/places.xlsx")
# As the image sets it: Streamlit's greeting is printed before any code of ours has run, and ends
# the start where it cannot be printed.
HOSTED = {"STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "true"}
LOGS: Mapping[str, Mapping[str, str]] = {
    "as people read it": HOSTED,
    "as lines": HOSTED | {"ATLAS_LOG": "json"},
}


def largest_file(size: int) -> None:
    """Let every write beyond so many bytes of a file fail in this process, whoever its user is."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def serves(replica: Replica) -> None:
    """Check that pages, sessions and files come, and that no page has failed."""

    async def read() -> list[str]:
        near = await visit(replica.url, "places", "lang=id&near=31.1,104.4")
        return near + await visit(replica.url)

    assert apart(asyncio.wait_for(read(), 60)) == []
    assert {path: fetched(f"{replica.url}/{path}").status for path in PATHS} == dict.fromkeys(
        PATHS, 200
    )
    assert fetched(f"{replica.url}/nowhere/at/all").status in (200, 404)
    assert b"atlas_run_errors_total 0.0" in fetched(f"{replica.url}/metrics").body
    assert fetched(f"{replica.url}/health").status == 200


@pytest.mark.parametrize("log", LOGS)
def test_a_log_on_a_full_disk_does_not_stop_the_server(tmp_path: Path, log: str) -> None:
    with pytest.raises(OSError, match="No space"), FULL.open("w") as full:
        full.write("The device must be there.")
    replica = Replica(tmp_path, log=FULL, **LOGS[log])
    with running(replica):
        serves(replica.ready())
        assert replica.stop() in (0, -15)


@pytest.mark.parametrize("log", LOGS)
def test_a_server_that_can_write_no_file_at_all_starts_and_serves(tmp_path: Path, log: str) -> None:
    environment = {"HOME": str(tmp_path), "TMPDIR": str(tmp_path)}
    replica = Replica(
        tmp_path,
        log=tmp_path / "log",
        before=partial(largest_file, 0),
        **environment,
        **LOGS[log],
    )
    with running(replica):
        serves(replica.ready())
        assert replica.stop() in (0, -15)
    written = [path for path in tmp_path.rglob("*") if path.is_file() and path.stat().st_size]
    assert written == []


def test_a_disk_that_fills_while_the_server_runs_does_not_stop_it(tmp_path: Path) -> None:
    limit = partial(largest_file, 1_000)
    replica = Replica(tmp_path, log=tmp_path / "log", before=limit, **LOGS["as lines"])
    with running(replica):
        serves(replica.ready())
        assert (tmp_path / "log").stat().st_size == 1_000
        serves(replica)
        assert replica.stop() in (0, -15)
