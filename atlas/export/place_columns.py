"""The table of places: one row a place shown, everything said of it in one line."""

from collections.abc import Iterator

from atlas.export.columns import BETWEEN, Cell, Column, Type
from atlas.export.place_rows import PlaceRow
from atlas.profile import sources
from atlas.records import LANGUAGES, Membership
from atlas.text import N_
from atlas.vocabulary import word
from atlas.wording import grade_note, labelled


def _own(name: str, kind: Type = "string", words: str = "", unit: str = "") -> Column[PlaceRow]:
    def read(row: PlaceRow) -> Cell:
        value: Cell = getattr(row.place, name)
        return value

    return Column(name, read, kind, table="places", words=words, unit=unit)


def _names(field: str) -> Iterator[Column[PlaceRow]]:
    for language in LANGUAGES:
        yield Column(
            f"{field}_{language}",
            lambda row, language=language: getattr(row.place, field)[language],  # type: ignore[misc]
            table="places",
        )


def _said_of_groups(row: PlaceRow, field: str) -> str:
    return BETWEEN.join(
        labelled(row.text, _group(row, one), said)
        for one in row.known.memberships
        if (said := getattr(one, field)[row.text.language])
    )


def _group(row: PlaceRow, membership: Membership) -> str:
    return row.atlas.group[membership.group].name[row.text.language]


def _numbers(row: PlaceRow) -> tuple[str, ...]:
    numbered = (one for one in row.known.memberships if one.list_number is not None)
    return tuple(f"{one.group} {one.list_number}" for one in numbered)


def _evidence(row: PlaceRow) -> str:
    return BETWEEN.join(
        row.text.gettext(
            "%(sector)s (%(confidence)s): %(claim)s [%(source)s]",
            sector=one.sector.name[row.text.language],
            confidence=word(row.text, "confidence", piece.confidence).lower(),
            claim=piece.claim[row.text.language],
            source=piece.source,
        )
        for one in row.known.sectors
        for piece in one.rows
    )


def _addresses(row: PlaceRow) -> tuple[str, ...]:
    return tuple(one.address for one in sources(row.atlas, row.known) if one.address)


PLACE_COLUMNS: tuple[Column[PlaceRow], ...] = (
    _own("id"),
    *_names("name"),
    *_names("short"),
    _own("name_id_status"),
    _own("pinyin"),
    _own("kind", words="kind"),
    _own("side", words="side"),
    Column(
        "grade",
        lambda row: row.grade,
        title=N_("Grade"),
        meaning=N_(
            "How sure it is that the place belongs to the group it is shown for: named, "
            "inferred (no source names it, it follows from a rule) or listed (in another list)."
        ),
        words="grade",
    ),
    Column(
        "grade_note",
        lambda row: grade_note(row.atlas, row.text, row.place, row.groups),
        title=N_("Grade in words"),
        meaning=N_("The group the place is shown for, and how sure that is."),
    ),
    Column(
        "groups",
        lambda row: tuple(one.group for one in row.known.memberships),
        "list",
        title=N_("Groups"),
        meaning=N_("Ids of the groups the place belongs to."),
    ),
    Column(
        "group_grades",
        lambda row: tuple(one.grade for one in row.known.memberships),
        "list",
        title=N_("Grades of the groups"),
        meaning=N_("How sure each of these memberships is, in the order of the groups."),
    ),
    Column(
        "list_numbers",
        _numbers,
        "list",
        title=N_("Numbers on lists"),
        meaning=N_("Id of a group, and the number of the place on the list that defines it."),
    ),
    Column(
        "support",
        lambda row: _said_of_groups(row, "support"),
        title=N_("What speaks for it"),
        meaning=N_("What speaks for each membership."),
    ),
    Column(
        "counter",
        lambda row: _said_of_groups(row, "counter"),
        title=N_("What speaks against it"),
        meaning=N_("What speaks against a membership."),
    ),
    Column(
        "sectors",
        lambda row: tuple(one.sector.id for one in row.known.sectors),
        "list",
        title=N_("Sectors"),
        meaning=N_("Ids of the sectors the place works in, by evidence."),
    ),
    Column(
        "sector_confidences",
        lambda row: tuple(one.confidence for one in row.known.sectors),
        "list",
        title=N_("Confidence of the sectors"),
        meaning=N_("The best confidence of the evidence for each sector, in their order."),
    ),
    Column(
        "sector_names",
        lambda row: tuple(one.sector.name[row.text.language] for one in row.known.sectors),
        "list",
        title=N_("Names of the sectors"),
        meaning=N_("The sectors by name, in their order."),
    ),
    Column(
        "evidence",
        _evidence,
        title=N_("Evidence"),
        meaning=N_("Each piece of evidence: sector, confidence, claim and id of the source."),
    ),
    _own("position"),
    _own("latitude", "number", unit="degrees"),
    _own("longitude", "number", unit="degrees"),
    _own("precision_km", "number", unit="km"),
    Column(
        "position_note",
        lambda row: row.place.position_note[row.text.language],
        title=N_("Note on the position"),
        meaning=N_("How the position was obtained."),
    ),
    _own("position_source"),
    _own("adcode"),
    _own("parent"),
    _own("containment"),
    Column(
        "about",
        lambda row: row.place.about[row.text.language],
        title=N_("What it is"),
        meaning=N_("What the place is, in a few sentences."),
    ),
    _own("end_event"),
    Column(
        "end_date",
        lambda row: row.end.date if row.end else None,
        title=N_("Date of the end"),
        meaning=N_("When the place ceased to exist (ISO 8601); empty while it exists."),
    ),
    Column(
        "end_note",
        lambda row: row.end.text[row.text.language] if row.end else None,
        title=N_("What became of it"),
        meaning=N_("The event with which the place ceased to exist."),
    ),
    Column(
        "sources",
        lambda row: tuple(one.id for one in sources(row.atlas, row.known)),
        "list",
        title=N_("Sources"),
        meaning=N_("Ids of all sources that anything said of the place rests on."),
    ),
    Column(
        "source_addresses",
        _addresses,
        "list",
        title=N_("Addresses of the sources"),
        meaning=N_("The addresses of those of them that have one of the publisher's own."),
    ),
)
