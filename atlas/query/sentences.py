"""A view in words: as a sentence, a title, a headline and a description."""

from collections.abc import Iterable

from atlas.model.pages import PAGES
from atlas.model.records import Atlas, Place
from atlas.model.selection import LISTS, PARAMETERS, PLACE_FILTERS, Selection
from atlas.model.text import N_, Text
from atlas.query.facets import chosen_bits, count, facet_index, filters, is_on
from atlas.query.profile import rows_on
from atlas.query.wording import (
    grade_note,
    kind_and_regions,
    labelled,
    sectors_or_none,
    singular_name,
    uncapitalised,
    value_name,
)

# The question that each page answers: under its heading, and for search engines and previews.
ANSWERS = {
    "place": N_("What is known of one place and from whom, and what is not known."),
    "places": N_(
        "Every place of the atlas: a table with figures, two to four side by side, distances, what "
        "lies within reach of a point, and the firms."
    ),
    "sectors": N_(
        "Which places work in a sector on either side of the border, who stands opposite whom "
        "and how far apart, and how we know."
    ),
    "timeline": N_(
        "What happened when, from the first decision to the latest report, and what became of "
        "the targets."
    ),
    "evidence": N_(
        "How do we know? Every claim of this atlas stands here with its source, how reliable "
        "that source is, and how sure the claim is."
    ),
    "share": N_(
        "The view you came from as a link, a picture, a page to print, a frame for your own "
        "site, a citation, and data to download."
    ),
}
# The same for packages without two sides, or without judged sources.
SHORTER_ANSWERS = {
    "sectors": N_(
        "Which places work in a sector, what is nearest in other regions, and how we know."
    ),
    "evidence": N_("How do we know? Every claim of this atlas stands here with its source."),
}


def answer(atlas: Atlas, text: Text, page: str) -> str:
    """Return what a page answers with the rows that the package has."""
    has_judgements = any(source.reliability for source in atlas.sources)
    is_short = {"sectors": not atlas.has_sides, "evidence": not has_judgements}.get(page)
    return text.gettext((SHORTER_ANSWERS if is_short else ANSWERS)[page])


def sentence(atlas: Atlas, selection: Selection, text: Text) -> str:
    """Return a selection in words: the number of places, and every filter that is on."""
    head = text.ngettext(
        "%(count)s of %(total)s places",
        "%(count)s of %(total)s places",
        count(atlas, selection),
        total=text.number(count(atlas, Selection(sets=selection.sets))),
    )
    kinds = _kinds(atlas, selection, text)
    return text.pgettext("between conditions", "; ").join(
        (labelled(text, head, kinds) if kinds else head, *_conditions(atlas, selection, text))
    )


def _kinds(atlas: Atlas, selection: Selection, text: Text) -> str:
    """Return how many places of each kind are shown, together with kinds that face the same."""
    bits, index = chosen_bits(atlas, selection), facet_index(atlas)
    parts = []
    for kind in atlas.kinds:
        places = index.faces[kind.id] if kind.faces else index.kind[kind.id]
        number = (bits & places).bit_count()
        if number and kind.plural.english:
            kinds = singular_name(text, kind) if number == 1 else kind.plural[text.language]
            counted = text.gettext("%(count)s %(kinds)s", count=text.number(number), kinds=kinds)
            parts.append(counted)
    return text.all_of(parts)


def _conditions(atlas: Atlas, selection: Selection, text: Text) -> Iterable[str]:
    """Yield the phrase of every filter that is on."""
    for name in PLACE_FILTERS:
        if PARAMETERS[name].phrase and is_on(selection, name):
            values = _values(atlas, selection, text, name)
            only_names = name == "q" and not (atlas.sectors or atlas.enterprises)
            phrase = N_("a name contains “%(values)s”") if only_names else PARAMETERS[name].phrase
            yield text.gettext(phrase, values=values)


def _values(atlas: Atlas, selection: Selection, text: Text, name: str) -> str:
    """Return the values of a filter for the middle of a sentence."""
    value = getattr(selection, name)
    if name not in LISTS:
        return str(value)
    names = [value_name(atlas, text, name, id) for id in value]
    is_all = LISTS[name].widens or (name == "sector" and selection.match == "all")
    join = text.all_of if is_all else text.any_of
    return join(names if LISTS[name].proper else uncapitalised(names))


def title(atlas: Atlas, selection: Selection, text: Text, page: str = "") -> str:
    """Return the title of a view: its headline and the name of the atlas."""
    parts = (headline(atlas, selection, text, page), atlas.title[text.language])
    return " · ".join(part for part in parts if part)


def headline(atlas: Atlas, selection: Selection, text: Text, page: str = "") -> str:
    """Return the subject of a view and the page: "" on the map without filters."""
    name = text.gettext(PAGES[page]) if page else ""
    return " · ".join(part for part in (_subject(atlas, selection, text), name) if part)


def _subject(atlas: Atlas, selection: Selection, text: Text) -> str:
    """Return the place, the firms, the sectors with the number of places, or that number."""
    if selection.place:
        return atlas.place[selection.place].name[text.language]
    if not filters(selection).is_filtered():
        return ""
    if selection.firm:
        return text.any_of([atlas.enterprise[id].name[text.language] for id in selection.firm])
    places = text.ngettext("%(count)s place", "%(count)s places", count(atlas, selection))
    if not selection.sector:
        return places
    sectors = [atlas.sector[id].name[text.language] for id in selection.sector]
    join = text.all_of if selection.match == "all" else text.any_of
    return labelled(text, join(sectors), places)


def description(atlas: Atlas, selection: Selection, text: Text, page: str = "") -> str:
    """Return a view in two sentences, for search engines and link previews."""
    subject = ""
    if selection.place:
        subject = _place_sentence(atlas, text, atlas.place[selection.place], selection)
    elif filters(selection).is_filtered():
        subject = _with_full_stop(text, sentence(atlas, selection, text))
    lead = answer(atlas, text, page) if page else atlas.lead[text.language]
    if not subject:
        return lead
    return text.gettext("%(first)s %(second)s", first=subject, second=lead)


def _with_full_stop(text: Text, sentence: str) -> str:
    return sentence + text.pgettext("end of a sentence", ".")


def _place_sentence(atlas: Atlas, text: Text, place: Place, selection: Selection) -> str:
    """Return kind, regions, group and sectors of a place as a sentence."""
    groups = [row.group for row in rows_on(atlas, "memberships", place.id)]
    parts = (
        kind_and_regions(atlas, text, place),
        grade_note(atlas, text, place, (*atlas.base_groups, *selection.sets, *groups)),
        sectors_or_none(atlas, text, place),
    )
    joined = text.pgettext("between conditions", "; ").join(part for part in parts if part)
    return _with_full_stop(text, joined)
