"""What other programs make of a link on its way, and what was meant.

Messengers, mail programs and word processors write `&amp;` for `&`, encode a link once more, put
soft hyphens and spaces of no width into long words, replace hyphens and commas by those of
typesetting, and take the end of a sentence for a part of the link.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from urllib.parse import parse_qsl, unquote

from atlas.model.characters import visible

_ESCAPES = re.compile("(?:%[0-9A-Fa-f]{2})+")
# What typesetting makes of a hyphen.
_DASHES = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014\u2015\u2212"), "-")
# Between the ids of a list; the wide forms are what Chinese keyboards write.
_COMMAS = re.compile("[,，、]")
# What may stand around a link in a sentence; no id begins or ends with it.
_PUNCTUATION = ".,:;!?()[]<>{}\"'`*_、。「」『』《》〈〉【】“”‘’«»…"
_AMPERSANDS = re.compile("(?:amp;)+")


def decoded(value: str) -> str:
    """Return a value without the escapes of a program that has encoded the link once more."""
    while (plain := _ESCAPES.sub(_unescaped, value)) != value:
        value = plain
    return value


def _unescaped(match: re.Match[str]) -> str:
    try:
        return unquote(match[0], errors="strict")
    except UnicodeDecodeError:  # No text in UTF-8: it was meant as it stands.
        return match[0]


def legible(value: str) -> str:
    """Return what a reader has typed as it can be seen, however often it was encoded."""
    while (plain := visible(decoded(value))) != value:
        value = plain
    return value


def listed(value: str) -> list[str]:
    """Return the items of a list of ids, whatever commas stand between them."""
    return _COMMAS.split(decoded(value))


def as_id(value: str) -> str:
    """Return what stands for an id in a link as the id that was meant."""
    plain = unicodedata.normalize("NFKC", visible(decoded(value))).translate(_DASHES)
    return "".join(plain.partition("#")[0].split()).strip(_PUNCTUATION).lower()


def trimmed(value: str) -> str:
    """Return a value without the end of the sentence that the link stood in."""
    return visible(value).rstrip(_PUNCTUATION)


def as_meant(
    query: Mapping[str, str], names: Collection[str], free: Collection[str] = ()
) -> dict[str, str]:
    """Return a query with each of our own `names` as we write it; other names stay as they are.

    A name may be in another case, have the rest of an `&amp;` before it, or hold the whole query,
    encoded. A value may hold what followed it, unless it is one of the `free` texts. What is
    repeated counts as a list.
    """
    values: dict[str, list[str]] = {}
    for name, value in _parts(query, [name for name in names if name not in free]):
        own = _own(name)
        values.setdefault(own if own in names else name, []).append(value)
    return {name: ",".join(given) for name, given in values.items()}


def _parts(query: Mapping[str, str], without_text: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield the parameters of a query, and those that have got into a name or value of another."""
    for name, value in query.items():
        plain = decoded(name)
        if "=" in plain:
            yield from parse_qsl(f"{plain}={value}".removesuffix("="), keep_blank_values=True)
        elif "&" in value and _own(name) in without_text:
            yield from parse_qsl(f"{name}={decoded(value)}", keep_blank_values=True)
        else:
            yield name, value


def _own(name: str) -> str:
    return _AMPERSANDS.sub("", as_id(name))
