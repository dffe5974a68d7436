"""What readers of many kinds do in one visit, and a note of every answer they got."""

import asyncio
import re
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from urllib.parse import quote

import httpx2
from websockets.exceptions import WebSocketException

from atlas.datapackage.loader import current
from atlas.export import EXPORTS
from atlas.model.languages import LANGUAGES
from atlas.model.pages import PAGES
from atlas.model.selection import Selection, toggled, vocabulary
from tests.hostile.payloads import PAYLOADS
from tests.hosting import servers
from tests.hosting.sessions import Reader, differences, view
from tests.hosting.streamlit_session import StreamlitSession

# The page of one place leads elsewhere without one.
OPEN_PAGES = sorted(PAGES.keys() - {"place"})
LONGEST = 90  # seconds until a visit counts as stuck
PICTURES = ("map.svg", "map.png", "preview.png", "qr.svg", "brief")
OPERATIONS = ("health", "metrics", "robots.txt", "sitemap.xml", "api/openapi.json")
ASSETS = re.compile(r"assets/[0-9a-f]+/[\w.-]+")
# What becomes of hostile queries: an answer, or a reason why there is none.
UNDERSTOOD_OR_NOT = frozenset({200, 400, 404})


@dataclass
class Notes:
    """The seconds that answers took since the last reading, and all that ever went wrong."""

    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def taken(self) -> list[float]:
        """Return the seconds noted so far, and begin anew."""
        noted, self.seconds = self.seconds, []
        return noted


@dataclass(frozen=True)
class Visitor:
    """One reader: where she reads, her own chance, how long she looks at what she gets."""

    site: str
    random: Random
    notes: Notes
    think: float

    async def visits(self, over: Callable[[], bool]) -> None:
        """Come again and again until it is over; whatever breaks a visit is noted."""
        while not over():
            visit = self.random.choice(VISITS)
            try:
                async with asyncio.timeout(LONGEST):
                    await visit(self)
            except (OSError, LookupError, WebSocketException, httpx2.HTTPError) as error:
                self.notes.faults[f"{visit.__name__}: {type(error).__name__}: {error}"] += 1
            await self.look()

    async def look(self) -> None:
        """Do nothing for a while, as who reads does."""
        await asyncio.sleep(self.random.expovariate(1 / self.think))

    def known(self) -> Selection:
        """A view that everybody asks for."""
        sector = self.random.choice(vocabulary(current())["sector"])
        return Selection(lang=self.random.choice(list(LANGUAGES)), sector=(sector,))

    def new(self) -> Selection:
        """A view of a thousand thousands, which nobody has asked for of late."""
        selection = Selection(
            lang=self.random.choice(list(LANGUAGES)), radius=self.random.randint(1, 999)
        )
        for parameter, ids in vocabulary(current()).items():
            if self.random.random() < 0.4:
                selection = toggled(current(), selection, parameter, self.random.choice(ids))
        return selection

    async def open(self, reader: Reader) -> None:
        """Open a page, let Streamlit take it in, and note the answers."""
        start = time.perf_counter()
        await reader.open()
        self.notes.seconds.append(time.perf_counter() - start)
        session = StreamlitSession(reader.url, reader.page, reader.query)
        start = time.perf_counter()
        async with session:
            self.notes.faults.update(await session.run())
        self.notes.seconds.append(time.perf_counter() - start)

    async def follow(self, reader: Reader, wanted: Selection) -> None:
        """Click a link to a view and note the answer."""
        await reader.show(wanted.to_query())
        self.notes.seconds.append(reader.seconds)

    async def get(
        self, path: str, query: str = "", allowed: frozenset[int] = frozenset({200})
    ) -> servers.Answer:
        """Fetch an address and note the answer."""
        url = f"{self.site}/{path}{f'?{query}' if query else ''}"
        answer, seconds = await asyncio.to_thread(_timed, url)
        self.notes.seconds.append(seconds)
        if answer.status not in allowed:
            self.notes.faults[f"/{path} answered {answer.status or 'nothing'}"] += 1
        return answer


def _timed(url: str) -> tuple[servers.Answer, float]:
    start = time.perf_counter()
    return servers.fetched(url), time.perf_counter() - start


async def glance(visitor: Visitor) -> None:
    """Open a page and leave."""
    async with Reader(visitor.site, query=visitor.known().to_query()) as reader:
        await visitor.open(reader)
        await visitor.look()


async def filtering(visitor: Visitor) -> None:
    """Click chips to views that are known, and on to views that are not."""
    async with Reader(visitor.site) as reader:
        await visitor.open(reader)
        for make in (visitor.known, visitor.new, visitor.known, visitor.new, visitor.new):
            await visitor.look()
            await visitor.follow(reader, make())
        visitor.notes.faults.update(await differences(reader))


async def wandering(visitor: Visitor) -> None:
    """Go from page to page, in one language after the other, with places open."""
    query = visitor.known().to_query()
    for page in visitor.random.sample(OPEN_PAGES, 4):
        async with Reader(visitor.site, page, query) as reader:
            await visitor.open(reader)
            await visitor.look()
            place = visitor.random.choice(current().places).id
            language = visitor.random.choice(list(LANGUAGES))
            await visitor.follow(reader, view(query).but(place=place, lang=language))
            query = reader.query


async def fetching(visitor: Visitor) -> None:
    """Take a page without script and its files, pictures and data of a view."""
    selection = visitor.random.choice((visitor.known, visitor.new))()
    found = await visitor.get(visitor.random.choice(OPEN_PAGES), selection.to_query())
    for path in {*ASSETS.findall(found.body.decode()), visitor.random.choice(OPERATIONS)}:
        await visitor.get(path)
    for path in (visitor.random.choice(PICTURES), f"api/{visitor.random.choice(list(EXPORTS))}"):
        await visitor.look()
        await visitor.get(path, selection.to_query())


async def attacking(visitor: Visitor) -> None:
    """Send what no link of ours holds, over HTTP and to a page."""
    payload = quote(visitor.random.choice(PAYLOADS).encode("utf-8", "surrogatepass"))
    names = visitor.random.sample(("lang", "sector", "q", "near", "place", "radius", "data"), 3)
    query = "&".join(f"{name}={payload}" for name in names)
    for path in (visitor.random.choice(PICTURES), "api/places.csv", f"place/{payload[:200]}", ""):
        await visitor.get(path, query, UNDERSTOOD_OR_NOT)
    async with StreamlitSession(visitor.site, query=query) as session:
        visitor.notes.faults.update(await session.run())


async def returning(visitor: Visitor) -> None:
    """Lose the connection in the middle of a run, and come back to the same view."""
    query = visitor.new().to_query()
    async with StreamlitSession(visitor.site, query=query) as session:
        visitor.notes.faults.update(await session.run())
        await visitor.look()
        await session.break_off()
    await visitor.look()
    async with StreamlitSession(visitor.site, query=query) as session:
        visitor.notes.faults.update(await session.run())


VISITS: tuple[Callable[[Visitor], Awaitable[None]], ...] = (
    glance,
    filtering,
    wandering,
    fetching,
    attacking,
    returning,
)
