"""The columns of the exported tables: name, meaning, and how a cell is read from a row."""

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass
from typing import Any, Generic, NamedTuple, TypeVar

from atlas.export.exported_view import SEPARATOR, ExportedView
from atlas.export.tables.data_dictionary import data_dictionary
from atlas.model.languages import LANGUAGES, Words
from atlas.model.records import Atlas
from atlas.model.text import N_, text

Cell = str | int | float | Words | tuple[str, ...] | None
FlatCell = str | int | float | None
Row = TypeVar("Row")

# Fields of records that stand in every language; other texts in that of the view.
NAMES = ("name", "short")


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of an exported table.

    `title` and `meaning` are messages; without them the data dictionary's words for the
    column `name` of `table` are taken. Without `read` a cell is the attribute `name` of the
    row. `vocabulary` is the parameter whose ids are in it. Columns
    of numbers that have one unit name that.
    """

    name: str
    title: str = ""
    meaning: str = ""
    read: Callable[[ExportedView, Row], Cell] | None = None
    _: KW_ONLY
    table: str = ""
    vocabulary: str = ""
    unit: str = ""
    is_number: bool = False

    def cell(self, view: ExportedView, row: Row) -> FlatCell:
        """Return the cell of a row as one value: several are joined, texts in one language."""
        value: Cell = self.read(view, row) if self.read else getattr(row, self.name)
        if isinstance(value, Words):
            return value[view.language]
        return SEPARATOR.join(value) if isinstance(value, tuple) else plain_number(value)


class Meaning(NamedTuple):
    """What a column is called and what it means, in every language."""

    title: Words
    description: Words


def meaning(atlas: Atlas, column: Column[Row]) -> Meaning:
    """Return title and meaning of a column; a package may lack words for a column of its own."""
    if column.title:
        return Meaning(_translated(column.title), _translated(column.meaning))
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
    Column(
        "data_version",
        N_("Version of the data"),
        N_("Version of the data package the row was taken from."),
        lambda view, _: view.atlas.version,
    ),
    Column(
        "as_of",
        N_("As of"),
        N_("Day up to which the data were gathered."),
        lambda view, _: view.as_of,
    ),
    Column(
        "licence",
        N_("Licence"),
        N_("Licence of the data, with its address."),
        lambda view, _: view.licences,
    ),
    Column(
        "credit",
        N_("Credit"),
        N_("Whose work is inside and must be named."),
        lambda view, _: view.credits,
    ),
    Column(
        "selection",
        N_("Selection"),
        N_("What the file holds, in words."),
        lambda view, _: view.sentence,
    ),
    Column(
        "link",
        N_("Link"),
        N_("Address of the view the file was taken from."),
        lambda view, _: view.link,
    ),
)
