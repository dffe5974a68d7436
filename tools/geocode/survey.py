"""Asks a geocoder for every place with a coordinate, and measures how far apart the two are."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from typing import NamedTuple

from atlas.distance import geodesic_km, point
from atlas.geocoding import Failure, GeocodingError
from atlas.records import Atlas, Place, Side
from tools.geocode.checkpoint import Answer, Checkpoint

# After these the next question would fare no better, or would be a rude one.
STOPS: frozenset[Failure] = frozenset({"quota", "refused", "offline", "misconfigured"})


class Question(NamedTuple):
    """A name of a place, and the region it is looked for in; empty for one on the border."""

    name: str
    region: str
    side: Side

    @property
    def text(self) -> str:
        """The question in words, by which its answer is kept."""
        return f"{self.name}, {self.region}" if self.region else self.name


Ask = Callable[[Question], Answer | None]


class Row(NamedTuple):
    """A place, what the geocoder says, and the gap in km; or why it says nothing."""

    place: Place
    question: str = ""
    answer: Answer | None = None
    gap_km: float | None = None
    failure: Failure | None = None

    @property
    def is_beyond(self) -> bool:
        """Tell whether the gap is larger than the precision of the place."""
        return self.gap_km is not None and self.gap_km > (self.place.precision_km or 0.0)


def survey(atlas: Atlas, ask: Ask, kept: Checkpoint) -> Iterator[Row]:
    """Yield a row for every place with a coordinate; a failure that will last ends it early."""
    for place in placed(atlas):
        row = _row(place, questions(atlas, place), ask, kept)
        yield row
        if row.failure in STOPS:
            return


def placed(atlas: Atlas) -> list[Place]:
    """Return the places whose coordinate can be compared."""
    return [place for place in atlas.places if point(place)]


def questions(atlas: Atlas, place: Place) -> list[Question]:
    """Return what to ask for a place: its official name, then the English one."""
    regions = [one.name for one in atlas.places if one.kind == "region" and one.side == place.side]
    return [
        Question(place.name[language], regions[0][language] if regions else "", place.side)
        for language in ("zh", "en")
    ]


def _row(place: Place, asked: Iterable[Question], ask: Ask, kept: Checkpoint) -> Row:
    last = ""
    for question in asked:
        last = question.text
        try:
            answer = kept.get(last, partial(ask, question))
        except GeocodingError as error:
            return Row(place, last, failure=error.failure)
        if answer:
            here, there = point(place), (answer.latitude, answer.longitude)
            return Row(place, last, answer, geodesic_km(here, there) if here else None)
    return Row(place, last)
