"""What stands on the base of a picture: circles, names, marks, labels, from a scene."""

from collections.abc import Iterable, Iterator

from markupsafe import Markup

from atlas.map.scene.cells import CELL_PIXELS
from atlas.map.scene.icons import HALO_PIXELS, MARK_PIXELS, SHAPES, SIZE
from atlas.map.scene.marks import NAME_SIZES, Mark, Name, Scene, strip
from atlas.map.scene.placing import LABEL_SIZE
from atlas.model.palette import Colour, Palette
from atlas.picture.canvas import Canvas
from atlas.picture.lettering import haloed, line
from atlas.picture.svg import element, hexadecimal, number


def overlay(scene: Scene, opened: str | None, canvas: Canvas, colours: Palette) -> Markup:
    """Return everything above the base, the lowest first, as the layers of the map do."""
    # A map that can be moved may cut a name off; this one cannot be moved.
    whole = (name for name in scene.names if canvas.holds(strip(name, *name.offset, canvas.view)))
    ring = (mark for mark in scene.marks if mark.place.id == opened and not mark.is_area)
    return Markup("").join(
        (
            _group("precision", (_circle(mark, canvas, colours) for mark in scene.marks)),
            _group("names", (_name(name, canvas, colours) for name in whole)),
            _group("halo", (_halo(mark, canvas, colours) for mark in ring)),
            _group("marks", (_mark(mark, canvas, colours) for mark in scene.marks)),
            _group("labels", (_label(mark, canvas, colours) for mark in scene.marks)),
            _group("cells", _cells(scene.marks, canvas, colours)),
        )
    )


def symbols() -> Markup:
    """Return the shapes of the marks, each once, to be used in the colour of the user."""
    return element(
        "defs",
        *(
            element(
                "symbol",
                Markup(shape.replace("#000", "currentColor")),  # noqa: S704 - our own drawings
                id=f"mark-{name}",
                viewBox=f"0 0 {SIZE} {SIZE}",
                fill="currentColor",
            )
            for name, shape in SHAPES.items()
        ),
    )


def symbol(
    name: str, centre: tuple[float, float], size: float, colour: Colour, **attributes: str | None
) -> Markup:
    """Return one of the shapes, centred on a point."""
    return element(
        "use",
        href=f"#mark-{name}",
        x=centre[0] - size / 2,
        y=centre[1] - size / 2,
        width=size,
        height=size,
        color=hexadecimal(colour),
        **attributes,
    )


def _group(name: str, parts: Iterable[Markup]) -> Markup:
    return element("g", *parts, id=name)


def _circle(mark: Mark, canvas: Canvas, colours: Palette) -> Markup:
    if not mark.circle_km:
        return Markup("")
    x, y = canvas.at(mark.latitude, mark.longitude)
    return element(
        "circle",
        cx=x,
        cy=y,
        r=canvas.pixels(mark.circle_km, mark.latitude),
        fill="none",
        stroke=hexadecimal(colours.side(mark.place.side)),
        data_place=mark.place.id,
    )


def _name(name: Name, canvas: Canvas, colours: Palette) -> Markup:
    x, y = _moved(name, name.offset, canvas)
    turn = f"rotate({number(-name.angle)} {number(x)} {number(y)})" if name.angle else None
    return line(
        name.text,
        x,
        y,
        NAME_SIZES[name.kind],
        colours.name(name.kind),
        text_anchor="middle",
        transform=turn,
        **haloed(colours.land),
    )


def _halo(mark: Mark, canvas: Canvas, colours: Palette) -> Markup:
    centre = _moved(mark, mark.offset, canvas)
    return symbol("halo", centre, HALO_PIXELS, colours.highlight, data_place=mark.place.id)


def _mark(mark: Mark, canvas: Canvas, colours: Palette) -> Markup:
    if mark.is_area:
        return Markup("")
    centre = _moved(mark, mark.offset, canvas)
    colour = colours.side(mark.place.side)
    return symbol(mark.shape, centre, MARK_PIXELS, colour, data_place=mark.place.id)


def _label(mark: Mark, canvas: Canvas, colours: Palette) -> Markup:
    """Return the label of a mark; one without room would only be read on a nearer map."""
    if not mark.has_room:
        return Markup("")
    x, y = _moved(mark, mark.label_offset, canvas)
    return line(
        mark.label,
        x,
        y,
        LABEL_SIZE,
        colours.ink,
        text_anchor=mark.label_anchor,
        data_place=mark.place.id,
        **haloed(colours.land),
    )


def _cells(marks: Iterable[Mark], canvas: Canvas, colours: Palette) -> Iterator[Markup]:
    for mark in marks:
        x, y = canvas.at(mark.latitude, mark.longitude)
        for cell in mark.cells if mark.cells_have_room else ():
            centre = x + cell.right, y + cell.down
            yield symbol(cell.sign, centre, CELL_PIXELS, colours.ink)


def _moved(what: Mark | Name, offset: tuple[int, int], canvas: Canvas) -> tuple[float, float]:
    x, y = canvas.at(what.latitude, what.longitude)
    return x + offset[0], y + offset[1]
