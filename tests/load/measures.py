"""The parts of the benchmark over the websocket. Each measures one server and adds its figures."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from atlas.model import languages
from tests.load import bundle, loops
from tests.load.client import Answer, Reader
from tests.load.figures import Figures, slope
from tests.load.servers import Server

LANGUAGES = list(languages.LANGUAGES)
QUERY = "lang=en"


@dataclass(frozen=True)
class Effort:
    """How much is done: counts of sessions, seconds of a loop, clicks of the growth."""

    rounds: int = 3
    arrivals: int = 20
    together: int = 100
    sessions: int = 20
    seconds: float = 8
    readers: int = 50
    think: float = 5
    kept: int = 200
    cold: int = 10
    clicks: int = 25_000


QUICK = Effort(rounds=1, arrivals=5, together=40, seconds=3, kept=100, cold=3, clicks=500)


@dataclass
class Bench:
    """One server of one side ("ours" or "stock") at one size, and where its figures go."""

    server: Server
    side: str
    places: str
    figures: Figures
    effort: Effort

    def add(self, name: str, unit: str, *samples: float) -> None:
        """Add samples of a quantity."""
        self.figures.add(self.places, self.side, name, unit, *samples)

    def check(self, answers: list[Answer]) -> list[Answer]:
        """Pass answers on, and count what went wrong in them."""
        for answer in answers:
            for failure in answer.failures:
                self.figures.notes[f"{self.side}, {self.places}: {failure[:200]}"] += 1
        return answers


Part = Callable[[Bench, int], Coroutine[Any, Any, None]]


def _milliseconds(answers: list[Answer]) -> list[float]:
    return [answer.seconds * 1e3 for answer in answers]


async def start(bench: Bench, turn: int) -> None:
    """The start, memory before the first session, and what that first session waits."""
    if turn:
        return
    resident, own = bench.server.memory()
    bench.add("start until healthy", "s", bench.server.started)
    bench.add("memory at the start, resident", "MB", resident / 1e3)
    bench.add("memory at the start, its own", "MB", own / 1e3)
    first = bench.check([await loops.arrival(bench.server.port, QUERY)])
    bench.add("first session after the start", "ms", *_milliseconds(first))


async def arrivals(bench: Bench, _: int) -> None:
    """First run of a new session, from connecting on: one at a time, and many together."""
    effort, port = bench.effort, bench.server.port
    alone = bench.check([await loops.arrival(port, QUERY) for _ in range(effort.arrivals)])
    bench.add("first run, one at a time", "ms", *_milliseconds(alone))
    bench.add("first run: payload", "kB", *(one.payload / 1e3 for one in alone))
    bench.add("first run: on the wire", "kB", *(one.wire / 1e3 for one in alone))
    asked = (loops.arrival(port, QUERY) for _ in range(effort.together))
    found = await asyncio.gather(*asked, return_exceptions=True)
    served = bench.check([one for one in found if isinstance(one, Answer)])
    name = f"first run, {effort.together} together"
    bench.add(name, "ms", *_milliseconds(served))
    bench.add(f"{name}: not served", "", len(found) - len(served))


async def clicks(bench: Bench, turn: int) -> None:
    """A filter click, one session: on views new to the server, then on the same again."""
    query = f"lang={LANGUAGES[turn % len(LANGUAGES)]}"
    async with Reader(bench.server.port, query) as reader:
        await reader.opened()
        new = bench.check(await loops.walk(reader))
    if turn < len(LANGUAGES):
        bench.add("click, new view", "ms", *_milliseconds(new))
        bench.add("click, new view: payload", "kB", *(one.payload / 1e3 for one in new))
        bench.add("click, new view: on the wire", "kB", *(one.wire / 1e3 for one in new))
        bench.figures.spread(bench.places, bench.side, _spread(new))
    async with Reader(bench.server.port, query) as reader:
        await reader.opened()
        before = bench.server.processor_seconds()
        known = bench.check(await loops.walk(reader))
        used = bench.server.processor_seconds() - before
        back = bench.check(await loops.there_and_back(reader))
    bench.add("click, known view", "ms", *_milliseconds(known))
    bench.add("click, known view: processor", "ms", used / len(known) * 1e3)
    bench.add("click back: on the wire", "kB", *(one.wire / 1e3 for one in back))


def _spread(answers: list[Answer]) -> dict[str, float]:
    """Return the mean payload bytes of a click by kind of message."""
    total: Counter[str] = Counter()
    for answer in answers:
        total.update(answer.kinds)
    return {kind: size / len(answers) for kind, size in total.most_common()}


async def throughput(bench: Bench, turn: int) -> None:
    """Reruns a second while every session clicks as fast as answers come (closed loop)."""
    effort = bench.effort
    async with loops.readers(bench.server.port, effort.sessions, QUERY) as crowd:
        await loops.closed(crowd, effort.seconds / 4, seed=turn)
        start = time.perf_counter()
        answers = bench.check(await loops.closed(crowd, effort.seconds, seed=turn + 1_000))
        passed = time.perf_counter() - start
    name = f"{effort.sessions} sessions without pause"
    bench.add(f"{name}: reruns", "/s", len(answers) / passed)
    bench.add(f"{name}: click", "ms", *_milliseconds(answers))


async def leisure(bench: Bench, turn: int) -> None:
    """Latency while readers click in their own time, by a Poisson process (open loop)."""
    effort = bench.effort
    async with loops.readers(bench.server.port, effort.readers, QUERY) as crowd:
        found = await loops.opened(crowd, 2 * effort.seconds, effort.think, seed=turn)
    name = f"{effort.readers} readers, a click each {effort.think:g} s"
    bench.add(name, "ms", *(seconds * 1e3 for seconds in found))


async def memory(bench: Bench, turn: int) -> None:
    """Memory of a further session while it is open."""
    if turn:
        return
    port, count = bench.server.port, bench.effort.kept
    # The first sessions fill caches and pools of threads, which is no cost of a further one.
    async with loops.readers(port, 20, QUERY):
        _, first = bench.server.memory()
        async with loops.readers(port, count, QUERY):
            _, full = bench.server.memory()
    bench.add("memory with 20 sessions, its own", "MB", first / 1e3)
    bench.add(f"memory a further session, of {count}", "kB", (full - first) / count)


async def scripts(bench: Bench, turn: int) -> None:
    """Processor time and bytes of Streamlit's scripts for readers whose cache is empty."""
    before = bench.server.processor_seconds()
    first = await bundle.fetch(bench.server.url)
    after = bench.server.processor_seconds()
    sizes = [await bundle.fetch(bench.server.url) for _ in range(bench.effort.cold)]
    used = bench.server.processor_seconds() - after
    if not turn:
        bench.add("scripts, first reader: processor", "s", after - before)
    bench.add(f"scripts, {len(sizes)} more readers: processor", "s", used)
    bench.add("scripts: on the wire", "kB", *(size / 1e3 for size in (first, *sizes)))


