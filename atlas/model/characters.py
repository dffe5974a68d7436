"""Invisible characters, and how texts are compared.

Invisible characters that change the meaning of a text are errors in the data, and the author is
told which one is where. Line breaks, tabs and the separators of lines and paragraphs are visible
as white space, and a soft hyphen only permits a break, so these are allowed. All of these and some
more are silently removed from what readers type or link.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from opencc import OpenCC

# C0 and C1 without tab, line feed and carriage return; most of C1 comes from a wrong encoding.
_CONTROLS = r"\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
# Unicode's bidirectional formatting characters (UAX 9, table 1): embeddings, overrides, isolates
# and marks. They can display a text in another order than it is stored in ("Trojan Source").
_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Zero-width space, non-joiner and joiner; word joiner, invisible operators and deprecated format
# characters; byte order mark; annotation anchors; tags, which can hide a whole text.
_ZERO_WIDTH = (
    r"\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)

INVISIBLE = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_ZERO_WIDTH}]")
# Programs write this in place of a character that they could not decode.
REPLACEMENT = "\ufffd"

# Control, format (bidi overrides, zero width), private-use, surrogate and unassigned characters.
_INVISIBLE_CATEGORIES = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
# Fillers and selectors: invisible too, though their categories are those of letters and marks
# (Unicode's property Default_Ignorable_Code_Point).
_IGNORABLE = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

_WITHOUT_QUOTES = dict.fromkeys(map(ord, "\"'`´ʼ“”„‟‘’‚‛«»‹›「」『』《》〈〉〝〞〟"))
# A tone number after a syllable of pinyin; 0 and 5 are the neutral tone.
_TONE = re.compile("(?<=[a-z])[0-5](?![0-9])")
# CJK unified ideographs extension A, and the unified ideographs.
_HAN = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000))


def escaped(text: str) -> str:
    """Return a text with its invisible characters written as Python escapes."""
    return INVISIBLE.sub(lambda match: match[0].encode("unicode_escape").decode(), text)


def fault(text: str) -> str | None:
    """Return how to repair a text with an invisible or lost character, None if it has neither."""
    match = INVISIBLE.search(text)
    if match and "\x80" <= match[0] <= "\x9f":
        return f"A wrong encoding left U+{ord(match[0]):04X}: restore the text, save it as UTF-8."
    if match:
        return f"Remove {_unicode_name(match[0])}: nobody sees it, and it changes what is read."
    if REPLACEMENT in text:
        name = _unicode_name(REPLACEMENT)
        return f"A character was lost ({name}): restore the text, save it as UTF-8."
    return None


def _unicode_name(char: str) -> str:
    """Return code point and name of a character: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'control character')}"


def visible(value: str) -> str:
    """Return a text in form NFC, without invisible characters and repeated white space."""
    characters = (" " if char.isspace() else char for char in _IGNORABLE.sub("", value))
    text = "".join(
        char for char in characters if unicodedata.category(char) not in _INVISIBLE_CATEGORIES
    )
    return re.sub(r" +", " ", unicodedata.normalize("NFC", text)).strip()


def folded(text: str) -> str:
    """Return a text for comparison, so that `deyang` matches `Déyáng`, and `德陽` `德阳`.

    Lower case, without accents and quotation marks, in simplified characters.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.translate(_simplified()).translate(_WITHOUT_QUOTES)


def spellings(search: str) -> tuple[str, ...]:
    """Return a search folded, and also without tone numbers if it has any: `de2 yang2`."""
    plain = folded(search)
    return tuple(dict.fromkeys((plain, _TONE.sub("", plain))))


@cache
def _simplified() -> Mapping[int, str]:
    """Return the simplified form, by code point, of each character that has one.

    Characters are converted singly and not as words, so that part of a name is folded as in the
    whole name.
    """
    traditional = [chr(code) for block in _HAN for code in block]
    simplified = OpenCC("t2s").convert("\n".join(traditional)).split("\n")
    pairs = zip(traditional, simplified, strict=True)
    return {ord(before): after for before, after in pairs if before != after}
