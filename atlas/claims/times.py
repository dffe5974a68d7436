"""What is claimed to have happened, and what was to be reached by when."""

from collections.abc import Iterator

from atlas.claims.record import Claim, claim, joined
from atlas.model.records import Atlas
from atlas.model.text import Text
from atlas.query.wording import amount


def events(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Tell what happened when."""
    for row in atlas.events:
        inferred = words.gettext("(year inferred)") if row.date_status == "inferred" else ""
        yield claim(
            atlas,
            "event",
            row.id,
            row.source,
            row.places,
            subject=joined(words.date(row.date), inferred),
            sentence=row.text[words.language],
            also=row.also,
        )


def targets(atlas: Atlas, words: Text) -> Iterator[Claim]:
    """Tell the targets, on the places of the plan that set them, each with its later value."""
    places = {event.id: event.places for event in atlas.events}
    for row in atlas.targets:
        target = amount(words, row.target, row.unit, row.qualifier)
        yield claim(
            atlas,
            "target",
            row.id,
            row.source,
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
            also=row.also,
        )
