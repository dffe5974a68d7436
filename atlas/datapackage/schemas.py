"""The frictionless schema of each table, and what the atlas itself demands of it.

Buys: a malformed descriptor is a listed problem, and nothing outside the folder is read.
Breaks: if frictionless lets other errors through (`MALFORMED`), or follows paths in further keys.
Test: `test_tables.py`, `test_broken_data.py`.
"""

import csv
import re
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from frictionless import Field, FrictionlessException, Schema
from frictionless.fields import NumberField

from atlas.datapackage.columns import Column, columns, needed_texts
from atlas.datapackage.descriptor import DESCRIPTOR, Entry
from atlas.datapackage.files import Bounds, Dialect
from atlas.datapackage.problems import DataError, Problem, fault
from atlas.model.languages import Language

# What frictionless lets through when a descriptor is malformed in an unforeseen way.
MALFORMED = (ArithmeticError, AttributeError, LookupError, TypeError, ValueError, re.error)
# Nothing else reaches frictionless: wherever it expects an object (a profile, a schema, a field)
# it would also follow a path or an address to one.
SCHEMA_KEYS = ("fields", "primaryKey", "foreignKeys", "missingValues")
DIALECT_KEYS = ("delimiter", "quoteChar", "doubleQuote", "escapeChar", "skipInitialSpace")
# Room for 2,000 places with twenty rows of evidence each. A row of evidence costs some 0.2 ms and
# 0.5 kB at the start, so that this many load within seconds.
MOST_ROWS = 40_000
# Degrees; a package may declare narrower bounds.
MOST_DEGREES = {"latitude": 90, "longitude": 180}
# The table that a foreign key refers to, and its columns.
Reference = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Table:
    """How to read one table; `references` is what its foreign keys refer to, by their columns."""

    name: str
    path: str
    schema: Schema
    dialect: Dialect
    bounds: Bounds
    references: Mapping[tuple[str, ...], Reference]


def table(entry: Entry, languages: Collection[Language] = ()) -> Table:
    """Return the table that an entry of the descriptor describes. Raises `DataError`.

    `languages` are those that the package promises.
    """
    name = entry["name"]
    with malformed_resource(name):
        schema, dialect = _schema(entry), _dialect(entry)
        if problems := list(_missing_columns(name, schema, languages)):
            raise DataError(problems)
        _add_demands(name, schema, languages)
        references = _references(name, schema)
    return Table(name, entry["path"], schema, dialect, _bounds(entry), references)


@contextmanager
def malformed_resource(name: str) -> Iterator[None]:
    """Raise what frictionless lets through about a resource as a `DataError`."""
    try:
        yield
    except FrictionlessException as error:
        notes = (reason.note for reason in error.to_errors())
        raise DataError(
            Problem(DESCRIPTOR, f"Correct this resource: {note}.", value=name) for note in notes
        ) from error
    except MALFORMED as error:
        raise fault(DESCRIPTOR, f"Correct this resource: {error!r}.", value=name) from error


def _schema(entry: Entry) -> Schema:
    schema: dict[str, Any] = entry["schema"] if isinstance(entry.get("schema"), dict) else {}
    fields = schema.get("fields")
    if not isinstance(fields, list) or not all(isinstance(field, dict) for field in fields):
        rule = 'Write its "schema" as an object with a list of "fields", each an object.'
        raise fault(DESCRIPTOR, rule, value=entry["name"])
    return Schema.from_descriptor({key: schema[key] for key in SCHEMA_KEYS if key in schema})


def _dialect(entry: Entry) -> Dialect:
    descriptor = entry.get("dialect", {})
    if not isinstance(descriptor, dict):
        raise fault(DESCRIPTOR, 'Write its "dialect" as an object.', value=entry["name"])
    if str(entry.get("encoding", "utf-8")).lower().replace("-", "") != "utf8":
        rule = 'Save the file as UTF-8 and write "utf-8".'
        raise fault(DESCRIPTOR, rule, value=entry["encoding"])
    dialect = {key.lower(): descriptor[key] for key in DIALECT_KEYS if key in descriptor}
    csv.reader((), **dialect)  # Raises TypeError for values that are not allowed.
    return dialect


def _bounds(entry: Entry) -> Bounds:
    try:
        bounds = Bounds(**entry.get("row_bounds", {}))
        if 0 <= bounds.minimum <= bounds.maximum <= MOST_ROWS:
            return bounds
    except TypeError:
        pass
    rule = f'Write "row_bounds" as {{"minimum": 0, "maximum": n}} with n at most {MOST_ROWS}.'
    raise fault(DESCRIPTOR, rule, column="row_bounds", value=entry["name"])


def _missing_columns(
    name: str, schema: Schema, languages: Collection[Language]
) -> Iterator[Problem]:
    for text, columns_of_text in needed_texts(name):
        if not any(map(schema.has_field, columns_of_text)):
            rule = f"Describe this column in the schema of {name}, in one language at least."
            yield Problem(DESCRIPTOR, rule, column=text)
    for column in columns(name, languages):
        if not schema.has_field(column.name):
            if column.may_be_absent:
                continue
            rule = f"Describe this column in the schema of {name}: the atlas needs it."
            yield Problem(DESCRIPTOR, rule, column=column.name)
        elif (kind := schema.get_field(column.name).type) not in column.types:
            rule = f"In the schema of {name} its type must be {column.types[0]}: correct it."
            yield Problem(DESCRIPTOR, rule, column=column.name, value=kind)


def _add_demands(name: str, schema: Schema, languages: Collection[Language]) -> None:
    for field in schema.fields:
        if isinstance(field, NumberField):
            field.float_number = True
    for column in columns(name, languages):
        if schema.has_field(column.name):
            _constrain(schema.get_field(column.name), column)


def _constrain(field: Field, column: Column) -> None:
    if column.required:
        field.constraints["required"] = True
    if most := MOST_DEGREES.get(field.name):
        field.constraints = {"minimum": -most, "maximum": most} | field.constraints
    if column.choices:
        choices = field.constraints.get("enum", column.choices)
        field.constraints["enum"] = [choice for choice in choices if choice in column.choices]


def _references(name: str, schema: Schema) -> dict[tuple[str, ...], Reference]:
    """Return the foreign keys that the descriptor declares, and those that the atlas demands."""
    references: dict[tuple[str, ...], Reference] = {}
    for key in schema.foreign_keys:
        target = key["reference"]
        references[tuple(key["fields"])] = target["resource"] or name, tuple(target["fields"])
    for column in columns(name):
        if column.table:
            references[column.name,] = column.table, ("id",)
    return references


def box(places: Table, problems: list[Problem]) -> tuple[float, float, float, float]:
    """Return west, south, east and north in degrees: the bounds of the coordinate columns."""
    west, east = _limits(places.schema.get_field("longitude"), problems)
    south, north = _limits(places.schema.get_field("latitude"), problems)
    return west, south, east, north


def _limits(field: Field, problems: list[Problem]) -> tuple[float, float]:
    constraints, most = field.constraints, MOST_DEGREES[field.name]
    try:
        return float(constraints.get("minimum", -most)), float(constraints.get("maximum", most))
    except (TypeError, ValueError):
        rule = "Write numbers as minimum and maximum of this column of places."
        problems.append(Problem(DESCRIPTOR, rule, column=field.name))
        return -most, most
