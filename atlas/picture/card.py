"""The preview of a link: what a view is about, large, beside its map."""

from functools import lru_cache

from markupsafe import Markup

from atlas.map.extent import Size
from atlas.map.scene.placing import Box
from atlas.map.scene.shapes import meanings
from atlas.model.palette import LIGHT, Colour
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import Text, text
from atlas.picture.chart import chart
from atlas.picture.imprint import credit_line
from atlas.picture.legend import cells, legend, sides
from atlas.picture.lettering import LEADING, Block, broken, fits, paragraph
from atlas.picture.sheet import document
from atlas.picture.svg import png
from atlas.query.profile import profile
from atlas.query.sentences import headline, sentence
from atlas.query.wording import edition_line, grade_note, kind_and_regions

# What messengers and social networks ask for.
PREVIEW_SIZE = Size(1200, 630)
# A preview is shown at a third of its size: the map's labels, 13 pixels, must still be read.
ENLARGED = 1.75
_MARGIN, _COLUMN = 44, 452
_TEXT = _COLUMN - _MARGIN - 28
_GAP, _BODY, _SIGNS = 14, 21, 17
# Sizes of the credits, and the height they may take: smaller rather than higher.
_SMALL, _MOST_CREDIT = (10, 9, 8, 7), 64
# Sizes of the heading by how many lines it may take, the best first.
_HEADINGS = {1: (50, 45, 40), 3: (50, 44, 38, 32, 27)}
# A line of the heading: its text, its height, its size and its colour.
_Head = tuple[str, float, int, Colour]


# Takes 0.2 s and more; about 230 kB each, so 30 MB.
@lru_cache(maxsize=128)
def preview(atlas: Atlas, selection: Selection, page: str = "") -> bytes:
    """Return the picture of a link to a page as PNG, 1200 by 630 pixels."""
    return png(card(atlas, selection, page))


def card(atlas: Atlas, selection: Selection, page: str) -> str:
    """Return the preview as SVG."""
    words = text(selection.lang)
    credit = _credit(atlas, words)
    bottom = PREVIEW_SIZE.height - credit.height - 16
    frame = Box(_COLUMN, 0, PREVIEW_SIZE.width, bottom)
    key = _key(atlas, selection, words, bottom - 44)
    heads, below = _words(atlas, selection, page, bottom - 44 - key.height)
    return document(
        "card",
        atlas,
        selection,
        PREVIEW_SIZE,
        PREVIEW_SIZE,
        LIGHT,
        frame=frame,
        margin=_MARGIN,
        chart=chart(atlas, selection, LIGHT, frame, ENLARGED),
        heads=heads,
        below=below,
        key=key.drawing,
        version=edition_line(atlas, words),
        credit=credit.drawing,
    )


def _credit(atlas: Atlas, words: Text) -> Block:
    credits, width = credit_line(atlas, words), PREVIEW_SIZE.width - 2 * _MARGIN
    for size in _SMALL:
        lines = paragraph(credits, _MARGIN, 0, width, size, LIGHT.faint, most=8)
        if lines.height < _MOST_CREDIT:
            break
    return lines


def _words(
    atlas: Atlas, selection: Selection, page: str, bottom: float
) -> tuple[list[_Head], Markup]:
    """Return the lines of the heading, and what stands below it, as much as there is room for."""
    words = text(selection.lang)
    name = atlas.title[words.language]
    subject = headline(atlas, selection, words, page)
    top = 82.0 if subject else 52.0
    size, lines = _heading(subject or name)
    heads: list[_Head] = [(name, 52.0, _BODY, LIGHT.faint)] if subject else []
    heads += [
        (line, top + (1.24 * row + 0.62) * size, size, LIGHT.ink) for row, line in enumerate(lines)
    ]
    top += 1.24 * size * len(lines)
    most = int((bottom - top - 2 * _GAP) / (LEADING * _BODY))
    text_below = _below(atlas, selection, words)
    below = paragraph(text_below, _MARGIN, top + _GAP, _TEXT, _BODY, LIGHT.ink, most)
    return heads, below.drawing


def _heading(heading: str) -> tuple[int, list[str]]:
    """Return the size of a heading and its lines: one if that is large enough, else up to three."""
    for most, sizes in _HEADINGS.items():
        for size in sizes:
            lines = broken(heading, size, _TEXT)
            if len(lines) <= most and fits(heading, size, _TEXT):
                return size, lines
    return size, broken(heading, size, _TEXT, most)


def _below(atlas: Atlas, selection: Selection, words: Text) -> str:
    if not selection.place:
        return sentence(atlas, selection, words)
    place = atlas.place[selection.place]
    own = (row.group for row in profile(atlas, place.id).memberships)
    grade = grade_note(atlas, words, place, (*atlas.base_groups, *selection.sets, *own))
    parts = (kind_and_regions(atlas, words, place), grade)
    return words.pgettext("between conditions", "; ").join(filter(None, parts))


def _key(atlas: Atlas, selection: Selection, words: Text, bottom: float) -> Block:
    """Return the legend above a height: colours, shapes and the signs of sectors apart.

    All sectors have no signs here: they would hide the map.
    """
    rows = []
    top = bottom
    of_sectors = cells(atlas, selection, words) if selection.sector else ()
    for signs in filter(None, (of_sectors, sides(atlas, words), meanings(atlas, selection, words))):
        top -= legend(signs, 0, 0, _TEXT, _SIGNS, LIGHT).height
        rows.append(legend(signs, _MARGIN, top, _TEXT, _SIGNS, LIGHT).drawing)
    return Block(Markup("").join(rows), bottom - top)
