"""Addresses below the site's root: of pages, files and pictures, each with the view it shows."""

from dataclasses import dataclass

from atlas.model.selection import Selection


@dataclass(frozen=True, slots=True)
class Site:
    """Where the site is: its root as an absolute address that ends in a slash, or empty."""

    root: str = ""

    def page(self, name: str, selection: Selection) -> str:
        """Return the address of a page (empty for the map) on a view."""
        return self.file(name, selection.but(of=""))

    def file(self, path: str, selection: Selection) -> str:
        """Return the address of something that follows the view, such as `map.svg`."""
        return f"{self.root}{path}?{selection.to_query()}"
