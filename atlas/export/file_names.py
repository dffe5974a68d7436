"""File names that say what a file holds: package, version, table, selection, language."""

import re
import unicodedata
from hashlib import sha256

from atlas.export.tables.data_dictionary import data_dictionary
from atlas.model.languages import ENGLISH
from atlas.model.records import Atlas
from atlas.model.selection import CLAIM_FILTERS, LISTS, PARAMETERS, PLACE_FILTERS, Selection

# Characters of the parts of a name. Together they stay far below the 255 bytes that file systems
# allow, with a browser's " (1)" too.
LONGEST_PACKAGE = 60
LONGEST_SELECTION = 60
_DIGEST = 8

# The parameters that matter to a table. Of an open place, only its claims are listed.
_OF_CLAIMS = (*CLAIM_FILTERS, "place")
FILTERS = {
    "places": PLACE_FILTERS,
    "figures": PLACE_FILTERS,
    "firms": PLACE_FILTERS,
    "evidence": _OF_CLAIMS,
    "view": _OF_CLAIMS,
}


def file_name(atlas: Atlas, selection: Selection, table: str, extension: str) -> str:
    """Return the name of a file with a table, in ASCII."""
    parts = [package_name(atlas), version_slug(atlas), table]
    if table in FILTERS:
        parts.append(selection_slug(selection, table))
        parts.append("" if selection.lang == ENGLISH else selection.lang)
    return f"{'-'.join(part for part in parts if part)}.{extension}"


def package_name(atlas: Atlas) -> str:
    """Return the name of the data package, or a slug of its title where it has none."""
    name = slug(data_dictionary(atlas).name or atlas.title.english)
    return name[:LONGEST_PACKAGE].strip("-") or "atlas"


def version_slug(atlas: Atlas) -> str:
    """Return the version of the data as a part of a name."""
    return re.sub(r"[^0-9A-Za-z.]+", "-", atlas.version)[:24].strip("-.")


def selection_slug(selection: Selection, table: str) -> str:
    """Return the filters of a selection that matter to a table, as a part of a name.

    It ends in a digest of them if they are too long, or not all in ASCII.
    """
    parts = [part for name in FILTERS[table] for part in _parts(selection, name)]
    joined = "-".join(filter(None, map(slug, parts)))
    if len(joined) <= LONGEST_SELECTION and not any(map(_loses_letters, parts)):
        return joined
    digest = sha256("\n".join(parts).encode()).hexdigest()[:_DIGEST]
    start = joined[: LONGEST_SELECTION - _DIGEST - 1].strip("-")
    return f"{start}-{digest}" if start else digest


def slug(words: str) -> str:
    """Return a text in lower-case ASCII letters and digits, with hyphens between them."""
    ascii_only = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")


def _loses_letters(words: str) -> bool:
    return slug(words).replace("-", "") != re.sub(r"[\s-]", "", words.lower())


def _parts(selection: Selection, name: str) -> list[str]:
    """Return the values of a parameter as parts of a name, none where they filter nothing."""
    value, parameter = getattr(selection, name), PARAMETERS[name]
    joins_nothing = parameter.joins and len(getattr(selection, parameter.joins)) < 2
    if value == parameter.default or joins_nothing:
        return []
    return [parameter.slug.format(item) for item in (value if name in LISTS else [value])]
