"""A view of the atlas as files: tables, map features, a workbook, the whole data package.

Every file says what it holds and where it comes from: title, version and day of the data,
licences and credits, the view in words and its link, and the sources it rests on.
"""

import json
from collections.abc import Callable
from typing import Any, NamedTuple

from atlas.export.archive import package_zip
from atlas.export.exported_view import ExportedView, Table
from atlas.export.file_names import file_name
from atlas.export.json_files import places_document, places_features
from atlas.export.spreadsheets import table_csv, workbook
from atlas.export.tables.claim_columns import CLAIM_COLUMNS
from atlas.export.tables.detail_columns import FIGURE_COLUMNS, FIRM_COLUMNS
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
    """How a file is named, and how it is made of a view."""

    table: Table
    extension: str
    media_type: str
    make: Callable[[ExportedView], bytes]


# Between the cells of CSV, by how a link names it. Where the comma is that of decimals, programs
# for spreadsheets expect the semicolon.
SEPARATORS = {",": ",", ";": ";", "comma": ",", "semicolon": ";"}


def download(
    atlas: Atlas, selection: Selection, name: str, link: str, separator: str = ","
) -> Download:
    """Return an export of what a selection shows; `link` is the address of the page's view.

    Raises KeyError for a name that is none of `EXPORTS`.
    """
    export = EXPORTS[name]
    return Download(
        file_name(atlas, selection, export.table, export.extension),
        export.media_type,
        export.make(ExportedView(atlas, selection, export.table, link, separator)),
    )


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1).encode()


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

EXPORTS: dict[str, Export] = {
    "places.xlsx": Export("view", "xlsx", _XLSX, workbook),
    "places.csv": Export(
        "places", "csv", "text/csv", lambda view: table_csv(view, place_columns(), view.places())
    ),
    "places.geojson": Export(
        "places", "geojson", "application/geo+json", lambda view: _json(places_features(view))
    ),
    "places.json": Export(
        "places", "json", "application/json", lambda view: _json(places_document(view))
    ),
    "evidence.csv": Export(
        "evidence", "csv", "text/csv", lambda view: table_csv(view, CLAIM_COLUMNS, view.claims())
    ),
    "figures.csv": Export(
        "figures", "csv", "text/csv", lambda view: table_csv(view, FIGURE_COLUMNS, view.figures())
    ),
    "firms.csv": Export(
        "firms", "csv", "text/csv", lambda view: table_csv(view, FIRM_COLUMNS, view.firms())
    ),
    "package.zip": Export("package", "zip", "application/zip", package_zip),
}
