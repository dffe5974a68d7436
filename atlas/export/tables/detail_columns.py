"""The tables about the places shown: figures, sectors, firms, claims and sources."""

from typing import Any

from atlas.claims.record import Claim
from atlas.export.exported_view import ExportedView
from atlas.export.tables.columns import Column
from atlas.model.languages import Words
from atlas.model.records import Enterprise, Figure, Source
from atlas.query.profile import SectorEvidence, leading_membership


def _place_name(view: ExportedView, row: Any) -> Words:
    return view.atlas.place[row.place].name


def _title_of_source(view: ExportedView, row: Any) -> str:
    return view.atlas.source[row.source].title


def _source_column(name: str) -> Column[Claim]:
    return Column("claims", name, lambda view, row: getattr(view.atlas.source[row.source], name))


def _sources(_: ExportedView, row: SectorEvidence) -> list[str]:
    return list(dict.fromkeys(evidence.source for evidence in row.rows))


def _place_names(view: ExportedView, claim: Claim) -> list[str]:
    return [place.name[view.language] for place in claim.places]


def _place_grades(view: ExportedView, claim: Claim) -> list[str]:
    """Return the grade of each place in the group it is shown for, `none` without a group."""
    groups = (*view.groups, *(group.id for group in view.atlas.groups))
    rows = (leading_membership(view.atlas, place, groups) for place in claim.places)
    return [row.grade if row else "none" for row in rows]


FIGURE_COLUMNS: tuple[Column[Figure], ...] = (
    Column("figures", "id"),
    Column("figures", "place"),
    Column("figures", "place_name", _place_name),
    Column("figures", "indicator"),
    Column("figures", "indicator_name", lambda view, row: view.atlas.indicator[row.indicator].name),
    Column("figures", "value", is_number=True),
    Column("figures", "unit"),
    Column("figures", "qualifier"),
    Column("figures", "year", is_number=True),
    Column("figures", "period"),
    Column("figures", "preferred", lambda _, row: "true" if row.preferred else "false"),
    Column("figures", "note"),
    Column("figures", "source"),
    Column("figures", "source_title", _title_of_source),
)

SECTOR_COLUMNS: tuple[Column[SectorEvidence], ...] = (
    Column("evidence", "place"),
    Column("evidence", "place_name", _place_name),
    Column("evidence", "sector", lambda _, row: row.sector.id),
    Column("evidence", "sector_name", lambda _, row: row.sector.name),
    Column("sectors", "parent", lambda _, row: row.sector.parent),
    Column("evidence", "confidence", vocabulary="confidence"),
    Column("evidence", "evidence", lambda _, row: len(row.rows), is_number=True),
    Column("evidence", "sources", _sources),
)

FIRM_COLUMNS: tuple[Column[Enterprise], ...] = (
    Column("enterprises", "id"),
    Column("enterprises", "name_en"),
    Column("enterprises", "name_zh"),
    Column("enterprises", "name_en_status"),
    Column("enterprises", "product"),
    Column("enterprises", "sector"),
    Column("enterprises", "sector_name", lambda view, row: view.atlas.sector[row.sector].name),
    Column("enterprises", "place"),
    Column("enterprises", "place_name", _place_name),
    Column("enterprises", "park"),
    Column("enterprises", "state", vocabulary="state"),
    Column("enterprises", "year", is_number=True),
    Column("enterprises", "note"),
    Column("enterprises", "phrase"),
    Column("enterprises", "source"),
    Column("enterprises", "source_title", _title_of_source),
    Column("enterprises", "also"),
)

CLAIM_COLUMNS: tuple[Column[Claim], ...] = (
    Column("claims", "id"),
    Column("claims", "kind", vocabulary="claim"),
    Column("claims", "places", lambda _, claim: [place.id for place in claim.places]),
    Column("claims", "place_names", _place_names),
    Column("claims", "place_grades", _place_grades),
    Column("claims", "sectors"),
    Column("claims", "subject"),
    Column("claims", "claim", lambda _, row: row.sentence),
    Column("claims", "value"),
    Column("claims", "note"),
    Column("claims", "confidence", vocabulary="confidence"),
    Column("claims", "grade", vocabulary="grade"),
    Column("claims", "state", vocabulary="state"),
    Column("claims", "year"),
    Column("claims", "phrase"),
    Column("claims", "source"),
    _source_column("publisher"),
    _source_column("title"),
    _source_column("date"),
    _source_column("date_note"),
    _source_column("address"),
    _source_column("reliability"),
    Column("claims", "further_sources", lambda _, row: row.also),
)

SOURCE_COLUMNS: tuple[Column[Source], ...] = tuple(
    Column("sources", name)
    for name in (
        *("id", "title", "publisher", "date", "date_note"),
        *("address", "language", "reliability", "supports"),
    )
)
