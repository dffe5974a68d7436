"""The parts of a page: panels of markup, what Streamlit draws, and how they stand together.

A page is one tuple of parts. The Streamlit script draws it, the index route fills its panels
for readers without script, and the panel route answers for those that have an address.

What follows the filters is a panel with an address of its own, as the map's files are. A run
puts only a place for it on the page, always the same; the browser fetches the markup, keeps it,
and does so while the run is still under way. So the figures of a filter click are there before
the run is over, and a run costs less than when the markup went with it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache, cached_property, lru_cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from atlas.model.languages import LANGUAGES, Language
from atlas.model.records import Source
from atlas.model.selection import PLACE_FILTERS, Selection
from atlas.model.text import Text, text
from atlas.model.values import CONFIDENCES, SIDES
from atlas.model.vocabulary import word
from atlas.pages.view import View
from atlas.query.profile import by_state
from atlas.query.wording import (
    figure,
    how_far,
    how_far_briefly,
    kind_and_side,
    labelled,
    source_line,
    state_and_year,
)

Fill = Callable[[View], str]


@dataclass(frozen=True)
class Panel:
    """A part of a page that is markup.

    `follows` is what of the view the markup depends on, besides the language: names of
    parameters, and "filters" for those that choose places. A panel with it has an address,
    which holds no other parameters and so stays the same when they change. A panel without
    it goes with each run of the page.
    """

    name: str
    fill: Fill
    follows: tuple[str, ...] | None = None
    in_frames: bool = True  # also where the page is embedded in another site

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that the markup at an address depends on."""
        follows = self.follows or ()
        filters = PLACE_FILTERS if "filters" in follows else ()
        return ("lang", *filters, *(name for name in follows if name != "filters"))

    def markup(self, view: View) -> str:
        """Return what the panel's address answers for a view; empty if there is nothing to say."""
        followed = {name: getattr(view.selection, name) for name in self.parameters}
        return self.fill(replace(view, selection=Selection(**followed)))

    @cached_property
    def slot(self) -> Markup:
        """The place on the page that the browser fills."""
        return Markup('<div class="slot" data-panel="{}" data-follows="{}"></div>').format(
            self.name, " ".join(self.follows or ())
        )


@dataclass(frozen=True)
class Element:
    """A part that Streamlit draws; `atlas.ui` knows how, by the name."""

    name: str
    stand_in: Panel | None = None  # for readers without script
    in_frames: bool = True


def _always(_: View) -> bool:
    return True


@dataclass(frozen=True)
class Columns:
    """Parts beside others, where there is anything to show."""

    widths: tuple[float, float]
    left: "Parts"
    right: "Parts"
    when: Callable[[View], bool] = _always


@dataclass(frozen=True)
class Sidebar:
    """Parts in the sidebar, which an embedded page does not have."""

    parts: "Parts" = field(default=())


Parts = tuple[Panel | Element | Columns | Sidebar, ...]


def flat(parts: Parts) -> Iterator[Panel | Element]:
    """Yield the panels and elements of a page in order, out of columns and sidebars."""
    for part in parts:
        if isinstance(part, Columns):
            yield from flat((*part.left, *part.right))
        elif isinstance(part, Sidebar):
            yield from flat(part.parts)
        else:
            yield part


def without_script(view: View, parts: Parts) -> list[str]:
    """Return the markup of a page for readers without script: every panel, and the stand-ins."""
    panels = (part if isinstance(part, Panel) else part.stand_in for part in flat(parts))
    return [markup for panel in panels if panel and (markup := panel.fill(view))]


def panel(fill: Fill) -> Panel:
    """Make a panel, which goes with each run, of a function that returns its markup."""
    return Panel(_name(fill), _on_one_line(fill))


def fetched(*follows: str, in_frames: bool = True) -> Callable[[Fill], Panel]:
    """Make a panel with an address of a function that returns its markup."""

    def made(fill: Fill) -> Panel:
        return Panel(_name(fill), lru_cache(maxsize=256)(_on_one_line(fill)), follows, in_frames)

    return made


def _name(fill: Fill) -> str:
    return f"{fill.__module__.rpartition('.')[2]}.{fill.__name__}"


def _on_one_line(fill: Fill) -> Fill:
    """Return the function without the indentation of its template, which means nothing in HTML."""

    def filled(view: View) -> str:
        return re.sub(r"\s*\n\s*", " ", fill(view)).strip()

    return filled


@cache
def environment(language: Language) -> Environment:
    """Return the templates of a language; they are compiled once."""
    words = text(language)
    made = Environment(
        loader=PackageLoader("atlas.pages"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        auto_reload=False,  # Else each use of a template asks the disk whether it is newer.
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.install_gettext_translations(words.translations, newstyle=True)  # type: ignore[attr-defined]
    made.globals.update(LANGUAGES=LANGUAGES, CONFIDENCES=CONFIDENCES, SIDES=SIDES)
    made.filters.update(_filters(words))
    return made


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
        "lead_in": lead_in,
        "kind_and_side": lambda place: kind_and_side(words, place),
        "is_link": is_link,
    }


def lead_in(phrase: str) -> str:
    """Return a phrase that ends in a colon with its space; a full-width colon brings its own."""
    return phrase if unicodedata.east_asian_width(phrase[-1]) == "F" else f"{phrase} "


def is_link(source: Source) -> bool:
    """Tell whether a source has an address that a browser can open."""
    return source.address.startswith(("https://", "http://"))


def render(template: str, view: View, **values: Any) -> str:
    """Return a template filled for a view."""
    template_of = environment(view.selection.lang).get_template(f"{template}.html")
    return template_of.render(view=view, **values)
