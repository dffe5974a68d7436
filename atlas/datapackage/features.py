"""What the atlas asks of the features of each map file, by the file's role."""

from collections.abc import Iterator, Mapping
from typing import Any, get_args

from atlas.model.languages import LANGUAGES
from atlas.model.values import Side

# Property, what stands there, what to do.
Finding = tuple[str, object, str]

LINES = ("LineString", "MultiLineString")
SHAPES = {
    "boundaries": ("Polygon", "MultiPolygon"),
    "provinces": LINES,
    "rivers": LINES,
    "rivers-osm": LINES,
    "labels": ("Point",),
}
FALLBACK = "fallback-"
LABEL_KINDS = ("city", "river", "province")


def findings(role: str, shape: str, properties: Mapping[str, Any]) -> Iterator[Finding]:
    """What is wrong with the type of a feature's shape and with its properties."""
    wanted = SHAPES.get(role.removeprefix(FALLBACK), (shape,))
    if shape not in wanted:
        yield "geometry", shape, f"Draw it as {' or '.join(wanted)}."
    if role == "boundaries":
        yield from _one_of(properties, "side", get_args(Side))
    if role == "labels":
        yield from _one_of(properties, "kind", LABEL_KINDS)
        yield from _label(properties)


def _one_of(
    properties: Mapping[str, Any], name: str, choices: tuple[str, ...]
) -> Iterator[Finding]:
    if properties.get(name) not in choices:
        yield name, properties.get(name, ""), f"Write one of: {', '.join(choices)}."


def _label(properties: Mapping[str, Any]) -> Iterator[Finding]:
    for name in ("rank", "angle"):
        value = properties.get(name, 0)
        if isinstance(value, bool) or not isinstance(value, int | float):
            yield name, value, "Write a number, or leave this property out."
    for name in (f"name_{language}" for language in LANGUAGES):
        if not isinstance(properties.get(name), str) or not properties[name].strip():
            yield (
                name,
                properties.get(name, ""),
                "Write the name: the map shows it in every language.",
            )
