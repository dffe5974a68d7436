"""Every claim of the atlas: all of them, by source, and by their words."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from atlas.claims import from_tables
from atlas.claims.record import Claim
from atlas.model.characters import folded
from atlas.model.languages import Language
from atlas.model.records import Atlas
from atlas.model.selection import CLAIMS
from atlas.model.text import Text, text
from atlas.query.search import matcher

# What makes the claims of each table.
_MAKERS: tuple[Callable[[Atlas, Text], Iterable[Claim]], ...] = (
    from_tables.evidence,
    from_tables.memberships,
    from_tables.figures,
    from_tables.enterprises,
    from_tables.events,
    from_tables.targets,
    from_tables.places,
    from_tables.groups,
    from_tables.sectors,
)


# A page of evidence asks for them five times, and they take 2 ms.
@lru_cache(maxsize=8)
def claims(atlas: Atlas, language: Language) -> tuple[Claim, ...]:
    """Return every claim of the atlas in a language, by kind, in the order of the tables."""
    words = text(language)
    rows = (claim for make in _MAKERS for claim in make(atlas, words))
    return tuple(sorted(rows, key=lambda claim: CLAIMS.index(claim.kind)))


def citing(atlas: Atlas, language: Language) -> Mapping[str, tuple[Claim, ...]]:
    """Return the claims that name a source, by the source's id; uncited sources are left out."""
    by_source: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims(atlas, language):
        for source in claim.cited:
            by_source[source].append(claim)
    return {source: tuple(rows) for source, rows in by_source.items()}


def matching_claims(atlas: Atlas, language: Language, search: str) -> list[Claim]:
    """Return the claims that hold every word of a search, in a place's name or in their own text.

    Names of places are found in every language, and in pinyin with or without spaces.
    """
    finds = matcher(search)
    return [
        claim
        for claim, content in zip(claims(atlas, language), _texts(atlas, language), strict=True)
        if finds(content)
    ]


# They take 17 ms, and a reader searches with every word she adds.
@lru_cache(maxsize=8)
def _texts(atlas: Atlas, language: Language) -> tuple[str, ...]:
    return tuple(folded(_text(atlas, claim)) for claim in claims(atlas, language))


def _text(atlas: Atlas, claim: Claim) -> str:
    """Return everything of a claim that a search looks through."""
    names = " ".join(
        " ".join((*place.name.values(), place.short.english, place.pinyin))
        for place in claim.places
    )
    source = atlas.source[claim.source]
    return " ".join(
        (
            names,
            names.replace(" ", ""),
            claim.subject,
            claim.sentence,
            claim.note,
            *claim.cited,
            source.title,
            *source.publisher.values(),
        )
    )
