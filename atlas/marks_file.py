"""The rows of the file from which the browser draws the marks of a large atlas."""

from typing import Any

from atlas.distance import point
from atlas.facets import facet_index
from atlas.marks import RANK, shape
from atlas.masks import NUMBER, masks
from atlas.records import Atlas, Language, Place
from atlas.text import text
from atlas.wording import tooltip

Row = dict[str, Any]


def rows(atlas: Atlas, language: Language) -> list[Row]:
    """Return a row for each place that can be drawn: seats first, then parks, the named before.

    A row holds id, position as [longitude, latitude] in degrees (WGS 84), the numbers that
    `masks` filters by, and the lines of the tooltip. Numbers that are 0 are left out.
    """
    known, words = masks(atlas), text(language)
    numbered = enumerate(facet_index(atlas).places)
    drawn = [(number, place) for number, place in numbered if _is_drawn(place)]
    return [
        {
            "id": place.id,
            "at": [place.longitude, place.latitude],
            NUMBER: number,
            **known[place.id],
            **_icon(place),
            **tooltip(atlas, words, place),
        }
        for number, place in sorted(drawn, key=lambda one: _order(atlas, one[1]))
    ]


def _is_drawn(place: Place) -> bool:
    return place.position != "none" and point(place) is not None


def _order(atlas: Atlas, place: Place) -> tuple[bool, int]:
    return place.kind == "park", RANK[shape(atlas, place, atlas.base_groups)]


def _icon(place: Place) -> Row:
    """Return the shape where no group decides on it: a park's follows from those that are on."""
    if place.position == "area":
        return {"icon": "area"}
    return {} if place.kind == "park" else {"icon": "seat"}
