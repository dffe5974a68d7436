"""The columns that a record class needs in its table, derived from its fields."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from atlas.model import notes, records, terms
from atlas.model.languages import LANGUAGES, UNDETERMINED, Language, Words
from atlas.model.records import stored_fields
from atlas.model.values import stated

RECORDS: dict[str, type] = {
    "places": records.Place,
    "sectors": terms.Sector,
    "groups": terms.Group,
    "memberships": records.Membership,
    "evidence": records.Evidence,
    "indicators": terms.Indicator,
    "figures": records.Figure,
    "enterprises": records.Enterprise,
    "events": records.Event,
    "targets": notes.Target,
    "sources": records.Source,
    "corrections": notes.Correction,
    "questions": notes.Question,
    "cautions": notes.Caution,
    "changes": notes.Change,
    "regions": terms.Region,
    "kinds": terms.Kind,
    "statuses": terms.Status,
    "levels": terms.Level,
    "tours": notes.Step,
}

REFERENCES = {
    "kind": "kinds",
    "faces": "kinds",
    "grade": "statuses",
    "level": "levels",
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

# Texts that every row has in each language that the package promises.
TEXTS = {"name", "short", "claim", "text", "question", "said", "correct"}
# Those of them without which a row says nothing, whatever the languages.
NEEDED_TEXTS = TEXTS - {"short", "claim"}
# Texts that a package may leave out, whichever languages it promises.
OPTIONAL_TEXTS = {"singular", "plural", "legend", "credited"}

# The types of a Data Package field that can fill a field of a record.
TYPES = {str: ("string",), int: ("integer", "year"), float: ("number",), bool: ("boolean",)}


@dataclass(frozen=True, slots=True)
class Column:
    """What the atlas demands of a column, whatever the descriptor says.

    `choices` are the only values allowed, `table` is the one whose ids it holds.
    """

    name: str
    types: tuple[str, ...]
    required: bool = False
    choices: tuple[str, ...] = ()
    table: str | None = None
    may_be_absent: bool = False


def primary_key(table: str) -> tuple[str, ...]:
    """Return the columns that identify a row of a table."""
    return ("group", "place") if table == "memberships" else ("id",)


def columns(table: str, languages: Collection[Language] | None = None) -> tuple[Column, ...]:
    """Return the columns of a table, in the order of its record's fields.

    A text has a column in each of the languages that the package promises (all by default), and
    may have more: in other languages, and one without a language.
    """
    promised = LANGUAGES if languages is None else languages
    return tuple(
        column
        for field in stored_fields(RECORDS[table])
        for column in _columns(table, field, promised)
    )


def _columns(table: str, field: Field[Any], promised: Collection[Language]) -> list[Column]:
    name, may_be_absent = field.name, has_default(field)
    if field.type is Words:
        return [
            _text_column(name, column, is_promised=language in promised)
            for language, column in _text_columns(name).items()
        ]
    kind, is_optional = without_none(field.type)
    if get_origin(kind) is tuple:
        return [Column(name, TYPES[str], may_be_absent=may_be_absent)]
    target = table if name == "parent" else REFERENCES.get(name)
    choices = stated(kind) if get_origin(kind) is Literal else ()
    types = TYPES[str if choices else kind]
    # An empty text is a text; an empty key, choice or number is a gap.
    is_gap = kind is not str or target is not None or name == "id"
    required = is_gap and not (is_optional or may_be_absent)
    return [Column(name, types, required, choices, target, may_be_absent)]


def needed_texts(table: str) -> Iterator[tuple[str, list[str]]]:
    """Yield each text that a table must have in some language, with its possible columns."""
    for field in stored_fields(RECORDS[table]):
        if field.type is Words and not has_default(field):
            yield field.name, [*_text_columns(field.name).values()]


def _text_columns(name: str) -> dict[Language, str]:
    """Return the column of a text in each language; without a language it is the bare name."""
    return {language: f"{name}_{language}" for language in LANGUAGES} | {UNDETERMINED: name}


def _text_column(text: str, name: str, *, is_promised: bool) -> Column:
    is_promised = is_promised and text not in OPTIONAL_TEXTS
    required = is_promised and text in TEXTS
    return Column(name, TYPES[str], required, may_be_absent=not is_promised)


def has_default(field: Field[Any]) -> bool:
    """Return whether a package may leave out the column of a field."""
    return field.default is not MISSING


def without_none(annotation: Any) -> tuple[Any, bool]:
    """Return `X` and True for the annotation `X | None`, another one as it is and False."""
    parts = get_args(annotation)
    if NoneType not in parts:
        return annotation, False
    return next(part for part in parts if part is not NoneType), True


def record(table: str, values: Mapping[str, Any]) -> Any:
    """Return the record of one row of typed values, by column."""
    kind = RECORDS[table]
    return kind(**{field.name: _value(field, values) for field in stored_fields(kind)})


def _value(field: Field[Any], values: Mapping[str, Any]) -> Any:
    if field.type is Words:
        names = _text_columns(field.name).items()
        return Words(**{part: values[name] or "" for part, name in names if name in values})
    value = values.get(field.name)
    if get_origin(field.type) is tuple:
        parts = (part.strip() for part in (value or "").split(";"))
        return tuple(part for part in parts if part)
    if value is None and has_default(field):
        return field.default
    return "" if value is None and field.type is str else value
