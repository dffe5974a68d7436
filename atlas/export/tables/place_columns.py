"""The table of places: a row for each place shown, with everything known about it."""

from atlas.export.exported_view import SEPARATOR, ExportedView
from atlas.export.tables.columns import NAMES, Cell, Column
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Event
from atlas.model.text import N_
from atlas.model.vocabulary import word
from atlas.query.profile import Profile, leading_membership, sources
from atlas.query.wording import grade_note, labelled


def grade(view: ExportedView, row: Profile) -> str:
    """Return how sure the group is that the place is shown for, as an id."""
    membership = leading_membership(view.atlas, row.place, view.groups)
    return membership.grade if membership else ""


def grade_in_words(view: ExportedView, row: Profile) -> str:
    """Return the group the place is shown for, and how sure that is."""
    return grade_note(view.atlas, view.text, row.place, view.groups)


def end(view: ExportedView, row: Profile) -> Event | None:
    """Return the event with which the place ceased to exist."""
    return next((event for event in view.atlas.events if event.id == row.place.end_event), None)


def _of_place(name: str, vocabulary: str = "", unit: str = "") -> Column[Profile]:
    def read(_: ExportedView, row: Profile) -> Cell:
        value: Cell = getattr(row.place, name)
        return value

    return Column(name, read=read, table="places", vocabulary=vocabulary, unit=unit)


def _name(field: str, language: Language) -> Column[Profile]:
    def read(_: ExportedView, row: Profile) -> str:
        name: str = getattr(row.place, field)[language]
        return name

    return Column(f"{field}_{language}", read=read, table="places")


def _by_group(view: ExportedView, row: Profile, field: str) -> str:
    return SEPARATOR.join(
        labelled(view.text, view.atlas.group[membership.group].name[view.language], reason)
        for membership in row.memberships
        if (reason := getattr(membership, field)[view.language])
    )


def _list_numbers(_: ExportedView, row: Profile) -> tuple[str, ...]:
    numbered = (membership for membership in row.memberships if membership.list_number is not None)
    return tuple(f"{membership.group} {membership.list_number}" for membership in numbered)


def _evidence(view: ExportedView, row: Profile) -> str:
    return SEPARATOR.join(
        view.text.gettext(
            "%(sector)s (%(confidence)s): %(claim)s [%(source)s]",
            sector=sector.sector.name[view.language],
            confidence=word(view.text, "confidence", evidence.confidence).lower(),
            claim=evidence.claim[view.language],
            source=evidence.source,
        )
        for sector in row.sectors
        for evidence in sector.rows
    )


def _addresses(view: ExportedView, row: Profile) -> tuple[str, ...]:
    return tuple(source.address for source in sources(view.atlas, row) if source.address)


def place_columns() -> tuple[Column[Profile], ...]:
    """Return the columns of the table of places, with the names in every language."""
    names = (_name(field, language) for field in NAMES for language in LANGUAGES)
    return (_of_place("id"), *names, *_COLUMNS)


_COLUMNS: tuple[Column[Profile], ...] = (
    _of_place("name_id_status"),
    _of_place("pinyin"),
    _of_place("kind", vocabulary="kind"),
    _of_place("regions"),
    Column(
        "grade",
        N_("Status"),
        N_(
            "How sure it is that the place belongs to the group it is shown for, as the id of a "
            "status."
        ),
        grade,
        vocabulary="grade",
    ),
    Column(
        "grade_note",
        N_("Status in words"),
        N_("The group the place is shown for, and how sure that is."),
        grade_in_words,
    ),
    Column(
        "groups",
        N_("Groups"),
        N_("Ids of the groups the place belongs to."),
        lambda _, row: tuple(membership.group for membership in row.memberships),
    ),
    Column(
        "group_grades",
        N_("Status in each group"),
        N_("How sure each of these memberships is, in the order of the groups."),
        lambda _, row: tuple(membership.grade for membership in row.memberships),
    ),
    Column(
        "list_numbers",
        N_("Numbers on lists"),
        N_("Id of a group, and the number of the place on the list that defines it."),
        _list_numbers,
    ),
    Column(
        "support",
        N_("What speaks for it"),
        N_("What speaks for each membership."),
        lambda view, row: _by_group(view, row, "support"),
    ),
    Column(
        "counter",
        N_("What speaks against it"),
        N_("What speaks against a membership."),
        lambda view, row: _by_group(view, row, "counter"),
    ),
    Column(
        "sectors",
        N_("Sectors"),
        N_("Ids of the sectors the place works in, by evidence."),
        lambda _, row: tuple(sector.sector.id for sector in row.sectors),
    ),
    Column(
        "sector_confidences",
        N_("Confidence of the sectors"),
        N_("The best confidence of the evidence for each sector, in their order."),
        lambda _, row: tuple(sector.confidence for sector in row.sectors),
    ),
    Column(
        "sector_names",
        N_("Names of the sectors"),
        N_("The sectors by name, in their order."),
        lambda view, row: tuple(sector.sector.name[view.language] for sector in row.sectors),
    ),
    Column(
        "evidence",
        N_("Evidence"),
        N_("Each piece of evidence: sector, confidence, claim and id of the source."),
        _evidence,
    ),
    _of_place("position"),
    _of_place("latitude", unit="degrees"),
    _of_place("longitude", unit="degrees"),
    _of_place("precision_km", unit="km"),
    Column(
        "position_note",
        N_("Note on the position"),
        N_("How the position was obtained."),
        lambda _, row: row.place.position_note,
    ),
    _of_place("position_source"),
    _of_place("adcode"),
    _of_place("parent"),
    _of_place("containment"),
    Column(
        "about",
        N_("What it is"),
        N_("What the place is, in a few sentences."),
        lambda _, row: row.place.about,
    ),
    _of_place("end_event"),
    Column(
        "end_date",
        N_("Date of the end"),
        N_("When the place ceased to exist (ISO 8601); empty while it exists."),
        lambda view, row: event.date if (event := end(view, row)) else None,
    ),
    Column(
        "end_note",
        N_("What became of it"),
        N_("The event with which the place ceased to exist."),
        lambda view, row: event.text if (event := end(view, row)) else None,
    ),
    Column(
        "sources",
        N_("Sources"),
        N_("Ids of all sources that anything said of the place rests on."),
        lambda view, row: tuple(source.id for source in sources(view.atlas, row)),
    ),
    Column(
        "source_addresses",
        N_("Addresses of the sources"),
        N_("The addresses of those of them that have one of the publisher's own."),
        _addresses,
    ),
)
