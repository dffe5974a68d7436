"""The style and the script of the pages, each as one file that may be kept for ever."""

import json
from functools import cache
from pathlib import Path

from atlas.map.icons import SHAPES, data_uri
from atlas.model.selection import PLACE_FILTERS
from atlas.static_file import StaticFile


@cache
def stylesheet() -> StaticFile:
    """Return the style of the pages, with the shapes of the marks as masks."""
    folder = Path(__file__).parent / "styles"
    styles = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
    masks = (
        f".mark-{name} {{ -webkit-mask-image: {uri}; mask-image: {uri}; }}"
        for name, uri in ((name, f'url("{data_uri(name)}")') for name in SHAPES)
    )
    return StaticFile("style.css", "\n".join((*styles, *masks)).encode(), "text/css")


@cache
def script() -> StaticFile:
    """Return the script that lets links open in place and fetches the panels: one module."""
    scripts = sorted((Path(__file__).parent / "scripts").glob("*.js"))
    known = {"FILTERS": PLACE_FILTERS, "STYLE": stylesheet().url}
    constants = (f"const {name} = {json.dumps(value)}" for name, value in known.items())
    joined = "\n".join((*constants, *(path.read_text(encoding="utf-8") for path in scripts)))
    return StaticFile("atlas.js", joined.encode(), "text/javascript")
