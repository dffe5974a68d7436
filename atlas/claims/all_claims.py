"""Every claim of the atlas, and which of them name a source."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from atlas.claims import from_tables, terms, times
from atlas.claims.record import Claim
from atlas.model.records import Atlas, Language
from atlas.model.selection import CLAIMS
from atlas.model.text import Text, text

_TELLERS: tuple[Callable[[Atlas, Text], Iterable[Claim]], ...] = (
    from_tables.evidence,
    from_tables.memberships,
    from_tables.figures,
    from_tables.enterprises,
    times.events,
    times.targets,
    from_tables.places,
    terms.groups,
    terms.sectors,
)


@lru_cache(maxsize=8)
def claims(atlas: Atlas, language: Language) -> tuple[Claim, ...]:
    """Return every claim of the atlas, by kind, in the order of the tables."""
    words = text(language)
    told = (one for tell in _TELLERS for one in tell(atlas, words))
    return tuple(sorted(told, key=lambda one: CLAIMS.index(one.kind)))


@lru_cache(maxsize=8)
def citing(atlas: Atlas, language: Language) -> Mapping[str, tuple[Claim, ...]]:
    """Return, for each source that is cited, the claims that name it."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for one in claims(atlas, language):
        for source in one.cited:
            found[source].append(one)
    return {source: tuple(rows) for source, rows in found.items()}
