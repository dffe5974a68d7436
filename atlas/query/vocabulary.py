"""The words for the values of fixed vocabularies: confidences, states, units and others."""

from collections.abc import Mapping

from atlas.model.parameters import OfIds
from atlas.model.selection import PARAMETERS
from atlas.model.text import N_, Text

WORDS: dict[str, Mapping[str, str]] = {
    "confidence": {"high": N_("High"), "medium": N_("Medium"), "low": N_("Low")},
    "state": {
        "operating": N_("At work"),
        "unknown": N_("State not stated"),
        "under-construction": N_("Under construction"),
        "announced": N_("Announced"),
        "historic": N_("Historic"),
    },
    "reliability": {
        "A": N_("original of an official body or established medium"),
        "B": N_("copy of an original"),
        "C": N_("wiki, aggregator, forum or undated page"),
    },
    "closeness": {"A": N_("original"), "B": N_("copy"), "C": N_("secondary")},
    "title_status": {
        "described": N_("description by this atlas; the title was not found"),
        "opening": N_("opening words; the title was not found"),
    },
    "difference": {
        "same": N_("for the same period"),
        "undated": N_("the period of a value is not stated"),
        "years": N_("for different years, so not a contradiction in itself"),
    },
    "unit": {
        "persons": N_("%(value)s people"),
        "km2": N_("%(value)s km²"),
        "bn CNY": N_("%(value)s bn yuan"),
        "firms": N_("%(value)s firms"),
        "parks": N_("%(value)s parks"),
        "rank": N_("number %(value)s"),
        "%": N_("%(value)s per cent"),
        "cars a year": N_("%(value)s cars a year"),
    },
    "qualifier": {
        "exact": N_("%(value)s"),
        "rounded": N_("%(value)s (rounded)"),
        "about": N_("about %(value)s"),
        "more-than": N_("more than %(value)s"),
        "nearly": N_("nearly %(value)s"),
    },
    "name_id_status": {
        "attested": N_("The Indonesian name is found in Indonesian sources."),
        "adapted": N_("The Indonesian name follows Indonesian sources, with parts changed."),
        "proposed": N_("The Indonesian name is proposed by this atlas."),
    },
    "parameter": {name: parameter.label for name, parameter in PARAMETERS.items()},
}
# Some parameters have the words of their values themselves.
WORDS |= {
    name: parameter.words
    for name, parameter in PARAMETERS.items()
    if isinstance(parameter, OfIds) and parameter.words
}


def word(text: Text, vocabulary: str, value: str) -> str:
    """Return the word for a value, such as `announced` of the vocabulary `state`; "" for ""."""
    return text.gettext(WORDS[vocabulary][value]) if value else ""
