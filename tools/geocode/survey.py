"""Ask a geocoder for every place that has a point, and measure how far its answer is away."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import NamedTuple

from geopy.exc import GeocoderParseError, GeocoderTimedOut, GeopyError

from atlas.analysis.distance import geodesic_km, point
from atlas.model.records import Atlas, Place
from tools.geocode.checkpoint import Answer, Checkpoint
from tools.geocode.services import Ask, Question

# After these failures the next question may succeed. After others it would not, or would be rude.
TEMPORARY = (GeocoderTimedOut, GeocoderParseError)


class Row(NamedTuple):
    """A place, the geocoder's answer and the gap in km, or why there is no answer."""

    place: Place
    question: str = ""
    answer: Answer | None = None
    gap_km: float | None = None
    failure: GeopyError | None = None

    @property
    def is_beyond(self) -> bool:
        """Whether the gap is larger than the precision of the place."""
        return self.gap_km is not None and self.gap_km > (self.place.precision_km or 0.0)


def survey(atlas: Atlas, ask: Ask, checkpoint: Checkpoint) -> Iterator[Row]:
    """Yield a row for every place with a point; the first lasting failure ends the survey."""
    for place in places_with_points(atlas):
        row = _row(place, questions(atlas, place), ask, checkpoint)
        yield row
        if row.failure and not isinstance(row.failure, TEMPORARY):
            return


def places_with_points(atlas: Atlas) -> list[Place]:
    """Return the places that have a point to compare."""
    return [place for place in atlas.places if point(place)]


def questions(atlas: Atlas, place: Place) -> list[Question]:
    """Return what to ask for a place: its official name, then the English one."""
    regions = [
        region.name
        for region in atlas.places
        if region.kind == "region" and region.regions == place.regions
    ]
    side = place.regions[0] if len(place.regions) == 1 else "both"
    return [
        Question(place.name[language], regions[0][language] if regions else "", side)
        for language in ("zh", "en")
    ]


def _row(place: Place, questions: Iterable[Question], ask: Ask, checkpoint: Checkpoint) -> Row:
    text = ""
    for question in questions:
        text = question.text
        try:
            answer = checkpoint.get(text, partial(ask, question))
        except GeopyError as error:
            return Row(place, text, failure=error)
        if answer:
            here, there = point(place), (answer.latitude, answer.longitude)
            return Row(place, text, answer, geodesic_km(here, there) if here else None)
    return Row(place, text)
