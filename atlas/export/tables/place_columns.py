"""The table of places: a row for each place shown, with all that the package says about it."""

from typing import Any

from atlas.export.exported_view import SEPARATOR, ExportedView
from atlas.export.tables.columns import NAMES, Cell, Column
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Event
from atlas.query.profile import Profile, leading_membership, sources
from atlas.query.vocabulary import word
from atlas.query.wording import grade_note, labelled


def grade(view: ExportedView, row: Profile) -> str:
    """Return the id of the place's grade in the group it is shown for, "" without a group."""
    membership = leading_membership(view.atlas, row.place, view.groups)
    return membership.grade if membership else ""


def grade_in_words(view: ExportedView, row: Profile) -> str:
    """Return the group the place is shown for, and how sure its membership is."""
    return grade_note(view.atlas, view.text, row.place, view.groups)


def end(view: ExportedView, row: Profile) -> Event | None:
    """Return the event with which the place ceased to exist."""
    return next((event for event in view.atlas.events if event.id == row.place.end_event), None)


def _of_place(name: str, **options: Any) -> Column[Profile]:
    return Column("places", name, lambda _, row: getattr(row.place, name), **options)


def _name(field: str, language: Language) -> Column[Profile]:
    name = f"{field}_{language}"
    return Column("places", name, lambda _, row: getattr(row.place, field)[language])


def _by_group(view: ExportedView, row: Profile, field: str) -> str:
    return SEPARATOR.join(
        labelled(view.text, view.atlas.group[membership.group].name[view.language], reason)
        for membership in row.memberships
        if (reason := getattr(membership, field)[view.language])
    )


def _list_numbers(_: ExportedView, place: Profile) -> list[str]:
    rows = (row for row in place.memberships if row.list_number is not None)
    return [f"{row.group} {row.list_number}" for row in rows]


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


def _sector_names(view: ExportedView, place: Profile) -> list[str]:
    return [row.sector.name[view.language] for row in place.sectors]


def _confidences(_: ExportedView, place: Profile) -> list[str]:
    return [row.confidence for row in place.sectors]


def _sources(view: ExportedView, row: Profile) -> list[str]:
    return [source.id for source in sources(view.atlas, row)]


def _addresses(view: ExportedView, row: Profile) -> list[str]:
    return [source.address for source in sources(view.atlas, row) if source.address]


def _of_end(view: ExportedView, row: Profile, field: str) -> Cell:
    event = end(view, row)
    value: Cell = getattr(event, field) if event else None
    return value


def place_columns() -> tuple[Column[Profile], ...]:
    """Return the columns of the table of places; names have one in each language."""
    names = (_name(field, language) for field in NAMES for language in LANGUAGES)
    return (_of_place("id"), *names, *_COLUMNS)


_COLUMNS: tuple[Column[Profile], ...] = (
    _of_place("name_id_status"),
    _of_place("pinyin"),
    _of_place("kind", vocabulary="kind"),
    _of_place("regions"),
    Column("places", "grade", grade, vocabulary="grade"),
    Column("places", "grade_note", grade_in_words),
    Column("places", "groups", lambda _, place: [row.group for row in place.memberships]),
    Column("places", "group_grades", lambda _, place: [row.grade for row in place.memberships]),
    Column("places", "list_numbers", _list_numbers),
    Column("places", "support", lambda view, row: _by_group(view, row, "support")),
    Column("places", "counter", lambda view, row: _by_group(view, row, "counter")),
    Column("places", "sectors", lambda _, place: [row.sector.id for row in place.sectors]),
    Column("places", "sector_confidences", _confidences),
    Column("places", "sector_names", _sector_names),
    Column("places", "evidence", _evidence),
    _of_place("position"),
    _of_place("latitude", unit="degrees"),
    _of_place("longitude", unit="degrees"),
    _of_place("precision_km", unit="km"),
    _of_place("position_note"),
    _of_place("position_source"),
    _of_place("adcode"),
    _of_place("parent"),
    _of_place("containment"),
    _of_place("about"),
    _of_place("end_event"),
    Column("places", "end_date", lambda view, row: _of_end(view, row, "date")),
    Column("places", "end_note", lambda view, row: _of_end(view, row, "text")),
    Column("places", "sources", _sources),
    Column("places", "source_addresses", _addresses),
)
