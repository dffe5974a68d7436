"""The columns that a record class needs in its table, derived from its fields."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import MISSING, Field, dataclass
from types import NoneType
from typing import Any, Literal, get_args, get_origin

from atlas.model import notes, records, terms
from atlas.model.languages import LANGUAGES, UNDETERMINED, Language, Words
from atlas.model.records import stored_fields
from atlas.model.values import stated

Cells = Mapping[str, Any]

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

# Texts that a package writes in every language it promises; and of these, those without which a
# row says nothing, whatever the languages.
TEXTS = {"name", "short", "claim", "text", "question", "said", "correct"}
NEEDED_TEXTS = TEXTS - {"short", "claim"}
# Texts that a package in several languages may lack altogether.
NEW_TEXTS = {"singular", "plural", "legend", "credited"}

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


def primary_key(table: str) -> tuple[str, ...]:
    """Return the columns that tell the rows of a table apart."""
    return ("group", "place") if table == "memberships" else ("id",)


def columns(table: str, languages: Collection[Language] | None = None) -> tuple[Column, ...]:
    """Return the columns of a table, in the order of its record's fields.

    Texts have one in each of the languages that a package promises (all, if none are given), and
    may have one in others, and one in a language that is not stated.
    """
    promised = LANGUAGES if languages is None else languages
    return tuple(
        column
        for field in stored_fields(RECORDS[table])
        for column in _columns(table, field, promised)
    )


def _columns(table: str, field: Field[Any], languages: Collection[Language]) -> list[Column]:
    name, absent = field.name, has_default(field)
    kind, optional = _without_none(field.type)
    if kind is Words:
        return [_text_column(name, part, languages) for part in (*LANGUAGES, UNDETERMINED)]
    if get_origin(kind) is tuple:
        return [Column(name, TYPES[str], may_be_absent=absent)]
    target = table if name == "parent" else REFERENCES.get(name)
    choices = stated(kind) if get_origin(kind) is Literal else ()
    types = TYPES[str if choices else kind]
    # An empty text is a text; an empty key, choice or number is a gap.
    required = not (optional or absent) and (kind is not str or target is not None or name == "id")
    return [Column(name, types, required, choices, target, absent)]


def needed_texts(table: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the texts that a table must have in some language, each with its possible columns."""
    for field in stored_fields(RECORDS[table]):
        if field.type is Words and not has_default(field):
            parts = (*LANGUAGES, UNDETERMINED)
            yield field.name, [text_column(field.name, part) for part in parts]


def text_column(name: str, language: Language) -> str:
    """Return the name of the column of a text in a language."""
    return name if language == UNDETERMINED else f"{name}_{language}"


def _text_column(name: str, language: Language, promised: Collection[Language]) -> Column:
    is_promised = language in promised and name not in NEW_TEXTS
    return Column(
        text_column(name, language),
        TYPES[str],
        required=is_promised and name in TEXTS,
        may_be_absent=not is_promised,
    )


def has_default(field: Field[Any]) -> bool:
    """Tell whether a package may lack the column of a field."""
    return field.default is not MISSING


def _without_none(annotation: Any) -> tuple[Any, bool]:
    parts = get_args(annotation)
    if NoneType not in parts:
        return annotation, False
    return next(part for part in parts if part is not NoneType), True


def record(table: str, cells: Cells) -> Any:
    """Return the record of one row of typed cells."""
    kind = RECORDS[table]
    return kind(**{field.name: _value(field, cells) for field in stored_fields(kind)})


def _value(field: Field[Any], cells: Cells) -> Any:
    if field.type is Words:
        return _words(field.name, cells)
    value = cells.get(field.name)
    if get_origin(field.type) is tuple:
        parts = (part.strip() for part in (value or "").split(";"))
        return tuple(part for part in parts if part)
    if value is None and has_default(field):
        return field.default
    return "" if value is None and field.type is str else value


def _words(name: str, cells: Cells) -> Words:
    texts = {part: text_column(name, part) for part in (*LANGUAGES, UNDETERMINED)}
    return Words(**{part: cells[text] or "" for part, text in texts.items() if text in cells})
