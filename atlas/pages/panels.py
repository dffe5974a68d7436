"""The parts of a page: panels of markup, elements that Streamlit draws, and their layout.

A page is one tuple of parts. The Streamlit script draws it, the index route fills its panels
for readers without script, and the panel route answers for those that have an address.

What depends on the filters is a panel with an address of its own, as the map's files are. A run
puts only an empty slot for it on the page, always the same; the browser fetches the markup and
caches it while the run is still going on. So the figures of a filter click are there before the
run is over, and a run takes less time than when the markup went with it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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

_INDENTED = re.compile(r"\s*\n\s*")
_BLOCKS = (
    "article|aside|dd|details|div|dl|dt|figure|footer|h1|h2|h3|header|li|nav|ol|p|section|summary|"
    "table|tbody|td|th|thead|tr|ul"
)
_BESIDE_BLOCKS = re.compile(rf"\s*(</?(?:{_BLOCKS})\b[^>]*>)\s*")


@dataclass(frozen=True)
class Panel:
    """A part of a page that is markup.

    `follows` is what the markup depends on in the view, besides the language: names of
    parameters, and "filters" for those that choose places. A panel with it has an address,
    which contains no other parameters and so stays the same when they change. A panel without
    it is sent with each run of the page.
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
        """Return what the panel's address answers for a view, "" if there is nothing to show."""
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
    """A part that Streamlit draws; `atlas.ui.parts` maps its name to a function."""

    name: str
    stand_in: Panel | None = None  # for readers without script


def _always(_: View) -> bool:
    return True


@dataclass(frozen=True)
class Columns:
    """Two columns of parts; `when` says whether they are on the page."""

    widths: tuple[float, float]
    left: "Parts"
    right: "Parts"
    when: Callable[[View], bool] = _always


@dataclass(frozen=True)
class Sidebar:
    """Parts in the sidebar, which an embedded page does not have."""

    parts: "Parts"


Part = Panel | Element | Columns | Sidebar
Parts = tuple[Part, ...]


def flat(parts: Parts) -> Iterator[Panel | Element]:
    """Yield the panels and elements of a page in order, also those in columns and sidebars."""
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
    """Return a panel, sent with each run, from the function that returns its markup."""
    return Panel(_name(fill), _compact(fill))


def fetched(*follows: str, in_frames: bool = True) -> Callable[[Fill], Panel]:
    """Return a decorator that makes a panel with an address from a function."""

    def make(fill: Fill) -> Panel:
        return Panel(_name(fill), lru_cache(maxsize=256)(_compact(fill)), follows, in_frames)

    return make


def _name(fill: Fill) -> str:
    return f"{fill.__module__.rpartition('.')[2]}.{fill.__name__}"


def _compact(fill: Fill) -> Fill:
    """Return the function without the white space of its template that means nothing in HTML."""

    def filled(view: View) -> str:
        # Every other piece is preformatted text, which stays as it is.
        pieces = re.split(r"(<pre\b.*?</pre>)", fill(view), flags=re.DOTALL)
        pieces[::2] = (_BESIDE_BLOCKS.sub(r"\1", _INDENTED.sub(" ", one)) for one in pieces[::2])
        return "".join(pieces).strip()

    return filled


@cache
def environment(language: Language) -> Environment:
    """Return the template environment of a language; templates are compiled once."""
    words = text(language)
    templates = Environment(
        loader=PackageLoader("atlas.pages"),
        autoescape=True,
        extensions=["jinja2.ext.i18n"],
        undefined=StrictUndefined,
        auto_reload=False,  # Else each use of a template asks the disk whether it is newer.
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
        "lead_in": lead_in,
        "kind_and_side": lambda place: kind_and_side(words, place),
        "is_link": is_link,
    }


def lead_in(phrase: str) -> str:
    """Return a phrase ending in a colon with a space after it, none after a full-width colon."""
    return phrase if unicodedata.east_asian_width(phrase[-1]) == "F" else f"{phrase} "


def is_link(source: Source) -> bool:
    """Return whether a source has an address that a browser can open."""
    return source.address.startswith(("https://", "http://"))


def render(template: str, view: View, **values: Any) -> str:
    """Return a template filled for a view."""
    environment_of_view = environment(view.selection.lang)
    return environment_of_view.get_template(f"{template}.html").render(view=view, **values)
