"""The view of a page: the atlas, and what the reader has chosen to see of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
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
from atlas.pages.links import Site
from atlas.query.sentences import answer
from atlas.query.wording import (
    grade,
    kind_and_regions,
    kind_name,
    like_kinds,
    region_names,
    value_name,
)

# The canvases that maps are made for, in pixels, by what is as wide or narrower: labels keep their
# size on every screen, so each has labels of its own. The browser fits the map to the real width.
MAP_SIZES = {"narrow": Size(360, 420), "medium": Size(600, 500), "wide": Size(860, 660)}
MAP_LIMITS = {"narrow": 480, "medium": 720}
# So many a page names of what is wrong with the files; `/health` has more.
MOST_PROBLEMS = 5
# In place of a canvas, for a browser that cannot draw a deck.
DRAWING = "drawing"


@dataclass(frozen=True, slots=True)
class View:
    """The atlas and what the reader has chosen of it."""

    atlas: Atlas
    selection: Selection
    page: str  # the name in the address; empty for the map
    theme: str = "light"
    map_size: str = "wide"  # the one of `MAP_SIZES` that a deck is for
    embedded: bool = False
    plain: bool = False  # every link holds the whole view, and works without script
    site: Site = field(default=Site())
    dropped: tuple[Dropped, ...] = field(default=())
    problems: tuple[str, ...] = field(default_factory=lambda: on_disk().problems[:MOST_PROBLEMS])
    today: date = field(default_factory=lambda: datetime.now(tz=UTC).date())

    @property
    def text(self) -> Text:
        """The words of the reader's language."""
        return text(self.selection.lang)

    @property
    def page_name(self) -> str:
        """The name of the page in addresses of panels, where the map's is not empty."""
        return self.page or MAP

    @property
    def answer(self) -> str:
        """What the page answers, in the reader's language."""
        return answer(self.atlas, self.text, self.page)

    @property
    def groups(self) -> tuple[str, ...]:
        """The ids of the groups of places that are on."""
        return (*self.atlas.base_groups, *self.selection.sets)

    @property
    def everything(self) -> dict[str, Any]:
        """The changes that take every filter off and close the open place."""
        return no_filters() | {"place": None}

    @property
    def has_regions(self) -> bool:
        """Whether there are regions to have counterparts in."""
        return len(self.atlas.regions) > 1

    @property
    def has_parts(self) -> bool:
        """Whether any sector is part of another."""
        return any(sector.parent for sector in self.atlas.sectors)

    @property
    def has_confidences(self) -> bool:
        """Whether the confidence of any evidence is judged."""
        return any(row.confidence for row in self.atlas.evidence)

    @property
    def has_grades(self) -> bool:
        """Whether any membership of a group is graded."""
        return any(row.grade for row in self.atlas.memberships)

    @property
    def like_kinds(self) -> str:
        """The kinds of place that are compared with their like, "" where all are with all."""
        return like_kinds(self.atlas, self.text)

    @property
    def counterpart_heading(self) -> str:
        """The heading over counterparts: of two regions there is one border."""
        if self.atlas.has_sides:
            return self.text.gettext("Nearest counterpart across the border")
        return self.text.gettext("Nearest counterpart in another region")

    @property
    def example(self) -> str:
        """The names of a place in the languages there are, as an example of what to type."""
        place = next(iter(self.atlas.places), None)
        names = (place.short[lang] or place.name[lang] for lang in LANGUAGES) if place else ()
        return ", ".join(dict.fromkeys(names))

    def link(self, to: str | None = None, **changes: Any) -> str:
        """Return a link to this page or another, with some parameters changed.

        It is relative, so that it also works where the site is not at a server's root.
        """
        return _address(self.selection, self.page, to, changes)

    def href(self, to: str | None = None, anchor: str = "", **changes: Any) -> Markup:
        """Return the `href` of a link to this page or another, with some parameters changed.

        In a panel it holds the changes alone, and the browser adds the rest of the view when the
        pointer is on the link: so a panel stays the same, and is not sent anew, when a filter
        changes that it does not show. `data-carry` names the parameters that the link decides.
        """
        plain = self.selection if self.plain else Selection(lang=self.selection.lang)
        return _href(plain, self.page, to, anchor, tuple(changes.items()))

    def file(self, path: str, **changes: Any) -> Markup:
        """Return the `href` of a file that follows the view, such as `map.svg`."""
        plain = self.selection if self.plain else Selection(lang=self.selection.lang)
        carried = Markup('href="{}?{}" data-carry="{}"')
        return carried.format(path, plain.but(**changes).to_query(), " ".join(changes))

    def chip(self, parameter: str, value: str) -> Markup:
        """Return the `href` of a chip, which puts a value into a filter or takes it out.

        In a panel it holds the value alone, as `href` does: the browser knows the filters, also
        those of clicks that are still under way.
        """
        is_single = isinstance(PARAMETERS[parameter], Single)
        query = f"?lang={self.selection.lang}&{parameter}={value}"
        if self.plain and is_single:
            query = self.link(**{parameter: value})
        elif self.plain:
            query = self.toggled(parameter, value)
        current = Markup(' aria-current="true"') if self.is_on(parameter, value) else ""
        step = "set" if is_single else "toggle"
        return Markup('href="{}" data-{}="{} {}"{}').format(query, step, parameter, value, current)

    def toggled(self, parameter: str, value: str) -> str:
        """Return a link to this page with a value put into a list parameter, or taken out."""
        return f"?{toggled(self.atlas, self.selection, parameter, value).to_query()}"

    def is_on(self, parameter: str, value: str) -> bool:
        """Tell whether a parameter has a value, or has it among others."""
        held: str | tuple[str, ...] = getattr(self.selection, parameter)
        return value in held if isinstance(held, tuple) else value == held

    def value_name(self, parameter: str, value: str) -> str:
        """Return the words for a value of a parameter."""
        return value_name(self.atlas, self.text, parameter, value)

    def key(self, widget: str) -> str:
        """Return the key of a widget, unique to page and language: a shared key loses its value."""
        return f"{self.page_name}-{self.selection.lang}-{widget}"

    def together(self, *places: Place) -> tuple[str, ...]:
        """Return the ids of places to compare, in the order of links."""
        return in_order(self.atlas, (place.id for place in places))

    def shape(self, place: Place) -> str:
        """Return the shape of a place's mark on the map."""
        return shape(self.atlas, place, self.groups)

    def kind(self, place: Place) -> str:
        """Return what a place is, "" where it is not stated."""
        return kind_name(self.atlas, self.text, place)

    def status(self, status: str) -> str:
        """Return the name of a status, "" where none is stated."""
        return self.value_name("grade", status) if status else ""

    def kind_and_regions(self, place: Place) -> str:
        """Return what a place is and in which regions."""
        return kind_and_regions(self.atlas, self.text, place)

    def region_names(self, region: str | None) -> str:
        """Return the name of a region, of `both` those of the two; "" for none."""
        return region_names(self.atlas, self.text, region) if region else ""

    def grade(self, place: Place) -> str:
        """Return how sure the group is that a place is shown for."""
        return grade(self.atlas, self.text, place, self.groups)


# A page holds some hundred links, the same ones in every view.
@lru_cache(maxsize=16_384)
def _href(
    carried: Selection, here: str, to: str | None, anchor: str, changes: tuple[tuple[str, Any], ...]
) -> Markup:
    address = _address(carried, here, to, dict(changes))
    decided = [name for name, _ in changes]
    decided += ["of"] if to not in (None, here) else []
    return Markup('href="{}{}" data-carry="{}"').format(address, anchor, " ".join(decided))


def _address(selection: Selection, here: str, to: str | None, changes: dict[str, Any]) -> str:
    """Return a relative address, which also works where the site is not at a server's root."""
    if to in (None, here):
        return f"?{selection.but(**changes).to_query()}"
    shared = {"of": here if to == "share" else ""}
    return f"{to or './'}?{selection.but(**shared, **changes).to_query()}"
