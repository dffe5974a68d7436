"""Claims by their words."""

from functools import lru_cache

from atlas.claims.all_claims import claims
from atlas.claims.record import Claim
from atlas.model.records import Atlas, Language
from atlas.query.facets import folded


def found(atlas: Atlas, language: Language, search: str) -> list[Claim]:
    """Return the claims that hold every word of a search, in a place's name or in their own text.

    Names of places are found in every language, and in pinyin with or without spaces.
    """
    words = folded(search).split()
    return [
        one
        for one, said in zip(claims(atlas, language), _texts(atlas, language), strict=True)
        if all(word in said for word in words) or "".join(words) in said
    ]


@lru_cache(maxsize=8)
def _texts(atlas: Atlas, language: Language) -> tuple[str, ...]:
    return tuple(folded(_text(atlas, one)) for one in claims(atlas, language))


def _text(atlas: Atlas, one: Claim) -> str:
    names = " ".join(
        f"{place.name.en} {place.name.zh} {place.name.id} {place.short.en} {place.pinyin}"
        for place in one.places
    )
    source = atlas.source[one.source]
    published = (source.title, source.publisher.en, source.publisher.zh, source.publisher.id)
    return " ".join(
        (names, names.replace(" ", ""), one.subject, one.sentence, one.note, *one.cited, *published)
    )
