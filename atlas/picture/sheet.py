"""The map of a view with its heading, legend and credits, as one SVG."""

from functools import lru_cache, reduce
from typing import Any

from markupsafe import Markup

from atlas.map.extent import Size
from atlas.map.scene.cells import explained
from atlas.map.scene.placing import Box
from atlas.map.scene.shapes import meanings
from atlas.model.palette import Palette, palette
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import Text, text
from atlas.picture.chart import chart
from atlas.picture.imprint import credit_line, description, omissions
from atlas.picture.legend import cells, circle, legend, sides
from atlas.picture.lettering import FAMILIES, Block, paragraph
from atlas.picture.svg import png, render
from atlas.query.facets import filters
from atlas.query.sentences import sentence, title
from atlas.query.wording import edition_line

# The least share of the height for the map: otherwise all is drawn smaller, step by step.
MAP_SHARE, STEP, STEPS = 0.55, 1.15, 16
# In pixels: the margin, and the sizes of the heading, the legend, the facts and the credits.
_MARGIN, _HEADING, _LEGEND, _FACTS, _CREDITS = 16, 16, 12, 11, 9


def pictured(selection: Selection) -> Selection:
    """Return the part of a selection that a picture depends on: filters, language, open place."""
    return filters(selection).but(lang=selection.lang, place=selection.place)


# Takes 8 ms if the outlines are cached; each is about 60 kB, so all are 8 MB.
@lru_cache(maxsize=128)
def map_svg(atlas: Atlas, selection: Selection, size: Size, theme: str = "light") -> str:
    """Return the map of a selection as an SVG of a size in pixels, `light` or `dark`."""
    colours = palette(theme)
    inner, head, foot = _layout(atlas, selection, size, colours)
    frame = Box(0, head.height, inner.width, inner.height - foot.height)
    return document(
        "sheet",
        atlas,
        selection,
        size,
        inner,
        colours,
        frame=frame,
        head=head.drawing,
        chart=chart(atlas, selection, colours, frame),
        foot=foot.drawing,
    )


# Takes 0.5 s and more; at twice the usual size each is up to 500 kB, so all are 32 MB.
@lru_cache(maxsize=64)
def map_png(
    atlas: Atlas, selection: Selection, size: Size, theme: str = "light", scale: float = 1
) -> bytes:
    """Return the map of a selection as a PNG of `size` times `scale`, `light` or `dark`."""
    return png(map_svg(atlas, selection, size, theme), scale)


def _layout(
    atlas: Atlas, selection: Selection, size: Size, colours: Palette
) -> tuple[Size, Block, Block]:
    """Return the size in the pixels of the drawing, and the parts above and below the map."""
    for step in range(STEPS):
        inner = Size(*(round(STEP**step * pixels) for pixels in size))
        head = _head(atlas, selection, colours, inner.width)
        foot = _foot(atlas, selection, colours, inner.width)
        if head.height + foot.height <= (1 - MAP_SHARE) * inner.height:
            break
    return inner, head, foot


def _head(atlas: Atlas, selection: Selection, colours: Palette, width: float) -> Block:
    heading = sentence(atlas, selection, text(selection.lang))
    text_width = width - 2 * _MARGIN
    lines = paragraph(heading, _MARGIN, 10, text_width, _HEADING, colours.ink, most=3)
    return Block(lines.drawing, lines.height + 20)


def _foot(atlas: Atlas, selection: Selection, colours: Palette, width: float) -> Block:
    words = text(selection.lang)
    text_width = width - 2 * _MARGIN
    entries = (
        *meanings(atlas, selection, words),
        *sides(atlas, words),
        *cells(atlas, selection, words),
        *circle(atlas, words),
    )
    key = legend(entries, _MARGIN, 8, text_width, _LEGEND, colours)
    top = 8 + key.height + 2
    facts = paragraph(
        _facts(atlas, selection, words), _MARGIN, top, text_width, _FACTS, colours.ink
    )
    top += facts.height + 2
    credits = credit_line(atlas, words)
    credit = paragraph(credits, _MARGIN, top, text_width, _CREDITS, colours.faint)
    drawing = Markup("").join((key.drawing, facts.drawing, credit.drawing))
    return Block(drawing, top + credit.height + 10)


def _facts(atlas: Atlas, selection: Selection, words: Text) -> str:
    name = atlas.title[words.language] + words.pgettext("end of a sentence", ".")
    signs = explained(atlas, selection, words)
    sentences = (name, edition_line(atlas, words), signs, *omissions(atlas, selection, words))
    return reduce(
        lambda first, second: words.gettext("%(first)s %(second)s", first=first, second=second),
        filter(None, sentences),
    )


def document(
    template: str,
    atlas: Atlas,
    selection: Selection,
    size: Size,
    inner: Size,
    colours: Palette,
    **values: Any,
) -> str:
    """Return a whole SVG: title and description for screen readers, background, and drawing."""
    words = text(selection.lang)
    return render(
        template,
        title=title(atlas, selection, words),
        description=description(atlas, selection, words),
        size=size,
        inner=inner,
        colours=colours,
        tag=words.tag,
        FAMILIES=FAMILIES,
        **values,
    )
