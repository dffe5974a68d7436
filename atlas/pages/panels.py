"""The parts of a page: panels of markup, maps, elements that Streamlit draws, and their layout.

A page is one tuple of parts, used in three ways. The server's first answer is the page with every
panel filled. The Streamlit script then puts empty slots in the same order, and the browser moves
the panels into them. When a click changes a parameter, the browser fetches only the panels that
follow it, and Streamlit runs no script.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import groupby

import pydeck as pdk
from markupsafe import Markup

from atlas.map.extent import Size
from atlas.map.scene.placing import ViewPoint
from atlas.model.selection import PARAMETERS, PLACE_FILTERS, Selection
from atlas.pages.rendering import outside_preformatted
from atlas.pages.view import DRAWING, MAP_SIZES, View
from atlas.picture.inline import CanvasViews

Fill = Callable[[View], str]

# In `follows`: all parameters of the view.
WHOLE_VIEW = "*"

# White space without meaning in HTML. Each pattern begins with a rare character, which saves 3 ms.
_INDENTED = re.compile(r"\n\s*")
_BLOCKS = (
    "article|aside|dd|details|div|dl|dt|figure|footer|form|h1|h2|h3|header|li|nav|ol|p|section|"
    "summary|table|tbody|td|th|thead|tr|ul"
)
_AFTER_BLOCKS = re.compile(rf"(</?(?:{_BLOCKS})\b[^>]*>)\s+")
_BEFORE_BLOCKS = re.compile(rf" +(</?(?:{_BLOCKS})\b)")


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of a page: HTML that has an address of its own.

    `follows` lists the parameters that the HTML depends on besides the language; "filters" stands
    for those that choose places, `WHOLE_VIEW` for all. The address contains no other parameters,
    so it stays the same when they change. `lasts` is false for HTML that also depends on something
    else, such as the day: caches then ask for it again. A panel for `later` is empty until the
    reader asks for it.
    """

    name: str
    fill: Fill
    follows: tuple[str, ...] = (WHOLE_VIEW,)
    in_frames: bool = True  # also shown in a frame on another site
    lasts: bool = True
    later: bool = False

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The names of the parameters that the HTML depends on."""
        if WHOLE_VIEW in self.follows:
            return tuple(PARAMETERS)
        filters = PLACE_FILTERS if "filters" in self.follows else ()
        return ("lang", *filters, *(name for name in self.follows if name != "filters"))

    def markup(self, view: View) -> str:
        """Return the HTML for a view, "" if there is nothing to show."""
        return self.fill(self._relevant(view))

    def answer(self, view: View) -> str:
        """Return the content of the panel's address for a view, as JSON."""
        return json.dumps(self.markup(view), ensure_ascii=False)

    def slot(self, content: str | None = None) -> Markup:
        """Return the element on the page that holds the panel: empty, or with its content."""
        return Markup('<div class="slot {}" {}{}>{}</div>').format(
            self.name.replace(".", "-").replace("_", "-"),
            self._attributes,
            "" if content is None else Markup(" data-filled"),
            Markup(content or ""),  # noqa: S704 - our own HTML
        )

    @cached_property
    def _attributes(self) -> Markup:
        attributes = Markup('data-panel="{}" data-follows="{}"{}')
        later = Markup(" data-later") if self.later else ""
        return attributes.format(self.name, " ".join(self.follows), later)

    def _relevant(self, view: View) -> View:
        """Return the view with only the parameters that the HTML follows; plain links need all."""
        if view.plain or WHOLE_VIEW in self.follows:
            return view
        values = {name: getattr(view.selection, name) for name in self.parameters}
        return replace(view, selection=Selection(**values), dropped=())


