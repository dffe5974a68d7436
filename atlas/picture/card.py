"""The preview of a link: the headline of a view in large letters, beside its map."""

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
from atlas.picture.lettering import LEADING, Block, fits, paragraph, wrapped
from atlas.picture.sheet import document
from atlas.picture.svg import png
from atlas.query.profile import profile
from atlas.query.sentences import headline, sentence
from atlas.query.wording import edition_line, grade_note, kind_and_regions

# The size that messengers and social networks ask for.
PREVIEW_SIZE = Size(1200, 630)
# The scale of the map: labels of 13 pixels must be legible when the preview is shown at a third.
MAP_SCALE = 1.75
# In pixels: margin, column beside the map, its text; the gap below the heading; sizes of text.
_MARGIN, _COLUMN = 44, 452
_TEXT = _COLUMN - _MARGIN - 28
_GAP, _BODY, _SIGNS = 14, 21, 17
# The sizes of the credits, the first that keeps to this height.
_SMALL, _MOST_CREDIT = (10, 9, 8, 7), 64
# The sizes of the heading by the most lines it may have, in the order in which they are tried.
_HEADINGS = {1: (50, 45, 40), 3: (50, 44, 38, 32, 27)}
# A line of the heading: text, middle (y), size and colour.
_Head = tuple[str, float, int, Colour]


# Takes 0.2 s and more; each is about 230 kB, so all are 30 MB.
@lru_cache(maxsize=128)
def preview(atlas: Atlas, selection: Selection, page: str = "") -> bytes:
    """Return the preview of a link to a page as PNG, 1200 by 630 pixels."""
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
        chart=chart(atlas, selection, LIGHT, frame, MAP_SCALE),
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
    """Return the lines of the heading, and the text below it as far as there is room."""
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
    """Return the size and lines of a heading: one line if it fits in large letters, else three."""
    for most, sizes in _HEADINGS.items():
        for size in sizes:
            lines = wrapped(heading, size, _TEXT)
            if len(lines) <= most and fits(heading, size, _TEXT):
                return size, lines
    return size, wrapped(heading, size, _TEXT, most)


def _below(atlas: Atlas, selection: Selection, words: Text) -> str:
    """Return kind, regions and group of the open place, else the selection as a sentence."""
    if not selection.place:
        return sentence(atlas, selection, words)
    place = atlas.place[selection.place]
    own = (row.group for row in profile(atlas, place.id).memberships)
    grade = grade_note(atlas, words, place, (*atlas.base_groups, *selection.sets, *own))
    parts = (kind_and_regions(atlas, words, place), grade)
    return words.pgettext("between conditions", "; ").join(filter(None, parts))


def _key(atlas: Atlas, selection: Selection, words: Text, bottom: float) -> Block:
    """Return the legend above a height, from the bottom up: signs of sectors, colours, shapes.

    Without selected sectors the map has no signs, which would hide it.
    """
    rows = []
    top = bottom
    signs = cells(atlas, selection, words) if selection.sector else ()
    for entries in filter(None, (signs, sides(atlas, words), meanings(atlas, selection, words))):
        top -= legend(entries, 0, 0, _TEXT, _SIGNS, LIGHT).height
        rows.append(legend(entries, _MARGIN, top, _TEXT, _SIGNS, LIGHT).drawing)
    return Block(Markup("").join(rows), bottom - top)
