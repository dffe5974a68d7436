"""The part of a picture that holds the map: degrees (WGS 84) to pixels."""

import math
from dataclasses import dataclass

from atlas.analysis.distance import geodesic_km
from atlas.map.extent import Size
from atlas.map.placing import EQUATOR_KM, TILE, Box, ViewPoint, pixel


@dataclass(frozen=True, slots=True)
class Canvas:
    """A map of a size in pixels at a view, in Web Mercator."""

    size: Size
    view: ViewPoint

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        """Return the pixels right and down from the top left corner to a point."""
        x, y = pixel(latitude, longitude, self.view.zoom)
        middle_x, middle_y = pixel(*self.view)
        return x - middle_x + self.size.width / 2, y - middle_y + self.size.height / 2

    def holds(self, box: Box) -> bool:
        """Tell whether a rectangle on the world at the view's zoom lies on the canvas."""
        x, y = pixel(*self.view)
        half_width, half_height = self.size.width / 2, self.size.height / 2
        return (
            box.left >= x - half_width
            and box.right <= x + half_width
            and box.top >= y - half_height
            and box.bottom <= y + half_height
        )

    def pixels(self, km: float, latitude: float) -> float:
        """Return how long so many km at a latitude are: Web Mercator enlarges towards the poles."""
        around_km = EQUATOR_KM * math.cos(math.radians(latitude))
        return km / around_km * TILE * 2**self.view.zoom

    def kilometres(self, pixels: float) -> float:
        """Return the geodesic length of so many pixels from west to east through the centre."""
        half = pixels / 2 / (TILE * 2**self.view.zoom) * 360
        latitude, longitude, _ = self.view
        return geodesic_km((latitude, longitude - half), (latitude, longitude + half))
