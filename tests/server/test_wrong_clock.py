"""The clock is years behind or ahead: data load, pages open, files are the same."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from atlas.export import EXPORTS, download
from atlas.model.pages import PAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from tests.conftest import at_night, combined
from tests.pages.opened import CLIENT
from tests.ui.visit import slots, visit

RAIL = Selection(sector=("rail-transit",))
LINK = "https://atlas.example/?lang=en&sector=rail-transit"
# An empty battery, before the zip format begins; before the data; long after; beyond 32 bits.
CLOCKS = ("1970-01-01T00:00:05", "2001-02-03T04:05:06", "2050-01-01T00:00:00", "2110-12-31T23:59")

DATED_PAGES = ["", "timeline", "evidence", "share"]


@pytest.fixture(params=CLOCKS)
def clock(request: pytest.FixtureRequest) -> Iterator[datetime]:
    """The time that every clock shows."""
    now = datetime.fromisoformat(request.param).replace(tzinfo=UTC)
    with time_machine.travel(now, tick=True):
        yield now


@pytest.mark.usefixtures("clock")
@pytest.mark.parametrize(
    ("clock", "name"), combined(CLOCKS, at_night(PAGES, DATED_PAGES)), indirect=["clock"]
)
def test_every_page_opens(name: str) -> None:
    view = {"lang": "en", "sector": "rail-transit", "place": "deyang"}
    assert CLIENT.get(f"/{name}", params=view).status_code == 200
    assert slots(visit(name, **view))


def test_files_of_a_view_are_the_same_to_the_byte(atlas: Atlas) -> None:
    for name in EXPORTS:
        contents = set()
        for clock in at_night(CLOCKS, CLOCKS[::3]):
            with time_machine.travel(clock, tick=True):
                contents.add(download(atlas, RAIL, name, LINK).content)
        assert len(contents) == 1, name


def test_no_citation_was_accessed_before_the_day_the_data_stand_for(
    clock: datetime, atlas: Atlas
) -> None:
    seen = CLIENT.get("/share?lang=en").text
    day = max(clock.date(), atlas.as_of).isoformat()
    assert f"urldate = {{{day}}}" in seen
