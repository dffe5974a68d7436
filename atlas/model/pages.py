"""The pages of the site: their names in URLs, and their labels in the menu."""

from atlas.model.text import N_

# The name of the map page where a name cannot be empty.
MAP = "map"
# Label by name in the URL; the map is at the root and has the empty name.
PAGES = {
    "": N_("Map"),
    "place": N_("Place"),
    "sectors": N_("Sectors"),
    "places": N_("Places"),
    "timeline": N_("Timeline"),
    "evidence": N_("Evidence"),
    "share": N_("Share and data"),
}
# The pages in the menu; other pages link to the rest.
MENU = {name: label for name, label in PAGES.items() if name not in ("place", "share")}
# Pages of earlier versions, and the pages that now contain them.
MOVED = {"distances": "places", "about": "evidence"}
