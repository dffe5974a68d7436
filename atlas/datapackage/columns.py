"""The columns that a record class needs in its table, derived from its fields."""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, fields
from functools import cache
from operator import itemgetter
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from atlas.model import records
from atlas.model.languages import LANGUAGES, Language, Words

Cells = Mapping[str, Any]

RECORDS: dict[str, type] = {
    "places": records.Place,
    "sectors": records.Sector,
    "groups": records.Group,
    "memberships": records.Membership,
    "evidence": records.Evidence,
    "indicators": records.Indicator,
    "figures": records.Figure,
    "enterprises": records.Enterprise,
    "events": records.Event,
    "targets": records.Target,
    "sources": records.Source,
    "corrections": records.Correction,
    "questions": records.Question,
    "cautions": records.Caution,
    "changes": records.Change,
}

REFERENCES = {
    "place": "places",
    "park": "places",
    "sector": "sectors",
    "group": "groups",
    "indicator": "indicators",
    "end_event": "events",
    "set_by": "events",
    "reported_by": "events",
    "figure": "figures",
    "source": "sources",
    "position_source": "sources",
}

# Texts without which a row says nothing.
TEXTS = {"name", "short", "claim", "text", "question", "said", "correct"}

# Types of a Data Package field that fill a field of a record.
TYPES = {str: ("string",), int: ("integer", "year"), float: ("number",), bool: ("boolean",)}


@dataclass(frozen=True, slots=True)
class Column:
    """What the atlas asks of one column, whatever the descriptor says."""

    name: str
    types: tuple[str, ...]
    required: bool = False
    choices: tuple[str, ...] = ()
    table: str | None = None
    may_be_absent: bool = False


def primary_key(table: str) -> list[str]:
    """Return the columns that tell the rows of a table apart."""
    return ["group", "place"] if table == "memberships" else ["id"]


def columns(table: str) -> tuple[Column, ...]:
    """Return the columns of a table, in the order of its record's fields."""
    return tuple(column for field in fields(RECORDS[table]) for column in _columns(table, field))


def _columns(table: str, field: Field[Any]) -> list[Column]:
    name, absent = field.name, _has_default(field)
    kind, optional = _without_none(field.type)
    if kind is Words:
        return [Column(f"{name}_{part}", TYPES[str], name in TEXTS) for part in LANGUAGES]
    if get_origin(kind) is tuple:
        return [Column(name, TYPES[str], may_be_absent=absent)]
    target = table if name == "parent" else REFERENCES.get(name)
    choices = get_args(kind) if get_origin(kind) is Literal else ()
    types = TYPES[str if choices else kind]
    # An empty text is a text; an empty key, choice or number is a gap.
    required = not optional and (kind is not str or target is not None or name == "id")
    return [Column(name, types, required, choices, target, absent)]


def _has_default(field: Field[Any]) -> bool:
    return field.default is not MISSING


def _without_none(annotation: Any) -> tuple[Any, bool]:
    parts = get_args(annotation)
    if NoneType not in parts:
        return annotation, False
    return next(part for part in parts if part is not NoneType), True


def record(table: str, cells: Cells) -> Any:
    """Return the record of one row of typed cells."""
    kind, values = _record(table, tuple(LANGUAGES))
    return kind(*[value(cells) for value in values])


@cache
def _record(table: str, _: tuple[Language, ...]) -> tuple[type, tuple[Callable[[Cells], Any], ...]]:
    """Return the class of a table's records, and a reader of each of its fields."""
    kind = RECORDS[table]
    return kind, tuple(
        _value_or_default(field) if _has_default(field) else _value(field.name, field.type)
        for field in fields(kind)
    )


def _value_or_default(field: Field[Any]) -> Callable[[Cells], Any]:
    value = _value(field.name, field.type)
    return lambda cells: value(cells) if field.name in cells else field.default


def _value(name: str, annotation: Any) -> Callable[[Cells], Any]:
    if annotation is Words:
        texts = {language: f"{name}_{language}" for language in LANGUAGES}
        return lambda cells: Words(**{part: cells[text] or "" for part, text in texts.items()})
    if get_origin(annotation) is tuple:
        return lambda cells: _parts(cells[name])
    if annotation is str:
        return lambda cells: cells[name] or ""
    return itemgetter(name)


def _parts(cell: str | None) -> tuple[str, ...]:
    parts = (part.strip() for part in (cell or "").split(";"))
    return tuple(part for part in parts if part)
