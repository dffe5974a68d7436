"""The pages of the site: their names in addresses, and their words in the menu."""

from atlas.text import N_

# Name in the address (the empty one is the map at the root) and in the menu.
PAGES = {"": N_("Map")}
