"""A view of the atlas as files: tables, map features, a workbook, the whole data package.

Every file says what it holds and where it comes from: title, version and day of the data,
licences and credits, the view in words and its link, and the sources it rests on.
"""

import json
from collections.abc import Callable, Container, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from atlas.export.claim_columns import CLAIM_COLUMNS, claim_rows
from atlas.export.columns import Column, Row
from atlas.export.csvfile import table_csv
from atlas.export.csvw import metadata
from atlas.export.features import collection
from atlas.export.naming import file_name
from atlas.export.nested import document
from atlas.export.package import package_zip
from atlas.export.place_columns import PLACE_COLUMNS
from atlas.export.place_rows import place_rows
from atlas.export.provenance import provenance
from atlas.export.workbook import workbook
from atlas.list_limits import is_crowded
from atlas.profile import sources
from atlas.records import Atlas
from atlas.selection import Selection

__all__ = ["EXPORTS", "Download", "download"]


class Download(NamedTuple):
    """A file to save. The name is ASCII, without quotes or separators of paths."""

    file_name: str
    media_type: str
    content: bytes


class Export(NamedTuple):
    """How a file is named, and how it is made of atlas, selection and link of the view."""

    table: str
    extension: str
    media_type: str
    make: Callable[[Atlas, Selection, str], bytes]


def download(atlas: Atlas, selection: Selection, name: str, link: str) -> Download:
    """Return an export of what a selection shows; `link` is the address of the page's view.

    Raises KeyError for a name that is none of `EXPORTS`.
    """
    export = EXPORTS[name]
    is_heavy = name == "package.zip" or is_crowded(atlas, selection)
    cached = _heavy if is_heavy else _content
    return Download(
        file_name(atlas, selection, export.table, export.extension),
        export.media_type,
        cached(atlas, selection, name, link),
    )


# A file is as large as the text it holds, some 10 to 500 kB of a view that is placed one by
# one, so all of these are at most some 15 MB. Shared links are asked for again and again.
@lru_cache(maxsize=32)
def _content(atlas: Atlas, selection: Selection, name: str, link: str) -> bytes:
    return EXPORTS[name].make(atlas, selection, link)


# The package is as large as the host's map files let it be, and a view of many places as large
# as they make it, 0.8 kB each: only few are kept.
@lru_cache(maxsize=2)
def _heavy(atlas: Atlas, selection: Selection, name: str, link: str) -> bytes:
    return EXPORTS[name].make(atlas, selection, link)


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, allow_nan=False, indent=1).encode()


def _places_csv(atlas: Atlas, selection: Selection, link: str) -> bytes:
    origin = provenance(atlas, selection, link, "places")
    return table_csv(PLACE_COLUMNS, place_rows(atlas, selection), origin)


def _evidence_csv(atlas: Atlas, selection: Selection, link: str) -> bytes:
    origin = provenance(atlas, selection, link, "evidence")
    return table_csv(CLAIM_COLUMNS, claim_rows(atlas, selection), origin)


def _places_metadata(atlas: Atlas, selection: Selection, link: str) -> bytes:
    rows = place_rows(atlas, selection)
    used = {one.id for row in rows for one in sources(atlas, row.known)}
    return _metadata(atlas, selection, link, "places", PLACE_COLUMNS, used)


def _evidence_metadata(atlas: Atlas, selection: Selection, link: str) -> bytes:
    used = {source for row in claim_rows(atlas, selection) for source in row.claim.cited}
    return _metadata(atlas, selection, link, "evidence", CLAIM_COLUMNS, used)


def _metadata(
    atlas: Atlas,
    selection: Selection,
    link: str,
    table: str,
    columns: Sequence[Column[Row]],
    used: Container[str],
) -> bytes:
    file = file_name(atlas, selection, table, "csv")
    named = [one for one in atlas.sources if one.id in used]
    origin = provenance(atlas, selection, link, table)
    return _json(metadata(atlas, file, columns, origin, named))


def _places_json(atlas: Atlas, selection: Selection, link: str) -> bytes:
    return _json(document(atlas, selection, provenance(atlas, selection, link, "places")))


def _places_geojson(atlas: Atlas, selection: Selection, link: str) -> bytes:
    return _json(collection(atlas, selection, provenance(atlas, selection, link, "places")))


def _places_xlsx(atlas: Atlas, selection: Selection, link: str) -> bytes:
    return workbook(atlas, selection, provenance(atlas, selection, link, "places"))


def _package_zip(atlas: Atlas, selection: Selection, link: str) -> bytes:
    return package_zip(atlas, selection.lang, provenance(atlas, selection, link, "places"))


_CSVW = "application/csvm+json"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

EXPORTS: dict[str, Export] = {
    "places.csv": Export("places", "csv", "text/csv", _places_csv),
    "places.csv-metadata.json": Export("places", "csv-metadata.json", _CSVW, _places_metadata),
    "places.geojson": Export("places", "geojson", "application/geo+json", _places_geojson),
    "places.json": Export("places", "json", "application/json", _places_json),
    "places.xlsx": Export("view", "xlsx", _XLSX, _places_xlsx),
    "evidence.csv": Export("evidence", "csv", "text/csv", _evidence_csv),
    "evidence.csv-metadata.json": Export(
        "evidence", "csv-metadata.json", _CSVW, _evidence_metadata
    ),
    "package.zip": Export("package", "zip", "application/zip", _package_zip),
}
