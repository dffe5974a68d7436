"""The parts of a page: panels of markup, maps, elements that Streamlit draws, and their layout.

A page is one tuple of parts. The server's first answer is the page with every panel filled; the
Streamlit script puts the same slots, empty, and the browser moves what it has into them; and the
panel route answers for any of them when a click changes what it follows. So a click runs no
script, and nothing is listed twice.
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

# In `follows`: every parameter of the view.
WHOLE_VIEW = "*"

# White space that means nothing in HTML. Each begins with what is seldom: so they take 3 ms less.
_INDENTED = re.compile(r"\n\s*")
_BLOCKS = (
    "article|aside|dd|details|div|dl|dt|figure|footer|form|h1|h2|h3|header|li|nav|ol|p|section|"
    "summary|table|tbody|td|th|thead|tr|ul"
)
_BEHIND_BLOCKS = re.compile(rf"(</?(?:{_BLOCKS})\b[^>]*>)\s+")
_BEFORE_BLOCKS = re.compile(rf" +(</?(?:{_BLOCKS})\b)")


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A part of a page that is markup, and has an address.

    `follows` is what the markup depends on in the view, besides the language: names of
    parameters, "filters" for those that choose places, or `WHOLE_VIEW`. The address contains no
    other parameters and so stays the same when they change. Where the markup also depends on
    something else, such as the day, it does not `last`, and caches ask for it again. One for
    `later` is fetched when the reader asks for it: pages begin without it.
    """

    name: str
    fill: Fill
    follows: tuple[str, ...] = (WHOLE_VIEW,)
    in_frames: bool = True  # also where the page is embedded in another site
    lasts: bool = True
    later: bool = False

    @cached_property
    def parameters(self) -> tuple[str, ...]:
        """The parameters that the markup at an address depends on."""
        if WHOLE_VIEW in self.follows:
            return tuple(PARAMETERS)
        filters = PLACE_FILTERS if "filters" in self.follows else ()
        return ("lang", *filters, *(name for name in self.follows if name != "filters"))

    def markup(self, view: View) -> str:
        """Return the markup for a view, "" if there is nothing to show."""
        return self.fill(self._followed(view))

    def answer(self, view: View) -> str:
        """Return what the panel's address answers for a view, as JSON."""
        return json.dumps(self.markup(view), ensure_ascii=False)

    def slot(self, content: str | None = None) -> Markup:
        """Return the place on the page for the markup: empty, or with its content."""
        return Markup('<div class="slot {}" {}{}>{}</div>').format(
            self.name.replace(".", "-").replace("_", "-"),
            self._attributes,
            "" if content is None else Markup(" data-filled"),
            Markup(content or ""),  # noqa: S704 - markup of ours
        )

    @cached_property
    def _attributes(self) -> Markup:
        attributes = Markup('data-panel="{}" data-follows="{}"{}')
        later = Markup(" data-later") if self.later else ""
        return attributes.format(self.name, " ".join(self.follows), later)

    def _followed(self, view: View) -> View:
        """Return the view without what the markup does not follow; plain links follow all."""
        if view.plain or WHOLE_VIEW in self.follows:
            return view
        followed = {name: getattr(view.selection, name) for name in self.parameters}
        return replace(view, selection=Selection(**followed), dropped=())


@dataclass(frozen=True, kw_only=True)
class Map(Panel):
    """A map: in the first answer a drawing (its `fill`), at its address a deck of pydeck.

    A click on a place writes it into the parameter that it `picks`. Besides the view, a deck
    depends on theme and size; both stand in its address.
    """

    deck: Callable[[View, Size], pdk.Deck | None]
    described: Fill
    picks: str = "place"

    def answer(self, view: View) -> str:
        """Return the deck as JSON, with its text alternative and the size it is made for.

        It is `null` where the view has no map. For a browser without WebGL it is the drawing.
        """
        followed = self._followed(view)
        if view.map_size == DRAWING:
            return json.dumps({"drawing": self._drawing(followed)}, ensure_ascii=False)
        size = MAP_SIZES[view.map_size]
        deck = self.deck(followed, size)
        if deck is None:
            return "null"
        label = json.dumps(self.described(followed), ensure_ascii=False)
        width, height = size
        return f'{{"deck":{deck.to_json()},"label":{label},"width":{width},"height":{height}}}'

    @cached_property
    def _attributes(self) -> Markup:
        return super()._attributes + Markup(' data-picks="{}"').format(self.picks)

    def markup(self, view: View) -> str:
        """Return the drawing, as large as its place, with its text alternative."""
        drawing = self._drawing(self._followed(view))
        return Markup('<div class="map">{}</div>').format(drawing) if drawing else ""

    def _drawing(self, view: View) -> Markup:
        drawing = self.fill(view)
        if not drawing:
            return Markup("")
        picture = Markup('<div class="atlas-picture" role="img" aria-label="{}">{}</div>')
        return picture.format(self.described(view), Markup(drawing))  # noqa: S704 - ours


def on_canvases(view_at: Callable[[Size], ViewPoint]) -> CanvasViews:
    """Return the view of a map for each size of canvas that it is made for."""
    return tuple((name, size, view_at(size)) for name, size in MAP_SIZES.items())


@dataclass(frozen=True)
class Element:
    """A part that Streamlit draws; `atlas.ui.parts` maps its name to a function.

    It stands by itself, between the panels before and after it.
    """

    name: str


@dataclass(frozen=True)
class Columns:
    """Two columns of panels, one below the other on a narrow screen."""

    widths: tuple[float, float]
    left: tuple[Panel, ...]
    right: tuple[Panel, ...]


Part = Panel | Element | Columns
Parts = tuple[Part, ...]


def panels_of(parts: Iterable[Part]) -> Iterator[Panel]:
    """Yield the panels of a page in order, also those in columns."""
    for part in parts:
        if isinstance(part, Columns):
            yield from (*part.left, *part.right)
        elif isinstance(part, Panel):
            yield part


def stretches(parts: Parts) -> list[Element | Parts]:
    """Return the parts of a page, with those between two of Streamlit's elements together."""
    found: list[Element | Parts] = []
    for is_element, group in groupby(parts, key=lambda part: isinstance(part, Element)):
        together = tuple(group)
        found += together if is_element else [together]  # type: ignore[arg-type]
    return found


def stretch(view: View, parts: Parts, *, filled: bool) -> Markup:
    """Return the markup of parts that follow one another: their slots, filled or not."""
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
        return Markup(columns).format(widths, left, right)  # noqa: S704 - markup of ours
    if isinstance(part, Panel) and (part.in_frames or not view.embedded):
        return part.slot(part.markup(view) if filled and not part.later else None)
    return Markup("")


def panel(*follows: str, **options: bool) -> Callable[[Fill], Panel]:
    """Return a decorator that makes a panel from the function that returns its markup.

    Without names of parameters it follows the whole view.
    """

    def make(fill: Fill) -> Panel:
        compact = _compact(fill)
        return Panel(
            name=f"{fill.__module__.rpartition('.')[2]}.{fill.__name__}",
            fill=lru_cache(maxsize=256)(compact) if follows else compact,
            follows=follows or (WHOLE_VIEW,),
            **options,
        )

    return make


def _compact(fill: Fill) -> Fill:
    """Return the function without the white space of its template that means nothing in HTML."""
    return lambda view: outside_preformatted(fill(view), _without_blanks).strip()


def _without_blanks(markup: str) -> str:
    in_lines = _BEHIND_BLOCKS.sub(r"\1", _INDENTED.sub(" ", markup))
    return _BEFORE_BLOCKS.sub(r"\1", in_lines)
