"""What every part of a page is given."""

from dataclasses import dataclass, field
from typing import Any

from atlas.links import Site
from atlas.marks import Shape, shape
from atlas.records import Atlas, Place
from atlas.selection import Dropped, Selection
from atlas.text import Text, text
from atlas.wording import grade


@dataclass(frozen=True, slots=True)
class View:
    """The atlas and what the reader has chosen of it."""

    atlas: Atlas
    selection: Selection
    page: str  # the name in the address; empty for the map
    theme: str
    narrow: bool
    embedded: bool = False
    site: Site = field(default=Site())
    dropped: tuple[Dropped, ...] = field(default=())

    @property
    def text(self) -> Text:
        """The words of the reader's language."""
        return text(self.selection.lang)

    @property
    def groups(self) -> tuple[str, ...]:
        """The ids of the groups of places that are on."""
        return (*self.atlas.base_groups, *self.selection.sets)

    def link(self, to: str | None = None, **changes: Any) -> str:
        """Return a link to this page or another, with some parameters changed.

        It is relative, so that it also holds where the site is not at a server's root.
        """
        page = "" if to in (None, self.page) else to or "./"
        return f"{page}?{self.selection.but(**changes).to_query()}"

    def key(self, widget: str) -> str:
        """Return the key of a widget. It holds page and language: a shared key loses its value."""
        return f"{self.page or 'map'}-{self.selection.lang}-{widget}"

    def shape(self, place: Place) -> Shape:
        """Return the shape of a place's mark on the map."""
        return shape(self.atlas, place, self.groups)

    def grade(self, place: Place) -> str:
        """Return how sure the group is that a place is shown for."""
        return grade(self.atlas, self.text, place, self.groups)
