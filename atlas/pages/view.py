"""The view of a page: the atlas, and what the reader has chosen to see of it.

Templates get it as `view`, and call its methods for links and names.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from markupsafe import Markup

from atlas.datapackage.data_watch import on_disk
from atlas.map.extent import Size
from atlas.map.scene.shapes import shape
from atlas.model.languages import LANGUAGES
from atlas.model.pages import MAP
from atlas.model.parameters import Single
from atlas.model.records import Atlas, Place
from atlas.model.selection import PARAMETERS, Dropped, Selection, in_order, no_filters, toggled
from atlas.model.text import Text, text
from atlas.pages import links
from atlas.pages.links import Site
from atlas.query.facets import filters
from atlas.query.sentences import answer, sentence
from atlas.query.wording import (
    grade,
    kind_and_regions,
    kind_name,
    like_kinds,
    region_names,
    value_name,
)

# The canvases that maps are made for, in pixels. Labels keep their size on every screen, so each
# canvas has its own; the browser fits the map to the real width. `MAP_LIMITS` holds the widest
# place on a page, in pixels, for which a canvas is used.
MAP_SIZES = {"narrow": Size(360, 420), "medium": Size(600, 500), "wide": Size(860, 660)}
MAP_LIMITS = {"narrow": 480, "medium": 720}
# Problems of the data files that a page lists; `/health` lists more.
MOST_PROBLEMS = 5
# Requested in place of a canvas by a browser without WebGL.
DRAWING = "drawing"


@dataclass(frozen=True, slots=True)
class View:
    """The atlas, the reader's selection, and how the page is shown."""

    atlas: Atlas
    selection: Selection
    page: str  # the name in the address, "" for the map page
    theme: str = "light"
    map_size: str = "wide"  # a name in `MAP_SIZES`, or `DRAWING`
    embedded: bool = False  # in a frame on another site
    plain: bool = False  # links hold the whole view, so they work without JavaScript
    site: Site = field(default=Site())
    dropped: tuple[Dropped, ...] = ()  # parts of the query that mean nothing here
    problems: tuple[str, ...] = field(default_factory=lambda: on_disk().problems[:MOST_PROBLEMS])
    today: date = field(default_factory=lambda: datetime.now(tz=UTC).date())

    @property
    def text(self) -> Text:
        """The words of the reader's language."""
        return text(self.selection.lang)

    @property
    def page_name(self) -> str:
        """The name of the page in addresses of panels, where the map page has one too."""
        return self.page or MAP

    @property
    def filters_places(self) -> bool:
        """Whether a filter of places or an optional set is on; filters of claims do not count."""
        return filters(self.selection).is_filtered()

    @property
    def sentence(self) -> str:
        """What the view shows, in the reader's language."""
        return sentence(self.atlas, self.selection, self.text)

    @property
    def answer(self) -> str:
        """The questions that the page answers, in the reader's language."""
        return answer(self.atlas, self.text, self.page)

    @property
    def open_place(self) -> Place | None:
        """The place whose card or profile is open."""
        return self.atlas.place.get(self.selection.place or "")

    @property
    def groups(self) -> tuple[str, ...]:
        """The ids of the groups whose places are shown: the base groups and those switched on."""
        return (*self.atlas.base_groups, *self.selection.sets)

    @property
    def show_all(self) -> dict[str, Any]:
        """The changes that remove every filter and close the open place."""
        return no_filters() | {"place": None}

    @property
    def has_regions(self) -> bool:
        """Whether there are several regions, so that places have counterparts."""
        return len(self.atlas.regions) > 1

    @property
    def has_parts(self) -> bool:
        """Whether any sector is part of another."""
        return any(sector.parent for sector in self.atlas.sectors)

    @property
    def has_confidences(self) -> bool:
        """Whether any evidence has a confidence."""
        return any(row.confidence for row in self.atlas.evidence)

    @property
    def has_grades(self) -> bool:
        """Whether any membership of a group has a status."""
        return any(row.grade for row in self.atlas.memberships)

    @property
    def like_kinds(self) -> str:
        """The kinds of place compared only with their own kind, "" if all are with all."""
        return like_kinds(self.atlas, self.text)

    @property
    def counterpart_heading(self) -> str:
        """The heading of counterparts, which names the border if there are two regions."""
        if self.atlas.has_sides:
            return self.text.gettext("Nearest counterpart across the border")
        return self.text.gettext("Nearest counterpart in another region")

    @property
    def example(self) -> str:
        """The names of one place in all languages, as an example of a search."""
        place = next(iter(self.atlas.places), None)
        return ", ".join(dict.fromkeys(place.short[lang] for lang in LANGUAGES)) if place else ""

    def link(self, to: str | None = None, **changes: Any) -> str:
        """Return a relative link to this page or another, with some parameters changed."""
        return links.link(self.selection, self.page, to, changes)

    def href(self, to: str | None = None, anchor: str = "", **changes: Any) -> Markup:
        """Return the `href` of a link to this page or another, with some parameters changed.

        In a panel it holds only the changes, and the browser adds the rest of the view when the
        pointer is on the link. So a panel stays the same, and is not sent again, when a filter
        changes that it does not show. `data-carry` names the parameters that the link decides.
        """
        return links.href(self._in_links, self.page, to, anchor, tuple(changes.items()))

    def file(self, path: str, **changes: Any) -> Markup:
        """Return the `href` of a file that follows the view, such as `map.svg`."""
        query = self._in_links.but(**changes).to_query()
        return Markup('href="{}?{}" data-carry="{}"').format(path, query, " ".join(changes))

    @property
    def _in_links(self) -> Selection:
        """The part of the view that links hold."""
        return self.selection if self.plain else Selection(lang=self.selection.lang)

    def chip(self, parameter: str, value: str) -> Markup:
        """Return the `href` of a chip, which adds a value to a filter or removes it.

        In a panel it holds only the value: the browser knows the filters, including those of
        clicks that are not answered yet.
        """
        is_single = isinstance(PARAMETERS[parameter], Single)
        query = f"?lang={self.selection.lang}&{parameter}={value}"
        if self.plain and is_single:
            query = self.link(**{parameter: value})
        elif self.plain:
            query = self.toggle_link(parameter, value)
        current = Markup(' aria-current="true"') if self.is_on(parameter, value) else ""
        action = "set" if is_single else "toggle"
        attributes = Markup('href="{}" data-{}="{} {}"{}')
        return attributes.format(query, action, parameter, value, current)

    def toggle_link(self, parameter: str, value: str) -> str:
        """Return a link to this page with a value added to a list parameter, or removed."""
        return f"?{toggled(self.atlas, self.selection, parameter, value).to_query()}"

    def is_on(self, parameter: str, value: str) -> bool:
        """Return whether a parameter has a value, or has it in its list."""
        current: str | tuple[str, ...] = getattr(self.selection, parameter)
        return value in current if isinstance(current, tuple) else value == current

    def value_name(self, parameter: str, value: str) -> str:
        """Return the name of a value of a parameter."""
        return value_name(self.atlas, self.text, parameter, value)

    def widget_key(self, widget: str) -> str:
        """Return the key of a Streamlit widget: a key shared by two pages loses its value."""
        return f"{self.page_name}-{self.selection.lang}-{widget}"

    def compare_ids(self, *places: Place) -> tuple[str, ...]:
        """Return the ids of places to compare, in the order that links have."""
        return in_order(self.atlas, (place.id for place in places))

    def shape(self, place: Place) -> str:
        """Return the shape of a place's mark on the map."""
        return shape(self.atlas, place, self.groups)

    def kind(self, place: Place) -> str:
        """Return the kind of a place, "" if it is not stated."""
        return kind_name(self.atlas, self.text, place)

    def status(self, status: str) -> str:
        """Return the name of a status, "" for none."""
        return self.value_name("grade", status) if status else ""

    def kind_and_regions(self, place: Place) -> str:
        """Return the kind of a place and its regions."""
        return kind_and_regions(self.atlas, self.text, place)

    def region_names(self, region: str | None) -> str:
        """Return the name of a region, or of both for `both`; "" for none."""
        return region_names(self.atlas, self.text, region) if region else ""

    def grade(self, place: Place) -> str:
        """Return the status of a place in the group that it is shown for."""
        return grade(self.atlas, self.text, place, self.groups)
