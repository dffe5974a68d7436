"""Repair links that other programs have mangled.

Messengers, mail programs and word processors write `&amp;` for `&`, percent-encode a link again,
put soft hyphens and zero-width spaces into long words, replace hyphens and commas by typographic
ones, and take the end of a sentence for part of the link.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import parse_qsl, unquote

from atlas.model.characters import visible

_ESCAPES = re.compile("(?:%[0-9A-Fa-f]{2})+")
# Typographic replacements of a hyphen.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
# Separators of ids; Chinese keyboards write the wide ones.
_COMMAS = re.compile("[,，、]")
# Punctuation around a link in a sentence; no id begins or ends with it.
_PUNCTUATION = ".,:;!?()[]<>{}\"'`*_、。「」『』《》〈〉【】“”‘’«»…"
_AMPERSANDS = re.compile("(?:amp;)+")


def decoded(value: str) -> str:
    """Return a value without percent-encoding, however often it was encoded."""
    while (plain := _ESCAPES.sub(_unescaped, value)) != value:
        value = plain
    return value


def _unescaped(match: re.Match[str]) -> str:
    try:
        return unquote(match[0], errors="strict")
    except UnicodeDecodeError:  # Not UTF-8, so not percent-encoding.
        return match[0]


def legible(value: str) -> str:
    """Return a typed text without percent-encoding and without invisible characters."""
    while (plain := visible(decoded(value))) != value:
        value = plain
    return value


def split_ids(value: str) -> list[str]:
    """Return the items of a list of ids, split at commas of any kind."""
    return _COMMAS.split(decoded(value))


def as_id(value: str) -> str:
    """Return the id that a value means: lower case, plain hyphens, no fragment or punctuation."""
    plain = unicodedata.normalize("NFKC", visible(decoded(value))).translate(_DASHES)
    without_spaces = "".join(plain.partition("#")[0].split())
    # Composed once more: an accent may have followed a space.
    return unicodedata.normalize("NFC", without_spaces).strip(_PUNCTUATION).lower()


def trimmed(value: str) -> str:
    """Return a value without trailing punctuation of the sentence around the link."""
    return visible(value).rstrip(_PUNCTUATION)


def as_meant(
    query: Mapping[str, str], names: Collection[str], free_texts: Collection[str]
) -> dict[str, str]:
    """Return a query with our own parameter `names` repaired; others stay as they are.

    A name may be in another case, follow the rest of an `&amp;`, or hold the whole query, encoded.
    A value may contain the parameters that followed it, unless its name is in `free_texts`.
    Repeated parameters become a list.
    """
    values: dict[str, list[str]] = {}
    for name, value in _parameters(query, {*names} - {*free_texts}):
        repaired = _repaired_name(name)
        values.setdefault(repaired if repaired in names else name, []).append(value)
    return {name: ",".join(parts) for name, parts in values.items()}


def _parameters(query: Mapping[str, str], splittable: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a query, also those inside the name or value of another."""
    for name, value in query.items():
        plain = decoded(name)
        if "=" in plain:
            yield from parse_qsl(f"{plain}={value}".removesuffix("="), keep_blank_values=True)
        elif "&" in value and _repaired_name(name) in splittable:
            yield from parse_qsl(f"{name}={decoded(value)}", keep_blank_values=True)
        else:
            yield name, value


def _repaired_name(name: str) -> str:
    return _AMPERSANDS.sub("", as_id(name))
