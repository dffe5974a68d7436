"""What is claimed of no place in particular: what the groups are, which sectors were named."""

from collections.abc import Iterator

from atlas.claims.record import Claim, claim, sectors_of
from atlas.model.records import Atlas, Sector
from atlas.model.text import N_, Text
from atlas.model.vocabulary import word

NAMED: dict[str, str] = {
    "field": N_("Named as a focus field of %(side)s."),
    "strength": N_("Named as a strength of %(side)s."),
}


def groups(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Tell what each group of places is."""
    for group in atlas.groups:
        if group.source:
            yield claim(
                atlas,
                "definition",
                f"group-{group.id}",
                group.source,
                subject=group.name[words.language],
                sentence=group.definition[words.language],
                also=group.also,
            )


def sectors(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Tell as what each sector was named."""
    for sector in atlas.sectors:
        if sector.source:
            yield claim(
                atlas,
                "definition",
                f"sector-{sector.id}",
                sector.source,
                sectors=sectors_of(sector),
                subject=sector.name[words.language],
                sentence=_named(words, sector),
                note=sector.note[words.language],
            )


def _named(words: Text, sector: Sector) -> str:
    phrase = NAMED.get(sector.level)
    if phrase is None or sector.credited_side is None:
        return words.gettext("Added by the atlas")
    return words.gettext(phrase, side=word(words, "side", sector.credited_side))
