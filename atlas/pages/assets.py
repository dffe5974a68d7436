"""The style and the script of the pages, each as one file that may be kept for ever."""

import json
from functools import cache
from pathlib import Path

from atlas.map.icons import SHAPES, data_uri
from atlas.model.languages import LANGUAGES
from atlas.model.palette import custom_properties
from atlas.model.selection import PLACE_FILTERS
from atlas.static_file import StaticFile


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


@cache
def script() -> StaticFile:
    """Return the script that lets links open in place and fetches the panels: one module."""
    scripts = sorted((Path(__file__).parent / "scripts").glob("*.js"))
    known = {"FILTERS": PLACE_FILTERS, "STYLE": stylesheet().url}
    constants = (f"const {name} = {json.dumps(value)}" for name, value in known.items())
    joined = "\n".join((*constants, *(path.read_text(encoding="utf-8") for path in scripts)))
    return StaticFile("atlas.js", joined.encode(), "text/javascript")
