"""All claims of the atlas: by kind, by source, and by their words."""

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

_TABLES: tuple[Callable[[Atlas, Text], Iterable[Claim]], ...] = (
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


# They take 2 ms, and the evidence page needs them five times.
@lru_cache(maxsize=8)
def claims(atlas: Atlas, language: Language) -> tuple[Claim, ...]:
    """Return all claims in a language, by kind, then in the order of the tables."""
    words = text(language)
    rows = (claim for table in _TABLES for claim in table(atlas, words))
    return tuple(sorted(rows, key=lambda claim: CLAIMS.index(claim.kind)))


def citing(atlas: Atlas, language: Language) -> Mapping[str, tuple[Claim, ...]]:
    """Return the claims that cite each source, by the source's id; only of cited sources."""
    by_source: defaultdict[str, list[Claim]] = defaultdict(list)
    for claim in claims(atlas, language):
        for source in claim.cited:
            by_source[source].append(claim)
    return {source: tuple(rows) for source, rows in by_source.items()}


def matching_claims(atlas: Atlas, language: Language, search: str) -> list[Claim]:
    """Return the claims whose text, with the names of their places, matches a search.

    Names of places match in every language, and in pinyin with or without spaces.
    """
    matches = matcher(search)
    rows = zip(claims(atlas, language), _texts(atlas, language), strict=True)
    return [claim for claim, content in rows if matches(content)]


# They take 17 ms, and every word that a reader adds is a new search.
@lru_cache(maxsize=8)
def _texts(atlas: Atlas, language: Language) -> tuple[str, ...]:
    return tuple(folded(_text(atlas, claim)) for claim in claims(atlas, language))


def _text(atlas: Atlas, claim: Claim) -> str:
    """Return the searchable text of a claim."""
    names = " ".join(
        " ".join((*place.name.values(), place.short.english, place.pinyin))
        for place in claim.places
    )
    source = atlas.source[claim.source]
    own = (claim.subject, claim.sentence, claim.note, *claim.cited)
    of_source = (source.title, *source.publisher.values())
    return " ".join((names, names.replace(" ", ""), *own, *of_source))
