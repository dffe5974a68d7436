"""A server whose clock is years behind or ahead starts, serves and logs."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.hosting.servers import Replica, fetched, running
from tests.hosting.sessions import Reader, apart
from tests.server.test_wrong_clock import CLOCKS

PATHS = ("?lang=en", "share?lang=zh", "map.png", "api/places.xlsx", "api/package.zip", "health")
# Sets the clock of a process, wherever it runs.
SET = "import time_machine; time_machine.travel({clock!r}, tick=True).start()"


@pytest.mark.parametrize("clock", [CLOCKS[0], CLOCKS[-1]])
def test_a_server_starts_serves_and_logs(tmp_path: Path, clock: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(SET.format(clock=clock), encoding="utf-8")
    replica = Replica(tmp_path, PYTHONPATH=str(tmp_path), ATLAS_LOG="json")

    async def read() -> list[str]:
        async with Reader(replica.port, "lang=en") as reader:
            failures = await reader.opened()
            await reader.follow("lang=en&sector=rail-transit")
            return failures

    with running(replica.ready()):
        assert apart(asyncio.wait_for(read(), 60)) == []
        for path in PATHS:
            assert fetched(f"{replica.url}/{path}").status == 200, path
        known = fetched(f"{replica.url}/map.svg?lang=en").headers["etag"]
        assert fetched(f"{replica.url}/map.svg?lang=en", if_none_match=known).status == 304
        assert replica.stop() in (0, -15)
    lines = [json.loads(line) for line in replica.written.splitlines() if line.startswith("{")]
    assert {line["ts"][:4] for line in lines} == {clock[:4]}
    assert not [line for line in lines if "error" in line]