async def growth(bench: Bench, turn: int) -> None:
    """Growth of our memory over many clicks of five sessions, once every view is in the caches."""
    if turn or bench.side == "stock":
        return
    steps, sizes = range(10), []
    async with loops.readers(bench.server.port, 5, QUERY) as crowd:
        for reader in crowd:
            await loops.walk(reader)
        for _ in steps:
            sizes.append(bench.server.memory()[1])
            await asyncio.gather(*(_many(bench, reader) for reader in crowd))
        sizes.append(bench.server.memory()[1])
    share = bench.effort.clicks / len(steps)
    bench.add(f"memory before {bench.effort.clicks} clicks, its own", "MB", sizes[0] / 1e3)
    bench.add(f"memory after {bench.effort.clicks} clicks, its own", "MB", sizes[-1] / 1e3)
    second = range(len(steps) // 2, len(steps) + 1)
    grown = slope(second, (sizes[step] for step in second)) / share * 1e3
    bench.add("growth for 1,000 clicks, of the second half", "kB", grown)


async def _many(bench: Bench, reader: Reader) -> None:
    todo = bench.effort.clicks // 50
    while todo > 0:
        for chip in list(loops.gray(loops.chip_count(reader)))[:todo]:
            bench.check([await reader.click(0, chip)])
            todo -= 1


# In this order: the start needs a fresh server, and memory one that has not been driven hard.
PARTS: dict[str, Part] = {
    "start": start,
    "memory": memory,
    "arrivals": arrivals,
    "scripts": scripts,
    "clicks": clicks,
    "throughput": throughput,
    "leisure": leisure,
    "growth": growth,
}
