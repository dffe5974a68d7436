"""A replica dies, or all are restarted in turn: no click is lost, and every session comes back.

How long clicks and sessions took is logged: `pytest tests/nightly --log-cli-level=info`.
"""

import asyncio
import logging
import statistics
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from tests.hosting.conftest import Site
from tests.hosting.servers import Replica, answered, awaited, fetched
from tests.hosting.sessions import Session, apart

LOG = logging.getLogger(__name__)
QUERIES = ("lang=en", "lang=zh&place=deyang", "lang=id&sector=rail-transit", "lang=en&q=park")
# Seconds for a click, or without a session with Streamlit: far more than was ever measured.
LONGEST = 20


def sessions(site: Site, number: int) -> list[Session]:
    """Return readers from one address, who together stay below what nginx lets one ask for."""
    return [Session(site.url, QUERIES[number % 4], number, think=1.5) for number in range(number)]


async def read_while(readers: list[Session], act: Callable[[], object]) -> None:
    """Let the readers click while something happens to the servers, and some seconds more."""
    over = asyncio.Event()

    async def clicked_by_all(times: int) -> None:
        goal = [reader.clicks + times for reader in readers]
        while any(reader.clicks < most for reader, most in zip(readers, goal, strict=True)):
            await asyncio.sleep(0.1)

    async with asyncio.TaskGroup() as tasks:
        for reader in readers:
            tasks.create_task(reader.read(over.is_set))
        await clicked_by_all(2)
        await asyncio.to_thread(act)
        await clicked_by_all(2)
        over.set()


def nobody_lost(readers: list[Session]) -> None:
    faults = [fault for reader in readers for fault in reader.faults]
    assert not faults, "\n".join(faults)
    assert max(wait for reader in readers for wait in reader.waits) < LONGEST
    gaps = [gap for reader in readers for gap in reader.gaps]
    if gaps:
        measured = (len(gaps), statistics.median(gaps), max(gaps))
        LOG.info("came back: %d readers, away for %.2f s (median), %.2f s (longest)", *measured)
        assert max(gaps) < LONGEST


def test_when_a_replica_is_killed_its_readers_come_back_on_another_with_their_view(
    site: Site,
) -> None:
    readers = sessions(site, 30)
    killed: list[Replica] = []

    def kill() -> None:
        killed.append(site.busiest())
        assert killed[0].sessions() > 0
        killed[0].kill()

    try:
        apart(asyncio.wait_for(read_while(readers, kill), 120))
        away = [reader for reader in readers if reader.gaps]
        assert 0 < len(away) < 30, "Some were there and have moved; the others noticed nothing."
        nobody_lost(readers)
    finally:
        killed[0].start()


def test_a_rolling_restart_loses_nobody(site: Site) -> None:
    readers = sessions(site, 12)

    def restart() -> None:
        for replica in site.replicas:
            assert replica.stop() in (0, -15)
            replica.start()

    apart(asyncio.wait_for(read_while(readers, restart), 180))
    assert sum(len(reader.gaps) for reader in readers) >= 12, "Everybody had to move once."
    nobody_lost(readers)


def test_pages_come_from_the_others_and_files_still_come_when_all_are_gone(site: Site) -> None:
    picture = f"{site.url}/map.svg?lang=en"
    assert fetched(picture).status == 200
    first, *others = site.replicas
    first.kill()
    try:
        for number in range(30):
            assert fetched(f"{site.url}/?lang=en", cookie=f"lane={number * 8:02x}").status == 200
        for replica in others:
            replica.kill()
        page = fetched(f"{site.url}/?lang=en")
        assert page.status == 503
        assert page.headers["retry-after"] == "5"
        assert page.headers["cache-control"] == "no-store"
        assert "try again" in page.body.decode()
        assert fetched(picture).headers["x-cache"] in ("HIT", "STALE")
    finally:
        with ThreadPoolExecutor(3) as pool:
            list(pool.map(Replica.start, [replica for replica in site.replicas if replica.is_over]))
    awaited(lambda: answered(f"{site.url}/?lang=en") == 200, 15)
