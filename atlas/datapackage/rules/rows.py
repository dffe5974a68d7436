"""Rules that a row must meet, whatever the other rows are."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import fields
from datetime import date
from functools import cache
from math import isfinite
from typing import Any

from atlas.datapackage.columns import NEEDED_TEXTS
from atlas.datapackage.descriptor import Promises
from atlas.model.languages import LANGUAGES, Language, Words
from atlas.model.notes import Change, Target
from atlas.model.records import Enterprise, Event, Figure, Place, Source
from atlas.model.terms import Group, Sector

# Column, value, what to do.
Finding = tuple[str, object, str]

SLUG = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,79}")
# What Excel and others make of Chinese when they save it in an encoding without it.
LOST = re.compile(r"\?\s*\?")
# Characters of a phrase; a longer one would be a copy of the source.
LONGEST_PHRASE = 40
EARLIEST_YEAR = 1900
DAY = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def findings(row: Any, today: date, promises: Promises) -> Iterator[Finding]:
    """Yield what is wrong with a record, whatever the other rows are."""
    kind: type = type(row)
    for name in _checked_fields(kind):
        yield from _value(name, getattr(row, name), promises.languages)
    match row:
        case Place():
            yield from _position(row, promises.stated)
            yield from _parent(row)
            yield from _sourced("about", row.about, row.source)
        case Sector():
            yield from _sourced("credited_side", row.credited_side, row.source)
        case Group():
            yield from _sourced("definition", row.definition, row.source)
        case Figure():
            yield from _figure(row, today, promises.stated)
        case Enterprise():
            yield from _firm(row, today)
        case Change():
            yield from _day(row.date, date.max, "Write YYYY-MM-DD.")
        case Event():
            yield from _day(row.date, today, "Write YYYY, YYYY-MM or YYYY-MM-DD.")
        case Target():
            yield from _target(row, today)
        case Source():
            yield from _source(row, today)


@cache
def _checked_fields(kind: type) -> tuple[str, ...]:
    """Return the fields of a record that `_value` has a rule for: its id, texts and numbers."""
    names, types = ("id", "phrase"), (Words, float, float | None)
    return tuple(field.name for field in fields(kind) if field.name in names or field.type in types)


def _value(name: str, value: object, languages: Iterable[Language]) -> Iterator[Finding]:
    if name == "id" and not SLUG.fullmatch(str(value)):
        yield name, value, "Use at most 80 letters, digits and hyphens."
    if name == "phrase" and len(str(value)) > LONGEST_PHRASE:
        yield name, value, f"Quote at most {LONGEST_PHRASE} characters of the source."
    if isinstance(value, float) and not isfinite(value):
        yield name, value, "Write a finite number or leave the cell empty."
    if isinstance(value, Words):
        yield from _text(name, value, languages)


def _text(name: str, words: Words, languages: Iterable[Language]) -> Iterator[Finding]:
    # Without those that fall back on another language.
    texts = {part: words[part] for part in words if words.language_of(part) == part}
    filled = {part for part, text in texts.items() if text.strip()}
    if name in NEEDED_TEXTS and not filled:
        yield name, "", "Write it, in one language at least."
    for part in languages if filled else ():
        if part not in filled:
            rule = "Fill in every language of a text, or none."
            yield f"{name}_{part}", texts.get(part, ""), rule
    for part in words:
        entry = LANGUAGES.get(part)
        if entry and LOST.search(words[part]) and not re.search(entry.letters, words[part]):
            rule = "Its characters were lost: restore the text and save the file as CSV UTF-8."
            yield f"{name}_{part}", words[part], rule


def _position(place: Place, stated: Collection[str]) -> Iterator[Finding]:
    for column in ("latitude", "longitude", "precision_km", "position_source"):
        value = getattr(place, column)
        is_needed = column in ("latitude", "longitude") or f"places.{column}" in stated
        if is_needed and place.position != "none" and value is None:
            rule = f'Fill it in, or write "none" as position: "{place.position}" needs it.'
            yield column, "", rule
        if place.position == "none" and value is not None:
            rule = 'Empty the cell, or write "point" or "area" as position.'
            yield column, value, rule


def _parent(place: Place) -> Iterator[Finding]:
    if (place.parent is None) != (place.containment is None):
        rule = "Fill in parent and containment, or neither."
        yield "containment", place.containment or "", rule
    if place.parent == place.id:
        yield "parent", place.parent, "A place cannot lie on itself: name another place."
    if place.containment and (place.containment == "unknown") != (place.position == "none"):
        rule = 'Write "unknown" for a place without a point, and only for such a place.'
        yield "containment", place.containment, rule


def _sourced(column: str, claim: object, source: str | None) -> Iterator[Finding]:
    text = claim.english if isinstance(claim, Words) else claim
    if text and source is None:
        yield "source", "", f"Name the source of {column}."


def _figure(figure: Figure, today: date, stated: Collection[str]) -> Iterator[Finding]:
    may_lack_unit = figure.unit is None and "figures.unit" not in stated
    if (figure.value is None) != (figure.unit is None) and not may_lack_unit:
        column = "value" if figure.value is None else "unit"
        yield column, "", "Fill in value and unit, or neither."
    if (figure.year is None) != (figure.period is None):
        column = "year" if figure.year is None else "period"
        yield column, "", "Fill in period and year, or neither."
    if figure.year is not None and figure.year > today.year:
        yield "year", figure.year, f"It lies after {today}, the as_of date: correct one of them."


def _firm(firm: Enterprise, today: date) -> Iterator[Finding]:
    if firm.year is None:
        return
    if firm.state is None:
        yield "state", "", "Fill in the state of the firm in this year, or empty the year."
    if not EARLIEST_YEAR <= firm.year <= today.year:
        yield "year", firm.year, f"Write a year from {EARLIEST_YEAR} to {today.year}."


def _target(target: Target, today: date) -> Iterator[Finding]:
    form = "Write YYYY, YYYY-MM or YYYY-MM-DD."
    yield from _day(target.as_of, today, form, column="as_of")
    yield from _day(target.due, date.max, form, column="due")
    if target.target <= 0:
        yield "target", target.target, "Write a target above zero."
    if target.figure is None and target.reported_by is None:
        yield "reported_by", "", "Name the figure or the event that reports the later value."


def _source(source: Source, today: date) -> Iterator[Finding]:
    if source.address and not re.match(r"https?://[^\s/]", source.address):
        yield "address", source.address, "Write an address with http:// or https://, or none."
    if source.date:
        # A question mark says that the date is uncertain.
        form = "Write YYYY, YYYY-MM or YYYY-MM-DD, with ? if uncertain, or nothing."
        yield from _day(source.date.removesuffix("?"), today, form)


def is_day(text: str, today: date) -> bool:
    """Return whether a text is a date to the year, month or day, not after today."""
    return not any(_day(text, today, ""))


def _day(text: str, today: date, form: str, column: str = "date") -> Iterator[Finding]:
    match = DAY.fullmatch(text)
    try:
        first_day = date(*(int(part or 1) for part in match.groups())) if match else None
    except ValueError:
        first_day = None
    if first_day is None:
        yield column, text, form
    elif first_day > today:
        yield column, text, f"It lies after {today}, the as_of date: correct one of them."
