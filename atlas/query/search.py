"""Search for places by name, by the firms there and their products, and by sector.

Each name, firm and sector is one text. A text matches if it contains all words of the search, in
any order, or all of them joined without spaces.
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

# Names that are suggested for a search without results: how similar, from 0 to 1, and how many.
LEAST_SIMILARITY, MOST_SPELLINGS = 0.6, 3
# How many of each are suggested while a reader types.
MOST_SUGGESTED = {"sector": 2, "place": 4, "firm": 5}


def matcher(search: str) -> Callable[[str], bool]:
    """Return a function that says whether a folded text matches a search."""
    alternatives = [spelling.split() for spelling in spellings(search)]

    def matches(text: str) -> bool:
        return any(
            all(word in text for word in words) or "".join(words) in text for words in alternatives
        )

    return matches


@lru_cache(maxsize=4)
def searchable(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    """Return the folded texts in which a search finds each place, by its id; names come first."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for place in atlas.places:
        texts[place.id].append(_place_text(place))
    for firm, text in _firm_texts(atlas):
        for id in firm.places:
            texts[id].append(text)
    for row in atlas.evidence:
        texts[row.place].append(_sector_text(atlas.sector[row.sector]))
    return {id: tuple(dict.fromkeys(place_texts)) for id, place_texts in texts.items()}


@lru_cache(maxsize=128)
def firms_found(atlas: Atlas, search: str) -> Mapping[str, list[Enterprise]]:
    """Return the firms that a search finds by name or product, by the ids of their places."""
    matches = matcher(search)
    return by_place(firm for firm, text in _firm_texts(atlas) if search and matches(text))


def by_place(firms: Iterable[Enterprise]) -> Mapping[str, list[Enterprise]]:
    """Return firms by the ids of their places."""
    firms_at: defaultdict[str, list[Enterprise]] = defaultdict(list)
    for firm in firms:
        for id in firm.places:
            firms_at[id].append(firm)
    return dict(firms_at)


class Suggestion(NamedTuple):
    """A row that a search may refer to, and the parameter that selects it."""

    parameter: Literal["sector", "place", "firm"]
    row: Sector | Place | Enterprise


def suggestions(atlas: Atlas, search: str) -> tuple[Suggestion, ...]:
    """Return sectors, then places, then firms that match a search, `MOST_SUGGESTED` of each.

    Of each, those with a word that begins like the search come first.
    """
    typed = folded(search).strip()
    if not typed:
        return ()
    matches, begins = matcher(search), re.compile(rf"(^|\s){re.escape(typed)}")
    hits = [(text, row) for text, row in _suggestible(atlas) if matches(text)]
    hits.sort(key=lambda hit: not begins.search(hit[0]))
    return tuple(
        suggestion
        for parameter, most in MOST_SUGGESTED.items()
        for suggestion in islice((row for _, row in hits if row.parameter == parameter), most)
    )


# Every key that a reader types asks for it.
@lru_cache(maxsize=4)
def _suggestible(atlas: Atlas) -> tuple[tuple[str, Suggestion], ...]:
    """Return everything that can be suggested, with its folded text."""
    places = [place for place in atlas.places if place.extent != "region"]
    return (
        *((_sector_text(sector), Suggestion("sector", sector)) for sector in atlas.sectors),
        *((searchable(atlas)[place.id][0], Suggestion("place", place)) for place in places),
        *((text, Suggestion("firm", firm)) for firm, text in _firm_texts(atlas)),
    )


@lru_cache(maxsize=128)
def near_spellings(atlas: Atlas, search: str) -> tuple[str, ...]:
    """Return names in the atlas that are spelt similarly to a search, the most similar first."""
    names = _names(atlas)
    similar = get_close_matches(folded(search), names, MOST_SPELLINGS, LEAST_SIMILARITY)
    return tuple(dict.fromkeys(names[key] for key in similar))


@lru_cache(maxsize=4)
def _names(atlas: Atlas) -> Mapping[str, str]:
    """Return all names, and the words in them, by their folded form."""
    texts = [words for place in atlas.places for words in (place.name, place.short)]
    texts += [firm.name for firm in atlas.enterprises]
    texts += [sector.name for sector in atlas.sectors]
    names = {folded(name): name for words in texts for name in words.values() if name}
    parts = {folded(part): part for name in names.values() for part in re.findall(r"\w+", name)}
    return parts | names


def _place_text(place: Place) -> str:
    words = folded(" ".join((*place.name.values(), *place.short.values(), place.pinyin)))
    return f"{words} {words.replace(' ', '')}"


# Folding all of them takes 3 ms, and every key that a reader types asks for them.
@lru_cache(maxsize=4)
def _firm_texts(atlas: Atlas) -> tuple[tuple[Enterprise, str], ...]:
    """Return each firm with its folded names and products."""
    return tuple(
        (firm, folded(" ".join((firm.name_en, firm.name_zh, *firm.product.values()))))
        for firm in atlas.enterprises
    )


def _sector_text(sector: Sector) -> str:
    return folded(" ".join(sector.name.values()))
