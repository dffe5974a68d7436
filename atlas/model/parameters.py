"""The types of parameters in the query string: their values, labels, parsers and JSON Schemas.

Each field of `atlas.model.selection.Selection` holds one. Its class also decides how a reader
changes it: by chips that are on or off (`Several`), chips of which one is on (`Single`), or a text
field.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from atlas.model.characters import visible
from atlas.model.mangled import as_id, legible, split_ids, trimmed
from atlas.model.records import Atlas

LONGEST_SEARCH = 80
# Our links hold some dozen ids; longer values are not parsed.
LONGEST_VALUE = 2_000
_VERSION = "[0-9A-Za-z][0-9A-Za-z.+-]{0,23}"

Schema = dict[str, Any]


class Reading(NamedTuple):
    """A value read from a link, None for the default, and the parts that were not understood."""

    value: Any = None
    dropped: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, eq=False)
class Parameter:
    """One parameter; all of its texts are messages, except for `description`.

    - `description`: the explanation for programs, in OpenAPI.
    - `filters`: the rows it filters: places (and so the claims on them), or claims alone.
    - `phrase`: its condition in the sentence that describes a view.
    - `heading`: the heading above its chips.
    - `slug`: the part of a file name for each of its values.
    - `joins`: the parameter whose values it combines, by "any" or "all".
    - `widens`: each further value shows more places, not fewer.
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
        """The dataclass field for its value."""
        return field(default=self.default, metadata={"parameter": self})

    def read(self, value: str, atlas: Atlas) -> Reading:
        """Read its value in a link, which may be any text."""
        raise NotImplementedError

    def schema(self, atlas: Atlas) -> Schema:
        """Return the JSON Schema of its value."""
        raise NotImplementedError


@dataclass(frozen=True, kw_only=True, eq=False)
class OfIds(Parameter):
    """Ids of the rows of a table, or of a fixed vocabulary.

    - `values`: the ids, if not those of the whole table or of all `words`.
    - `table`: the table of the atlas that names them.
    - `words`: the messages that name them; with neither, `atlas.query.vocabulary` has them under
      the name of the parameter.
    - `resolve`: returns the id for other spellings in links, None for an unknown one.
    """

    values: tuple[str, ...] | Callable[[Atlas], Collection[str]] = ()
    table: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    resolve: Callable[[str], str | None] = as_id

    def ids(self, atlas: Atlas) -> Collection[str]:
        """Return its possible ids, in the order of links."""
        if callable(self.values):
            return self.values(atlas)
        rows: Mapping[str, Any] = getattr(atlas, self.table) if self.table else self.words
        return self.values or rows


@dataclass(frozen=True, kw_only=True, eq=False)
class Several(OfIds):
    """A list of ids; the empty one means all.

    - `proper`: their words are proper names, which keep their capital inside a sentence.
    - `many`: only the chosen ones are chips; lists and the search lead to the others.
    """

    default: tuple[str, ...] = ()
    proper: bool = False
    many: bool = False

    def read(self, value: str, atlas: Atlas) -> Reading:
        """Read comma-separated ids in any order."""
        if len(value) > LONGEST_VALUE:
            return Reading((), (visible(value),))
        parts = dict.fromkeys(part for part in map(visible, split_ids(value)) if part)
        dropped = tuple(part for part in parts if not _find(self, part, atlas))
        return Reading(self.in_order(atlas, parts), dropped)

    def in_order(self, atlas: Atlas, ids: Iterable[str]) -> tuple[str, ...]:
        """Return ids in the order of links, each once; unknown ones are left out."""
        entries = {_find(self, id, atlas) for id in ids}
        return tuple(id for _, id in sorted(entry for entry in entries if entry))

    def schema(self, atlas: Atlas) -> Schema:
        """Return the schema of a list, which must be empty if the package has no such ids."""
        ids = list(self.ids(atlas))
        items: Schema = {"items": {"type": "string", "enum": ids}} if ids else {"maxItems": 0}
        return {"type": "array", "uniqueItems": True, **items}


