"""Characters that nobody sees and that change what is read: the one definition of them.

Line breaks, tabs and the separators of lines and paragraphs are seen, so they are none of
these; nor is the soft hyphen, which only offers a break.
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
