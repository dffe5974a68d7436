"""The parts of a page as Streamlit puts them: slots that the browser fills, and elements."""

from collections.abc import Callable, Mapping

from atlas.pages.panels import Element, Parts, slots, split_at_elements
from atlas.pages.view import View
from atlas.ui import claim_table, embed, place_table
from atlas.ui.html import put

# What draws an element, by its name on the page. Each follows the view by a run.
ELEMENTS: Mapping[str, Callable[[View], None]] = {
    "claims table": claim_table.draw,
    "frame": embed.draw,
    "places table": place_table.draw,
}


class Drawing:
    """A page that is being drawn."""

    def __init__(self, view: View) -> None:
        """Begin a page on a view."""
        self._view = view
        self.reads_view = False

    @property
    def view(self) -> View:
        """The view. Who reads it follows it: the browser then has the script run after a click."""
        self.reads_view = True
        return self._view

    def draw(self, parts: Parts) -> None:
        """Put parts of the page below one another."""
        for block in split_at_elements(parts):
            if isinstance(block, Element):
                ELEMENTS[block.name](self.view)
            else:
                put(slots(self._view, block, filled=False))

    def end(self) -> None:
        """Tell the browser whether the script follows the view."""
        if self.reads_view:
            put("<i hidden data-reads-view></i>")
