"""The addresses of the site for programs, described in OpenAPI 3.1.

`openapi.json` is a template without what depends on the data or is defined elsewhere in the code:
the ids that parameters accept, the columns of tables, the fields of records. It is filled in here,
so that each package has its own ids in it.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Literal, get_args, get_origin

from atlas.datapackage.columns import RECORDS, without_none
from atlas.export.file_names import package_name
from atlas.export.tables.columns import NAMES, PROVENANCE_COLUMNS, Column, Row, meaning
from atlas.export.tables.data_dictionary import data_dictionary
from atlas.export.tables.detail_columns import CLAIM_COLUMNS, FIGURE_COLUMNS, FIRM_COLUMNS
from atlas.export.tables.place_columns import place_columns
from atlas.model.languages import ENGLISH, LANGUAGES, Words
from atlas.model.parameters import Parameter, Several
from atlas.model.records import Atlas, stored_fields
from atlas.model.selection import PARAMETERS
from atlas.model.text import text
from atlas.query.wording import value_name

Object = dict[str, Any]

TEMPLATE = Path(__file__).with_name("openapi.json")
# Tables whose rows are in `places.json`.
NESTED = (
    *("places", "memberships", "evidence", "figures", "enterprises", "events"),
    *("groups", "sectors", "indicators", "sources"),
)
_TEXT: Object = {"type": "string"}
_TYPES = {str: "string", int: "integer", float: "number", bool: "boolean"}


def openapi(atlas: Atlas, root: str) -> Object:
    """Return the description of a site; `root` is its absolute address, ending in a slash.

    Without a root its address is relative to that of the description, `api/openapi.json`.
    """
    description: Object = json.loads(TEMPLATE.read_text("utf-8"))
    _fill_info(description["info"], atlas)
    description["servers"] = [{"url": root.removesuffix("/") if root else ".."}]
    for path, methods in description["paths"].items():
        _fill_operation(methods["get"], path)
    components = description["components"]
    components["parameters"] |= {
        name: _parameter(atlas, name, parameter) for name, parameter in PARAMETERS.items()
    }
    components["schemas"] |= {
        "Names": _object(dict.fromkeys(LANGUAGES, _TEXT)),
        "PlaceRow": _row(atlas, place_columns()),
        "ClaimRow": _row(atlas, CLAIM_COLUMNS),
        "FigureRow": _row(atlas, FIGURE_COLUMNS),
        "FirmRow": _row(atlas, FIRM_COLUMNS),
        "Origin": _row(atlas, PROVENANCE_COLUMNS),
        **{RECORDS[table].__name__: _record(RECORDS[table]) for table in NESTED},
    }
    return description


def _fill_info(info: Object, atlas: Atlas) -> None:
    info |= {"title": atlas.title.english, "version": atlas.version, "summary": atlas.lead.english}
    if atlas.dated:
        info["description"] += f" Data as of {atlas.as_of.isoformat()}."
    info["x-data-package"] = package_name(atlas)
    for licence in data_dictionary(atlas).licences[:1]:
        address = {"url": licence.address} if licence.address else {}
        info["license"] = {"name": licence.title or licence.name, **address}


def _fill_operation(operation: Object, path: str) -> None:
    """Add the parameters of a view, and the headers of an answer that caches may keep."""
    operation["operationId"] = path.strip("/").replace("/", "-").replace(".", "-")
    tag, responses = operation["tags"][0], operation["responses"]
    of_view = PARAMETERS if tag in ("data", "pictures") else ()
    operation["parameters"] = [*_refs("parameters", of_view), *operation.get("parameters", ())]
    if "304" in responses:
        operation["parameters"] += _refs("parameters", ["If-None-Match"])
        names = ["ETag", "Cache-Control", *(["Content-Disposition"] if tag == "data" else [])]
        responses["200"]["headers"] = dict(zip(names, _refs("headers", names), strict=True))


def _refs(kind: str, names: Iterable[str]) -> list[Object]:
    return [{"$ref": f"#/components/{kind}/{name}"} for name in names]


def _parameter(atlas: Atlas, name: str, parameter: Parameter) -> Object:
    heading = text(ENGLISH).gettext(parameter.label).capitalize()
    list_style = {"style": "form", "explode": False} if isinstance(parameter, Several) else {}
    return {
        "name": name,
        "in": "query",
        "description": f"{heading}. {_explained(atlas, name, parameter)}".strip(),
        "schema": parameter.schema(atlas),
        **list_style,
    }


def _explained(atlas: Atlas, name: str, parameter: Parameter) -> str:
    """Return the description of a parameter, of a list of ids the meaning of each id."""
    if not isinstance(parameter, Several):
        return parameter.description
    ids = parameter.ids(atlas)
    return "; ".join(f"{id}: {value_name(atlas, text(ENGLISH), name, id)}" for id in ids)


def _object(properties: Object) -> Object:
    return {"type": "object", "properties": properties, "required": list(properties)}


def _row(atlas: Atlas, columns: Sequence[Column[Row]]) -> Object:
    return _object({column.name: _cell(atlas, column) for column in columns})


def _cell(atlas: Atlas, column: Column[Row]) -> Object:
    words = meaning(atlas, column)
    kind = "number" if column.unit or column.is_number else "string"
    return {
        "type": [kind, "null"],
        "title": words.title.english,
        "description": words.description.english,
    }


def _record(kind: type) -> Object:
    return _object({field.name: _field(field.name, field.type) for field in stored_fields(kind)})


def _field(name: str, annotation: Any) -> Object:
    if annotation is Words:
        return _refs("schemas", ["Names"])[0] if name in NAMES else _TEXT
    if get_origin(annotation) is tuple:
        return {"type": "array", "items": _TEXT}
    if get_origin(annotation) is Literal:
        return {"type": "string", "enum": list(get_args(annotation))}
    kind, is_optional = without_none(annotation)
    if is_optional:
        return {"anyOf": [_field(name, kind), {"type": "null"}]}
    return {"type": _TYPES[annotation]}
