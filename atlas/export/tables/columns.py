"""The columns of the exported tables: what one means, and how a cell is read from a row."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from atlas.export.exported_view import SEPARATOR, ExportedView
from atlas.export.tables.data_dictionary import data_dictionary
from atlas.export.tables.words import SHARED, WORDS
from atlas.model.languages import LANGUAGES, Words
from atlas.model.records import Atlas
from atlas.model.text import text

Cell = str | int | float | Words | Sequence[str] | None
FlatCell = str | int | float | None
Row = TypeVar("Row")

# Fields of records that stand in every language; other texts in that of the view.
NAMES = ("name", "short")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of an exported table.

    Without `read` a cell is the attribute `name` of the row. `vocabulary` is the parameter whose
    ids are in it. Columns of numbers that have one unit name that.
    """

    table: str
    name: str
    read: Callable[[ExportedView, Row], Cell] | None = None
    _: KW_ONLY
    vocabulary: str = ""
    unit: str = ""
    is_number: bool = False

    def cell(self, view: ExportedView, row: Row) -> FlatCell:
        """Return the cell of a row as one value: several are joined, texts in one language."""
        value: Cell = self.read(view, row) if self.read else getattr(row, self.name)
        if isinstance(value, Words):
            return value[view.language]
        return SEPARATOR.join(value) if isinstance(value, tuple | list) else plain_number(value)


class Meaning(NamedTuple):
    """What a column is called and what it means, in every language."""

    title: Words
    description: Words


def meaning(atlas: Atlas, column: Column[Row]) -> Meaning:
    """Return title and meaning of a column; a package may lack words for a column of its own."""
    if added := WORDS.get(column.table, {}).get(column.name) or SHARED.get(column.name):
        return Meaning(*map(_translated, added))
    described = data_dictionary(atlas).column(column.table, column.name)
    if described:
        return Meaning(described.title, described.description)
    return Meaning(Words.untranslated(column.name), Words.untranslated(""))


def plain_number(value: Any) -> Any:
    """Return a whole number without decimals, and any other value as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _translated(message: str) -> Words:
    return Words(**{language: text(language).gettext(message) for language in LANGUAGES})


# A CSV file has no room for words of its own, so each row ends in where it comes from.
PROVENANCE_COLUMNS: tuple[Column[Any], ...] = (
    Column("origin", "data_version", lambda view, _: view.atlas.version),
    Column("origin", "as_of", lambda view, _: view.as_of),
    Column("origin", "licence", lambda view, _: view.licences),
    Column("origin", "credit", lambda view, _: view.credits),
    Column("origin", "selection", lambda view, _: view.sentence),
    Column("origin", "link", lambda view, _: view.link),
)
