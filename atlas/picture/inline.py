"""The map within a page, before deck.gl draws it: the same scene, extent and size.

Land and lines are drawn once, in the pixels of the widest canvas, and each canvas shows the part
of them that its map does. Marks and labels keep their size on every screen: they stand in pixels,
each at its offset from the middle, which the style sheet scales (`map.css`). Colours are the
custom properties of the page, so that the drawing follows its theme.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from atlas.map.arcs import Arcs, Strokes, curve, lengths, strokes
from atlas.map.base_style import BORDERS, STRONG, Land
from atlas.map.extent import Size
from atlas.map.scene.marks import scene
from atlas.map.scene.placing import ViewPoint
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.picture.canvas import Canvas
from atlas.picture.ground import ground
from atlas.picture.svg import number, render

# A place on the page may be wider or higher than the canvas a map is made for: so many pixels of
# land are drawn around it.
AROUND = 420
# Pixels of land that a line may leave out: what stands here is there for a second or two.
FINENESS = 0.5

# The names of canvases, each with its size in pixels and its view; the widest comes last.
CanvasViews = tuple[tuple[str, Size, ViewPoint], ...]


# Takes 5 ms where the outlines are kept; some 60 kB each, so 8 MB.
@lru_cache(maxsize=128)
def inline_map(
    atlas: Atlas,
    selection: Selection,
    views: CanvasViews,
    arcs: Arcs = "nearest",
    reach: tuple[tuple[float, float], ...] = (),
) -> Markup:
    """Return a map of the places that a selection shows, at a view for each size of canvas.

    `reach` is a line over the land through points of (longitude, latitude) in degrees.
    """
    drawn = strokes(atlas, selection, arcs)
    canvases = {name: Canvas(size, view) for name, size, view in views}
    widest = list(canvases.values())[-1]
    base = ground(atlas, selection, widest, AROUND, FINENESS)
    over = [(f"arc {stroke.name}", curve(pair)) for pair, stroke in drawn.items()]
    return render(
        "inline",
        base=base,
        land=_by_look(base.land),
        border=BORDERS.pixels,
        over=[
            (style, widest.path(points)) for style, points in (*over, ("reach", reach)) if points
        ],
        widest=widest,
        canvases=[
            {"name": name, "box": _box(canvas, widest), **_overlay(atlas, selection, canvas, drawn)}
            for name, canvas in canvases.items()
        ],
        opened=selection.place,
    )


def _by_look(land: Iterable[tuple[Land, str]]) -> dict[str, str]:
    """Return the paths of what looks the same as one, by the classes of its style."""
    paths: defaultdict[str, list[str]] = defaultdict(list)
    for unit, path in land:
        strength = "shown" if unit.share == STRONG else "base"
        paths[f" side-{unit.side} {strength}" if unit.share else ""].append(path)
    return {look: "".join(alike) for look, alike in paths.items()}


def _box(canvas: Canvas, widest: Canvas) -> str:
    """Return the part of the base that a canvas shows, as a view into that of the widest."""
    enlarged = 2 ** (widest.view.zoom - canvas.view.zoom)
    width, height = (pixels * enlarged for pixels in canvas.size)
    x, y = widest.at(canvas.view.latitude, canvas.view.longitude)
    return " ".join(map(number, (x - width / 2, y - height / 2, width, height)))


def _overlay(atlas: Atlas, selection: Selection, canvas: Canvas, drawn: Strokes) -> dict[str, Any]:
    placed = scene(atlas, selection, canvas.view)
    rows = lengths(drawn, placed, selection, canvas.view)
    return {"canvas": canvas, "scene": placed, "lengths": rows}
