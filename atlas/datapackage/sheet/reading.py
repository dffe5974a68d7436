"""Read a table of any usual kind as texts: CSV, Excel, OpenDocument, GeoJSON points.

frictionless guesses encodings, calamine reads workbooks. Cells stay texts here: `headings` decides
column by column what they mean.
"""

import codecs
import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import shapely
from frictionless import Detector
from python_calamine import CalamineError, load_workbook

from atlas.datapackage.files import MAX_CELL, MAX_COLUMNS
from atlas.datapackage.problems import fault
from atlas.model.characters import visible

WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")
FEATURES = (".geojson", ".json")
MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
KINDS = "CSV, TSV, XLSX, ODS or GeoJSON"
SEPARATORS = ",;\t|"
# The column with the points of a GeoJSON file, as WKT.
GEOMETRY = "geometry"


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table of texts.

    `numbers` are the rows as a spreadsheet counts them (the header is 1), `form` is what the file
    was read as.
    """

    file: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: tuple[int, ...]
    form: str

    def column(self, name: str) -> list[str]:
        """Return the cells of a column, from top to bottom."""
        index = self.columns.index(name)
        return [row[index] for row in self.rows]


def read_sheet(path: Path, content: bytes, name: str | None = None) -> Sheet:
    """Return the table in a file: of a workbook the sheet of this name, else the first one."""
    suffix = path.suffix.lower()
    if suffix in WORKBOOKS:
        cells, form = _workbook(path.name, content, name)
    elif suffix in FEATURES:
        cells, form = _features(path.name, content)
    else:
        cells, form = _text(path.name, content)
    return _sheet(path.name, cells, form)


def _sheet(file: str, cells: list[list[str]], form: str) -> Sheet:
    rows = {
        number: [visible(cell) for cell in row]
        for number, row in enumerate(cells, start=1)
        if any(cell.strip() for cell in row)
    }
    if len(rows) < 2:
        raise fault(file, f"No rows were found in this {form}: it needs a header and a row below.")
    header = rows.pop(next(iter(rows)))
    columns = tuple(_column_names(header))
    if len(columns) > MAX_COLUMNS:
        raise fault(file, f"More than {MAX_COLUMNS} columns: remove those that are not needed.")
    padded = ((*row, *[""] * len(columns))[: len(columns)] for row in rows.values())
    clipped = (tuple(cell[:MAX_CELL] for cell in row) for row in padded)
    return Sheet(file, columns, tuple(clipped), tuple(rows), form)


def _column_names(header: list[str]) -> Iterator[str]:
    """Yield a name for each column; an empty or repeated one gets the number of the column."""
    names: set[str] = set()
    while header and not header[-1]:
        header = header[:-1]
    for number, cell in enumerate(header, start=1):
        name = cell or f"column {number}"
        name = f"{name} ({number})" if name in names else name
        names.add(name)
        yield name


def _workbook(file: str, content: bytes, name: str | None) -> tuple[list[list[str]], str]:
    try:
        with load_workbook(BytesIO(content)) as book:
            names = book.sheet_names
            name = name or names[0]
            if name not in names:
                rule = f"It has no such sheet, but {', '.join(names)}: name one of these."
                raise fault(file, rule, value=name)
            rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except (CalamineError, ValueError, OSError) as error:
        raise fault(file, f"It cannot be read as a workbook ({error}): save it anew.") from error
    others = ", ".join(sheet for sheet in names if sheet != name)
    form = f'sheet "{name}"' + (f" (others: {others})" if others else "")
    return [[_cell(cell) for cell in row] for row in rows], form


def _cell(value: Any) -> str:
    """Return a cell as text; a whole number is a float in workbooks and loses its ".0" here."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:.15g}"
    return str(value)


def _text(file: str, content: bytes) -> tuple[list[list[str]], str]:
    text, encoding = _decoded(file, content)
    header = next((line for line in text.splitlines() if line.strip()), "")
    # The header tells, since its names hold no separators while cells may hold commas.
    separator = max(SEPARATORS, key=header.count)
    try:
        rows = list(csv.reader(StringIO(text, newline=""), delimiter=separator))
    except csv.Error as error:
        raise fault(file, f"Not CSV ({error}): close every quotation mark.") from error
    separators = "tabs" if separator == "\t" else f'"{separator}"'
    return rows, f"CSV in {encoding}, separated by {separators}"


def _decoded(file: str, content: bytes) -> tuple[str, str]:
    for encoding in _encodings(content):
        try:
            return content.decode(encoding), encoding.removesuffix("-sig").upper()
        except (LookupError, UnicodeDecodeError):
            continue
    raise fault(file, f"Its encoding is not known: save it as CSV UTF-8, or as {KINDS}.")


def _encodings(content: bytes) -> Iterator[str]:
    """Yield encodings to try: of the byte order mark, UTF-16 without one, UTF-8, and guesses."""
    yield from (encoding for mark, encoding in MARKS.items() if content.startswith(mark))
    if b"\0" in content[:200]:
        yield "utf-16-be" if content[:1] == b"\0" else "utf-16-le"
        return
    yield "utf-8"
    guess = Detector().detect_encoding(content[:100_000])
    # GB 18030 includes its predecessors.
    yield "gb18030" if guess.lower().replace("-", "").startswith("gb") else guess
    yield "gb18030"
    yield "cp1252"


def _features(file: str, content: bytes) -> tuple[list[list[str]], str]:
    try:
        features = json.loads(content.decode("utf-8-sig"))["features"]
        records = [_properties(feature) for feature in features]
    except (KeyError, TypeError, ValueError, AttributeError, shapely.GEOSException) as error:
        rule = "It is no GeoJSON collection of features: export it again, or save it as CSV."
        raise fault(file, rule) from error
    names = list(dict.fromkeys(name for record in records for name in record))
    rows = [[record.get(name, "") for name in names] for record in records]
    return [names, *rows], "GeoJSON"


def _properties(feature: dict[str, Any]) -> dict[str, str]:
    """Return the properties of a feature as texts, and its point as WKT (else its type)."""
    texts = {str(name): _json_text(value) for name, value in (feature["properties"] or {}).items()}
    if feature.get("geometry") is None:
        return texts
    shape = shapely.from_geojson(json.dumps(feature["geometry"]))
    return texts | {GEOMETRY: shape.wkt if shape.geom_type == "Point" else shape.geom_type}


def _json_text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(map(_json_text, value))
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False)
    return "" if value is None else _cell(value)
