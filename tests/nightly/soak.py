"""Readers of many kinds for as long as you like: `python -m tests.nightly.soak --minutes 30`.

Starts the dashboard as a host does and sends it readers who come, look and go: some glance,
some click, go from page to page and from language to language, fetch pictures and data, send
hostile links, or lose their connection and come back. What each does is drawn from a seed
(`visits.py`).

A line a minute: answers (pages, panels, runs of the script, files), what went wrong so far, the
median and the 95th percentile of their seconds, the process's own memory and its share of one core.
In the end the growth of memory over the second half, by least squares. Ends with 1 if anything at
all went wrong: an exception on a page, a refused request, a broken connection, an error that the
server has counted. Memory and processor time are read from /proc, so it needs Linux.
"""

import argparse
import asyncio
import os
import re
import sys
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from random import Random
from statistics import linear_regression, mean, median, quantiles
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.hosting.servers import ROOT, Replica, fetched, running
from tests.hosting.sessions import apart
from tests.nightly.visits import Notes, Visitor

LAYOUT = "{:>7} {:>8} {:>7} {:>8} {:>8} {:>9} {:>6}"
HEAD = ("minute", "answers", "wrong", "p50 ms", "p95 ms", "own kB", "core")
COUNTED = re.compile(
    r'^atlas_run_errors_total (\S+)|^atlas_request_duration_seconds_count\{.*status="5.."\} (\S+)',
    re.MULTILINE,
)


class Minute(NamedTuple):
    """What a minute was like; memory in kB at its end, processor time as a share of one core."""

    end: float
    seconds: list[float]
    wrong: int
    memory: int
    core: float

    def line(self) -> str:
        """Return it as a line of the table."""
        times = self.seconds or [float("nan")]
        told = (f"{median(times) * 1000:.0f}", f"{_p95(times) * 1000:.0f}", f"{self.memory:,}")
        answers = len(self.seconds)
        return LAYOUT.format(f"{self.end:.3g}", answers, self.wrong, *told, f"{self.core:.2f}")


def _p95(times: Sequence[float]) -> float:
    return quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]


def _memory(server: Replica) -> int:
    """Return what the process has for itself, in kB."""
    text = Path(f"/proc/{server.process.pid}/smaps_rollup").read_text(encoding="ascii")
    return int(re.search(r"^Anonymous: +(\d+) kB$", text, re.MULTILINE)[1])  # type: ignore[index]


def _processor_seconds(server: Replica) -> float:
    stat = Path(f"/proc/{server.process.pid}/stat").read_text(encoding="ascii")
    user, system = stat.rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def main(arguments: Sequence[str] | None = None) -> int:
    """Soak the dashboard as the arguments say; 1 if anything went wrong."""
    asked = _parser().parse_args(arguments)
    notes = Notes()
    print(LAYOUT.format(*HEAD), flush=True)
    data = {"ATLAS_DATA": str(asked.data)} if asked.data else {}
    with TemporaryDirectory() as folder:
        server = Replica(Path(folder), script=asked.dashboard / "dashboard.py", **data)
        with running(server.ready()):
            minutes = apart(_soak(server, notes, asked))
            for fault in _counted(server):
                notes.faults[fault] += 1
    print("\n".join(_verdict(minutes, notes)))
    return 1 if notes.faults else 0


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
    parser.add_argument(
        "--dashboard", type=Path, default=ROOT, metavar="FOLDER", help="another checkout"
    )
    return parser


async def _soak(server: Replica, notes: Notes, asked: argparse.Namespace) -> list[Minute]:
    over = asyncio.Event()
    minutes = []
    async with asyncio.TaskGroup() as tasks:
        for reader in range(asked.readers):
            random = Random(f"{asked.seed} {reader}")  # noqa: S311 - meant to be foreseen
            visitor = Visitor(server.url, random, notes, asked.think)
            tasks.create_task(visitor.visits(over.is_set))
        async for minute in _watched(server, notes, asked.minutes):
            minutes.append(minute)
            print(minute.line(), flush=True)
        over.set()
    return minutes


async def _watched(server: Replica, notes: Notes, minutes: float) -> AsyncIterator[Minute]:
    """Yield each minute when it is over, or each quarter of a time too short for that."""
    every = min(60.0, minutes * 60 / 4)
    start, used = time.monotonic(), _processor_seconds(server)
    for number in range(1, round(minutes * 60 / every) + 1):
        await asyncio.sleep(max(0.0, start + number * every - time.monotonic()))
        before, used = used, _processor_seconds(server)
        yield Minute(
            end=number * every / 60,
            seconds=notes.taken(),
            wrong=notes.faults.total(),
            memory=_memory(server),
            core=(used - before) / every,
        )


def _counted(server: Replica) -> Iterator[str]:
    """Yield what the server says went wrong, whoever noticed."""
    answer = fetched(f"{server.url}/metrics")
    if answer.status != 200:
        yield "The server did not say what it has counted."
    for found in COUNTED.finditer(answer.body.decode()):
        if float(found[1] or found[2]):
            yield f"The server has counted: {found[0]}"


def _verdict(minutes: Sequence[Minute], notes: Notes) -> Iterator[str]:
    half = minutes[len(minutes) // 2 :]
    growth = linear_regression([one.end for one in half], [one.memory for one in half]).slope
    answers = mean(len(one.seconds) for one in half) / minutes[0].end
    yield f"\nMemory in the second half: {growth:+,.0f} kB a minute, at {answers:,.0f} answers"
    yield f"Went wrong: {notes.faults.total()}"
    for fault, times in notes.faults.most_common():
        yield f"{times:>7} x {fault}"


if __name__ == "__main__":
    sys.exit(main())
