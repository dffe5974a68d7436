"""The texts of a picture: alternative text, what it leaves out, credits of the map data."""

from collections.abc import Iterable

from atlas.datapackage.land.map_features import credits
from atlas.model.records import Atlas, Place
from atlas.model.selection import Selection
from atlas.model.text import Text
from atlas.query.facets import chosen_bits, shown
from atlas.query.list_limits import first, is_crowded
from atlas.query.sentences import sentence
from atlas.query.wording import grade, kind_and_regions, labelled


def description(atlas: Atlas, selection: Selection, text: Text) -> str:
    """Return what the map shows in words: the selection, and the places with their grades."""
    groups = (*atlas.base_groups, *selection.sets)
    listed = first(atlas, chosen_bits(atlas, selection))
    places = (_in_words(atlas, place, groups, text) for place in listed.rows)
    more = text.ngettext(
        "and %(num)s more", "and %(num)s more", listed.more, num=text.number(listed.more)
    )
    return text.pgettext("between conditions", "; ").join(
        (sentence(atlas, selection, text), *places, *([more] if listed.more else []))
    )


def _in_words(atlas: Atlas, place: Place, groups: Iterable[str], text: Text) -> str:
    parts = (
        kind_and_regions(atlas, text, place),
        grade(atlas, text, place, groups),
        text.gettext("not on the map: no sourced position") if place.position == "none" else "",
    )
    joined = text.pgettext("between parts", ", ").join(part for part in parts if part)
    return labelled(text, place.name[text.language], joined)


def left_out(atlas: Atlas, selection: Selection, text: Text) -> tuple[str, str]:
    """Return how many places have no position, and whether marks have no labels; each may be ""."""
    count = sum(place.position == "none" for place in shown(atlas, selection))
    undrawn = text.ngettext(
        "%(count)s place has no sourced position and is not on the map.",
        "%(count)s places have no sourced position and are not on the map.",
        count,
    )
    unlabelled = text.gettext("Too many marks to show labels and circles.")
    return (undrawn if count else "", unlabelled if is_crowded(atlas, selection) else "")


def credit_line(atlas: Atlas, text: Text) -> str:
    """Return the credits of the map files in use."""
    return " · ".join(words[text.language] for words in credits(atlas))
