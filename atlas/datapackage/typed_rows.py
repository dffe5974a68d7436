"""Typed rows of a table: frictionless' fields read and check the cells, keys are checked here.

Buys: types and constraints as the descriptor declares them, without a resource of frictionless for
    each table and foreign key: opening these took most of the time of loading.
Breaks: if frictionless has other names for what a cell violates (`type`, or the constraint): the
    advice is then its own note.
Test: `test_tables.py`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from frictionless import Field, Schema

from atlas.datapackage.columns import primary_key, record
from atlas.datapackage.descriptor import DESCRIPTOR
from atlas.datapackage.problems import MOST_PROBLEMS, Problem, bounded
from atlas.datapackage.schemas import Reference, Table, malformed_resource

# Header and rows of a table.
Cells = Sequence[Sequence[str]]
Values = Mapping[str, Any]
Key = tuple[Any, ...]
# The keys that a foreign key may refer to, by their table and columns.
Keys = Mapping[Reference, set[Key]]
# What to do, column, value.
Advice = tuple[str, str | None, str | None]

# What to do about a cell that is not of the type of its column.
TYPES = {
    "number": "Write a number such as 30.67, without unit or thousands separator.",
    "integer": "Write a whole number such as 12.",
    "year": "Write a year such as 2020.",
    "boolean": "Write true or false.",
}
EMPTY = "The cell is empty: fill it in."
# What to do about a cell that violates a constraint.
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
OPPOSITE = {"latitude": "longitude", "longitude": "latitude"}


def keys(tables: Mapping[str, Table], cells: Mapping[str, Cells], problems: list[Problem]) -> Keys:
    """Return the keys of every table that foreign keys refer to."""
    values: dict[Reference, set[Key]] = {}
    for table in tables.values():
        for fields, reference in table.references.items():
            name, columns = reference
            if name in tables and not set(columns) <= set(tables[name].schema.field_names):
                rule = f"This foreign key of {table.name} names no column of {name}: correct it."
                column, value = ", ".join(fields), str([*columns])
                problems.append(Problem(DESCRIPTOR, rule, column=column, value=value))
            elif reference not in values and name in cells and set(columns) <= set(cells[name][0]):
                values[reference] = set(_keys(tables[name].schema, cells[name], columns))
    return values


def _keys(schema: Schema, cells: Cells, columns: Sequence[str]) -> Iterator[Key]:
    header, *rows = cells
    parts = [(header.index(name), schema.get_field(name).create_value_reader()) for name in columns]
    for row in rows:
        cells_of_key = ((row[at] if at < len(row) else "", read) for at, read in parts)
        yield tuple(read(cell) if cell else None for cell, read in cells_of_key)


def rows(table: Table, cells: Cells, keys: Keys, problems: list[Problem]) -> list[Any]:
    """Return the records of a table; what is wrong with its rows goes to `problems`.

    The records end at the first problem, since the table is not used then.
    """
    header, *lines = cells
    faults = [Problem(table.path, rule, 1, name) for rule, name in _header(table.schema, header)]
    records: list[Any] = []
    with malformed_resource(table.name):
        reader = _Reader(table, header, keys)
        for number, line in enumerate(lines, start=2):
            values, advice = reader.read(number, line)
            faults += dict.fromkeys(Problem(table.path, rule, number, *at) for rule, *at in advice)
            if len(faults) >= MOST_PROBLEMS:
                break
            if not faults:
                records.append(record(table.name, values))
    problems += bounded(faults, table.path)
    return records


def _header(schema: Schema, header: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield what to do about the columns, and the name of each."""
    for name in header:
        if not schema.has_field(name):
            yield "The descriptor does not know this column: remove or describe it.", name
    for name in schema.field_names:
        if name not in header:
            yield "The column is missing: add it.", name


class _Reader:
    """Reads the rows of one table, and checks their keys against those of the rows before."""

    def __init__(self, table: Table, header: Sequence[str], keys: Keys) -> None:
        self.header = header
        self.fields = {field.name: field for field in table.schema.fields if field.name in header}
        self.readers = {name: field.create_cell_reader() for name, field in self.fields.items()}
        unique = [(name,) for name, field in self.fields.items() if field.constraints.get("unique")]
        self.primary_key = primary_key(table.name)
        # The last row with each key, by the columns of the key.
        self.rows_of_keys: dict[tuple[str, ...], dict[Key, int]] = {
            names: {} for names in (self.primary_key, *unique) if set(names) <= set(self.fields)
        }
        self.references = {
            names: (target[0], keys[target])
            for names, target in table.references.items()
            if target in keys and set(names) <= set(self.fields)
        }

    def read(self, number: int, row: Sequence[str]) -> tuple[Values, list[Advice]]:
        """Return the typed values of a row, and advice on everything that is wrong with it."""
        if not any(row):
            return {}, [("The row is empty: delete it.", None, None)]
        if len(row) < len(self.header):
            rule = "The row ends before this column: complete it, the file may be cut off."
            return {}, [(rule, self.header[len(row)], None)]
        raw = dict(zip(self.header, row, strict=False))
        results = {name: read(raw[name]) for name, read in self.readers.items()}
        values = {name: value for name, (value, _) in results.items()}
        advice: list[Advice] = [
            (_rule(self.fields, name, raw[name], kind, note), name, raw[name])
            for name, (_, notes) in results.items()
            for kind, note in (notes or {}).items()
        ]
        if len(row) > len(self.header):
            rule = "More cells than columns: quote texts that hold a comma."
            advice.append((rule, None, row[len(self.header)]))
        return values, [*advice, *self._key_advice(number, values, raw)]

    def _key_advice(self, number: int, values: Values, raw: Mapping[str, str]) -> Iterator[Advice]:
        for names, rows in self.rows_of_keys.items():
            key, column, cell = _key(values, names), ", ".join(names), _joined(raw, names)
            if key is None:
                if names == self.primary_key:
                    yield EMPTY, column, cell
                continue
            if key in rows:
                rule = f"Row {rows[key]} has the same key: give each row its own or delete one."
                yield rule, column, cell
            rows[key] = number
        for names, (table, ids) in self.references.items():
            key = _key(values, names)
            if key is not None and key not in ids:
                rule = f"{table} has no such id: correct it or add the row there."
                yield rule, ", ".join(names), _joined(raw, names)


def _joined(raw: Mapping[str, str], names: Iterable[str]) -> str:
    return ", ".join(raw[name] for name in names)


def _key(values: Values, names: Iterable[str]) -> Key | None:
    key = tuple(values[name] for name in names)
    return None if set(key) == {None} else key


def _rule(fields: Mapping[str, Field], name: str, cell: str, kind: str, note: str) -> str:
    """Return what to do about a cell that violates its type or one of its constraints."""
    if kind == "type":
        return TYPES.get(fields[name].type, f"Wrong type: {note}.")
    if name in OPPOSITE and _fits(fields.get(OPPOSITE[name]), cell):
        return SWAPPED
    limit = fields[name].constraints[kind]
    limit_text = ", ".join(map(str, limit)) if isinstance(limit, list) else str(limit)
    return CONSTRAINTS.get(kind, note).format(limit_text)


def _fits(field: Field | None, cell: str) -> bool:
    """Return whether a coordinate lies within the bounds of a field."""
    try:
        limits = field.constraints if field else {}
        return bool(limits["minimum"] <= float(cell) <= limits["maximum"])
    except (KeyError, TypeError, ValueError):
        return False
