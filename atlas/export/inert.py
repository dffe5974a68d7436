"""Text that a spreadsheet must not take for a formula (OWASP, "CSV Injection")."""

import re
import unicodedata

# White space and characters that are not seen, which programs may skip.
_SKIPPED = r"\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
# A program may also begin a cell at a line, a tab, or a semicolon, which is the separator of
# spreadsheets in many countries, with a quotation mark behind it.
_START = re.compile(rf"()(?=[{_SKIPPED}]*(\S))")
_INSIDE = re.compile(rf"([;\t\r\n][{_SKIPPED}\"]*)(?=(\S))")
_TRIGGERS = frozenset("=+-@")
_LEADING = ("\t", "\r", "\n")


def inert(cell: str) -> str:
    """Return a text with an apostrophe before what a spreadsheet would compute.

    OWASP's rule: a cell that begins with `=`, `+`, `-`, `@`, a tab or a line break, after
    white space too and in every width, gets an apostrophe at its start. So does a part
    of it after a semicolon, tab or line break, right before the sign.
    Numbers are never passed through here: they are written as numbers.
    """
    inside = _INSIDE.sub(_quoted, cell)
    if cell.startswith(_LEADING):
        return f"'{inside}"
    start = _START.match(inside)
    return _quoted(start) + inside if start else inside


def is_formula(cell: str) -> bool:
    """Tell whether a spreadsheet could take a text for a formula."""
    return inert(cell) != cell


def _quoted(found: re.Match[str]) -> str:
    before, sign = found.groups()
    # Compatibility forms, such as the full-width ones, count as the plain sign.
    return f"{before}'" if unicodedata.normalize("NFKC", sign)[:1] in _TRIGGERS else before
