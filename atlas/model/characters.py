"""Characters that nobody sees and that change what is read.

In the data they are faults, and the author is told which one stands where. Line breaks, tabs and
the separators of lines and paragraphs are seen there, so they are none of these; nor is the soft
hyphen, which only offers a break. Out of what readers type and link, more is taken without a word.

How texts are compared is here too.
"""

import re
import unicodedata
from collections.abc import Mapping
from functools import cache

from opencc import OpenCC

# C0 and C1 without tab, line feed and carriage return; most of C1 comes from a wrong encoding.
_CONTROLS = r"\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
# Unicode's bidirectional formatting characters (UAX 9, table 1): embeddings, overrides, isolates
# and marks. They can show a text in another order than it is stored ("Trojan Source").
_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
# Zero-width space, non-joiner and joiner; word joiner, invisible operators and deprecated format
# characters; byte order mark; anchors of annotations; tags, which can hide a whole text.
_WIDTHLESS = (
    r"\u180e\u200b-\u200d\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
)

UNSEEN = re.compile(f"[{_CONTROLS}{_DIRECTIONS}{_WIDTHLESS}]")
# What a program writes where it could not read a character.
LOST = "\ufffd"

# Control, format (bidi overrides, zero width), private-use, surrogate and unassigned characters.
_TAKEN_OUT = frozenset({"Cc", "Cf", "Co", "Cs", "Cn"})
# Fillers and selectors: letters and marks by category, and still seen no more than those
# (Unicode's property Default_Ignorable_Code_Point).
_IGNORED = re.compile(
    "[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180d\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)

_UNQUOTED = dict.fromkeys(map(ord, "\"'`´ʼ“”„‟‘’‚‛«»‹›「」『』《》〈〉〝〞〟"))
# The tone of a syllable in pinyin, as it is typed; 0 and 5 stand for none.
_TONE = re.compile("(?<=[a-z])[0-5](?![0-9])")
# The unified ideographs, and those of extension A.
_HAN = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF))


def named(char: str) -> str:
    """Return a character as Unicode names it: "U+202E RIGHT-TO-LEFT OVERRIDE"."""
    return f"U+{ord(char):04X} {unicodedata.name(char, 'control character')}"


def shown(text: str) -> str:
    """Return a text in which what nobody sees is written as an escape of Python."""
    return UNSEEN.sub(lambda found: found[0].encode("unicode_escape").decode(), text)


def fault(text: str) -> str | None:
    """Return what to do about a text with something unseen or lost in it, None if it has none."""
    found = UNSEEN.search(text)
    if found and "\x80" <= found[0] <= "\x9f":
        return f"A wrong encoding left U+{ord(found[0]):04X}: restore the text, save it as UTF-8."
    if found:
        return f"Remove {named(found[0])}: nobody sees it, and it changes what is read."
    if LOST in text:
        return f"A character was lost ({named(LOST)}): restore the text, save it as UTF-8."
    return None


def visible(value: str) -> str:
    """Return a text in composed form, without unseen characters and runs of white space."""
    spaced = (" " if char.isspace() else char for char in _IGNORED.sub("", value))
    seen = "".join(char for char in spaced if unicodedata.category(char) not in _TAKEN_OUT)
    return re.sub(r" +", " ", unicodedata.normalize("NFC", seen)).strip()


def folded(text: str) -> str:
    """Return a text for comparison, so `deyang` finds `Déyáng`, and `德陽` finds `德阳`.

    It is in lower case, without accents and quotation marks, and in simplified characters.
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(char for char in decomposed if not unicodedata.combining(char))
    return plain.translate(_simplified()).translate(_UNQUOTED)


def spellings(search: str) -> tuple[str, ...]:
    """Return a search folded, and once more without tones if it has any as digits: `de2 yang2`."""
    plain = folded(search)
    return tuple(dict.fromkeys((plain, _TONE.sub("", plain))))


@cache
def _simplified() -> Mapping[int, str]:
    """Return the simplified form of each character that has one.

    One by one, not as words, so that a part of a name is folded as the whole name is.
    """
    characters = [chr(code) for first, last in _HAN for code in range(first, last + 1)]
    simplified = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simplified, strict=True)
    return {ord(one): other for one, other in pairs if one != other}
