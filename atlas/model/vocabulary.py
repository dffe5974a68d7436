"""The words for the ids of fixed vocabularies: kinds, sides, grades, units and the like."""

from atlas.model.text import N_, Text

WORDS: dict[str, dict[str, str]] = {
    "kind": {
        "city": N_("City"),
        "district": N_("District"),
        "park": N_("Park"),
        "region": N_("Region"),
    },
    "side": {
        "sichuan": N_("Sichuan"),
        "chongqing": N_("Chongqing"),
        "both": N_("Sichuan and Chongqing"),
    },
    "grade": {
        "named": N_("Named"),
        "inferred": N_("Inferred"),
        "listed": N_("Listed by another source"),
    },
    "confidence": {"high": N_("High"), "medium": N_("Medium"), "low": N_("Low")},
    "state": {
        "operating": N_("At work"),
        "unknown": N_("State not stated"),
        "under-construction": N_("Under construction"),
        "announced": N_("Announced"),
        "historic": N_("Historic"),
    },
    "match": {"any": N_("Any of them"), "all": N_("All of them")},
    "level": {
        "field": N_("Focus fields"),
        "strength": N_("Named strengths"),
        "extra": N_("Added by the atlas"),
    },
    "reliability": {
        "A": N_("original of an official body or established medium"),
        "B": N_("copy of an original"),
        "C": N_("wiki, aggregator, forum or undated page"),
    },
    "claim": {
        "evidence": N_("Work in a sector"),
        "membership": N_("Membership of a group"),
        "figure": N_("Figure"),
        "enterprise": N_("Enterprise"),
        "event": N_("Event"),
        "target": N_("Target"),
        "place": N_("Place and position"),
        "definition": N_("Group or sector"),
    },
    "difference": {
        "same": N_("for the same period"),
        "undated": N_("the period of a value is not stated"),
        "years": N_("for different years, so not a contradiction in itself"),
    },
    "order": {
        "kind": N_("kind of claim"),
        "place": N_("place"),
        "date": N_("date of the source"),
        "reliability": N_("reliability of the source"),
        "confidence": N_("confidence or grade"),
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
    "parameter": {
        "lang": N_("language"),
        "sector": N_("sector"),
        "match": N_("any or all"),
        "kind": N_("kind of place"),
        "side": N_("side"),
        "grade": N_("grade"),
        "confidence": N_("confidence"),
        "sets": N_("further places"),
        "q": N_("search"),
        "place": N_("place"),
        "compare": N_("places to compare"),
        "near": N_("point"),
        "radius": N_("radius"),
        "claim": N_("kind of claim"),
        "reliability": N_("reliability of the source"),
        "order": N_("order"),
        "form": N_("form"),
        "of": N_("page that is shared"),
        "data": N_("version of the data"),
    },
}


def word(text: Text, vocabulary: str, value: str) -> str:
    """Return the word for an id of a fixed vocabulary, such as `side` and `sichuan`."""
    return text.gettext(WORDS[vocabulary][value])
