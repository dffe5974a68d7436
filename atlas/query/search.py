"""Search: places by their names, by the firms there and what these make, and by their sectors.

Each of these is one text; the words of a search must all be in the same one, in any order, or in
a row without spaces.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from difflib import get_close_matches
from functools import lru_cache
from itertools import islice
from typing import Literal, NamedTuple

from atlas.model.characters import folded, spellings
from atlas.model.records import Atlas, Enterprise, Place
from atlas.model.terms import Sector

# How alike a name must be to be offered for a search that finds nothing, 0 to 1, and how many are.
ALIKE, OFFERED = 0.6, 3
# What is suggested of each kind while somebody types.
MOST_SUGGESTED = {"sector": 2, "place": 4, "firm": 5}


def finder(search: str) -> Callable[[str], bool]:
    """Return what tells whether a folded text holds what is searched for."""
    searched = [spelling.split() for spelling in spellings(search)]

    def finds(text: str) -> bool:
        return any(
            all(word in text for word in words) or "".join(words) in text for words in searched
        )

    return finds


@lru_cache(maxsize=4)
def searchable(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    """Return the folded texts by which each place is found, by its id."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for place in atlas.places:
        texts[place.id].append(_names(place))
    for firm, text in _firms(atlas):
        for id in firm.places:
            texts[id].append(text)
    for row in atlas.evidence:
        texts[row.place].append(_sector(atlas.sector[row.sector]))
    return {id: tuple(dict.fromkeys(of_place)) for id, of_place in texts.items()}


@lru_cache(maxsize=128)
def firms_found(atlas: Atlas, search: str) -> Mapping[str, list[Enterprise]]:
    """Return the firms that a search finds by name or product, by the id of their place."""
    finds = finder(search)
    return by_place(firm for firm, text in _firms(atlas) if search and finds(text))


def by_place(firms: Iterable[Enterprise]) -> Mapping[str, list[Enterprise]]:
    """Return firms by the ids of the places where they are."""
    placed: defaultdict[str, list[Enterprise]] = defaultdict(list)
    for firm in firms:
        for id in firm.places:
            placed[id].append(firm)
    return dict(placed)


class Suggestion(NamedTuple):
    """Something in the atlas that a search means, by its parameter in the view."""

    parameter: Literal["sector", "place", "firm"]
    row: Sector | Place | Enterprise


def suggestions(atlas: Atlas, search: str) -> tuple[Suggestion, ...]:
    """Return what a search may mean: sectors, places and firms, the last by their products too.

    What begins with what was typed comes first; there are some of each kind at most.
    """
    if not folded(search).strip():
        return ()
    finds, begins = finder(search), re.compile(rf"(^|\s){re.escape(folded(search).strip())}")
    found = [(text, one) for text, one in _suggestible(atlas) if finds(text)]
    found.sort(key=lambda each: not begins.search(each[0]))
    return tuple(
        one
        for parameter, most in MOST_SUGGESTED.items()
        for one in islice((one for _, one in found if one.parameter == parameter), most)
    )


@lru_cache(maxsize=4)
def _suggestible(atlas: Atlas) -> tuple[tuple[str, Suggestion], ...]:
    """Return all that can be suggested with its folded text, as every key typed asks for it."""
    places = [place for place in atlas.places if place.extent != "region"]
    return (
        *((_sector(sector), Suggestion("sector", sector)) for sector in atlas.sectors),
        *((searchable(atlas)[place.id][0], Suggestion("place", place)) for place in places),
        *((text, Suggestion("firm", firm)) for firm, text in _firms(atlas)),
    )


@lru_cache(maxsize=128)
def near_spellings(atlas: Atlas, search: str) -> tuple[str, ...]:
    """Return names in the atlas that are written much like a search that finds nothing."""
    names = _vocabulary(atlas)
    alike = get_close_matches(folded(search), names, OFFERED, ALIKE)
    return tuple(dict.fromkeys(names[one] for one in alike))


@lru_cache(maxsize=4)
def _vocabulary(atlas: Atlas) -> Mapping[str, str]:
    """Return every name by its folded form, also that of each word of it."""
    named = [words for place in atlas.places for words in (place.name, place.short)]
    named += [firm.name for firm in atlas.enterprises]
    named += [sector.name for sector in atlas.sectors]
    whole = {folded(name): name for words in named for name in words.values() if name}
    parts = {folded(part): part for name in whole.values() for part in re.findall(r"\w+", name)}
    return parts | whole


def _names(place: Place) -> str:
    names = (*place.name.values(), *place.short.values())
    words = folded(" ".join((*names, place.pinyin)))
    return f"{words} {words.replace(' ', '')}"


@lru_cache(maxsize=4)
def _firms(atlas: Atlas) -> tuple[tuple[Enterprise, str], ...]:
    """Return each firm with its folded text: to fold all takes 3 ms, and every key typed asks."""
    return tuple(
        (firm, folded(" ".join((firm.name_en, firm.name_zh, *firm.product.values()))))
        for firm in atlas.enterprises
    )


def _sector(sector: Sector) -> str:
    return folded(" ".join(sector.name.values()))
