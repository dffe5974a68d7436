"""A view as an Excel workbook: places, evidence, sources, and what the file is."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from atlas.export.claim_columns import CLAIM_COLUMNS, claim_rows
from atlas.export.columns import BETWEEN, Cell, Column, Row, flat, meaning
from atlas.export.inert import is_formula
from atlas.export.place_columns import PLACE_COLUMNS
from atlas.export.place_rows import place_rows
from atlas.export.provenance import Provenance
from atlas.export.source_columns import SOURCE_COLUMNS, source_rows
from atlas.profile import sources
from atlas.records import Atlas, Language
from atlas.selection import Selection
from atlas.text import Text, text
from atlas.vocabulary import word

# Excel holds no longer cell (Excel specifications and limits), counted in UTF-16 units.
LONGEST_CELL = 32_767
_WIDTHS = (10, 60)


def workbook(atlas: Atlas, selection: Selection, origin: Provenance) -> bytes:
    """Return the workbook; the same view of the same data gives the same bytes.

    Columns are headed in words, and ids of kinds, sides, grades and the like are in words
    too: it is for readers. All text is written as text, never as a formula or a link.
    """
    content = BytesIO()
    book = Workbook(content, {"in_memory": True})
    made = datetime.combine(atlas.as_of, time())
    book.set_properties({"title": origin.title, "comments": origin.selected, "created": made})
    _fill(_Book(book, atlas, text(selection.lang)), selection, origin)
    book.close()
    return content.getvalue()


class _Book:
    """A workbook that is being written, with its formats."""

    def __init__(self, book: Workbook, atlas: Atlas, words: Text) -> None:
        self.book, self.atlas, self.words = book, atlas, words
        self.heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"valign": "top"})
        # What looks like a formula keeps its text: Excel's own mark says that it is one.
        self.quoted = book.add_format({"valign": "top", "quote_prefix": True})

    @property
    def language(self) -> Language:
        return self.words.language

    def table(self, name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> None:
        """Add a sheet with a table, its heading fixed and with filters."""
        sheet = self.book.add_worksheet(name)
        titles = [meaning(self.atlas, column).title[self.language] for column in columns]
        lines = [[self._cell(column, row) for column in columns] for row in rows]
        self._lines(sheet, [titles], self.heading)
        self._lines(sheet, lines, self.plain, first=1)
        for at, cells in enumerate(zip(titles, *lines, strict=True)):
            longest = max(len(str(cell)) for cell in cells if cell is not None)
            sheet.set_column(at, at, min(max(longest, _WIDTHS[0]), _WIDTHS[1]))
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, max(len(lines), 1), len(columns) - 1)

    def pairs(self, name: str, lines: Sequence[Sequence[Cell]]) -> None:
        """Add a sheet of labels with what they stand for."""
        sheet = self.book.add_worksheet(name)
        self._lines(sheet, lines, self.plain)
        sheet.set_column(0, 0, 28)
        sheet.set_column(1, 2, 60)

    def _cell(self, column: Column[Row], row: Row) -> str | int | float | None:
        value = column.read(row)
        if column.words and isinstance(value, str) and value:
            return word(self.words, column.words, value)
        return flat(value)

    def _lines(
        self, sheet: Worksheet, lines: Iterable[Sequence[Cell]], style: Any, first: int = 0
    ) -> None:
        for at, line in enumerate(lines, start=first):
            for column, value in enumerate(map(flat, line)):
                if isinstance(value, str) and value:
                    shown = _fitting(value)
                    safe = self.quoted if is_formula(shown) else style
                    sheet.write_string(at, column, shown, safe)
                elif value is not None and not isinstance(value, str):
                    sheet.write_number(at, column, value, style)


def _fitting(value: str) -> str:
    """Return a text as long as a cell may be; an ellipsis shows that it was cut."""
    units = value.encode("utf-16-le")
    if len(units) <= 2 * LONGEST_CELL:
        return value
    return units[: 2 * (LONGEST_CELL - 1)].decode("utf-16-le", "ignore") + "…"


def _fill(book: _Book, selection: Selection, origin: Provenance) -> None:
    atlas, _ = book.atlas, book.words.gettext
    places = place_rows(atlas, selection)
    # The open place is what a reader looks at; the sheets hold all that the view shows.
    claims = claim_rows(atlas, selection.but(place=None))
    used = [one.id for row in places for one in sources(atlas, row.known)]
    used += [source for row in claims for source in row.claim.cited]
    book.table(_("Places"), PLACE_COLUMNS, places)
    book.table(_("Evidence"), CLAIM_COLUMNS, claims)
    book.table(_("Sources"), SOURCE_COLUMNS, source_rows(atlas, used, selection.lang))
    book.pairs(_("About"), [*_origin(book.words, origin), ("",), *_meanings(book)])


def _origin(words: Text, origin: Provenance) -> Iterable[Sequence[Cell]]:
    _ = words.gettext
    yield _("Title"), origin.title
    yield _("What it holds"), origin.description
    yield _("Selection"), origin.selected
    yield _("Link"), origin.link
    yield _("Version of the data"), origin.version
    yield _("As of"), words.date(origin.as_of)
    yield _("Licence"), origin.licence
    yield _("Credit"), BETWEEN.join(origin.credits)


def _meanings(book: _Book) -> Iterable[Sequence[Cell]]:
    _ = book.words.gettext
    yield _("Sheet"), _("Column"), _("Meaning")
    yield from _described(book, _("Places"), PLACE_COLUMNS)
    yield from _described(book, _("Evidence"), CLAIM_COLUMNS)
    yield from _described(book, _("Sources"), SOURCE_COLUMNS)


def _described(book: _Book, sheet: str, columns: Iterable[Column[Row]]) -> Iterator[Sequence[Cell]]:
    for column in columns:
        said = meaning(book.atlas, column)
        yield sheet, said.title[book.language], said.text[book.language]
