"""Readers for as long as you like: `python -m tests.nightly.soak --minutes 30`.

Starts the dashboard as a host does and sends it readers who come to a page, click, look and go, and
programs that fetch pictures, data and what no link of ours holds. What each does is drawn from a
seed.

A line a minute: answers, what went wrong so far, the median and the 95th percentile of their
seconds, and the process's own memory. In the end the growth of memory over the second half, by
least squares. Ends with 1 if anything at all went wrong: an exception on a page, a refused request,
a broken connection, an error that the server has counted. Memory is read from /proc, so it needs
Linux.
"""

import argparse
import asyncio
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import linear_regression, median
from tempfile import TemporaryDirectory
from urllib.parse import quote

import httpx2

from atlas.datapackage.loader import current
from atlas.export import EXPORTS
from atlas.model.languages import LANGUAGES
from atlas.model.pages import PAGES
from atlas.model.selection import vocabulary
from tests.hostile.payloads import PAYLOADS
from tests.hosting.servers import Replica, fetched, running
from tests.hosting.sessions import Session, apart

LAYOUT = "{:>7} {:>8} {:>7} {:>8} {:>8} {:>9}"
HEAD = ("minute", "answers", "wrong", "p50 ms", "p95 ms", "own kB")
# The page of one place leads elsewhere without one.
OPEN_PAGES = sorted(PAGES.keys() - {"place"})
VISIT = 20  # mean seconds
SECTORS = tuple(vocabulary(current())["sector"])
FILES = (
    *(
        "map.svg",
        "map.png",
        "preview.png",
        "qr.svg",
        "brief",
        "sitemap.xml",
        "metrics",
        *OPEN_PAGES,
    ),
    *(f"api/{name}" for name in EXPORTS),
)
COUNTED = re.compile(
    r'^atlas_run_errors_total (\S+)|^atlas_request_duration_seconds_count\{.*status="5.."\} (\S+)',
    re.MULTILINE,
)


@dataclass
class Soak:
    """A server under its readers: the seconds of answers not told yet, and all that went wrong."""

    url: str
    think: float
    is_over: bool = False
    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    async def read(self, random: Random) -> None:
        """Come to a page, click and look for a while, and come again."""
        while not self.is_over:
            end = time.monotonic() + random.expovariate(1 / VISIT)
            query = f"lang={random.choice(list(LANGUAGES))}"
            page, seed = random.choice(OPEN_PAGES), random.randint(0, 10**9)
            session = Session(self.url, query, seed, page, self.think, SECTORS, waits=self.seconds)
            try:
                await session.read(lambda end=end: self.is_over or time.monotonic() > end)
            except* (OSError, httpx2.HTTPError, AssertionError) as failed:
                self.faults.update(f"{page}: {error!r}" for error in failed.exceptions)
            self.faults.update(session.faults)

    async def fetch(self, random: Random) -> None:
        """Fetch files of a view now and then, and ask for what cannot be understood."""
        while not self.is_over:
            hostile = quote(random.choice(PAYLOADS).encode("utf-8", "surrogatepass"))
            query, allowed = random.choice(
                (
                    (f"lang=en&radius={random.randint(1, 999)}", {200}),
                    (f"lang=en&q={hostile}&place={hostile}&radius={hostile}", {200, 400, 404}),
                )
            )
            start, path = time.perf_counter(), random.choice(FILES)
            answer = await asyncio.to_thread(fetched, f"{self.url}/{path}?{query}")
            self.seconds.append(time.perf_counter() - start)
            if answer.status not in allowed:
                self.faults[f"/{path} answered {answer.status or 'nothing'}"] += 1
            await asyncio.sleep(random.expovariate(1 / self.think))

    def line(self, minute: float, memory: int) -> str:
        """Return what the last minute was like, as a line of the table."""
        times = sorted(self.seconds) or [float("nan")]
        self.seconds.clear()
        p95 = times[len(times) * 19 // 20]
        cells = (f"{median(times) * 1000:.0f}", f"{p95 * 1000:.0f}", f"{memory:,}")
        return LAYOUT.format(f"{minute:.3g}", len(times), self.faults.total(), *cells)


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak the dashboard as the arguments say; 1 if anything went wrong."""
    options = _parser().parse_args(arguments)
    print(LAYOUT.format(*HEAD), flush=True)
    data = {"ATLAS_DATA": str(options.data)} if options.data else {}
    with TemporaryDirectory() as folder:
        server = Replica(Path(folder), **data)
        with running(server.ready()):
            soak = Soak(server.url, options.think)
            memory = apart(_minutes(server, soak, options))
            soak.faults.update(_counted(server))
    growth = linear_regression(*zip(*memory[len(memory) // 2 :], strict=True)).slope
    print(f"\nMemory in the second half: {growth:+,.0f} kB a minute")
    for fault, times in soak.faults.most_common():
        print(f"{times:>7} x {fault}")
    print(f"Went wrong: {soak.faults.total()}")
    return 1 if soak.faults else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m tests.nightly.soak",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--minutes", type=float, default=30.0, help="default 30")
    parser.add_argument("--readers", type=int, default=16, help="at a time, default 16")
    parser.add_argument("--think", type=float, default=2.5, help="mean seconds, default 2.5")
    parser.add_argument("--seed", type=int, default=1, help="another one, another course")
    parser.add_argument("--data", type=Path, metavar="FOLDER", help="another data package")
    return parser


async def _minutes(
    server: Replica, soak: Soak, options: argparse.Namespace
) -> list[tuple[float, int]]:
    """Let readers come for some minutes; the memory at the end of each, in kB."""
    memory = []
    async with asyncio.TaskGroup() as tasks:
        for number in range(options.readers):
            random = Random(f"{options.seed} {number}")  # noqa: S311 - meant to be foreseen
            tasks.create_task(soak.fetch(random) if number % 4 == 0 else soak.read(random))
        # Each minute, or each quarter of a time too short for that.
        every = min(1.0, options.minutes / 4)
        for number in range(1, round(options.minutes / every) + 1):
            await asyncio.sleep(every * 60)
            memory.append((number * every, _memory(server)))
            print(soak.line(*memory[-1]), flush=True)
        soak.is_over = True
    return memory


def _memory(server: Replica) -> int:
    """Return what the process has for itself, in kB."""
    text = Path(f"/proc/{server.process.pid}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"^Anonymous: +(\d+) kB$", text, re.MULTILINE)[1])  # type: ignore[index]


def _counted(server: Replica) -> Iterator[str]:
    """Yield what the server says went wrong, whoever noticed."""
    for count in COUNTED.finditer(fetched(f"{server.url}/metrics").body.decode()):
        if float(count[1] or count[2]):
            yield f"The server has counted: {count[0]}"


if __name__ == "__main__":
    sys.exit(main())
