"""What a parameter of the query string is: what it holds, how a link is read, what it is called.

A field of `atlas.model.selection.Selection` has one of these; there they all stand together. Its
class says what kind of value it holds, and so with what a reader changes it: chips that can each
be on or off (`Several`), chips of which one is on (`Single`), or a field.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from atlas.model.characters import visible
from atlas.model.mangled import as_id, legible, listed, trimmed
from atlas.model.records import Atlas

LONGEST_SEARCH = 80
# A link holds some dozen ids; more than this is not a link of ours, and is not worth the time.
LONGEST_VALUE = 2_000
_VERSION = "[0-9A-Za-z][0-9A-Za-z.+-]{0,23}"

Schema = dict[str, Any]


class Reading(NamedTuple):
    """What was read from a link, None if nothing, and the parts of it that were left out."""

    value: Any = None
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Parameter:
    """One parameter. Its words are messages, but for `description`, which programs are told.

    `filters` says which rows it leaves out where it is set: places (and with them the claims on
    them), claims alone, or none. `phrase` is its condition in the sentence that describes a view,
    `heading` stands above its chips, `slug` is the part of a file name for each of its values. One
    that only says how the values of another go together names that one in `joins`. One that
    `widens` shows more with every value.
    """

    default: Any = ""
    label: str
    description: str = ""
    filters: Literal["places", "claims", ""] = ""
    phrase: str = ""
    heading: str = ""
    slug: str = "{}"
    joins: str = ""
    widens: bool = False

    @property
    def field(self) -> Any:
        """The field of a dataclass for its values."""
        return field(default=self.default, metadata={"parameter": self})

    def read(self, given: str, atlas: Atlas) -> Reading:
        """Read its value in a link, which may hold anything."""
        raise NotImplementedError

    def schema(self, atlas: Atlas) -> Schema:
        """Return the JSON Schema of its values."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, eq=False)
class OfIds(Parameter):
    """Ids: of the rows of a table of the atlas, which name them, or of a fixed vocabulary.

    `values` are the ids, if not those of the whole table or of all `words`; these are messages.
    Without a table or words, `atlas.query.vocabulary` has the words under the parameter's name.
    `spelt` returns the id for what else it is called in links, None for what it is not.
    """

    values: tuple[str, ...] | Callable[[Atlas], Collection[str]] = ()
    table: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    spelt: Callable[[str], str | None] = as_id

    def ids(self, atlas: Atlas) -> Collection[str]:
        """Return the ids it may hold, in the order links write them."""
        if callable(self.values):
            return self.values(atlas)
        rows: Mapping[str, Any] = getattr(atlas, self.table) if self.table else self.words
        return self.values or rows

    def meant(self, given: str, atlas: Atlas) -> str | None:
        """Return the id that is meant in a link, None where there is no such id."""
        _, one = _entry(self, given, atlas) or (0, None)
        return one


@dataclass(frozen=True, kw_only=True, eq=False)
class Several(OfIds):
    """A list of ids, none for all of them.

    The words of `proper` ones are names: they keep their capital inside a sentence. Of `many` ones
    only those that are chosen are chips: readers get at the others from lists and by searching.
    """

    default: tuple[str, ...] = ()
    proper: bool = False
    many: bool = False

    def read(self, given: str, atlas: Atlas) -> Reading:
        """Read ids between commas, in any order."""
        if len(given) > LONGEST_VALUE:
            return Reading((), (visible(given),))
        parts = dict.fromkeys(part for part in map(visible, listed(given)) if part)
        dropped = tuple(part for part in parts if not _entry(self, part, atlas))
        return Reading(self.in_order(atlas, parts), dropped)

    def in_order(self, atlas: Atlas, ids: Iterable[str]) -> tuple[str, ...]:
        """Return the ids that it may hold in the order links write them."""
        entries = {_entry(self, one, atlas) for one in ids}
        return tuple(one for _, one in sorted(entry for entry in entries if entry))

    def schema(self, atlas: Atlas) -> Schema:
        """Return the schema of a list; a package may have nothing to choose from."""
        ids = list(self.ids(atlas))
        items: Schema = {"items": {"type": "string", "enum": ids}} if ids else {"maxItems": 0}
        return {"type": "array", "uniqueItems": True, **items}


