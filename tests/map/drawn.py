"""What the tests of maps share: a deck as the browser gets it, and where a point is on a map."""

import json
import math
from typing import Any

from atlas.map.arcs import Arcs
from atlas.map.extent import Size, first_view
from atlas.map.places_map import deck
from atlas.map.scene.placing import ViewPoint
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.pages.view import MAP_SIZES
from tests.conftest import real_atlas

USUAL = first_view(real_atlas(), Size(720, 500))
VIEWS = {name: first_view(real_atlas(), size) for name, size in MAP_SIZES.items()}
EVERYTHING = Selection(sets=("signatories", "first-batch", "outside"))


def sent(
    atlas: Atlas,
    selection: Selection,
    theme: str = "light",
    view: ViewPoint = USUAL,
    arcs: Arcs = "nearest",
) -> dict[str, Any]:
    """Return a deck as the browser gets it."""
    return dict(json.loads(deck(atlas, selection, theme, view, arcs).to_json()))


def layers(atlas: Atlas, selection: Selection, *more: Any, **options: Any) -> dict[str, Any]:
    """Return the layers of a deck by their ids."""
    content = sent(atlas, selection, *more, **options)
    return {layer["id"]: layer for layer in content["layers"]}


def spot(latitude: float, longitude: float, zoom: float) -> tuple[float, float]:
    """Project to Web Mercator: pixels right and down, as deck.gl counts them."""
    scale = 512 * 2**zoom / math.tau
    return scale * math.radians(longitude), -scale * math.asinh(math.tan(math.radians(latitude)))
