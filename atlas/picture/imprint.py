"""The texts of a picture: its description, what it omits, and the credits of the map data."""

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
    """Return the map in words: the selection, and the places with their status."""
    groups = (*atlas.base_groups, *selection.sets)
    places, more = first(atlas, chosen_bits(atlas, selection))
    parts = [sentence(atlas, selection, text)]
    parts += (_in_words(atlas, place, groups, text) for place in places)
    if more:
        number = text.number(more)
        parts.append(text.ngettext("and %(num)s more", "and %(num)s more", more, num=number))
    return text.pgettext("between conditions", "; ").join(parts)


def _in_words(atlas: Atlas, place: Place, groups: Iterable[str], text: Text) -> str:
    parts = (
        kind_and_regions(atlas, text, place),
        grade(atlas, text, place, groups),
        text.gettext("not on the map: no sourced position") if place.position == "none" else "",
    )
    joined = text.pgettext("between parts", ", ").join(part for part in parts if part)
    return labelled(text, place.name[text.language], joined)


def omissions(atlas: Atlas, selection: Selection, text: Text) -> tuple[str, str]:
    """Return sentences on places without positions and on marks without labels, each may be ""."""
    count = sum(place.position == "none" for place in shown(atlas, selection))
    undrawn = text.ngettext(
        "%(count)s place has no sourced position and is not on the map.",
        "%(count)s places have no sourced position and are not on the map.",
        count,
    )
    unlabelled = text.gettext("Too many marks to show labels and circles.")
    return (undrawn if count else "", unlabelled if is_crowded(atlas, selection) else "")


def credit_line(atlas: Atlas, text: Text) -> str:
    """Return the credits of the map files."""
    return " · ".join(words[text.language] for words in credits(atlas))
