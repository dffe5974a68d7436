"""Every page, panel and sheet that states a distance states the same one, with the same margin."""

import math
import re
from collections.abc import Iterator

import pytest

from atlas.analysis.distance import between_km
from atlas.datapackage.loader import current
from atlas.model.records import Place
from tests.pages.opened import CLIENT, opened

# Sichuan's end first, and a sector in which the two are counterparts. Of the first pair one end
# is rough and far away, of the second both are, of the third neither is.
PAIRS = [
    ("deyang-etdz", "yufu-idz", "rail-transit"),
    ("gaozhu-na", "konggang-ip", "general-machinery"),
    ("deyang", "yongchuan", "aerospace"),
]
STATED = r"(\d+)(?: ± ?(\d+))? km(?:, give or take (\d+) km)?"

Figures = tuple[int, int]


def figures(place: Place, other: Place) -> Figures:
    """Return the distance and its margin in km, as they must be stated."""
    precisions = (place.precision_km or 0, other.precision_km or 0)
    margin = math.ceil(sum(precisions)) if max(precisions) >= 2 else 0
    return round(between_km(place, other) or 0), margin


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def name(place: Place) -> str:
    return re.escape(place.short["en"] or place.name["en"])


def stated(html: str, before: str) -> set[Figures]:
    """Return the distances that follow some words, with their margins."""
    matches = re.finditer(rf"{before}(?: its nearest)?[ :]*{STATED}", words(html))
    return {(int(match[1]), int(match[2] or match[3] or 0)) for match in matches}


def statements(place: Place, other: Place, sector: str) -> Iterator[tuple[str, set[Figures]]]:
    """Yield where the distance of two counterparts is stated, and the figures that stand there."""
    chosen = {"lang": "en", "sector": sector}
    end = name(other)
    pair = {"compare": f"{place.id},{other.id}"}

    card = opened(only="beside_map.places", place=place.id, **chosen)
    yield "card", stated(card.markup, end)
    profile = opened("place", only="place.near", lang="en", place=place.id)
    yield "profile", stated(profile.markup, end)
    brief = CLIENT.get(f"/brief?lang=en&place={place.id}").text
    yield "brief", stated(re.sub("<figure.*?</figure>", "", brief, flags=re.DOTALL), end)

    matrix, comparison, reach = (
        opened("places", only=panel, near=place.id, radius="300", **chosen, **pair).markup
        for panel in ("distances.matrix", "places.comparison", "distances.reached")
    )
    cells = re.findall(r'<td class="step-\d">(.*?)</td>', matrix)
    yield "matrix", {pair for cell in cells for pair in stated(f"{words(cell)} km", "^")}
    either = f"(?:{name(place)} – {end}|{end} – {name(place)})"
    yield "comparison", stated(comparison, either)
    yield "reach", stated(reach, end)
    # A search that finds nothing leaves the two as the only candidates.
    alone = opened("places", only="distances.nearest", lang="en", q="nowhere", **pair)
    yield "neighbours", stated(alone.markup, end)

    sectors = opened("sectors", **chosen)
    label = sectors.maps["sectors.map"]["label"]
    yield "pairs", stated(sectors.markup, rf"{name(place)}(?: its nearest)? {end}")
    yield "alt text", stated(label, f"{name(place)} to {end}")
    # A length does not say whose it is, but stands there only if it is one of the right ones.
    texts = [row["text"] for row in sectors.layer("lengths")["data"]]
    lengths = {length for text in texts for length in stated(text, "^")}
    yield "arcs", lengths & {figures(place, other)}


@pytest.mark.parametrize(("start", "end", "sector"), PAIRS)
def test_a_distance_and_its_margin_are_the_same_wherever_they_are_stated(
    start: str, end: str, sector: str
) -> None:
    place, other = current().place[start], current().place[end]
    for where, distances in statements(place, other, sector):
        assert distances == {figures(place, other)}, where


def test_the_index_of_sectors_states_them_alike() -> None:
    places = {place.short["en"] or place.name["en"]: place for place in current().places}
    index = opened("sectors", only="sectors.index", lang="en").markup
    cells = [words(cell) for cell in re.findall(r'<td class="pair">(.*?)</td>', index)]
    rows = [re.fullmatch(rf" *(.*?) – (.*?) {STATED} *", cell) for cell in cells if "–" in cell]
    assert len(rows) > 5
    for row in rows:
        assert row
        distance = (int(row[3]), int(row[4] or row[5] or 0))
        assert distance == figures(places[row[1]], places[row[2]])


def test_the_scale_of_the_map_states_it_alike() -> None:
    page = opened(lang="en").markup
    ((start, end, km),) = re.findall(r"Scale: (.*?) to (.*?) is (\d+) km in", page)
    places = {place.short["en"]: place for place in current().places}
    assert (int(km), 0) == figures(places[start], places[end])
