"""The style and the script of the pages, in files that may be kept for ever."""

import json
from functools import cache
from pathlib import Path

from atlas.map.icons import SHAPES, data_uri
from atlas.model.languages import LANGUAGES
from atlas.model.palette import custom_properties
from atlas.model.selection import PLACE_FILTERS
from atlas.static_file import StaticFile, digest

_SCRIPT = "atlas.js"


@cache
def stylesheet() -> StaticFile:
    """Return the style of the pages, with what other modules hold: colours, scripts, shapes."""
    folder = Path(__file__).parent / "styles"
    styles = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
    masks = (
        f".mark-{name} {{ -webkit-mask-image: {uri}; mask-image: {uri}; }}"
        for name, uri in ((name, f'url("{data_uri(name)}")') for name in SHAPES)
    )
    rules = (_colours(), *styles, _upright_headings(), *masks)
    return StaticFile("style.css", "\n".join(rules).encode(), "text/css")


def _colours() -> str:
    properties = (f"{name}: {value};" for name, value in custom_properties().items())
    return f":root {{ {' '.join(properties)} }}"


def _upright_headings() -> str:
    """Return how the grid of sectors is headed where letters can stand below each other."""
    upright = ", ".join(language for language, one in LANGUAGES.items() if one.upright)
    letters = "transform: none; text-orientation: upright; letter-spacing: 1px;"
    return f":lang({upright}) .grid thead th div {{ {letters} }}" if upright else ""


def script() -> StaticFile:
    """Return the module that a page loads: links open in place, and panels are fetched."""
    return next(module for module in modules() if module.name == _SCRIPT)


@cache
def modules() -> tuple[StaticFile, ...]:
    """Return the script's modules, in one folder: they import each other by relative addresses."""
    paths = sorted((Path(__file__).parent / "scripts").glob("*.js"))
    contents = {path.name: path.read_bytes() for path in paths} | {"constants.js": _constants()}
    folder = digest(b"".join(contents.values()))
    return tuple(
        StaticFile(name, content, "text/javascript", folder) for name, content in contents.items()
    )


def _constants() -> bytes:
    known = {"FILTERS": PLACE_FILTERS, "STYLESHEET": stylesheet().url}
    lines = (f"export const {name} = {json.dumps(value)}\n" for name, value in known.items())
    return "".join(lines).encode()
