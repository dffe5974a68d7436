"""The server's clock is years behind or ahead: data load, pages open, files are the same."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine

from atlas.datapackage.loader import REPOSITORY_DATA, load
from atlas.export import EXPORTS, download
from atlas.model.pages import PAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from tests.hosting.servers import Replica, fetched, running
from tests.hosting.sessions import apart
from tests.load.client import Reader
from tests.ui.test_pages import markup, visit

RAIL = Selection(sector=("rail-transit",))
LINK = "https://atlas.example/?lang=en&sector=rail-transit"
# An empty battery, before the zip format begins; before the data; long after; beyond 32 bits.
CLOCKS = ("1970-01-01T00:00:05", "2001-02-03T04:05:06", "2050-01-01T00:00:00", "2110-12-31T23:59")
PATHS = ("?lang=en", "share?lang=zh", "map.png", "api/places.xlsx", "api/package.zip", "health")
# Sets the clock of a process, wherever it runs.
SET = "import time_machine; time_machine.travel({clock!r}, tick=True).start()"


def page(name: str) -> str:
    return f"pages/{name}.py" if name else "dashboard.py"


@pytest.fixture(params=CLOCKS)
def clock(request: pytest.FixtureRequest) -> Iterator[datetime]:
    """The time that everybody is told."""
    told = datetime.fromisoformat(request.param).replace(tzinfo=UTC)
    with time_machine.travel(told, tick=True):
        yield told


@pytest.mark.usefixtures("clock")
def test_good_data_load() -> None:
    assert len(load(REPOSITORY_DATA).places) > 14


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize("name", PAGES)
def test_every_page_opens(name: str) -> None:
    assert markup(visit(page(name), lang="en", sector="rail-transit", place="deyang"))


def test_files_of_a_view_are_the_same_to_the_byte(atlas: Atlas) -> None:
    for name in EXPORTS:
        made = set()
        for clock in CLOCKS:
            with time_machine.travel(clock, tick=True):
                made.add(download(atlas, RAIL, name, LINK).content)
        assert len(made) == 1, name


def test_no_citation_was_accessed_before_the_day_the_data_stand_for(
    clock: datetime, atlas: Atlas
) -> None:
    seen = markup(visit("pages/share.py", lang="en"))
    day = max(clock.date(), atlas.as_of).isoformat()
    assert f"urldate = {{{day}}}" in seen


@pytest.mark.parametrize("clock", CLOCKS[::3])
def test_a_server_starts_serves_and_logs(tmp_path: Path, clock: str) -> None:
    (tmp_path / "sitecustomize.py").write_text(SET.format(clock=clock), encoding="utf-8")
    replica = Replica(tmp_path, PYTHONPATH=str(tmp_path), ATLAS_LOG="json")

    async def read() -> list[str]:
        async with Reader(replica.port, "lang=en") as reader:
            failures = (await reader.opened()).failures
            return failures + (await reader.click(0, 0)).failures

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
