"""Arcs between counterparts in drawings: within a page, and in a picture of its own."""

from markupsafe import Markup

from atlas.map import arcs
from atlas.map.scene.marks import Scene, scene
from atlas.map.scene.placing import ViewPoint
from atlas.model.palette import Palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.picture.canvas import Canvas
from atlas.picture.inline import CanvasViews, Lettering, Line, cached_inline_map
from atlas.picture.lettering import haloed, line
from atlas.picture.svg import element, hexadecimal, opacity


def inline_map_with_arcs(
    atlas: Atlas, marked: Selection, views: CanvasViews, strokes: arcs.Strokes
) -> Markup:
    """Return a map within a page, of the places that a selection marks, and arcs between some."""
    lines = tuple(Line(f"arc {style}", points) for style, points in arcs.lines(strokes))
    lengths = tuple(
        (name, _letterings(strokes, scene(atlas, marked, view), marked, view))
        for name, _, view in views
        if strokes
    )
    return cached_inline_map(atlas, marked, views, lines, lengths)


def _letterings(
    strokes: arcs.Strokes, placed: Scene, marked: Selection, view: ViewPoint
) -> tuple[Lettering, ...]:
    rows = arcs.lengths(strokes, placed, marked.lang, view)
    return tuple(Lettering(row["text"], tuple(row["at"]), arcs.LENGTH_SIZE) for row in rows)


def curves(strokes: arcs.Strokes, canvas: Canvas, colours: Palette) -> Markup:
    """Return the arcs of a picture; they lie below its marks."""
    drawn = zip(strokes.values(), arcs.lines(strokes), strict=True)
    return element(
        "g",
        *(
            element(
                "path",
                d=canvas.path(points),
                stroke_width=stroke.width,
                stroke_opacity=opacity(stroke.opacity),
            )
            for stroke, (_, points) in drawn
        ),
        id="arcs",
        fill="none",
        stroke=hexadecimal(colours.both),
    )


def lengths(
    strokes: arcs.Strokes, placed: Scene, selection: Selection, canvas: Canvas, colours: Palette
) -> Markup:
    """Return the lengths beside the arcs of a picture."""
    rows = arcs.lengths(strokes, placed, selection.lang, canvas.view)
    return element("g", *(_length(row["text"], row["at"], canvas, colours) for row in rows))


def _length(text: str, at: tuple[float, float], canvas: Canvas, colours: Palette) -> Markup:
    x, y = canvas.at(at[1], at[0])
    size = arcs.LENGTH_SIZE
    return line(text, x, y, size, colours.ink, text_anchor="middle", **haloed(colours.land))
