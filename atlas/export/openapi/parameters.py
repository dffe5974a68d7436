"""The parameters of the query string, with every id they may hold."""

from typing import Any

from atlas.records import LANGUAGES, Atlas
from atlas.selection import (
    FORMS,
    LARGEST_RADIUS_KM,
    LONGEST_SEARCH,
    ORDERS,
    PARAMETERS,
    SHARED,
    Selection,
    vocabulary,
)
from atlas.text import NAMES, text
from atlas.vocabulary import WORDS
from atlas.wording import value_name

VIEW = PARAMETERS
KNOWN_TAG = "If-None-Match"
THEMES = ("light", "dark")

_DEFAULT = Selection()


def parameters(atlas: Atlas) -> dict[str, Any]:
    """Return every parameter by its name: those of a view, a picture's theme, and the ETag."""
    lists = vocabulary(atlas) | {"compare": tuple(atlas.place)}
    found = {name: _list(atlas, name, ids) for name, ids in lists.items()}
    found |= {name: _parameter(name, schema, said) for name, (schema, said) in _single(atlas)}
    found["theme"] = _query("theme", _choice(THEMES, THEMES[0]), "Colours of the picture.")
    found[KNOWN_TAG] = {
        "name": KNOWN_TAG,
        "in": "header",
        "description": "The ETag of an earlier answer: if it still holds, the answer is 304.",
        "schema": {"type": "string"},
    }
    order = (*PARAMETERS, "theme", KNOWN_TAG)
    return {name: found[name] for name in order}


def _single(atlas: Atlas) -> list[tuple[str, tuple[dict[str, Any], str]]]:
    texts = {"type": "string", "maxLength": LONGEST_SEARCH}
    radius = {"type": "integer", "minimum": 1, "maximum": LARGEST_RADIUS_KM}
    version = {"type": "string", "pattern": "^[0-9A-Za-z][0-9A-Za-z.+-]{0,23}$"}
    languages = ", ".join(f"{one}: {NAMES[one]}" for one in LANGUAGES)
    return [
        ("lang", ({"type": "string", "enum": list(LANGUAGES)}, languages)),
        ("match", (_choice(("any", "all"), _DEFAULT.match), "Of several sectors.")),
        ("q", (texts, "Names in every language, pinyin with or without spaces.")),
        ("place", ({"type": "string", "enum": list(atlas.place)}, "The place that is open.")),
        ("near", (texts, "A coordinate in degrees, WGS 84, or the name of a place.")),
        ("radius", (radius | {"default": _DEFAULT.radius}, "Kilometres.")),
        ("order", (_choice(ORDERS, _DEFAULT.order), "How claims are ordered.")),
        ("form", (_choice(FORMS, _DEFAULT.form), "How the page lists claims.")),
        ("of", (_choice(("", *SHARED), ""), "Empty for the map.")),
        ("data", (version, "The version of the data the link was made with.")),
    ]


def _choice(values: tuple[str, ...], default: str) -> dict[str, Any]:
    return {"type": "string", "enum": list(values), "default": default}


def _list(atlas: Atlas, name: str, ids: tuple[str, ...]) -> dict[str, Any]:
    # A package may have nothing to choose from, such as no optional sets.
    items = {"items": {"type": "string", "enum": list(ids)}} if ids else {"maxItems": 0}
    schema = {"type": "array", "uniqueItems": True, **items}
    said = "; ".join(f"{one}: {_name(atlas, name, one)}" for one in ids)
    return {**_parameter(name, schema, said), "style": "form", "explode": False}


def _name(atlas: Atlas, parameter: str, value: str) -> str:
    if parameter == "compare":
        return atlas.place[value].name.en
    return value_name(atlas, text("en"), parameter, value)


def _parameter(name: str, schema: dict[str, Any], said: str) -> dict[str, Any]:
    heading = WORDS["parameter"][name].capitalize()
    return _query(name, schema, f"{heading}. {said}".strip())


def _query(name: str, schema: dict[str, Any], said: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": said, "schema": schema}
