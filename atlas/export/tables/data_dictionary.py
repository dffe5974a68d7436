"""The data dictionary: how the descriptor of a data package describes its files and columns."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from atlas.datapackage.columns import RECORDS
from atlas.datapackage.descriptor import DESCRIPTOR, Entry, translated
from atlas.model.languages import Words
from atlas.model.records import Atlas

Role = Literal["table", "map"]


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence as the descriptor names it; `address` may be empty."""

    name: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table, its constraints by name; `refers_to` is a table."""

    name: str
    title: Words
    description: Words
    type: str
    unit: str
    is_key: bool
    constraints: Mapping[str, Any]
    refers_to: str


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of the package: a table with columns, or a map file without."""

    name: str
    path: str
    role: Role
    title: Words
    description: Words
    columns: tuple[Column, ...]
    rows: int | None
    credit: Words
    licences: tuple[Licence, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DataDictionary:
    """The description of the whole package."""

    name: str
    description: Words
    licences: tuple[Licence, ...]
    sources: tuple[str, ...]
    contributors: tuple[str, ...]
    resources: tuple[Resource, ...]

    def of(self, role: Role) -> tuple[Resource, ...]:
        """Return the tables, or the map files."""
        return tuple(resource for resource in self.resources if resource.role == role)

    def column(self, table: str, name: str) -> Column | None:
        """Return a column of a table; None where the package does not describe it."""
        files = (file for file in self.resources if file.name == table)
        columns = (column for file in files for column in file.columns)
        return next((column for column in columns if column.name == name), None)


@lru_cache(maxsize=4)
def data_dictionary(atlas: Atlas) -> DataDictionary:
    """Return the dictionary of a loaded package, without the map files that a host removed."""
    descriptor = json.loads(atlas.files[DESCRIPTOR])
    return DataDictionary(
        name=str(descriptor.get("name", "")),
        description=translated(descriptor, "description"),
        licences=_licences(descriptor),
        sources=_titles(descriptor, "sources"),
        contributors=_titles(descriptor, "contributors"),
        resources=tuple(
            _resource(atlas, entry)
            for entry in _objects(descriptor, "resources")
            if entry["path"] in atlas.files
        ),
    )


def _resource(atlas: Atlas, entry: Entry) -> Resource:
    name, schema = entry["name"], entry.get("schema") or {}
    return Resource(
        name=name,
        path=entry["path"],
        role="table" if schema else "map",
        title=translated(entry, "title", name),
        description=translated(entry, "description"),
        columns=tuple(_column(field, schema, name) for field in _objects(schema, "fields")),
        rows=len(getattr(atlas, name)) if name in RECORDS else None,
        credit=translated(entry, "credit"),
        licences=_licences(entry),
        sources=_titles(entry, "sources"),
    )


def _column(field: Entry, schema: Entry, table: str) -> Column:
    return Column(
        name=field["name"],
        title=translated(field, "title", field["name"]),
        description=translated(field, "description"),
        type=str(field.get("type", "string")),
        unit=str(field.get("unit", "")),
        is_key=field["name"] in _names(schema.get("primaryKey") or ()),
        constraints=field.get("constraints") or {},
        refers_to=_target(field["name"], schema, table),
    )


def _names(key: Any) -> list[str]:
    """Return the column names of a key, which a descriptor may write as a string or a list."""
    return [key] if isinstance(key, str) else list(key)


def _target(name: str, schema: Entry, table: str) -> str:
    """Return the table that a column refers to: its own, if the key names none; "" without one."""
    for key in _objects(schema, "foreignKeys"):
        if name in _names(key["fields"]):
            return str(key["reference"].get("resource") or table)
    return ""


def _licences(entry: Entry) -> tuple[Licence, ...]:
    return tuple(
        Licence(*(str(licence.get(field, "")) for field in ("name", "title", "path")))
        for licence in _objects(entry, "licenses")
    )


def _titles(entry: Entry, key: str) -> tuple[str, ...]:
    return tuple(str(item.get("title", "")) for item in _objects(entry, key))


def _objects(entry: Entry, key: str) -> list[Entry]:
    return [item for item in entry.get(key) or () if isinstance(item, dict)]
