"""The tables of what there is at the places shown: figures as numbers, sectors, and firms."""

from typing import Protocol

from atlas.export.exported_view import ExportedView
from atlas.export.tables.columns import Column
from atlas.model.languages import Words
from atlas.model.records import Enterprise, Figure
from atlas.model.text import N_
from atlas.query.profile import SectorEvidence


class _AtPlace(Protocol):
    @property
    def place(self) -> str: ...


class _Cited(Protocol):
    @property
    def source(self) -> str: ...


_PLACE_NAME = (N_("Name of the place"), N_("The place by name."))
_SECTOR_NAME = (N_("Name of the sector"), N_("The sector by name."))
_SOURCE_TITLE = (N_("Title of the source"), N_("Title of the source, in its own language."))


def _place_name(view: ExportedView, row: _AtPlace) -> Words:
    return view.atlas.place[row.place].name


def _source_title(view: ExportedView, row: _Cited) -> str:
    return view.atlas.source[row.source].title


FIGURE_COLUMNS: tuple[Column[Figure], ...] = (
    Column("id", table="figures"),
    Column("place", table="figures"),
    Column("place_name", *_PLACE_NAME, _place_name),
    Column("indicator", table="figures"),
    Column(
        "indicator_name",
        N_("Name of the indicator"),
        N_("What the figure measures, in words."),
        lambda view, row: view.atlas.indicator[row.indicator].name,
    ),
    Column("value", table="figures", is_number=True),
    Column("unit", table="figures"),
    Column("qualifier", table="figures"),
    Column("year", table="figures", is_number=True),
    Column("period", table="figures"),
    Column("preferred", table="figures", read=lambda _, row: "true" if row.preferred else "false"),
    Column("note", N_("Note"), N_("What else there is to say of the figure.")),
    Column("source", table="figures"),
    Column("source_title", *_SOURCE_TITLE, _source_title),
)

SECTOR_COLUMNS: tuple[Column[SectorEvidence], ...] = (
    Column("place", table="evidence", read=lambda _, row: row.place),
    Column("place_name", *_PLACE_NAME, _place_name),
    Column("sector", table="evidence", read=lambda _, row: row.sector.id),
    Column("sector_name", *_SECTOR_NAME, lambda _, row: row.sector.name),
    Column("parent", table="sectors", read=lambda _, row: row.sector.parent),
    Column(
        "confidence",
        N_("Confidence"),
        N_("The best confidence of the evidence for the sector at the place."),
        vocabulary="confidence",
    ),
    Column(
        "evidence",
        N_("Pieces of evidence"),
        N_("How many rows of evidence say so."),
        lambda _, row: len(row.rows),
        is_number=True,
    ),
    Column(
        "sources",
        N_("Sources"),
        N_("Ids of the sources that say so."),
        lambda _, row: tuple(dict.fromkeys(one.source for one in row.rows)),
    ),
)

FIRM_COLUMNS: tuple[Column[Enterprise], ...] = (
    Column("id", table="enterprises"),
    Column("name_en", table="enterprises"),
    Column("name_zh", table="enterprises"),
    Column("name_en_status", table="enterprises"),
    Column("product", N_("Product"), N_("What the firm makes there.")),
    Column("sector", table="enterprises"),
    Column("sector_name", *_SECTOR_NAME, lambda view, row: view.atlas.sector[row.sector].name),
    Column("place", table="enterprises"),
    Column("place_name", *_PLACE_NAME, _place_name),
    Column("park", table="enterprises"),
    Column("state", table="enterprises", vocabulary="state"),
    Column("year", table="enterprises", is_number=True),
    Column("note", N_("Note"), N_("What else there is to say of the firm.")),
    Column("phrase", table="enterprises"),
    Column("source", table="enterprises"),
    Column("source_title", *_SOURCE_TITLE, _source_title),
    Column("also", table="enterprises"),
)
