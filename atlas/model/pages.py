"""The pages of the site: their names in addresses, and their words in the menu."""

from atlas.model.text import N_

# What the map's page is called where a name cannot be empty.
MAP = "map"
# Name in the address (the empty one is the map, at the root), and its word in the menu.
PAGES = {
    "": N_("Map"),
    "place": N_("Place"),
    "sectors": N_("Sectors"),
    "places": N_("Places"),
    "timeline": N_("Timeline"),
    "evidence": N_("Evidence"),
    "share": N_("Share and data"),
}
# Pages that other pages lead to, and no entry of the menu.
OFF_MENU = frozenset({"place", "share"})
MENU = {name: word for name, word in PAGES.items() if name not in OFF_MENU}
# Pages of earlier versions by their names, and the pages that they are now a part of.
MOVED = {"distances": "places", "about": "evidence"}
