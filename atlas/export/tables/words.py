"""Titles and descriptions of the columns that exports add to those of the package.

By table and name of the column; the data dictionary has them for the package's own columns.
"""

from atlas.model.text import N_

# Columns that mean the same in every table.
SHARED = {
    "place_name": (N_("Name of the place"), N_("The place by name.")),
    "sector_name": (N_("Name of the sector"), N_("The sector by name.")),
    "source_title": (N_("Title of the source"), N_("Title of the source, in its own language.")),
    "publisher": (N_("Publisher"), N_("Who published the source.")),
    "supports": (N_("Supports"), N_("What the source supports.")),
    "date_note": (N_("Note on the date"), N_("What is to be said of the date of the source.")),
}

_PLACES = {
    "grade": (
        N_("Status"),
        N_(
            "How sure it is that the place belongs to the group it is shown for, as the id of "
            "a status."
        ),
    ),
    "grade_note": (
        N_("Status in words"),
        N_("The group the place is shown for, and how sure that is."),
    ),
    "groups": (N_("Groups"), N_("Ids of the groups the place belongs to.")),
    "group_grades": (
        N_("Status in each group"),
        N_("How sure each of these memberships is, in the order of the groups."),
    ),
    "list_numbers": (
        N_("Numbers on lists"),
        N_("Id of a group, and the number of the place on the list that defines it."),
    ),
    "support": (N_("What speaks for it"), N_("What speaks for each membership.")),
    "counter": (N_("What speaks against it"), N_("What speaks against a membership.")),
    "sectors": (N_("Sectors"), N_("Ids of the sectors the place works in, by evidence.")),
    "sector_confidences": (
        N_("Confidence of the sectors"),
        N_("The best confidence of the evidence for each sector, in their order."),
    ),
    "sector_names": (N_("Names of the sectors"), N_("The sectors by name, in their order.")),
    "evidence": (
        N_("Evidence"),
        N_("Each piece of evidence: sector, confidence, claim and id of the source."),
    ),
    "position_note": (N_("Note on the position"), N_("How the position was obtained.")),
    "about": (N_("What it is"), N_("What the place is, in a few sentences.")),
    "end_date": (
        N_("Date of the end"),
        N_("When the place ceased to exist (ISO 8601); empty while it exists."),
    ),
    "end_note": (N_("What became of it"), N_("The event with which the place ceased to exist.")),
    "sources": (N_("Sources"), N_("Ids of all sources that anything said of the place rests on.")),
    "source_addresses": (
        N_("Addresses of the sources"),
        N_("The addresses of those of them that have one of the publisher's own."),
    ),
}
_FIGURES = {
    "indicator_name": (N_("Name of the indicator"), N_("What the figure measures, in words.")),
    "note": (N_("Note"), N_("What else there is to say of the figure.")),
}
_EVIDENCE = {
    "confidence": (
        N_("Confidence"),
        N_("The best confidence of the evidence for the sector at the place."),
    ),
    "evidence": (N_("Pieces of evidence"), N_("How many rows of evidence say so.")),
    "sources": (N_("Sources"), N_("Ids of the sources that say so.")),
}
_ENTERPRISES = {
    "product": (N_("Product"), N_("What the firm makes there.")),
    "note": (N_("Note"), N_("What else there is to say of the firm.")),
}
_CLAIMS = {
    "id": (N_("Id"), N_("Id of the claim, its anchor on the page of evidence.")),
    "kind": (N_("Kind of claim"), N_("Id of the kind of claim: what sort of thing is said.")),
    "places": (N_("Places"), N_("Ids of the places it is about.")),
    "place_names": (N_("Names of the places"), N_("The places by name, in their order.")),
    "place_grades": (
        N_("Status of each place"),
        N_(
            "The status of each of these places in the group it is shown for, by its id; none "
            "for one in no group."
        ),
    ),
    "sectors": (
        N_("Sectors"),
        N_("Ids of the sector it is about and of the field this is part of."),
    ),
    "subject": (
        N_("Subject"),
        N_("What the claim is about: a sector, a group, what was measured, a firm, a day."),
    ),
    "claim": (N_("Claim"), N_("What is claimed.")),
    "value": (
        N_("Value"),
        N_("The value alone, with its unit, where the claim is one of a value."),
    ),
    "note": (N_("Note"), N_("What speaks against it, and what else there is to say of it.")),
    "confidence": (
        N_("Confidence"),
        N_("Confidence that a place works in a sector: high, medium or low."),
    ),
    "grade": (
        N_("Status of a membership"),
        N_("How sure it is that the place belongs to the group, as the id of a status."),
    ),
    "state": (
        N_("State of a firm"),
        N_("Whether a firm is at work, under construction, announced or historic."),
    ),
    "year": (N_("Year"), N_("The year that a figure or the state of a firm is of.")),
    "phrase": (
        N_("Words of the source"),
        N_("What the source says, in its own language, in at most 40 characters."),
    ),
    "source": (N_("Source"), N_("Id of the source the claim rests on.")),
    "title": SHARED["source_title"],
    "date": (
        N_("Date of the source"),
        N_("Date of the source to the year, month or day (EDTF; ? where uncertain)."),
    ),
    "address": (N_("Address"), N_("The address, where it is the publisher's own.")),
    "reliability": (
        N_("Reliability"),
        N_(
            "A: original of an official body or established medium; B: copy of an original; "
            "C: wiki, aggregator, forum or undated page."
        ),
    ),
    "further_sources": (
        N_("Further sources"),
        N_("Ids of the further sources named for the claim."),
    ),
}
_ORIGIN = {
    "data_version": (
        N_("Version of the data"),
        N_("Version of the data package the row was taken from."),
    ),
    "as_of": (N_("As of"), N_("Day up to which the data were gathered.")),
    "licence": (N_("Licence"), N_("Licence of the data, with its address.")),
    "credit": (N_("Credit"), N_("Whose work is inside and must be named.")),
    "selection": (N_("Selection"), N_("What the file holds, in words.")),
    "link": (N_("Link"), N_("Address of the view the file was taken from.")),
}

WORDS = {
    "places": _PLACES,
    "figures": _FIGURES,
    "evidence": _EVIDENCE,
    "enterprises": _ENTERPRISES,
    "claims": _CLAIMS,
    "origin": _ORIGIN,
}
