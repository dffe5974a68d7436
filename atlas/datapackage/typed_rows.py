"""Typed rows of a table, read and checked by frictionless; its errors in plain words.

Buys: types, constraints, keys and references of a package as its descriptor declares them, and
    errors that say what to do.
Breaks: if frictionless words its notes differently, from which the broken constraint and the
    row with the same key are read: the advice is then the note itself.
Test: `test_tables.py`.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from frictionless import Dialect, Error, FrictionlessException, Package, Row, Schema, errors
from frictionless.resources import TableResource

from atlas.datapackage.columns import Cells
from atlas.datapackage.descriptor import NAME
from atlas.datapackage.problems import MOST_PROBLEMS, Problem, bounded, fault
from atlas.datapackage.schemas import MALFORMED, Table

Sheet = Sequence[Sequence[str]]
# Column, value, what to do.
Advice = tuple[str | None, str | None, str]

TYPES = {
    "number": "Write a number such as 30.67, without unit or thousands separator.",
    "integer": "Write a whole number such as 12.",
    "year": "Write a year such as 2020.",
    "boolean": "Write true or false.",
}
CONSTRAINTS = {
    "required": "The cell is empty: fill it in.",
    "enum": "Write one of: {}.",
    "minimum": "Write a value of at least {}.",
    "maximum": "Write a value of at most {}.",
    "minLength": "Write at least {} characters.",
    "maxLength": "Write at most {} characters.",
    "pattern": "Write it in the form {} (a regular expression), as other rows do.",
}
SWAPPED = "Latitude and longitude stand in each other's column: exchange them."
OTHER = {"latitude": "longitude", "longitude": "latitude"}
LABELS: dict[type[Error], str] = {
    errors.ExtraLabelError: "The descriptor does not know this column: remove or describe it.",
    errors.MissingLabelError: "The column is missing: add it.",
}
_Record = TypeVar("_Record")


def keys(
    tables: Mapping[str, Table], sheets: Mapping[str, Sheet], problems: list[Problem]
) -> Package:
    """Return the columns of every table that foreign keys refer to, each read once."""
    wanted: dict[str, set[str]] = {}
    for table in tables.values():
        for key in table.schema.foreign_keys:
            name, fields = key["reference"]["resource"], key["reference"]["fields"]
            if name in tables and not set(fields) <= set(tables[name].schema.field_names):
                rule = f"This foreign key of {table.name} names no column of {name}: correct it."
                problems.append(Problem(NAME, None, ", ".join(key["fields"]), str(fields), rule))
            else:
                wanted.setdefault(name, set()).update(fields)
    return Package(
        resources=[
            _key_columns(tables[name], sheets[name], sorted(fields))
            for name, fields in wanted.items()
            if name in sheets and fields <= set(sheets[name][0])
        ]
    )


def _key_columns(table: Table, sheet: Sheet, fields: list[str]) -> TableResource:
    places = [sheet[0].index(field) for field in fields]
    cells = [[row[at] if at < len(row) else "" for at in places] for row in sheet]
    described = [{"name": name, "type": table.schema.get_field(name).type} for name in fields]
    schema = Schema.from_descriptor({"fields": described})
    return TableResource(name=table.name, data=cells, schema=schema)


def rows(
    table: Table,
    sheet: Sheet,
    keys: Package,
    problems: list[Problem],
    build: Callable[[Cells], _Record],
) -> list[_Record]:
    """Return what `build` makes of the rows of a sheet; what is wrong with them goes to `problems`.

    After the first problem nothing more is built: the table is not used then.
    """
    try:
        with _resource(table, sheet, keys) as resource:
            faults = [
                Problem(table.path, 1, *label_advice(error)) for error in resource.header.errors
            ]
            typed: list[_Record] = []
            for row in resource.row_stream:
                faults += dict.fromkeys(_row_problems(row, table))
                if len(faults) >= MOST_PROBLEMS:
                    break
                if not faults:
                    typed.append(build(row))
    except FrictionlessException as error:
        rule = f"Correct this resource: {error.error.note}."
        raise fault(NAME, rule, value=table.name) from error
    except MALFORMED as error:
        raise fault(NAME, f"Correct this resource: {error!r}.", value=table.name) from error
    problems += bounded(faults, table.path)
    return typed


def _resource(table: Table, sheet: Sheet, keys: Package) -> TableResource:
    # The cells come from memory: frictionless would guess the dialect of a file, which is
    # slow and can be led astray, and would open whatever path or address it is given.
    table.schema.foreign_keys = [
        key for key in table.schema.foreign_keys if keys.has_resource(key["reference"]["resource"])
    ]
    return TableResource(
        name="rows",
        data=sheet,
        schema=table.schema,
        package=keys,
        dialect=Dialect(header_rows=[1]),
    )


def _row_problems(row: Row, table: Table) -> Iterator[Problem]:
    for error in _relevant_errors(row):
        yield Problem(table.path, row.row_number, *cell_advice(error, row, table.schema))


def _relevant_errors(row: Row) -> list[Error]:
    """Return the errors of a row without those that follow from its being empty or cut off."""
    for kind in (errors.BlankRowError, errors.MissingCellError):
        if first := next((error for error in row.errors if isinstance(error, kind)), None):
            return [first]
    return list(row.errors)


def label_advice(error: Error) -> Advice:
    """Return what to say about an error of the header."""
    extra = isinstance(error, errors.ExtraLabelError)
    column = getattr(error, "label" if extra else "field_name", None)
    return column, None, LABELS.get(type(error), error.note)


def cell_advice(error: Error, row: Row, schema: Schema) -> Advice:
    """Return what to say about an error of a row or cell."""
    match error:
        case errors.MissingCellError():
            rule = "The row ends before this column: complete it, the file may be cut off."
            return error.field_name, None, rule
        case errors.ExtraCellError():
            return None, error.cell, "More cells than columns: quote texts that hold a comma."
        case errors.TypeError():
            rule = TYPES.get(schema.get_field(error.field_name).type, f"Wrong type: {error.note}.")
            return error.field_name, error.cell, rule
        case errors.ConstraintError():
            rule = SWAPPED if _swapped(error, row, schema) else _constraint(error, schema)
            return error.field_name, row.cells[error.field_number - 1], rule
        case errors.UniqueError():
            return error.field_name, error.cell, _repeated(error.note)
        case errors.PrimaryKeyError():
            values = ", ".join(str(row[name] or "") for name in schema.primary_key)
            return ", ".join(schema.primary_key), values, _repeated(error.note)
        case errors.ForeignKeyError():
            rule = f"{error.reference_name} has no such id: correct it or add the row there."
            return ", ".join(error.field_names), ", ".join(error.field_cells), rule
        case errors.BlankRowError():
            return None, None, "The row is empty: delete it."
    return None, None, error.note


def _swapped(error: errors.ConstraintError, row: Row, schema: Schema) -> bool:
    """Tell whether a coordinate out of its bounds lies within those of the other one."""
    limits = (
        schema.get_field(OTHER[error.field_name]).constraints if error.field_name in OTHER else {}
    )
    try:
        value = float(row.cells[error.field_number - 1])
        return bool(limits) and limits["minimum"] <= value <= limits["maximum"]
    except (KeyError, TypeError, ValueError):
        return False


def _constraint(error: errors.ConstraintError, schema: Schema) -> str:
    match = re.match(r'constraint "(\w+)"', error.note)
    name = match[1] if match else ""
    wanted = schema.get_field(error.field_name).constraints.get(name)
    shown = ", ".join(map(str, wanted)) if isinstance(wanted, list) else str(wanted)
    return CONSTRAINTS.get(name, error.note).format(shown)


def _repeated(note: str) -> str:
    row = re.search(r'row at position "?(\d+)', note)
    if row is None:
        return CONSTRAINTS["required"]
    return f"Row {row[1]} has the same key: give each row its own or delete one."