def _find(parameter: OfIds, value: str, atlas: Atlas) -> tuple[int, str] | None:
    """Return position and id of a value in a link, None if it is unknown."""
    entries = _entries(parameter, atlas)
    return entries.get(_lowered(value)) or entries.get(parameter.resolve(value) or "")


@lru_cache(maxsize=64)
def _entries(parameter: OfIds, atlas: Atlas) -> dict[str, tuple[int, str]]:
    """Return the position of each id in the order of links, and the id, by it in lower case."""
    return {_lowered(id): (position, id) for position, id in enumerate(parameter.ids(atlas))}


@dataclass(frozen=True, kw_only=True, eq=False)
class Single(OfIds):
    """One id. With `browser_decides`, the browser's preference is the default."""

    browser_decides: bool = False

    def read(self, value: str, atlas: Atlas) -> Reading:
        """Read one id."""
        text = visible(value[: LONGEST_VALUE + 1])
        entry = _find(self, text, atlas)
        return Reading(entry[1]) if entry else Reading(None, (text,) if text else ())

    def schema(self, atlas: Atlas) -> Schema:
        """Return the schema of one id."""
        ids = list(self.ids(atlas))
        if self.default is None or self.browser_decides:
            return {"type": "string", "enum": ids}
        enum = ids if self.default else list(dict.fromkeys((self.default, *ids)))
        return {"type": "string", "enum": enum, "default": self.default}


@dataclass(frozen=True, kw_only=True, eq=False)
class FreeText(Parameter):
    """A text that a reader types."""

    def read(self, value: str, atlas: Atlas) -> Reading:  # noqa: ARG002 - any text will do
        """Read a text without its invisible characters, cut at `LONGEST_SEARCH`."""
        text = legible(value[:LONGEST_VALUE])
        if len(text) <= LONGEST_SEARCH and len(value) <= LONGEST_VALUE:
            return Reading(text)
        return Reading(legible(text[:LONGEST_SEARCH]), (text[LONGEST_SEARCH:],))

    def schema(self, atlas: Atlas) -> Schema:  # noqa: ARG002
        """Return the schema of a text."""
        return {"type": "string", "maxLength": LONGEST_SEARCH}


@dataclass(frozen=True, kw_only=True, eq=False)
class WholeNumber(Parameter):
    """A whole number from 1 to `most`."""

    most: int

    def read(self, value: str, atlas: Atlas) -> Reading:  # noqa: ARG002 - the same in every atlas
        """Read a number in ASCII digits, without a sign."""
        digits = trimmed(value)
        is_short = re.fullmatch(f"[0-9]{{1,{len(str(self.most))}}}", digits)
        if is_short and 1 <= int(digits) <= self.most:
            return Reading(int(digits))
        return _dropped(value)

    def schema(self, atlas: Atlas) -> Schema:  # noqa: ARG002
        """Return the schema of the number."""
        limits = {"minimum": 1, "maximum": self.most}
        return {"type": "integer", **limits, "default": self.default}


@dataclass(frozen=True, kw_only=True, eq=False)
class Version(Parameter):
    """A version of the data."""

    def read(self, value: str, atlas: Atlas) -> Reading:  # noqa: ARG002 - it may be an older one
        """Read anything that has the form of a version."""
        version = trimmed(value)
        return Reading(version) if re.fullmatch(_VERSION, version) else _dropped(value)

    def schema(self, atlas: Atlas) -> Schema:  # noqa: ARG002
        """Return the schema of a version."""
        return {"type": "string", "pattern": f"^{_VERSION}$"}


def _lowered(value: str) -> str:
    return value.strip().lower()


def _dropped(value: str) -> Reading:
    return Reading(None, (visible(value[:LONGEST_VALUE]),) if value.strip() else ())
