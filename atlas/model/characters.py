"""Characters that nobody sees and that change what is read.

In the data they are faults, and the author is told which one stands where. Line breaks, tabs and
the separators of lines and paragraphs are seen there, so they are none of these; nor is the soft
hyphen, which only offers a break. Out of what readers type and link, more is taken without a word.
"""

import re
import unicodedata

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
    """Return a text for comparison: lower case, without accents, so `deyang` finds `Déyáng`."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
