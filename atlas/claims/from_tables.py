"""What is claimed of places: work in sectors, memberships, figures, firms, position."""

from collections.abc import Iterator

from atlas.claims.record import Claim, claim, joined, sectors_of
from atlas.model.records import Atlas, Place
from atlas.model.text import Text
from atlas.query.wording import figure


def evidence(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Tell which places work in which sectors."""
    for row in atlas.evidence:
        sector = atlas.sector[row.sector]
        yield claim(
            atlas,
            "evidence",
            row.id,
            row.source,
            (row.place,),
            sectors=sectors_of(sector),
            subject=sector.name[words.language],
            sentence=row.claim[words.language],
            confidence=row.confidence,
        )


def memberships(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Tell which places belong to which groups, with what speaks for and against it."""
    for row in atlas.memberships:
        counter = row.counter[words.language]
        yield claim(
            atlas,
            "membership",
            f"{row.group}-{row.place}",
            row.source,
            (row.place,),
            subject=atlas.group[row.group].name[words.language],
            sentence=row.support[words.language],
            note=joined(words.gettext("Against:"), counter) if counter else "",
            also=row.also,
            grade=row.grade,
        )


def figures(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Tell the figures, with their periods."""
    for row in atlas.figures:
        value = figure(words, row)
        period = row.period or words.gettext("undated")
        yield claim(
            atlas,
            "figure",
            row.id,
            row.source,
            (row.place,),
            subject=atlas.indicator[row.indicator].name[words.language],
            sentence=words.gettext("%(value)s (%(period)s)", value=value, period=period),
            value=value,
            note=joined(row.note[words.language], row.reason[words.language]),
        )


def enterprises(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Tell which firms make what where; a firm in a park is one on the land of its city."""
    for row in atlas.enterprises:
        names = (row.name_zh, row.name_en) if words.language == "zh" else (row.name_en, row.name_zh)
        yield claim(
            atlas,
            "enterprise",
            row.id,
            row.source,
            tuple(dict.fromkeys(one for one in (row.place, row.park) if one)),
            sectors=sectors_of(atlas.sector[row.sector]),
            subject=joined(*names),
            sentence=row.product[words.language],
            note=row.note[words.language],
        )


def places(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Tell what each place is and where."""
    for place in atlas.places:
        if place.source:
            yield claim(
                atlas,
                "place",
                place.id,
                place.source,
                (place.id,),
                subject=words.gettext("What it is"),
                sentence=place.about[words.language],
                also=place.also,
            )
        if place.position_source:
            yield _position(atlas, words, place, place.position_source)


def _position(atlas: Atlas, words: Text, place: Place, source: str) -> Claim:
    latitude, longitude = (words.number(one or 0) for one in (place.latitude, place.longitude))
    return claim(
        atlas,
        "place",
        f"{place.id}-position",
        source,
        (place.id,),
        subject=words.gettext("Position"),
        sentence=words.gettext(
            "%(latitude)s° N, %(longitude)s° E (WGS 84), known to about %(precision)s km.",
            latitude=latitude,
            longitude=longitude,
            precision=words.number(place.precision_km or 0),
        ),
        value=words.gettext(
            "%(latitude)s° N, %(longitude)s° E", latitude=latitude, longitude=longitude
        ),
        note=place.position_note[words.language],
    )
