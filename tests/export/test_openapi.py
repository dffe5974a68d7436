"""The description of the interface in OpenAPI 3.1."""

import re
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from atlas.export import EXPORTS
from atlas.export.openapi import openapi
from atlas.model.languages import LANGUAGES
from atlas.model.records import Atlas
from atlas.model.selection import PARAMETERS, Selection, from_query, vocabulary
from atlas.server import ENDPOINTS
from tests.conftest import Folder, combined
from tests.export.exports import VIEWS, parsed, rows

ROOT = "https://atlas.example/"


def schema(description: dict[str, Any], name: str) -> Draft202012Validator:
    return Draft202012Validator({"$ref": f"#/components/schemas/{name}", **description})


def test_it_is_valid_openapi(atlas: Atlas, tiny: Folder) -> None:
    from openapi_spec_validator import validate  # It loads slowly: only where this test runs.

    validate(openapi(atlas, ROOT))
    validate(openapi(tiny.load(), ""))


def test_every_address_is_described(atlas: Atlas) -> None:
    paths = openapi(atlas, ROOT)["paths"]
    for name, export in EXPORTS.items():
        answers = paths[f"/api/{name}"]["get"]["responses"]
        assert list(answers["200"]["content"]) == [export.media_type]
        assert {"200", "304", "400", "404"} == set(answers)
        assert {"ETag", "Cache-Control"} <= set(answers["200"]["headers"])
    fixed = {path for path in ENDPOINTS if "{" not in path}
    assert set(paths) >= fixed
    assert set(paths["/health"]["get"]["responses"]) == {"200", "503"}
    assert set(paths["/map.svg"]["get"]["responses"]) == {"200", "304"}


def test_every_parameter_of_a_link_is_described_with_its_ids(atlas: Atlas) -> None:
    parameters = openapi(atlas, ROOT)["components"]["parameters"]
    assert set(PARAMETERS) <= set(parameters)
    for name, ids in vocabulary(atlas).items():
        assert parameters[name]["schema"]["items"]["enum"] == list(ids)
        assert (parameters[name]["style"], parameters[name]["explode"]) == ("form", False)
    assert parameters["place"]["schema"]["enum"] == [place.id for place in atlas.places]


def test_what_it_allows_is_what_a_link_may_hold(atlas: Atlas) -> None:
    parameters = openapi(atlas, ROOT)["components"]["parameters"]
    for name in PARAMETERS:
        allowed = parameters[name]["schema"]
        values = allowed.get("enum") or [",".join(allowed.get("items", {}).get("enum", []))]
        for value in values:
            assert from_query({name: value}, atlas)[1] == ()
    radius = parameters["radius"]["schema"]
    assert from_query({"radius": str(radius["maximum"])}, atlas)[1] == ()
    assert from_query({"radius": str(radius["maximum"] + 1)}, atlas)[1] != ()
    assert re.search(parameters["data"]["schema"]["pattern"], atlas.version)


@pytest.mark.parametrize(("language", "view"), combined(list(LANGUAGES), list(VIEWS)))
def test_what_is_sent_has_the_shape_that_is_described(
    atlas: Atlas, language: str, view: str
) -> None:
    description = openapi(atlas, ROOT)
    selection = VIEWS[view].but(lang=language)
    schema(description, "PlacesJson").validate(parsed(atlas, selection, "places.json"))
    schema(description, "PlacesGeoJson").validate(parsed(atlas, selection, "places.geojson"))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        *(("places.csv", "PlaceRow"), ("evidence.csv", "ClaimRow")),
        *(("figures.csv", "FigureRow"), ("firms.csv", "FirmRow")),
    ],
)
def test_the_columns_of_a_table_are_those_described(atlas: Atlas, table: str, row: str) -> None:
    schemas = openapi(atlas, ROOT)["components"]["schemas"]
    described = [*schemas[row]["properties"], *schemas["Origin"]["properties"]]
    assert described == list(rows(atlas, Selection(), table)[0])


def test_a_cluster_without_optional_sets_offers_none(tiny: Folder) -> None:
    tiny.update(base_groups=["towns"])
    description = openapi(tiny.load(), ROOT)
    parameters = description["components"]["parameters"]
    assert parameters["sets"]["schema"]["maxItems"] == 0
    assert parameters["sector"]["schema"]["items"]["enum"] == ["glass"]
    assert "license" not in description["info"]
