"""What a CSV file's columns mean, for programs: CSV on the Web (W3C Recommendation, 2015)."""

from collections.abc import Iterable, Sequence
from typing import Any

from atlas.export.columns import BETWEEN, Column, Row, meaning
from atlas.export.provenance import PROVENANCE_COLUMNS, Provenance
from atlas.records import LANGUAGES, Atlas, Source, Words
from atlas.text import TAGS

CONTEXT = "http://www.w3.org/ns/csvw"
DATATYPES = {"string": "string", "list": "string", "number": "number", "integer": "integer"}


def metadata(
    atlas: Atlas,
    file_name: str,
    columns: Sequence[Column[Row]],
    origin: Provenance,
    sources: Iterable[Source],
) -> dict[str, Any]:
    """Return the metadata document of a CSV file that lies beside it as `file_name`."""
    described = [_column(atlas, column) for column in columns]
    described += [_column(atlas, column) for column in PROVENANCE_COLUMNS]
    return {
        "@context": [CONTEXT, {"@language": origin.language}],
        "url": file_name,
        **_origin(atlas, origin, sources),
        "dialect": {"encoding": "utf-8", "lineTerminators": ["\r\n"], "header": True},
        "tableSchema": {"columns": described, "primaryKey": columns[0].name},
    }


def _origin(atlas: Atlas, origin: Provenance, sources: Iterable[Source]) -> dict[str, Any]:
    addresses = [one.address for one in origin.licences if one.address]
    return {
        "dc:title": _in_all(atlas.title),
        "dc:description": {"@value": origin.selected, "@language": origin.language},
        "schema:version": origin.version,
        "dc:date": {"@value": origin.as_of, "@type": "xsd:date"},
        "dc:license": [{"@id": address} for address in addresses],
        "dc:rights": [one.title or one.name for one in origin.licences],
        "dc:provenance": list(origin.credits),
        "dcat:landingPage": {"@id": origin.link},
        "dc:source": [_source(one) for one in sources],
    }


def _source(one: Source) -> dict[str, str]:
    address = {"schema:url": one.address} if one.address else {}
    return {"dc:identifier": one.id, "dc:title": one.title, "dc:date": one.date, **address}


def _column(atlas: Atlas, column: Column[Row]) -> dict[str, Any]:
    said = meaning(atlas, column)
    datatype = DATATYPES.get(column.type, column.type)
    return {
        "name": column.name,
        # "und", the language of the header itself, is what a validator compares it with.
        "titles": {"und": column.name, **{TAGS[one]: said.title[one] for one in LANGUAGES}},
        "dc:description": _in_all(said.text),
        "datatype": datatype,
        **({"separator": BETWEEN} if column.type == "list" else {}),
        **({"schema:unitText": column.unit} if column.unit else {}),
    }


def _in_all(words: Words) -> list[dict[str, str]]:
    return [
        {"@value": words[language], "@language": TAGS[language]}
        for language in LANGUAGES
        if words[language]
    ]
