"""The view of a page: the atlas, and what the reader has chosen to see of it."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from atlas.map.marks import Shape, shape
from atlas.model.languages import Language
from atlas.model.links import Site
from atlas.model.pages import MAP
from atlas.model.parameters import Single
from atlas.model.records import Atlas, Place
from atlas.model.selection import PARAMETERS, Dropped, Selection, toggled
from atlas.model.text import Text, text
from atlas.query.wording import ANSWERS, grade

# Widths that maps are fitted to, in pixels. In steps, so that readers share maps already built.
MAP_WIDTHS = range(260, 901, 20)
USUAL_MAP_WIDTH = 580


@dataclass(frozen=True, slots=True)
class View:
    """The atlas and what the reader has chosen of it."""

    atlas: Atlas
    selection: Selection
    page: str  # the name in the address; empty for the map
    theme: str
    map_width: int = USUAL_MAP_WIDTH  # of the canvas that the map is fitted to, in pixels
    embedded: bool = False
    plain: bool = False  # for readers without script
    site: Site = field(default=Site())
    dropped: tuple[Dropped, ...] = field(default=())
    today: date = field(default_factory=lambda: datetime.now(tz=UTC).date())

    @property
    def text(self) -> Text:
        """The words of the reader's language."""
        return text(self.selection.lang)

    @property
    def answer(self) -> str:
        """What the page answers, in the reader's language."""
        return self.text.gettext(ANSWERS[self.page])

    @property
    def groups(self) -> tuple[str, ...]:
        """The ids of the groups of places that are on."""
        return (*self.atlas.base_groups, *self.selection.sets)

    def link(self, to: str | None = None, **changes: Any) -> str:
        """Return a link to this page or another, with some parameters changed.

        It is relative, so that it also works where the site is not at a server's root.
        """
        return _address(self.selection, self.page, to, changes)

    def href(self, to: str | None = None, anchor: str = "", **changes: Any) -> Markup:
        """Return the `href` of a link to this page or another, with some parameters changed.

        With script it holds the changes alone, and the browser adds the rest of the view when
        the pointer is on the link: so a panel stays the same, and is not sent anew, when a filter
        changes that it does not show.
        """
        if self.plain:
            return Markup('href="{}{}"').format(self.link(to, **changes), anchor)
        return _carried(self.selection.lang, self.page, to, anchor, tuple(changes.items()))

    def chip(self, parameter: str, value: str) -> Markup:
        """Return the `href` of a chip, which puts a value into a filter or takes it out.

        With script it holds the value alone, as `href` does: the browser knows the filters,
        also those of clicks that are still under way.
        """
        is_single = isinstance(PARAMETERS[parameter], Single)
        query = f"lang={self.selection.lang}&{parameter}={value}"
        if self.plain and is_single:
            query = self.selection.but(**{parameter: value}).to_query()
        elif self.plain:
            query = toggled(self.atlas, self.selection, parameter, value).to_query()
        step = "set" if is_single else "toggle"
        return Markup('href="?{}" data-{}="{} {}"').format(query, step, parameter, value)

    def key(self, widget: str) -> str:
        """Return the key of a widget, unique to page and language: a shared key loses its value."""
        return f"{self.page or MAP}-{self.selection.lang}-{widget}"

    def shape(self, place: Place) -> Shape:
        """Return the shape of a place's mark on the map."""
        return shape(self.atlas, place, self.groups)

    def grade(self, place: Place) -> str:
        """Return how sure the group is that a place is shown for."""
        return grade(self.atlas, self.text, place, self.groups)


# A page holds some hundred links, the same ones in every view.
@lru_cache(maxsize=16_384)
def _carried(
    language: Language, page: str, to: str | None, anchor: str, changes: tuple[tuple[str, Any], ...]
) -> Markup:
    default = Selection(lang=language)
    address = _address(default, page, to, dict(changes))
    kept = dict(default.but(**dict(changes)).items())
    dropped = [name for name, _ in changes if name not in kept]
    dropped += ["of"] if to not in (None, page, "share") else []
    return Markup('href="{}{}" data-carry="{}"').format(address, anchor, " ".join(dropped))


def _address(selection: Selection, here: str, to: str | None, changes: dict[str, Any]) -> str:
    """Return a relative address, which also works where the site is not at a server's root."""
    if to in (None, here):
        return f"?{selection.but(**changes).to_query()}"
    shared = {"of": here if to == "share" else ""}
    return f"{to or './'}?{selection.but(**shared, **changes).to_query()}"
