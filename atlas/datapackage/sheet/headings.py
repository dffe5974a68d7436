"""What the columns of a table hold, by their usual names in six languages and by their cells."""

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from atlas.datapackage.problems import fault
from atlas.datapackage.sheet.numbers import numbers_in, point
from atlas.datapackage.sheet.reading import Sheet
from atlas.model.characters import folded
from atlas.model.languages import LANGUAGES

USUAL_NAMES = Path(__file__).parent / "usual_names.csv"


def _usual_names() -> dict[str, list[str]]:
    """Return the usual names of a column by its role, the most usual first."""
    with USUAL_NAMES.open(encoding="utf-8", newline="") as file:
        return {
            row.pop("role"): [name for names in row.values() for name in names.split()]
            for row in csv.DictReader(file)
        }


ROLES = _usual_names()
ROLE_NAMES = ", ".join(ROLES)
# Cells of a column named for a sector: whether a place works in it.
YES = frozenset(
    ["x", "✓", "✔", "●", "yes", "true", "y", "ja", "oui", "si", "ya", "1", "是", "有", "√"]
)
NO = frozenset(["no", "false", "n", "nein", "non", "tidak", "0", "否", "无", "-"]) | {""}
SEPARATORS = re.compile(r"[;|；、]")
# A comma before a digit belongs to a number.
COMMAS = re.compile(r",(?!\s*\d)|，")
# Names of columns whose numbers measure nothing.
CODE = re.compile(
    r"(^|[\W_])(id|ids|code|codes|kode|plz|zip|zipcode|postcode|postal|no|nr)$|编号|编码|代码|邮编",
    re.IGNORECASE,
)
# Roles of texts that may have a column for each of several languages.
TEXTS = ("name", "note", "kind")


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a table by what they hold; the lists keep the order of the table.

    `roles` is the column of each role. `texts` is the column of a text in one language, such as
    (`name`, `zh`). `marks` are columns named for a sector, `figures` columns of numbers, `unused`
    the others.
    """

    roles: Mapping[str, str]
    texts: Mapping[tuple[str, str], str]
    marks: tuple[str, ...]
    figures: tuple[str, ...]
    unused: tuple[str, ...]

    def has(self, role: str) -> bool:
        """Return whether there is a column for a role, in any language."""
        return role in self.roles or any(text == role for text, _ in self.texts)


def classify_columns(sheet: Sheet, mapping: Mapping[str, str]) -> Columns:
    """Return what the columns of a table hold; `mapping` gives the column of roles not to guess."""
    _check(sheet, mapping)
    roles, texts = dict(mapping), dict(_languages(sheet, mapping))
    free = [name for name in sheet.columns if name not in {*roles.values(), *texts.values()}]
    for role, usual_names in ROLES.items():
        names = [name for name in free if role != "point" or _are_points(sheet.column(name))]
        if role not in roles and (name := _most_usual(names, usual_names)):
            roles[role] = name
            free.remove(name)
    has_name = "name" in roles or any(text == "name" for text, _ in texts)
    if not has_name and (name := _column_of_names(sheet, free)):
        roles["name"] = name
        free.remove(name)
    marks = [name for name in free if "sectors" not in roles and _is_marked(sheet.column(name))]
    figures = [
        name
        for name in free
        if name not in marks and not CODE.search(name) and _is_numeric(sheet.column(name))
    ]
    unused = [name for name in free if name not in (*marks, *figures)]
    if "id" in roles and not _are_ids(sheet.column(roles["id"])):
        unused.append(roles.pop("id"))
    return Columns(roles, texts, tuple(marks), tuple(figures), tuple(unused))


def _check(sheet: Sheet, mapping: Mapping[str, str]) -> None:
    for role, name in mapping.items():
        if role not in ROLES:
            raise fault(sheet.file, f"There is no such role: use one of {ROLE_NAMES}.", value=role)
        if name not in sheet.columns:
            rule = f"It has no such column, but {', '.join(sheet.columns)}: name one of these."
            raise fault(sheet.file, rule, value=name)


def _key(name: str) -> str:
    """Return a heading for comparison: folded, without bracketed parts, signs and spaces."""
    bare = re.sub(r"[(\[（].*?[)\]）]", "", name)
    return re.sub(r"[\W_]+", "", folded(bare or name))


def _most_usual(names: Sequence[str], usual_names: Sequence[str]) -> str | None:
    """Return the column with the most usual name, None without one."""
    by_key = {_key(name): name for name in reversed(names)}
    return next((by_key[key] for key in map(_key, usual_names) if key in by_key), None)


def _languages(sheet: Sheet, mapping: Mapping[str, str]) -> Iterator[tuple[tuple[str, str], str]]:
    """Yield the texts with a language in the name of their column, such as `name_zh`."""
    for name in sheet.columns:
        match = re.fullmatch(r"(.+?)[\s_.\-(\[]+(\w{2})[)\]]?", name.strip())
        if name in mapping.values() or not match or match[2].lower() not in LANGUAGES:
            continue
        for text in TEXTS:
            if _key(match[1]) in map(_key, ROLES[text]):
                yield (text, match[2].lower()), name


def _column_of_names(sheet: Sheet, names: Sequence[str]) -> str | None:
    """Return the first column of mostly different texts: it must do where none is called a name."""
    for name in names:
        cells = [cell for cell in sheet.column(name) if cell]
        if cells and len(set(cells)) > len(cells) / 2 and not _is_numeric(cells):
            return name
    return None


def _are_points(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return sum(point(cell) is not None for cell in filled) * 2 > len(filled)


def _is_marked(cells: Sequence[str]) -> bool:
    values = {folded(cell) for cell in cells}
    return bool(values & YES) and values <= YES | NO


def _is_numeric(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and len(numbers_in(filled)) >= 0.8 * len(filled)


def _are_ids(cells: Sequence[str]) -> bool:
    ids = [cell for cell in cells if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9-]{0,79}", cell)]
    return len(set(ids)) == len(cells)


def is_yes(cell: str) -> bool:
    """Return whether a cell of a column of marks says yes."""
    return folded(cell) in YES


def split(cells: Sequence[str], by_commas: bool = True) -> list[list[str]]:
    """Return the items of each cell of a column whose cells are lists, each item once.

    Commas separate only where no cell has another separator: otherwise they belong to names.
    """
    has_separators = any(SEPARATORS.search(cell) for cell in cells)
    separators = SEPARATORS if has_separators or not by_commas else COMMAS
    lists = ([item.strip() for item in separators.split(cell)] for cell in cells)
    return [list(dict.fromkeys(item for item in items if item)) for items in lists]
