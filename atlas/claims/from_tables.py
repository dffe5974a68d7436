"""The claims that the rows of each table make: a function for each table."""

from collections.abc import Iterator

from atlas.analysis.distance import Position
from atlas.analysis.origin import position_text
from atlas.claims.record import Claim, claim, joined, sectors_of
from atlas.datapackage.defaults import ALL
from atlas.model.records import Atlas, Place
from atlas.model.terms import Sector
from atlas.model.text import Text
from atlas.query.wording import amount, figure, region_names, state_and_year


def evidence(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Yield that places work in sectors."""
    for row in atlas.evidence:
        sector = atlas.sector[row.sector]
        yield claim(
            atlas,
            "evidence",
            row,
            (row.place,),
            sectors=sectors_of(sector),
            subject=sector.name[words.language],
            sentence=row.claim[words.language],
        )


def memberships(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Yield that places belong to groups, with the arguments for and against."""
    for row in atlas.memberships:
        if row.group == ALL:  # It is no claim that all places are among all places.
            continue
        counter = row.counter[words.language]
        yield claim(
            atlas,
            "membership",
            row,
            (row.place,),
            f"{row.group}-{row.place}",
            subject=atlas.group[row.group].name[words.language],
            sentence=row.support[words.language],
            note=joined(words.gettext("Against:"), counter) if counter else "",
        )


def figures(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Yield the figures with their periods."""
    for row in atlas.figures:
        value = figure(words, row)
        period = row.period or words.gettext("undated")
        yield claim(
            atlas,
            "figure",
            row,
            (row.place,),
            subject=atlas.indicator[row.indicator].name[words.language],
            sentence=words.gettext("%(value)s (%(period)s)", value=value, period=period),
            value=value,
            note=joined(row.note[words.language], row.reason[words.language]),
        )


def enterprises(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Yield that firms make products at places; a firm in a park is also one of the city."""
    for row in atlas.enterprises:
        product, state = row.product[words.language], state_and_year(words, row)
        sentence = words.gettext("%(value)s (%(period)s)", value=product, period=state)
        yield claim(
            atlas,
            "enterprise",
            row,
            row.places,
            sectors=sectors_of(atlas.sector[row.sector]),
            subject=joined(*row.names(words.language).values()),
            sentence=sentence if state else product,
            note=row.note[words.language],
        )


def places(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Yield what and where each place is."""
    for place in atlas.places:
        if place.source:
            subject, about = words.gettext("What it is"), place.about[words.language]
            yield claim(atlas, "place", place, (place.id,), subject=subject, sentence=about)
        if place.position_source:
            yield _position(atlas, words, place)


def _position(atlas: Atlas, words: Text, place: Place) -> Claim:
    position = position_text(words, Position(place.latitude or 0.0, place.longitude or 0.0))
    return claim(
        atlas,
        "place",
        place,
        (place.id,),
        f"{place.id}-position",
        subject=words.gettext("Position"),
        sentence=_with_precision(words, position, place.precision_km),
        value=position,
        note=place.position_note[words.language],
        source=place.position_source,
        also=(),
    )


def _with_precision(words: Text, position: str, precision_km: float | None) -> str:
    if precision_km is None:
        return words.gettext("%(position)s (WGS 84).", position=position)
    return words.gettext(
        "%(position)s (WGS 84), known to about %(precision)s km.",
        position=position,
        precision=words.number(precision_km),
    )


def groups(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Yield the definition of each group."""
    for group in atlas.groups:
        if group.source:
            yield claim(
                atlas,
                "definition",
                group,
                key=f"group-{group.id}",
                subject=group.name[words.language],
                sentence=group.definition[words.language],
            )


def sectors(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Yield the level of each sector, and the regions that it is credited to."""
    for sector in atlas.sectors:
        if sector.source:
            yield claim(
                atlas,
                "definition",
                sector,
                key=f"sector-{sector.id}",
                sectors=sectors_of(sector),
                subject=sector.name[words.language],
                sentence=_level(atlas, words, sector),
                note=sector.note[words.language],
            )


def _level(atlas: Atlas, words: Text, sector: Sector) -> str:
    if not sector.level:
        return ""
    level = atlas.level[sector.level]
    if not level.credited.english or sector.credited_side is None:
        return level.name[words.language]
    regions = region_names(atlas, words, sector.credited_side)
    return level.credited[words.language].replace("{regions}", regions)


def events(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Yield the events with their dates."""
    for row in atlas.events:
        inferred = words.gettext("(year inferred)") if row.date_status == "inferred" else ""
        date = joined(words.date(row.date), inferred)
        yield claim(
            atlas, "event", row, row.places, subject=date, sentence=row.text[words.language]
        )


def targets(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Yield each target with its later value, for the places of the event that set it."""
    places = {event.id: event.places for event in atlas.events}
    for row in atlas.targets:
        target = amount(words, row.target, row.unit, row.qualifier)
        yield claim(
            atlas,
            "target",
            row,
            places[row.set_by],
            subject=row.name[words.language],
            sentence=words.gettext(
                "Target for %(due)s: %(target)s. Later value, %(as_of)s: %(value)s.",
                due=words.date(row.due),
                target=target,
                as_of=words.date(row.as_of),
                value=amount(words, row.value, row.unit),
            ),
            value=target,
            note=row.caveat[words.language],
        )
