"""Links: the address of the site, and relative links between its pages.

Links on a page are relative, so that they also work where the site is not at a server's root.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from atlas.model.selection import Selection


@dataclass(frozen=True, slots=True)
class Site:
    """The root of the site: an absolute address that ends in a slash, or "" if it is unknown."""

    root: str = ""

    def page(self, name: str, selection: Selection) -> str:
        """Return the address of a page (empty for the map) on a view."""
        return self.file(name, selection.but(of=""))

    def file(self, path: str, selection: Selection) -> str:
        """Return the address of something that follows the view, such as `map.svg`."""
        return f"{self.root}{path}?{selection.to_query()}"


def link(selection: Selection, current_page: str, page: str | None, changes: dict[str, Any]) -> str:
    """Return the link from one page to another, or to itself for None, with a changed view."""
    if page in (None, current_page):
        return f"?{selection.but(**changes).to_query()}"
    of = current_page if page == "share" else ""
    return f"{page or './'}?{selection.but(of=of, **changes).to_query()}"


# A page holds some hundred links, the same ones in every view.
@lru_cache(maxsize=16_384)
def href(
    selection: Selection,
    current_page: str,
    page: str | None,
    anchor: str,
    changes: tuple[tuple[str, Any], ...],
) -> Markup:
    """Return the `href` of a link, and in `data-carry` the parameters that the link decides."""
    address = link(selection, current_page, page, dict(changes))
    names = [name for name, _ in changes]
    names += ["of"] if page not in (None, current_page) else []
    return Markup('href="{}{}" data-carry="{}"').format(address, anchor, " ".join(names))
