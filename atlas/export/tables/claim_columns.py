"""The tables of claims and of their sources: a row for each claim that is listed."""

from atlas.claims.record import Claim
from atlas.export.exported_view import ExportedView
from atlas.export.tables.columns import Cell, Column
from atlas.model.records import Place, Source
from atlas.model.text import N_
from atlas.query.profile import leading_membership

_PUBLISHER = (N_("Publisher"), N_("Who published the source."))
_DATE_NOTE = (N_("Note on the date"), N_("What is to be said of the date of the source."))


def _of_claims_source(name: str, title: str, meaning: str) -> Column[Claim]:
    def read(view: ExportedView, claim: Claim) -> Cell:
        value: Cell = getattr(view.atlas.source[claim.source], name)
        return value

    return Column(name, title, meaning, read)


def _grade(view: ExportedView, place: Place) -> str:
    """Return how sure the group is that a place is shown for; `none` in none."""
    groups = (*view.groups, *(group.id for group in view.atlas.groups))
    membership = leading_membership(view.atlas, place, groups)
    return membership.grade if membership else "none"


SOURCE_COLUMNS: tuple[Column[Source], ...] = (
    Column("id", table="sources"),
    Column("title", table="sources"),
    Column("publisher", *_PUBLISHER),
    Column("date", table="sources"),
    Column("date_note", *_DATE_NOTE),
    Column("address", table="sources"),
    Column("language", table="sources"),
    Column("reliability", table="sources"),
    Column("supports", N_("Supports"), N_("What the source supports.")),
)

CLAIM_COLUMNS: tuple[Column[Claim], ...] = (
    Column("id", N_("Id"), N_("Id of the claim, its anchor on the page of evidence.")),
    Column(
        "kind",
        N_("Kind of claim"),
        N_("Id of the kind of claim: what sort of thing is said."),
        vocabulary="claim",
    ),
    Column(
        "places",
        N_("Places"),
        N_("Ids of the places it is about."),
        lambda _, claim: tuple(place.id for place in claim.places),
    ),
    Column(
        "place_names",
        N_("Names of the places"),
        N_("The places by name, in their order."),
        lambda view, claim: tuple(place.name[view.language] for place in claim.places),
    ),
    Column(
        "place_grades",
        N_("Status of each place"),
        N_(
            "The status of each of these places in the group it is shown for, by its id; none "
            "for one in no group."
        ),
        lambda view, claim: tuple(_grade(view, place) for place in claim.places),
    ),
    Column(
        "sectors",
        N_("Sectors"),
        N_("Ids of the sector it is about and of the field this is part of."),
    ),
    Column(
        "subject",
        N_("Subject"),
        N_("What the claim is about: a sector, a group, what was measured, a firm, a day."),
    ),
    Column("claim", N_("Claim"), N_("What is claimed."), lambda _, claim: claim.sentence),
    Column(
        "value",
        N_("Value"),
        N_("The value alone, with its unit, where the claim is one of a value."),
    ),
    Column("note", N_("Note"), N_("What speaks against it, and what else there is to say of it.")),
    Column(
        "confidence",
        N_("Confidence"),
        N_("Confidence that a place works in a sector: high, medium or low."),
        vocabulary="confidence",
    ),
    Column(
        "grade",
        N_("Status of a membership"),
        N_("How sure it is that the place belongs to the group, as the id of a status."),
        vocabulary="grade",
    ),
    Column(
        "state",
        N_("State of a firm"),
        N_("Whether a firm is at work, under construction, announced or historic."),
        vocabulary="state",
    ),
    Column(
        "year",
        N_("Year"),
        N_("The year that a figure or the state of a firm is of."),
    ),
    Column(
        "phrase",
        N_("Words of the source"),
        N_("What the source says, in its own language, in at most 40 characters."),
    ),
    Column("source", N_("Source"), N_("Id of the source the claim rests on.")),
    _of_claims_source("publisher", *_PUBLISHER),
    _of_claims_source(
        "title", N_("Title of the source"), N_("Title of the source, in its own language.")
    ),
    _of_claims_source(
        "date",
        N_("Date of the source"),
        N_("Date of the source to the year, month or day (EDTF; ? where uncertain)."),
    ),
    _of_claims_source("date_note", *_DATE_NOTE),
    _of_claims_source(
        "address", N_("Address"), N_("The address, where it is the publisher's own.")
    ),
    _of_claims_source(
        "reliability",
        N_("Reliability"),
        N_(
            "A: original of an official body or established medium; B: copy of an original; "
            "C: wiki, aggregator, forum or undated page."
        ),
    ),
    Column(
        "further_sources",
        N_("Further sources"),
        N_("Ids of the further sources named for the claim."),
        lambda _, claim: claim.also,
    ),
)
