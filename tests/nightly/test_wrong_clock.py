"""A server whose clock is years behind or ahead starts, serves and logs."""

import asyncio
import json
from pathlib import Path

import pytest

from tests.conftest import at_night
from tests.hosting.servers import Replica, fetched, running
from tests.hosting.sessions import apart, visit
from tests.server.test_wrong_clock import CLOCKS

PATHS = ("?lang=en", "share?lang=zh", "map.png", "api/places.xlsx", "api/package.zip", "health")
# Sets the clock of a process, wherever it runs.
SET = "import time_machine; time_machine.travel({clock!r}, tick=True).start()"


@pytest.mark.parametrize("clock", at_night([CLOCKS[0], CLOCKS[-1]], CLOCKS[:1]))
def test_a_server_starts_serves_and_logs(tmp_path: Path, clock: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(SET.format(clock=clock), encoding="utf-8")
    replica = Replica(tmp_path, PYTHONPATH=str(tmp_path), ATLAS_LOG="json")
    with running(replica.ready()):
        assert apart(asyncio.wait_for(visit(replica.url), 60)) == []
        for path in PATHS:
            assert fetched(f"{replica.url}/{path}").status == 200, path
        known = fetched(f"{replica.url}/map.svg?lang=en").headers["etag"]
        assert fetched(f"{replica.url}/map.svg?lang=en", if_none_match=known).status == 304
        assert replica.stop() in (0, -15)
    lines = [json.loads(line) for line in replica.written.splitlines() if line.startswith("{")]
    assert {line["ts"][:4] for line in lines} == {clock[:4]}
    assert not [line for line in lines if "error" in line]
