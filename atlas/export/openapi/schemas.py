"""The shapes of what is sent, as JSON Schema 2020-12, made from the columns and the records."""

from collections.abc import Sequence
from dataclasses import fields
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from atlas.export.claim_columns import CLAIM_COLUMNS
from atlas.export.columns import NAMES, PROVENANCE_COLUMNS, Column, Row, meaning
from atlas.export.place_columns import PLACE_COLUMNS
from atlas.package.columns import RECORDS
from atlas.records import LANGUAGES, Atlas, Words

Schema = dict[str, Any]

_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}
# Of the tables, those whose rows are in the document of places.
NESTED = {
    "memberships": "Membership",
    "evidence": "Evidence",
    "figures": "Figure",
    "enterprises": "Enterprise",
    "events": "Event",
    "groups": "Group",
    "sectors": "Sector",
    "indicators": "Indicator",
    "sources": "Source",
}
_TEXT: Schema = {"type": "string"}


def schemas(atlas: Atlas) -> dict[str, Any]:
    """Return every schema by its name."""
    return {
        "Anything": {},
        "Names": _object(dict.fromkeys(LANGUAGES, _TEXT)),
        "Metadata": _metadata(),
        "Health": _health(),
        "PlaceRow": _row(atlas, PLACE_COLUMNS),
        "ClaimRow": _row(atlas, CLAIM_COLUMNS),
        "Origin": _row(atlas, PROVENANCE_COLUMNS),
        "PlacesCsv": _csv("PlaceRow"),
        "EvidenceCsv": _csv("ClaimRow"),
        **{name: _record(RECORDS[table]) for table, name in NESTED.items()},
        "Place": _place(),
        "PlacesJson": _document(),
        "Geometry": _geometry(),
        "Feature": _feature(),
        "PlacesGeoJson": _collection(),
    }


def _ref(name: str) -> Schema:
    return {"$ref": f"#/components/schemas/{name}"}


def _many(name: str) -> Schema:
    return {"type": "array", "items": _ref(name)}


def _object(properties: Schema, optional: Sequence[str] = ()) -> Schema:
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": properties, "required": required}


def _csv(row: str) -> Schema:
    return {
        "type": "string",
        "description": (
            "UTF-8 with byte order mark, RFC 4180, names of columns in the first line. The "
            f"columns are those of {row}, then those of Origin; several values in a cell are "
            "joined with '; '. Text that a spreadsheet would compute has an apostrophe before it."
        ),
    }


def _row(atlas: Atlas, columns: Sequence[Column[Row]]) -> Schema:
    return _object({column.name: _cell(atlas, column) for column in columns})


def _cell(atlas: Atlas, column: Column[Row]) -> Schema:
    said = meaning(atlas, column)
    kind = "number" if column.unit else "string"
    return {"type": [kind, "null"], "title": said.title.en, "description": said.description.en}


def _record(kind: type) -> Schema:
    return _object({one.name: _field(one.name, one.type) for one in fields(kind)})


def _field(name: str, annotation: Any) -> Schema:
    if annotation is Words:
        return _ref("Names") if name in NAMES else _TEXT
    if get_origin(annotation) is tuple:
        return {"type": "array", "items": _TEXT}
    if get_origin(annotation) is Literal:
        return {"type": "string", "enum": list(get_args(annotation))}
    parts = get_args(annotation)
    if NoneType in parts:
        known = _field(name, next(part for part in parts if part is not NoneType))
        return {"anyOf": [known, {"type": "null"}]}
    return {"type": _TYPES[annotation]}


def _metadata() -> Schema:
    licence = _object(dict.fromkeys(("name", "title", "address"), _TEXT))
    named = ("title", "description", "version", "as_of", "language", "selection", "link", "query")
    return _object(
        {
            **dict.fromkeys(named, _TEXT),
            "licences": {"type": "array", "items": licence},
            "credits": {"type": "array", "items": _TEXT},
            "count": {"type": "integer"},
        }
    )


def _health() -> Schema:
    number = {"type": "integer"}
    on_disk: Schema = {"type": "string", "enum": ["same", "newer", "broken"]}
    shown = {"version": _TEXT, "as_of": _TEXT, "places": number, "on_disk": on_disk}
    files = {
        "version_on_disk": _TEXT,
        "problem_count": number,
        "problems": {"type": "array", "items": _TEXT},
    }
    data = _object(shown | files, optional=tuple(files))
    status: Schema = {"type": "string", "enum": ["ok", "failing", "stopping"]}
    known = {"status": status, "version": _TEXT, "data": data, "reason": _TEXT}
    return _object(known, optional=("data", "reason"))


def _place() -> Schema:
    own = _record(RECORDS["places"])["properties"]
    sector = _object({"sector": _TEXT, "confidence": _TEXT, "evidence": _many("Evidence")})
    rows = ("memberships", "figures", "enterprises", "events")
    return _object(
        {
            **own,
            "grade": {"type": "string", "description": _GRADE},
            "grade_note": _TEXT,
            **{table: _many(NESTED[table]) for table in rows},
            "sectors": {"type": "array", "items": sector},
            "end": {"anyOf": [_ref("Event"), {"type": "null"}]},
            "sources": {"type": "array", "items": _TEXT},
        }
    )


_GRADE = "How sure the group is that the place is shown for: named, inferred or listed."


def _document() -> Schema:
    tables = ("groups", "sectors", "indicators", "sources")
    return _object(
        {
            "metadata": _ref("Metadata"),
            "places": _many("Place"),
            **{table: _many(NESTED[table]) for table in tables},
        }
    )


def _geometry() -> Schema:
    kinds = {"type": {"type": "string", "enum": ["Point", "Polygon"]}}
    return {
        **_object({**kinds, "coordinates": {"type": "array"}}),
        "description": (
            "Longitude before latitude, degrees, WGS 84. A polygon is the circle within which "
            "a place is known to lie, not its boundary."
        ),
    }


def _feature() -> Schema:
    return _object(
        {
            "type": {"const": "Feature"},
            "id": _TEXT,
            "geometry": {"anyOf": [_ref("Geometry"), {"type": "null"}]},
            "properties": _ref("PlaceRow"),
        }
    )


def _collection() -> Schema:
    box = {"type": "array", "items": {"type": "number"}, "minItems": 4, "maxItems": 4}
    return _object(
        {
            "type": {"const": "FeatureCollection"},
            "bbox": box,
            "metadata": _ref("Metadata"),
            "features": _many("Feature"),
        },
        optional=("bbox",),
    )
