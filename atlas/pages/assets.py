"""Files that browsers may cache for ever (style sheet and JavaScript), and the site's edition."""

import json
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from atlas.datapackage.data_watch import on_disk
from atlas.map.scene.icons import SHAPES, data_uri
from atlas.model.languages import LANGUAGES
from atlas.model.pages import PAGES
from atlas.model.palette import custom_properties
from atlas.model.records import Atlas
from atlas.model.selection import LISTS, MOST_ROWS, PARAMETERS, PLACE_FILTERS
from atlas.pages.view import MAP_LIMITS, MAP_SIZES
from atlas.static_file import StaticFile, digest

_SCRIPT = "atlas.js"
PACKAGE = Path(__file__).parents[1]
# Files that texts and HTML come from; styles, scripts and pictures have digests of their own.
_KINDS = frozenset({".py", ".html", ".svg", ".po"})


@cache
def stylesheet() -> StaticFile:
    """Return the style sheet, with the colours, languages and mark shapes of other modules."""
    folder = Path(__file__).parent / "styles"
    styles = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.css")))
    rules = (_colours(), *styles, _upright_headings(), *map(_mask, SHAPES))
    return StaticFile("style.css", "\n".join(rules).encode(), "text/css")


def _colours() -> str:
    properties = (f"{name}: {value};" for name, value in custom_properties().items())
    return f":root {{ {' '.join(properties)} }}"


def _mask(shape: str) -> str:
    uri = f'url("{data_uri(shape)}")'
    return f".mark-{shape} {{ -webkit-mask-image: {uri}; mask-image: {uri}; }}"


def _upright_headings() -> str:
    """Return the rule that stacks the letters of the grid's headings, for languages that can."""
    upright = ", ".join(language for language, details in LANGUAGES.items() if details.upright)
    letters = "transform: none; text-orientation: upright; letter-spacing: 1px;"
    return f":lang({upright}) .grid thead th div {{ {letters} }}" if upright else ""


def script() -> StaticFile:
    """Return the JavaScript module that a page loads; it imports the others."""
    return next(module for module in modules() if module.name == _SCRIPT)


@cache
def modules() -> tuple[StaticFile, ...]:
    """Return the JavaScript modules, in one folder, since they import each other relatively."""
    paths = sorted((Path(__file__).parent / "scripts").glob("*.js"))
    contents = {path.name: path.read_bytes() for path in paths} | {"constants.js": _constants()}
    folder = digest(b"".join(contents.values()))
    return tuple(
        StaticFile(name, content, "text/javascript", folder) for name, content in contents.items()
    )


@cache
def built_map() -> StaticFile:
    """Return the map component, built from `frontend/`."""
    path = Path(__file__).parent / "built" / "map.js"
    return StaticFile("map.js", path.read_bytes(), "text/javascript")


def _constants() -> bytes:
    constants = {
        "PAGES": tuple(PAGES),
        "MOST_ROWS": MOST_ROWS,
        "PARAMETERS": tuple(PARAMETERS),
        "LISTS": tuple(LISTS),
        "DEFAULTS": _defaults(),
        "FILTERS": PLACE_FILTERS,
        "MAP_SIZES": tuple(MAP_SIZES),
        "MAP_LIMITS": MAP_LIMITS,
        "MAP_SCRIPT": built_map().url,
    }
    lines = (f"export const {name} = {json.dumps(value)}\n" for name, value in constants.items())
    return "".join(lines).encode()


def _defaults() -> dict[str, str]:
    """Return the values that links leave out. Links always name the language."""
    return {
        name: str(parameter.default)
        for name, parameter in PARAMETERS.items()
        if name != "lang" and name not in LISTS and parameter.default
    }


def edition(atlas: Atlas) -> str:
    """Return the edition: twelve hexadecimal digits that change with data, code and translations.

    Responses whose address contains them may be cached for ever. They also change when the files on
    disk turn out to be broken, and when they are repaired, since every page reports that.
    """
    return _edition(atlas, on_disk().problems)


@lru_cache(maxsize=4)
def _edition(atlas: Atlas, problems: tuple[str, ...]) -> str:
    digest = sha256()
    for name, content in sorted((_code() | dict(atlas.files)).items()):
        digest.update(name.encode())
        digest.update(content)
    digest.update("\n".join(problems).encode())
    return digest.hexdigest()[:12]


def _code() -> dict[str, bytes]:
    paths = (path for path in PACKAGE.rglob("*") if path.suffix in _KINDS)
    return {path.relative_to(PACKAGE).as_posix(): path.read_bytes() for path in paths}
