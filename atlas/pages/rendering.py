"""Jinja templates, rendered for a view."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from atlas.analysis.distance import Position
from atlas.analysis.origin import position_text
from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Place, Source
from atlas.model.text import Text, text
from atlas.model.values import CONFIDENCES, SIDES
from atlas.pages.view import View
from atlas.query.profile import by_state
from atlas.query.vocabulary import word
from atlas.query.wording import (
    figure,
    how_far,
    how_far_briefly,
    labelled,
    source_line,
    state_and_year,
)

# Chinese punctuation is as wide as a letter and includes its space.
_FULL_WIDTH_END = re.compile(r"([。；：，！？])\s+")
_PREFORMATTED = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
_CAPITALS = re.compile(r"\b[A-Z]{2,}\b")


def render(template: str, view: View, **values: Any) -> str:
    """Return the HTML of a template for a view."""
    jinja_template = environment(view.selection.lang).get_template(f"{template}.html")
    markup = jinja_template.render(view=view, **values)
    return outside_preformatted(markup, lambda piece: _FULL_WIDTH_END.sub(r"\1", piece))


def outside_preformatted(markup: str, change: Callable[[str], str]) -> str:
    """Return HTML with a change applied everywhere except in preformatted text."""
    pieces = _PREFORMATTED.split(markup)
    pieces[::2] = map(change, pieces[::2])
    return "".join(pieces)


@cache
def environment(language: Language) -> Environment:
    """Return the template environment of a language; templates are compiled once."""
    words = text(language)
    templates = Environment(
        loader=PackageLoader("atlas.pages"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        auto_reload=False,  # Otherwise each use of a template checks its file on disk.
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    templates.globals.update(LANGUAGES=LANGUAGES, CONFIDENCES=CONFIDENCES, SIDES=SIDES)
    templates.filters.update(_filters(words))
    return templates


def _filters(words: Text) -> dict[str, Any]:
    return {
        "in": lambda value: value[words.language],
        "number": words.number,
        "date": words.date,
        "all_of": words.all_of,
        "word": lambda value, vocabulary: word(words, vocabulary, value),
        "figure": lambda row: figure(words, row),
        "how_far": lambda near: how_far(words, near.distance_km, near.margin_km),
        "how_far_briefly": lambda near: how_far_briefly(words, near.distance_km, near.margin_km),
        "by_state": by_state,
        "state_and_year": lambda firm: state_and_year(words, firm),
        "source_line": lambda source: source_line(words, source),
        "label": lambda label: labelled(words, label, ""),
        "position": lambda place: position_text(words, Position(place.latitude, place.longitude)),
        "is_link": is_link,
        "spelt_out": lambda place: spelt_out(words, place),
    }


def spelt_out(words: Text, place: Place) -> str:
    """Return the full name of a place if its short one has an abbreviation, such as ETDZ."""
    short, name = place.short[words.language], place.name[words.language]
    abbreviations = set(_CAPITALS.findall(short)) - set(_CAPITALS.findall(name))
    return name if abbreviations else ""


def is_link(source: Source) -> bool:
    """Return whether a source has a web address."""
    return source.address.startswith(("https://", "http://"))
