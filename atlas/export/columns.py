"""The columns of the exported tables: name, meaning, and how a cell is read from a row."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, Literal, NamedTuple, TypeVar

from atlas.data_dictionary import Column as Described
from atlas.data_dictionary import data_dictionary
from atlas.records import LANGUAGES, Atlas, Words
from atlas.text import text

Cell = str | int | float | tuple[str, ...] | None
Type = Literal["string", "number", "integer", "date", "list"]
Row = TypeVar("Row")

# Between the items of a cell that holds several. No id holds a semicolon.
BETWEEN = "; "


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """One column of an exported table.

    `title` and `meaning` are messages; without them the data dictionary's words for the
    column `name` of `table` are taken. `words` names the vocabulary (of
    `atlas.vocabulary.WORDS`) of the ids in it. A `list` holds ids or names.
    """

    name: str
    read: Callable[[Row], Cell]
    type: Type = "string"
    title: str = ""
    meaning: str = ""
    table: str = ""
    words: str = ""
    unit: str = ""


class Meaning(NamedTuple):
    """What a column is called and what it means, in every language."""

    title: Words
    text: Words


def meaning(atlas: Atlas, column: Column[Row]) -> Meaning:
    """Return title and meaning of a column; a package may lack words for a column of its own."""
    if column.title:
        return Meaning(_translated(column.title), _translated(column.meaning))
    found = _described(atlas, column.table).get(column.name)
    name = Words(*(column.name for _ in LANGUAGES))
    return Meaning(found.title, found.description) if found else Meaning(name, Words("", "", ""))


def flat(value: Cell) -> str | int | float | None:
    """Return a cell as one value: several are joined; a whole number has no decimals."""
    if isinstance(value, tuple):
        return BETWEEN.join(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value


def _translated(message: str) -> Words:
    return Words(*(text(language).gettext(message) for language in LANGUAGES))


@lru_cache(maxsize=16)
def _described(atlas: Atlas, table: str) -> dict[str, Described]:
    tables = {one.name: one.columns for one in data_dictionary(atlas).of("table")}
    return {column.name: column for column in tables.get(table, ())}
