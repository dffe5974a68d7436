"""The columns of the exported tables: what each means, and how its cells are read from rows."""

from collections.abc import Callable, Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from atlas.datapackage.defaults import in_every_language
from atlas.export.exported_view import SEPARATOR, ExportedView
from atlas.export.tables.data_dictionary import data_dictionary
from atlas.export.tables.words import SHARED, WORDS
from atlas.model.languages import Words
from atlas.model.records import Atlas

Cell = str | int | float | Words | Sequence[str] | None
FlatCell = str | int | float | None
Row = TypeVar("Row")

# Fields of records that are exported in every language; other texts are in that of the view.
NAMES = ("name", "short")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of an exported table.

    Without `read` a cell is the attribute `name` of the row. `vocabulary` is the parameter whose
    ids it holds, `unit` that of all its numbers.
    """

    table: str
    name: str
    read: Callable[[ExportedView, Row], Cell] | None = None
    _: KW_ONLY
    vocabulary: str = ""
    unit: str = ""
    is_number: bool = False

    def cell(self, view: ExportedView, row: Row) -> FlatCell:
        """Return the cell of a row: lists are joined, texts are in the language of the view."""
        value: Cell = self.read(view, row) if self.read else getattr(row, self.name)
        if isinstance(value, Words):
            return value[view.language]
        return SEPARATOR.join(value) if isinstance(value, tuple | list) else plain_number(value)


class Meaning(NamedTuple):
    """Title and description of a column, in every language."""

    title: Words
    description: Words


def meaning(atlas: Atlas, column: Column[Row]) -> Meaning:
    """Return title and description of a column; a package need not describe its columns."""
    if messages := WORDS.get(column.table, {}).get(column.name) or SHARED.get(column.name):
        return Meaning(*map(in_every_language, messages))
    if entry := data_dictionary(atlas).column(column.table, column.name):
        return Meaning(entry.title, entry.description)
    return Meaning(Words.untranslated(column.name), Words.untranslated(""))


def plain_number(value: Any) -> Any:
    """Return a whole number without decimals, and any other value as it is."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


# A CSV file has no place for metadata, so that each row ends in its origin.
PROVENANCE_COLUMNS: tuple[Column[Any], ...] = (
    Column("origin", "data_version", lambda view, _: view.atlas.version),
    Column("origin", "as_of", lambda view, _: view.as_of),
    Column("origin", "licence", lambda view, _: view.licences),
    Column("origin", "credit", lambda view, _: view.credits),
    Column("origin", "selection", lambda view, _: view.sentence),
    Column("origin", "link", lambda view, _: view.link),
)
