"""Typed rows of a table: each cell read and checked by its field of frictionless, keys by us.

Buys: types and constraints as the descriptor declares them, without a resource of frictionless for
    each table and foreign key: opening these took most of the time of loading.
Breaks: if frictionless names what a cell breaks (`type`, or the constraint) differently: the
    advice is then its own note.
Test: `test_tables.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from frictionless import Field, FrictionlessException, Schema

from atlas.datapackage.columns import Cells, record
from atlas.datapackage.descriptor import NAME
from atlas.datapackage.problems import MOST_PROBLEMS, Problem, bounded, fault
from atlas.datapackage.schemas import MALFORMED, Reference, Table

Sheet = Sequence[Sequence[str]]
Key = tuple[Any, ...]
# The keys that foreign keys refer to, by table and columns.
Keys = Mapping[Reference, set[Key]]
# Column, value, what to do.
Advice = tuple[str | None, str | None, str]

TYPES = {
    "number": "Write a number such as 30.67, without unit or thousands separator.",
    "integer": "Write a whole number such as 12.",
    "year": "Write a year such as 2020.",
    "boolean": "Write true or false.",
}
EMPTY = "The cell is empty: fill it in."
CONSTRAINTS = {
    "required": EMPTY,
    "enum": "Write one of: {}.",
    "minimum": "Write a value of at least {}.",
    "maximum": "Write a value of at most {}.",
    "minLength": "Write at least {} characters.",
    "maxLength": "Write at most {} characters.",
    "pattern": "Write it in the form {} (a regular expression), as other rows do.",
}
SWAPPED = "Latitude and longitude stand in each other's column: exchange them."
OTHER = {"latitude": "longitude", "longitude": "latitude"}


def keys(tables: Mapping[str, Table], sheets: Mapping[str, Sheet], problems: list[Problem]) -> Keys:
    """Return the keys of every table that foreign keys refer to."""
    found: dict[Reference, set[Key]] = {}
    for table in tables.values():
        for fields, reference in table.references.items():
            name, columns = reference
            if name in tables and not set(columns) <= set(tables[name].schema.field_names):
                rule = f"This foreign key of {table.name} names no column of {name}: correct it."
                problems.append(Problem(NAME, None, ", ".join(fields), str([*columns]), rule))
            elif reference not in found and name in sheets and set(columns) <= set(sheets[name][0]):
                found[reference] = set(_keys(tables[name].schema, sheets[name], columns))
    return found


def _keys(schema: Schema, sheet: Sheet, columns: Sequence[str]) -> Iterator[Key]:
    header, *rows = sheet
    parts = [(header.index(name), schema.get_field(name).create_value_reader()) for name in columns]
    for row in rows:
        yield tuple(read(row[at]) if at < len(row) and row[at] else None for at, read in parts)


def rows(table: Table, sheet: Sheet, keys: Keys, problems: list[Problem]) -> list[Any]:
    """Return the records of a sheet; what is wrong with its rows goes to `problems`.

    After the first problem nothing more is returned: the table is not used then.
    """
    header, *lines = sheet
    faults = [Problem(table.path, 1, *advice) for advice in _header_advice(table.schema, header)]
    records: list[Any] = []
    try:
        reader = _Reader(table, header, keys)
        for number, line in enumerate(lines, start=2):
            values, advice = reader.read(number, line)
            faults += dict.fromkeys(Problem(table.path, number, *one) for one in advice)
            if len(faults) >= MOST_PROBLEMS:
                break
            if not faults:
                records.append(record(table.name, values))
    except FrictionlessException as error:
        rule = f"Correct this resource: {error.error.note}."
        raise fault(NAME, rule, value=table.name) from error
    except MALFORMED as error:
        raise fault(NAME, f"Correct this resource: {error!r}.", value=table.name) from error
    problems += bounded(faults, table.path)
    return records


def _header_advice(schema: Schema, header: Sequence[str]) -> Iterator[Advice]:
    for name in header:
        if not schema.has_field(name):
            yield name, None, "The descriptor does not know this column: remove or describe it."
    for name in schema.field_names:
        if name not in header:
            yield name, None, "The column is missing: add it."


class _Reader:
    """Reads the rows of one table, and remembers their keys."""

    def __init__(self, table: Table, header: Sequence[str], keys: Keys) -> None:
        self.header = header
        self.fields = {field.name: field for field in table.schema.fields if field.name in header}
        self.cells = {name: field.create_cell_reader() for name, field in self.fields.items()}
        unique = [(name,) for name, field in self.fields.items() if field.constraints.get("unique")]
        self.primary_key = table.primary_key
        # The rows in which each key was last seen.
        self.own: dict[tuple[str, ...], dict[Key, int]] = {
            names: {} for names in (table.primary_key, *unique) if set(names) <= set(self.fields)
        }
        self.references = {
            names: (target[0], keys[target])
            for names, target in table.references.items()
            if target in keys and set(names) <= set(self.fields)
        }

    def read(self, number: int, row: Sequence[str]) -> tuple[Cells, list[Advice]]:
        """Return the typed cells of a row, and what to say of what is wrong with it."""
        if not any(row):
            return {}, [(None, None, "The row is empty: delete it.")]
        if len(row) < len(self.header):
            rule = "The row ends before this column: complete it, the file may be cut off."
            return {}, [(self.header[len(row)], None, rule)]
        raw = dict(zip(self.header, row, strict=False))
        read = {name: reader(raw[name]) for name, reader in self.cells.items()}
        values = {name: value for name, (value, _) in read.items()}
        advice: list[Advice] = [
            (name, raw[name], _rule(self.fields, name, raw[name], kind, note))
            for name, (_, notes) in read.items()
            for kind, note in (notes or {}).items()
        ]
        if len(row) > len(self.header):
            rule = "More cells than columns: quote texts that hold a comma."
            advice.append((None, row[len(self.header)], rule))
        return values, [*advice, *self._key_advice(number, values, raw)]

    def _key_advice(self, number: int, values: Cells, raw: Mapping[str, str]) -> Iterator[Advice]:
        for names, seen in self.own.items():
            key, cells = _key(values, names), ", ".join(raw[name] for name in names)
            if key is None:
                if names == self.primary_key:
                    yield ", ".join(names), cells, EMPTY
                continue
            if key in seen:
                rule = f"Row {seen[key]} has the same key: give each row its own or delete one."
                yield ", ".join(names), cells, rule
            seen[key] = number
        for names, (table, known) in self.references.items():
            key = _key(values, names)
            if key is not None and key not in known:
                rule = f"{table} has no such id: correct it or add the row there."
                yield ", ".join(names), ", ".join(raw[name] for name in names), rule


def _key(values: Cells, names: Iterable[str]) -> Key | None:
    key = tuple(values[name] for name in names)
    return None if set(key) == {None} else key


def _rule(fields: Mapping[str, Field], name: str, cell: str, kind: str, note: str) -> str:
    """Return what to do about a cell that breaks its type or one of its constraints."""
    if kind == "type":
        return TYPES.get(fields[name].type, f"Wrong type: {note}.")
    if name in OTHER and _is_swapped(fields.get(OTHER[name]), cell):
        return SWAPPED
    wanted = fields[name].constraints[kind]
    shown = ", ".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)
    return CONSTRAINTS.get(kind, note).format(shown)


def _is_swapped(other: Field | None, cell: str) -> bool:
    """Tell whether a coordinate out of its bounds lies within those of the other one."""
    try:
        limits = other.constraints if other else {}
        return bool(limits["minimum"] <= float(cell) <= limits["maximum"])
    except (KeyError, TypeError, ValueError):
        return False
