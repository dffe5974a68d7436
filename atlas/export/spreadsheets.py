"""Tables for spreadsheets, as CSV and as an Excel workbook; no text becomes a formula."""

import csv
import io
import re
import unicodedata
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from atlas.export.exported_view import ExportedView
from atlas.export.tables.columns import PROVENANCE_COLUMNS, Column, FlatCell, Row, meaning
from atlas.export.tables.detail_columns import (
    CLAIM_COLUMNS,
    FIGURE_COLUMNS,
    FIRM_COLUMNS,
    SECTOR_COLUMNS,
    SOURCE_COLUMNS,
)
from atlas.export.tables.place_columns import place_columns
from atlas.query.wording import value_name

# White space and invisible characters, which programs may skip.
_SKIPPED = r"\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# A program may also begin a cell after a line break, a tab, or a semicolon, the separator of
# spreadsheets in many countries, and a quotation mark.
_START = re.compile(rf"()(?=[{_SKIPPED}]*(\S))")
_INSIDE = re.compile(rf"([;\t\r\n][{_SKIPPED}\"]*)(?=(\S))")
_TRIGGERS = frozenset("=+-@")
_LEADING = ("\t", "\r", "\n")

# In UTF-16 units; Excel allows no more (Excel specifications and limits).
LONGEST_CELL = 32_767
# Characters that a column is wide, at least and at most.
_WIDTHS = (10, 60)


def table_csv(view: ExportedView, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> bytes:
    """Return rows as CSV (RFC 4180, UTF-8 with byte order mark), each with its origin at the end.

    The first line holds the names of the columns. If the separator is a semicolon, numbers have
    a decimal comma.
    """
    origin = [column.cell(view, None) for column in PROVENANCE_COLUMNS]
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=view.separator, lineterminator="\r\n")
    writer.writerow(column.name for column in (*columns, *PROVENANCE_COLUMNS))
    for row in rows:
        cells = (*(column.cell(view, row) for column in columns), *origin)
        writer.writerow(_csv_cell(cell, view.separator) for cell in cells)
    return BOM_UTF8 + text.getvalue().encode()


def _csv_cell(cell: FlatCell, separator: str) -> FlatCell:
    if isinstance(cell, str):
        return without_formulas(cell)
    return str(cell).replace(".", ",") if isinstance(cell, float) and separator == ";" else cell


def without_formulas(cell: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet would compute.

    OWASP's rule ("CSV Injection"): a cell that begins with `=`, `+`, `-`, `@`, a tab or a line
    break, after white space too and in every width, gets an apostrophe at its start. A part of
    it after a semicolon, tab or line break gets one right before the sign.
    """
    inside = _INSIDE.sub(_quoted, cell)
    if cell.startswith(_LEADING):
        return f"'{inside}"
    start = _START.match(inside)
    return _quoted(start) + inside if start else inside


def is_formula(cell: str) -> bool:
    """Return whether a spreadsheet could take a text for a formula."""
    return without_formulas(cell) != cell


def _quoted(match: re.Match[str]) -> str:
    before, sign = match.groups()
    # Compatibility forms, such as full-width ones, count as the plain sign.
    return f"{before}'" if unicodedata.normalize("NFKC", sign)[:1] in _TRIGGERS else before


def workbook(view: ExportedView) -> bytes:
    """Return an Excel workbook; the same view of the same data gives the same bytes.

    Its sheets hold places, their figures, sectors and firms, evidence, sources, and what the file
    is. It is for readers: headings are in words, and so are the ids of kinds, sides, grades and
    the like. All text is written as text, never as a formula or a link.
    """
    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    created = datetime.combine(view.atlas.as_of, time())
    book.set_properties({"title": view.title, "comments": view.sentence, "created": created})
    _fill(_Sheets(book, view), view)
    book.close()
    return content.getvalue()


class _Sheets:
    """The sheets of a workbook that is being written, and the formats of their cells."""

    def __init__(self, book: Workbook, view: ExportedView) -> None:
        self.book, self.view = book, view
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        # Excel's own mark for text that looks like a formula.
        self.quoted = book.add_format({"valign": "top", "quote_prefix": True})
        # Sheet, title and description of each column, for the last sheet.
        self.meanings: list[tuple[str, str, str]] = []

    def add_table(self, name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> None:
        """Add a sheet with a table, with a frozen heading and filters."""
        sheet, language = self.book.add_worksheet(name), self.view.language
        meanings = [meaning(self.view.atlas, column) for column in columns]
        self.meanings += [
            (name, column.title[language], column.description[language]) for column in meanings
        ]
        titles = [column.title[language] for column in meanings]
        lines = [[self._in_words(column, row) for column in columns] for row in rows]
        self._write(sheet, [titles], self.heading)
        self._write(sheet, lines, self.plain, first_row=1)
        for index, cells in enumerate(zip(titles, *lines, strict=True)):
            longest = max(len(str(cell)) for cell in cells if cell is not None)
            sheet.set_column(index, index, min(max(longest, _WIDTHS[0]), _WIDTHS[1]))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)

    def add_lines(self, name: str, lines: Iterable[Sequence[str]]) -> None:
        """Add a sheet of lines, each a label with its value."""
        sheet = self.book.add_worksheet(name)
        self._write(sheet, lines, self.plain)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 2, 60)

    def _in_words(self, column: Column[Row], row: Row) -> FlatCell:
        value = column.cell(self.view, row)
        if column.vocabulary and isinstance(value, str) and value:
            return value_name(self.view.atlas, self.view.text, column.vocabulary, value)
        return value

    def _write(
        self, sheet: Worksheet, lines: Iterable[Sequence[FlatCell]], style: Any, first_row: int = 0
    ) -> None:
        for row, line in enumerate(lines, start=first_row):
            for column, value in enumerate(line):
                if isinstance(value, str) and value:
                    text = _clipped(value)
                    text_style = self.quoted if is_formula(text) else style
                    sheet.write_string(row, column, text, text_style)
                elif value is not None and not isinstance(value, str):
                    sheet.write_number(row, column, value, style)


def _clipped(value: str) -> str:
    """Return a text no longer than a cell may be, with an ellipsis if it was cut."""
    units = value.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return value
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _fill(sheets: _Sheets, view: ExportedView) -> None:
    _ = view.text.gettext
    places = view.places()
    # The sheets hold the claims of all places of the view, not of the open place alone.
    claims = replace(view, selection=view.selection.but(place=None)).claims()
    sheets.add_table(_("Places"), place_columns(), places)
    sheets.add_table(_("Figures"), FIGURE_COLUMNS, view.figures())
    sectors = [sector for place in places for sector in place.sectors]
    sheets.add_table(_("Sectors by place"), SECTOR_COLUMNS, sectors)
    sheets.add_table(_("Firms"), FIRM_COLUMNS, view.firms())
    sheets.add_table(_("Evidence"), CLAIM_COLUMNS, claims)
    sheets.add_table(_("Sources"), SOURCE_COLUMNS, view.sources(places, claims))
    headings = (_("Sheet"), _("Column"), _("Meaning"))
    sheets.add_lines(_("About"), [*_provenance(view), ("",), headings, *sheets.meanings])


def _provenance(view: ExportedView) -> Iterator[tuple[str, str]]:
    _ = view.text.gettext
    yield _("Title"), view.title
    yield _("What it holds"), view.dictionary.description[view.language]
    yield _("Selection"), view.sentence
    yield _("Link"), view.link
    yield _("Version of the data"), view.atlas.version
    yield _("As of"), view.text.date(view.as_of) if view.as_of else _("not stated")
    yield _("Licence"), view.licences
    yield _("Credit"), view.credits
