"""A view of the atlas as files: tables, map features, a workbook, the whole data package.

Every file states what it holds and where it comes from: title, version and day of the data,
licences and credits, the view in words and its link, and its sources.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from atlas.export.archive import package_zip
from atlas.export.exported_view import ExportedView, Table
from atlas.export.file_names import file_name
from atlas.export.json_files import places_document, places_features
from atlas.export.spreadsheets import table_csv, workbook
from atlas.export.tables.columns import Column, Row
from atlas.export.tables.detail_columns import CLAIM_COLUMNS, FIGURE_COLUMNS, FIRM_COLUMNS
from atlas.export.tables.place_columns import place_columns
from atlas.model.records import Atlas
from atlas.model.selection import Selection

__all__ = ["EXPORTS", "SEPARATORS", "Download", "download"]


class Download(NamedTuple):
    """A file to save. The name is ASCII, without quotes or separators of paths."""

    file_name: str
    media_type: str
    content: bytes


class Export(NamedTuple):
    """A kind of file: the table it holds, its media type, and how it is made of a view."""

    table: Table
    media_type: str
    make: Callable[[ExportedView], bytes]


# The separators of CSV, by their names in links. Spreadsheet programs expect the semicolon where
# the comma is the decimal sign.
SEPARATORS = {",": ",", ";": ";", "comma": ",", "semicolon": ";"}


def download(
    atlas: Atlas, selection: Selection, name: str, link: str, separator: str = ","
) -> Download:
    """Return an export of the places of a selection; `link` is the address of its page.

    Raises KeyError for a name that is not in `EXPORTS`.
    """
    export = EXPORTS[name]
    return Download(
        file_name(atlas, selection, export.table, name.rpartition(".")[2]),
        export.media_type,
        export.make(ExportedView(atlas, selection, export.table, link, separator)),
    )


def _csv(
    table: Table,
    columns: Callable[[], Sequence[Column[Row]]],
    rows: Callable[[ExportedView], Iterable[Row]],
) -> Export:
    return Export(table, "text/csv", lambda view: table_csv(view, columns(), rows(view)))


def _json(media_type: str, document: Callable[[ExportedView], dict[str, Any]]) -> Export:
    def make(view: ExportedView) -> bytes:
        return json.dumps(document(view), ensure_ascii=False, allow_nan=False, indent=1).encode()

    return Export("places", media_type, make)


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

EXPORTS: dict[str, Export] = {
    "places.xlsx": Export("view", _XLSX, workbook),
    "places.csv": _csv("places", place_columns, ExportedView.places),
    "places.geojson": _json("application/geo+json", places_features),
    "places.json": _json("application/json", places_document),
    "evidence.csv": _csv("evidence", lambda: CLAIM_COLUMNS, ExportedView.claims),
    "figures.csv": _csv("figures", lambda: FIGURE_COLUMNS, ExportedView.figures),
    "firms.csv": _csv("firms", lambda: FIRM_COLUMNS, ExportedView.firms),
    "package.zip": Export("package", "application/zip", package_zip),
}
