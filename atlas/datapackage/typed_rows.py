"""Typed rows of a table, read and checked by frictionless."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

from frictionless import Dialect, Error, FrictionlessException, Package, Row, Schema, errors
from frictionless.resources import TableResource

from atlas.datapackage.advice import cell_advice, label_advice
from atlas.datapackage.columns import Cells
from atlas.datapackage.descriptor import NAME
from atlas.datapackage.problems import MOST_PROBLEMS, Problem, bounded, fault
from atlas.datapackage.schemas import MALFORMED, Table

Sheet = Sequence[Sequence[str]]
_Made = TypeVar("_Made")


def keys(
    tables: Mapping[str, Table], sheets: Mapping[str, Sheet], problems: list[Problem]
) -> Package:
    """The key columns of every table: all that foreign keys look up, each read once."""
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
    made: Callable[[Cells], _Made],
) -> list[_Made]:
    """What is made of the typed rows of a sheet; what is wrong with them goes to `problems`.

    Nothing is made of a row once something is wrong: the table is not used then.
    """
    try:
        with _resource(table, sheet, keys) as resource:
            found = [
                Problem(table.path, 1, *label_advice(error)) for error in resource.header.errors
            ]
            typed: list[_Made] = []
            for row in resource.row_stream:
                found += dict.fromkeys(_row_problems(row, table))
                if len(found) >= MOST_PROBLEMS:
                    break
                if not found:
                    typed.append(made(row))
    except FrictionlessException as error:
        rule = f"Correct this resource: {error.error.note}."
        raise fault(NAME, rule, value=table.name) from error
    except MALFORMED as error:
        raise fault(NAME, f"Correct this resource: {error!r}.", value=table.name) from error
    problems += bounded(found, table.path)
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
    for error in _telling(row):
        yield Problem(table.path, row.row_number, *cell_advice(error, row, table.schema))


def _telling(row: Row) -> list[Error]:
    """The errors of a row without those that only follow from its being empty or cut off."""
    for kind in (errors.BlankRowError, errors.MissingCellError):
        if first := next((error for error in row.errors if isinstance(error, kind)), None):
            return [first]
    return list(row.errors)
