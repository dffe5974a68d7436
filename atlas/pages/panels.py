"""The parts of a page: panels of markup, what Streamlit draws, and how they stand together.

A page is one tuple of parts. The Streamlit script draws it, the index route fills its panels
for readers without script, and the panel route answers for those that have an address.

What follows the filters is a panel with an address of its own, as the map's files are. A run
puts only a place for it on the page, always the same; the browser fetches the markup, keeps it,
and does so while the run is still under way. So the figures of a filter click are there before
the run is over, and a run costs less than when the markup went with it.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from markupsafe import Markup

from atlas.model.selection import PLACE_FILTERS, Selection
from atlas.pages.view import View

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