@dataclass(frozen=True, kw_only=True)
class Map(Panel):
    """A map: an SVG drawing in the first answer (its `fill`), a pydeck deck at its address.

    A click on a place sets the parameter that it `picks`. Besides the view, a deck depends on theme
    and size, which are part of its address.
    """

    deck: Callable[[View, Size], pdk.Deck | None]
    description: Fill
    picks: str = "place"

    def answer(self, view: View) -> str:
        """Return the deck as JSON, with its text alternative and its size in pixels.

        Return "null" if the view has no map, and the drawing for a browser without WebGL.
        """
        relevant = self._relevant(view)
        if view.map_size == DRAWING:
            return json.dumps({"drawing": self._drawing(relevant)}, ensure_ascii=False)
        size = MAP_SIZES[view.map_size]
        deck = self.deck(relevant, size)
        if deck is None:
            return "null"
        label = json.dumps(self.description(relevant), ensure_ascii=False)
        width, height = size
        return f'{{"deck":{deck.to_json()},"label":{label},"width":{width},"height":{height}}}'

    @cached_property
    def _attributes(self) -> Markup:
        return super()._attributes + Markup(' data-picks="{}"').format(self.picks)

    def markup(self, view: View) -> str:
        """Return the drawing with its text alternative."""
        drawing = self._drawing(self._relevant(view))
        return Markup('<div class="map">{}</div>').format(drawing) if drawing else ""

    def _drawing(self, view: View) -> Markup:
        drawing = self.fill(view)
        if not drawing:
            return Markup("")
        picture = Markup('<div class="atlas-picture" role="img" aria-label="{}">{}</div>')
        return picture.format(self.description(view), Markup(drawing))  # noqa: S704 - our own


def on_canvases(view_at: Callable[[Size], ViewPoint]) -> CanvasViews:
    """Return the view of a map for each size of canvas."""
    return tuple((name, size, view_at(size)) for name, size in MAP_SIZES.items())


@dataclass(frozen=True)
class Element:
    """A part that Streamlit draws, with the function that `atlas.ui.frame` has for its name."""

    name: str


@dataclass(frozen=True)
class Columns:
    """Two columns of panels, stacked on a narrow screen."""

    widths: tuple[float, float]
    left: tuple[Panel, ...]
    right: tuple[Panel, ...]


Part = Panel | Element | Columns
Parts = tuple[Part, ...]


def panels_of(parts: Iterable[Part]) -> Iterator[Panel]:
    """Yield the panels of a page in order, including those in columns."""
    for part in parts:
        if isinstance(part, Columns):
            yield from (*part.left, *part.right)
        elif isinstance(part, Panel):
            yield part


def split_at_elements(parts: Parts) -> list[Element | Parts]:
    """Return Streamlit's elements of a page, and between them the other parts in tuples."""
    blocks: list[Element | Parts] = []
    for is_element, group in groupby(parts, key=lambda part: isinstance(part, Element)):
        block = tuple(group)
        blocks += block if is_element else [block]  # type: ignore[arg-type]
    return blocks


def slots(view: View, parts: Parts, *, filled: bool) -> Markup:
    """Return the HTML of consecutive parts, with their slots filled or empty."""
    inner = Markup("").join(_part(view, part, filled=filled) for part in parts)
    return Markup('<div class="atlas" data-page="{}">{}</div>').format(view.page_name, inner)


def _part(view: View, part: Part, *, filled: bool) -> Markup:
    if isinstance(part, Columns):
        widths = " ".join(f"minmax(0, {width}fr)" for width in part.widths)
        left, right = (
            Markup("").join(_part(view, panel, filled=filled) for panel in column)
            for column in (part.left, part.right)
        )
        columns = '<div class="columns" style="--columns: {}"><div>{}</div><div>{}</div></div>'
        return Markup(columns).format(widths, left, right)  # noqa: S704 - our own HTML
    if isinstance(part, Panel) and (part.in_frames or not view.embedded):
        return part.slot(part.markup(view) if filled and not part.later else None)
    return Markup("")


def panel(*follows: str, **options: bool) -> Callable[[Fill], Panel]:
    """Return a decorator that turns a function that returns HTML into a panel.

    Without names of parameters the panel follows the whole view.
    """

    def decorate(fill: Fill) -> Panel:
        compact = _compact(fill)
        return Panel(
            name=f"{fill.__module__.rpartition('.')[2]}.{fill.__name__}",
            fill=lru_cache(maxsize=256)(compact) if follows else compact,
            follows=follows or (WHOLE_VIEW,),
            **options,
        )

    return decorate


def _compact(fill: Fill) -> Fill:
    """Return the function with the white space removed that has no meaning in HTML."""
    return lambda view: outside_preformatted(fill(view), _without_blanks).strip()


def _without_blanks(markup: str) -> str:
    unindented = _AFTER_BLOCKS.sub(r"\1", _INDENTED.sub(" ", markup))
    return _BEFORE_BLOCKS.sub(r"\1", unindented)