def _entry(parameter: OfIds, given: str, atlas: Atlas) -> tuple[int, str] | None:
    """Return the id that is meant in a link, with its position in the order of links."""
    known = _positions(parameter, atlas)
    return known.get(_plain(given)) or known.get(parameter.spelt(given) or "")


@lru_cache(maxsize=64)
def _positions(parameter: OfIds, atlas: Atlas) -> dict[str, tuple[int, str]]:
    """Return each id with its position in the order of links, in lower case."""
    return {_plain(one): (number, one) for number, one in enumerate(parameter.ids(atlas))}


@dataclass(frozen=True, kw_only=True, eq=False)
class Single(OfIds):
    """One id. Where none is given, `browser_decides` has it follow what the browser asks for."""

    browser_decides: bool = False

    def read(self, given: str, atlas: Atlas) -> Reading:
        """Read one id."""
        seen = visible(given[: LONGEST_VALUE + 1])
        one = self.meant(seen, atlas)
        return Reading(None, (seen,)) if seen and one is None else Reading(one)

    def schema(self, atlas: Atlas) -> Schema:
        """Return the schema of one of the ids."""
        ids = list(self.ids(atlas))
        if self.default is None or self.browser_decides:
            return {"type": "string", "enum": ids}
        enum = dict.fromkeys((self.default, *ids) if not self.default else ids)
        return {"type": "string", "enum": list(enum), "default": self.default}


@dataclass(frozen=True, kw_only=True, eq=False)
class FreeText(Parameter):
    """What a reader types."""

    def read(self, given: str, atlas: Atlas) -> Reading:  # noqa: ARG002 - any text will do
        """Read a text, without what nobody sees; the end of a long one is left out."""
        seen = legible(given[:LONGEST_VALUE])
        if len(seen) <= LONGEST_SEARCH and len(given) <= LONGEST_VALUE:
            return Reading(seen)
        return Reading(legible(seen[:LONGEST_SEARCH]), (seen[LONGEST_SEARCH:],))

    def schema(self, atlas: Atlas) -> Schema:  # noqa: ARG002
        """Return the schema of a text."""
        return {"type": "string", "maxLength": LONGEST_SEARCH}


@dataclass(frozen=True, kw_only=True, eq=False)
class WholeNumber(Parameter):
    """A whole number from 1 to `most`."""

    most: int

    def read(self, given: str, atlas: Atlas) -> Reading:  # noqa: ARG002 - the same in every atlas
        """Read a number in ASCII digits, without a sign."""
        digits = trimmed(given)
        is_short = re.fullmatch(f"[0-9]{{1,{len(str(self.most))}}}", digits)
        if is_short and 1 <= int(digits) <= self.most:
            return Reading(int(digits))
        return _left_out(given)

    def schema(self, atlas: Atlas) -> Schema:  # noqa: ARG002
        """Return the schema of the number."""
        limits = {"minimum": 1, "maximum": self.most}
        return {"type": "integer", **limits, "default": self.default}


@dataclass(frozen=True, kw_only=True, eq=False)
class Version(Parameter):
    """A version of the data."""

    def read(self, given: str, atlas: Atlas) -> Reading:  # noqa: ARG002 - it may be an older one
        """Read what may be a version."""
        version = trimmed(given)
        return Reading(version) if re.fullmatch(_VERSION, version) else _left_out(given)

    def schema(self, atlas: Atlas) -> Schema:  # noqa: ARG002
        """Return the schema of a version."""
        return {"type": "string", "pattern": f"^{_VERSION}$"}


def _plain(value: str) -> str:
    return value.strip().lower()


def _left_out(given: str) -> Reading:
    return Reading(None, (visible(given[:LONGEST_VALUE]),) if given.strip() else ())
