"""How readers click: one after the other, as fast as answers come, or in their own time."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from itertools import chain
from random import Random

from tests.load.client import Answer, Reader

MOST_CHIPS = 7


def gray(chips: int) -> Iterator[int]:
    """Yield which chip to toggle next so that every combination of chips comes up once.

    2 ** chips - 1 toggles from none on, each to a combination not seen before.
    """
    for step in range(1, 2**chips):
        yield (step & -step).bit_length() - 1


def chip_count(reader: Reader) -> int:
    """Return how many chips of the first group are clicked."""
    return min(len(reader.tab.groups[0]), MOST_CHIPS)


async def walk(reader: Reader) -> list[Answer]:
    """Click through every combination of the first group's chips, each once."""
    return [await reader.click(0, chip) for chip in gray(chip_count(reader))]


async def there_and_back(reader: Reader) -> list[Answer]:
    """Click each chip of the first group twice; returns the answers to the second clicks."""
    answers = []
    for chip in range(chip_count(reader)):
        await reader.click(0, chip)
        answers.append(await reader.click(0, chip))
    return answers


@asynccontextmanager
async def readers(port: int, count: int, query: str) -> AsyncIterator[list[Reader]]:
    """Connect readers one after the other and open the page for each."""
    async with AsyncExitStack() as stack:
        found = []
        for _ in range(count):
            reader = await stack.enter_async_context(Reader(port, query))
            await reader.opened()
            found.append(reader)
        yield found


def _random(seed: int, reader: int) -> Random:
    return Random(f"{seed} {reader}")  # noqa: S311 - meant to be foreseen


async def closed(crowd: list[Reader], seconds: float, seed: int) -> list[Answer]:
    """Let every reader click at random as soon as the answer is there, for some seconds."""
    end = time.perf_counter() + seconds
    clicking = (_closed(reader, end, _random(seed, at)) for at, reader in enumerate(crowd))
    return list(chain.from_iterable(await asyncio.gather(*clicking)))


async def _closed(reader: Reader, end: float, random: Random) -> list[Answer]:
    answers = []
    while time.perf_counter() < end:
        answers.append(await reader.click(0, random.randrange(chip_count(reader))))
    return answers


async def opened(crowd: list[Reader], seconds: float, think: float, seed: int) -> list[float]:
    """Let every reader click at random moments, `think` seconds apart on average.

    Returns the seconds from each such moment to the end of its answer: a click that has to
    wait for the answer to the one before it counts from when the reader meant it.
    """
    start = time.perf_counter()
    clicking = (
        _opened(reader, start, seconds, think, _random(seed, at)) for at, reader in enumerate(crowd)
    )
    return list(chain.from_iterable(await asyncio.gather(*clicking)))


async def _opened(
    reader: Reader, start: float, seconds: float, think: float, random: Random
) -> list[float]:
    latencies, meant = [], random.expovariate(1 / think)
    while meant < seconds:
        await asyncio.sleep(max(0.0, start + meant - time.perf_counter()))
        await reader.click(0, random.randrange(chip_count(reader)))
        latencies.append(time.perf_counter() - start - meant)
        meant += random.expovariate(1 / think)
    return latencies


async def arrival(port: int, query: str) -> Answer:
    """Open a session as a new reader does, the connection's own time included."""
    start = time.perf_counter()
    async with Reader(port, query) as reader:
        answer = await reader.opened()
        answer.seconds = time.perf_counter() - start
    return answer
