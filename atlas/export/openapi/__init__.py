"""The addresses of the site for programs, described in OpenAPI 3.1.

All of it is made from the atlas: another cluster's package has its own ids in it.
"""

from collections.abc import Iterable
from typing import Any

from atlas.data_dictionary import data_dictionary
from atlas.export import EXPORTS
from atlas.export.file_names import package_name
from atlas.export.openapi.parameters import KNOWN_TAG, VIEW, parameters
from atlas.export.openapi.responses import found, headers, refusals
from atlas.export.openapi.schemas import schemas
from atlas.records import Atlas
from atlas.selection import PARAMETERS

VERSION = "3.1.0"

EXPORT_SUMMARIES = {
    "places.csv": "The places shown, one a row",
    "places.geojson": "The places shown as GeoJSON (RFC 7946)",
    "places.json": "The places shown, with evidence, figures, firms, events and sources",
    "places.xlsx": "The places shown as an Excel workbook, with evidence and sources",
    "evidence.csv": "The claims that the page of evidence lists",
    "package.zip": "The whole data package",
}
# Schema of the content of an export, where it is JSON or its rows are described.
EXPORT_SCHEMAS = {
    "places.csv": "PlacesCsv",
    "places.geojson": "PlacesGeoJson",
    "places.json": "PlacesJson",
    "evidence.csv": "EvidenceCsv",
}

# Path, summary, media type, names of its query parameters.
PICTURES = (
    ("/map.svg", "The map of a view, for print", "image/svg+xml", (*PARAMETERS, "theme")),
    ("/map.png", "The map of a view, as pixels", "image/png", (*PARAMETERS, "theme")),
    ("/preview.png", "The picture shown beside a link to a view", "image/png", PARAMETERS),
    ("/qr.svg", "The link to a view as a QR code", "image/svg+xml", PARAMETERS),
    ("/brief", "A view as a page to print", "text/html", PARAMETERS),
)
SITE = (
    ("/api/openapi.json", "This description", "application/json", ()),
    ("/robots.txt", "Rules for crawlers", "text/plain", ()),
    ("/sitemap.xml", "Every page in every language", "application/xml", ()),
)


def openapi(atlas: Atlas, root: str) -> dict[str, Any]:
    """Return the description of a site whose root is an absolute address ending in a slash.

    Without a root its address is relative to that of the description, `api/openapi.json`.
    """
    return {
        "openapi": VERSION,
        "info": _info(atlas),
        "servers": [{"url": root.removesuffix("/") if root else ".."}],
        "paths": {
            **_exports(),
            **_others(PICTURES, "pictures"),
            **_others(SITE, "site"),
            **_operations(),
        },
        "components": {
            "parameters": parameters(atlas),
            "headers": headers(),
            "responses": refusals(),
            "schemas": schemas(atlas),
        },
        "tags": [
            {"name": "data", "description": "A view as data. What is not understood gets 400."},
            {"name": "pictures", "description": "A view as a picture or a page to print."},
            {"name": "site", "description": "About the site itself."},
        ],
    }


def _info(atlas: Atlas) -> dict[str, Any]:
    package = data_dictionary(atlas)
    licence = package.licences[0] if package.licences else None
    named = {"name": licence.title or licence.name, "url": licence.address} if licence else {}
    return {
        "title": atlas.title.en,
        "version": atlas.version,
        "summary": atlas.lead.en,
        "description": (
            "Every address takes the query string of a page: the address of a view is already "
            "a query. No key is needed, and any site may read the answers (CORS). Data as of "
            f"{atlas.as_of.isoformat()}."
        ),
        **({"license": {name: one for name, one in named.items() if one}} if licence else {}),
        "x-data-package": package_name(atlas),
    }


def _exports() -> dict[str, Any]:
    return {f"/api/{name}": {"get": _export(name)} for name in EXPORTS}


def _export(name: str) -> dict[str, Any]:
    schema = {"$ref": f"#/components/schemas/{EXPORT_SCHEMAS.get(name, 'Anything')}"}
    return {
        **_operation(f"/api/{name}", EXPORT_SUMMARIES[name], "data", VIEW),
        "responses": {
            "200": found(EXPORTS[name].media_type, schema, saved=True),
            "304": {"$ref": "#/components/responses/NotModified"},
            "400": {"$ref": "#/components/responses/NotUnderstood"},
            "404": {"$ref": "#/components/responses/NotFound"},
        },
    }


def _others(paths: Iterable[tuple[str, str, str, tuple[str, ...]]], tag: str) -> dict[str, Any]:
    return {
        path: {
            "get": {
                **_operation(path, summary, tag, names),
                "responses": {
                    "200": found(media_type, {"$ref": "#/components/schemas/Anything"}),
                    "304": {"$ref": "#/components/responses/NotModified"},
                },
            }
        }
        for path, summary, media_type, names in paths
    }


def _operations() -> dict[str, Any]:
    """Return what monitoring asks for: never kept, so without a tag."""
    health = {"$ref": "#/components/schemas/Health"}
    ready = {
        "200": found("application/json", health, kept=False),
        "503": found("application/json", health, kept=False),
    }
    text: dict[str, Any] = {"type": "string"}
    counted = {"200": found("text/plain", text, kept=False)}
    asked = (
        ("/health", "Whether readers can be served", ready),
        ("/metrics", "Metrics in Prometheus's text format", counted),
    )
    return {
        path: {"get": {**_named(path, summary, "site"), "responses": answers}}
        for path, summary, answers in asked
    }


def _operation(path: str, summary: str, tag: str, names: Iterable[str]) -> dict[str, Any]:
    asked = [*names, KNOWN_TAG]
    return {
        **_named(path, summary, tag),
        "parameters": [{"$ref": f"#/components/parameters/{name}"} for name in asked],
    }


def _named(path: str, summary: str, tag: str) -> dict[str, Any]:
    return {
        "operationId": path.strip("/").replace("/", "-").replace(".", "-"),
        "summary": summary,
        "tags": [tag],
    }
