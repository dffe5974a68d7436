"""Static files: kept for ever by the browser, so their address must follow their content."""

import json
import re
from xml.etree import ElementTree

import pytest

from atlas.map.scene.icons import SHAPES, SIZE, icon_mapping, icon_sheet
from atlas.model.pages import PAGES
from atlas.model.selection import LISTS, PARAMETERS, PLACE_FILTERS, Selection
from atlas.pages.assets import built_map, modules, script, stylesheet
from atlas.pages.view import MAP_LIMITS, MAP_SIZES
from atlas.static_file import StaticFile


def test_an_address_changes_with_the_content() -> None:
    before, same, after = (
        StaticFile("style.css", content, "text/css").url for content in (b"a", b"a", b"b")
    )
    assert before == same != after
    assert re.fullmatch(r"assets/[0-9a-f]{12}/style\.css", before)


def test_every_module_that_is_imported_lies_beside_the_one_that_imports_it() -> None:
    names = {module.name for module in modules()}
    for module in modules():
        imported = re.findall(r'^import .* from "\./(.*)"$', module.content.decode(), re.MULTILINE)
        assert set(imported) <= names - {module.name}
        assert module.url.removesuffix(module.name) == script().url.removesuffix(script().name)


def test_every_shape_of_a_mark_has_an_icon_to_be_tinted_on_the_map_and_a_mask_on_the_page() -> None:
    style = stylesheet().content.decode()
    cells = json.loads(icon_mapping().content)
    assert list(cells) == list(SHAPES)
    assert all(cell["mask"] for cell in cells.values())
    assert all(f".mark-{shape} {{" in style for shape in SHAPES)
    sheet = ElementTree.fromstring(icon_sheet().content)  # noqa: S314 - our own file
    assert (sheet.get("width"), sheet.get("height")) == (str(SIZE * len(SHAPES)), str(SIZE))
    drawn = [group.get("transform") for group in sheet]
    assert drawn == [f"translate({cell['x']} 0)" for cell in cells.values()]


def test_no_file_fetches_anything_from_another_host() -> None:
    for file in (stylesheet(), icon_sheet()):
        content = file.content.decode().replace("http://www.w3.org/2000/svg", "")
        content = content.replace("http%3A//www.w3.org/2000/svg", "")
        assert "//" not in content
        assert "@import" not in content


def constants() -> dict[str, object]:
    """Return what the script takes over from the modules of the server."""
    (module,) = (module for module in modules() if module.name == "constants.js")
    exports = re.findall(r"^export const ([A-Z_]+) = (.*)$", module.content.decode(), re.MULTILINE)
    return {name: json.loads(value) for name, value in exports}


def test_the_script_knows_pages_parameters_and_sizes_as_the_server_does() -> None:
    exported = constants()
    assert exported == exported | {
        "PAGES": list(PAGES),
        "PARAMETERS": list(PARAMETERS),
        "LISTS": list(LISTS),
        "FILTERS": list(PLACE_FILTERS),
        "MAP_SIZES": list(MAP_SIZES),
        "MAP_LIMITS": MAP_LIMITS,
        "MAP_SCRIPT": built_map().url,
    }


@pytest.mark.parametrize("name", PARAMETERS)
def test_the_script_leaves_out_of_a_link_what_the_server_does(name: str) -> None:
    defaults = constants()["DEFAULTS"]
    assert isinstance(defaults, dict)
    usual = PARAMETERS[name].default
    left_out = name != "lang" and usual and name not in LISTS
    assert defaults.get(name) == (str(usual) if left_out else None)
    if left_out:
        assert Selection(**{name: usual}).to_query() == "lang=en"


def test_canvases_go_from_the_narrowest_to_the_widest_and_the_last_has_no_limit() -> None:
    """The script takes the first whose limit is not less than the width of the map."""
    limits = [MAP_LIMITS.get(name, float("inf")) for name in MAP_SIZES]
    assert limits == sorted(limits)
    assert limits[-1] == float("inf")
