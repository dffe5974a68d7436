"""Static files: one address each, which changes with the content, so they may be kept for ever."""

import json
from dataclasses import dataclass
from functools import cache, cached_property
from hashlib import sha256
from pathlib import Path

from atlas.icons import SHAPES, data_uri, mapping, sheet
from atlas.selection import PLACE_FILTERS


@dataclass(frozen=True)
class StaticFile:
    """A file to serve, and its address below the site's root."""

    name: str
    content: bytes
    media_type: str

    @cached_property
    def url(self) -> str:
        """The address, without a leading slash; it changes with the content."""
        return f"assets/{sha256(self.content).hexdigest()[:12]}/{self.name}"


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


@cache
def icon_sheet() -> StaticFile:
    """Return the shapes of the marks side by side, for the map."""
    return StaticFile("icons.svg", sheet().encode(), "image/svg+xml")


@cache
def icon_mapping() -> StaticFile:
    """Return where each shape is on that sheet; fetched, as three layers would have it in them."""
    return StaticFile("icons.json", json.dumps(mapping()).encode(), "application/json")
