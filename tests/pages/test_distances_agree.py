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
    """The distance and its margin in km, as they must be stated."""
    precisions = (place.precision_km or 0, other.precision_km or 0)
    margin = math.ceil(sum(precisions)) if max(precisions) >= 2 else 0
    return round(between_km(place, other) or 0), margin


def words(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", html))


def name(place: Place) -> str:
    return re.escape(place.short["en"] or place.name["en"])


def stated(html: str, before: str) -> set[Figures]:
    """The distances that follow some words."""
    found = re.finditer(rf"{before}(?: its nearest)?[ :]*{STATED}", words(html))
    return {(int(one[1]), int(one[2] or one[3] or 0)) for one in found}


def section(html: str, heading: str) -> str:
    found = re.search(rf'<section[^>]*aria-labelledby="{heading}".*?</section>', html)
    assert found, heading
    return found[0]


def statements(place: Place, other: Place, sector: str) -> Iterator[tuple[str, set[Figures]]]:
    """Where the distance of two counterparts is stated, and which figures stand there."""
    chosen = {"lang": "en", "sector": sector}
    end = name(other)
    pair = {"compare": f"{place.id},{other.id}"}

    yield "card", stated(opened(place=place.id, **chosen).markup, end)
    yield "profile", stated(opened("place", lang="en", place=place.id).markup, end)
    brief = CLIENT.get(f"/brief?lang=en&place={place.id}").text
    yield "brief", stated(re.sub("<figure.*?</figure>", "", brief, flags=re.DOTALL), end)

    seen = opened("places", near=place.id, radius="300", **chosen, **pair).markup
    cells = re.findall(r'<td class="step-\d">(.*?)</td>', section(seen, "matrix"))
    yield "matrix", {one for cell in cells for one in stated(f"{words(cell)} km", "^")}
    either = f"(?:{name(place)} – {end}|{end} – {name(place)})"
    yield "comparison", stated(section(seen, "side-by-side"), either)
    yield "reach", stated(section(seen, "reached"), end)
    # A search that finds nothing leaves the two as the only candidates.
    alone = opened("places", lang="en", q="nowhere", **pair).markup
    yield "neighbours", stated(section(alone, "neighbours"), end)

    sectors = opened("sectors", **chosen)
    (label,) = (drawn["label"] for drawn in sectors.maps.values())
    yield "pairs", stated(sectors.markup, rf"{name(place)}(?: its nearest)? {end}")
    yield "alt text", stated(label, f"{name(place)} to {end}")
    # A length does not say whose it is, but stands there only if it is one of the right ones.
    drawn = {one for row in sectors.layer("lengths")["data"] for one in stated(row["text"], "^")}
    yield "arcs", drawn & {figures(place, other)}


@pytest.mark.parametrize(("start", "end", "sector"), PAIRS)
def test_a_distance_and_its_margin_are_the_same_wherever_they_are_stated(
    start: str, end: str, sector: str
) -> None:
    place, other = current().place[start], current().place[end]
    for where, found in statements(place, other, sector):
        assert found == {figures(place, other)}, where


def test_the_index_of_sectors_states_them_alike() -> None:
    places = {place.short["en"] or place.name["en"]: place for place in current().places}
    seen = opened("sectors", lang="en").markup
    cells = [words(one) for one in re.findall(r'<td class="pair">(.*?)</td>', seen)]
    rows = [re.fullmatch(rf" *(.*?) – (.*?) {STATED} *", cell) for cell in cells if "–" in cell]
    assert len(rows) > 5
    for row in rows:
        assert row
        given = (int(row[3]), int(row[4] or row[5] or 0))
        assert given == figures(places[row[1]], places[row[2]])


def test_the_scale_of_the_map_states_it_alike() -> None:
    (found,) = re.findall(r"Scale: (.*?) to (.*?) is (\d+) km in", opened(lang="en").markup)
    places = {place.short["en"]: place for place in current().places}
    assert (int(found[2]), 0) == figures(places[found[0]], places[found[1]])
