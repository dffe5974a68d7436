"""The table of claims: one row a claim that the page of evidence lists."""

from dataclasses import dataclass

from atlas.claims.listing import listed
from atlas.claims.record import Claim
from atlas.export.columns import Column
from atlas.facets import facet_index
from atlas.marks import leading_membership
from atlas.records import Atlas, Language, Place, Source
from atlas.selection import Selection
from atlas.text import N_


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim and the source it rests on; `groups` are those that are on."""

    atlas: Atlas
    language: Language
    claim: Claim
    source: Source
    groups: tuple[str, ...]

    def grade(self, place: Place) -> str:
        """Return how sure the group is that a place is shown for; `none` in none."""
        own = (*self.groups, *(one.id for one in self.atlas.groups))
        row = leading_membership(self.atlas, place, own)
        return row.grade if row else "none"


def claim_rows(atlas: Atlas, selection: Selection) -> tuple[ClaimRow, ...]:
    """Return a row for each claim the selection lists, in its order."""
    groups = facet_index(atlas).groups(selection)
    return tuple(
        ClaimRow(atlas, selection.lang, one, atlas.source[one.source], groups)
        for one in listed(atlas, selection)
    )


def _sourced(name: str, title: str, meaning: str, own: str = "") -> Column[ClaimRow]:
    return Column(name, lambda row: getattr(row.source, own or name), title=title, meaning=meaning)


CLAIM_COLUMNS: tuple[Column[ClaimRow], ...] = (
    Column(
        "id",
        lambda row: row.claim.id,
        title=N_("Id"),
        meaning=N_("Id of the claim, its anchor on the page of evidence."),
    ),
    Column(
        "kind",
        lambda row: row.claim.kind,
        title=N_("Kind of claim"),
        meaning=N_("Id of the kind of claim: what sort of thing is said."),
        words="claim",
    ),
    Column(
        "places",
        lambda row: tuple(place.id for place in row.claim.places),
        "list",
        title=N_("Places"),
        meaning=N_("Ids of the places it is about."),
    ),
    Column(
        "place_names",
        lambda row: tuple(place.name[row.language] for place in row.claim.places),
        "list",
        title=N_("Names of the places"),
        meaning=N_("The places by name, in their order."),
    ),
    Column(
        "place_grades",
        lambda row: tuple(row.grade(place) for place in row.claim.places),
        "list",
        title=N_("Grades of the places"),
        meaning=N_(
            "Whether each of these places is named, inferred or listed in the group it is "
            "shown for; none for one in no group."
        ),
    ),
    Column(
        "sectors",
        lambda row: row.claim.sectors,
        "list",
        title=N_("Sectors"),
        meaning=N_("Ids of the sector it is about and of the field this is part of."),
    ),
    Column(
        "subject",
        lambda row: row.claim.subject,
        title=N_("Subject"),
        meaning=N_("What the claim is about: a sector, a group, what was measured, a firm, a day."),
    ),
    Column(
        "claim",
        lambda row: row.claim.sentence,
        title=N_("Claim"),
        meaning=N_("What is claimed."),
    ),
    Column(
        "value",
        lambda row: row.claim.value,
        title=N_("Value"),
        meaning=N_("The value alone, with its unit, where the claim is one of a value."),
    ),
    Column(
        "note",
        lambda row: row.claim.note,
        title=N_("Note"),
        meaning=N_("What speaks against it, and what else there is to say of it."),
    ),
    Column(
        "confidence",
        lambda row: row.claim.confidence,
        title=N_("Confidence"),
        meaning=N_("Confidence that a place works in a sector: high, medium or low."),
        words="confidence",
    ),
    Column(
        "grade",
        lambda row: row.claim.grade,
        title=N_("Grade of a membership"),
        meaning=N_("Whether a membership is named, inferred or listed."),
        words="grade",
    ),
    Column(
        "state",
        lambda row: row.claim.state,
        title=N_("State of a firm"),
        meaning=N_("Whether a firm is at work, under construction, announced or historic."),
        words="state",
    ),
    Column(
        "year",
        lambda row: row.claim.year,
        "integer",
        title=N_("Year"),
        meaning=N_("The year that a figure or the state of a firm is of."),
    ),
    Column(
        "phrase",
        lambda row: row.claim.phrase,
        title=N_("Words of the source"),
        meaning=N_("What the source says, in its own language, in at most 40 characters."),
    ),
    _sourced("source", N_("Source"), N_("Id of the source the claim rests on."), own="id"),
    Column(
        "publisher",
        lambda row: row.source.publisher[row.language],
        title=N_("Publisher"),
        meaning=N_("Who published the source."),
    ),
    _sourced("title", N_("Title of the source"), N_("Title of the source, in its own language.")),
    _sourced(
        "date",
        N_("Date of the source"),
        N_("Date of the source to the year, month or day (EDTF; ? where uncertain)."),
    ),
    Column(
        "date_note",
        lambda row: row.source.date_note[row.language],
        title=N_("Note on the date"),
        meaning=N_("What is to be said of the date of the source."),
    ),
    _sourced("address", N_("Address"), N_("The address, where it is the publisher's own.")),
    _sourced(
        "reliability",
        N_("Reliability"),
        N_(
            "A: original of an official body or established medium; B: copy of an original; "
            "C: wiki, aggregator, forum or undated page."
        ),
    ),
    Column(
        "further_sources",
        lambda row: row.claim.also,
        "list",
        title=N_("Further sources"),
        meaning=N_("Ids of the further sources named for the claim."),
    ),
)
