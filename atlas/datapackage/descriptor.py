"""`datapackage.json`: which tables and map files a folder holds, and where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from atlas.datapackage.columns import RECORDS
from atlas.datapackage.files import Files, unsafe
from atlas.datapackage.problems import Problem, fault
from atlas.model.languages import ENGLISH, LANGUAGES, UNDETERMINED, Language, Words
from atlas.model.records import MapFile

DESCRIPTOR = "datapackage.json"
# Maps that a host may remove, in doubt about the right to them; the fallback set replaces them.
OPTIONAL_MAPS = {"boundaries", "provinces", "rivers"}

# What the promises are lists of, where not of group ids.
LISTED = {"languages": "languages such as en", "stated": "columns such as figures.unit"}

Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Promises:
    """What a package promises beyond the rules, and is held to.

    Lists of group ids: which are always shown, which complete, which graded. `languages` are
    those in which every text is written. `stated` are columns such as `figures.unit` that are
    filled in wherever they apply.
    """

    base_groups: tuple[str, ...] = ()
    complete_groups: tuple[str, ...] = ()
    graded_groups: tuple[str, ...] = ()
    languages: tuple[Language, ...] = ()
    stated: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Descriptor:
    """The checked part of a descriptor: nothing in it points outside the folder."""

    title: Words
    lead: Words
    scope: Words
    version: str
    as_of: date | None
    land: str
    promises: Promises
    tables: Mapping[str, Entry]
    maps: tuple[MapFile, ...]
    paths: tuple[str, ...]


def read_descriptor(files: Files, problems: list[Problem]) -> Descriptor:
    """Return the descriptor of a folder; what is wrong with its entries goes to `problems`.

    Raises a `DataError` where there is no folder, or no list of resources.
    """
    if not files.folder.is_dir():
        rule = (
            f"There is no such folder: set ATLAS_DATA to a folder with {DESCRIPTOR}, or to a table."
        )
        raise fault(str(files.folder), rule)
    content = files.json(DESCRIPTOR)
    if not isinstance(content, dict) or not isinstance(content.get("resources"), list):
        raise fault(DESCRIPTOR, 'It must be an object with a list "resources": add the list.')
    entries = list(_entries(content, files.folder, problems))
    tables = {entry["name"]: entry for entry in entries if entry["name"] in RECORDS}
    if "places" not in tables and not _mentions(content, "places"):
        rule = 'Add a resource named "places": the atlas needs this table, every other is optional.'
        problems.append(Problem(DESCRIPTOR, rule))
    return Descriptor(
        title=_words(content, "title", problems),
        lead=_words(content, "lead", problems, is_optional=True),
        scope=_words(content, "scope", problems, is_optional=True),
        version=_text(content, "version", problems, is_optional="changes" not in tables),
        as_of=_day(content, problems),
        land=_text(content, "land", problems, is_optional=True),
        promises=_promises(content, problems),
        tables=tables,
        maps=tuple(_maps(entries, files, problems)),
        paths=tuple(entry["path"] for entry in entries if files.has(entry["path"])),
    )


def translated(entry: Entry, key: str, default: str = "") -> Words:
    """Return a text of a descriptor, as `key` holds it where a language has no translation."""
    plain = str(entry.get(key) or default)
    return Words(**{part: str(entry.get(f"{key}_{part}") or plain) for part in LANGUAGES})


def _problem(rule: str, column: str | None, value: object) -> Problem:
    return Problem(DESCRIPTOR, rule, column=column, value=None if value is None else str(value))


def _mentions(content: Entry, name: str) -> bool:
    return any(
        isinstance(entry, dict) and entry.get("name") == name for entry in content["resources"]
    )


def _entries(content: Entry, folder: Path, problems: list[Problem]) -> Iterator[Entry]:
    names: set[str] = set()
    for entry in content["resources"]:
        name = entry.get("name") if isinstance(entry, dict) else entry
        if not isinstance(entry, dict) or not isinstance(name, str):
            rule = "Describe every resource in an object with a name."
            problems.append(_problem(rule, None, name))
        elif name in names:
            problems.append(_problem("Two resources have this name: rename one.", "name", name))
        elif fault_of_path := unsafe(entry.get("path"), folder):
            rule = f"Resource {name}: {fault_of_path}"
            problems.append(_problem(rule, "path", entry.get("path")))
        else:
            names.add(name)
            yield entry


def _words(content: Entry, key: str, problems: list[Problem], is_optional: bool = False) -> Words:
    """Return a text of the descriptor; `key` holds the English one, if English is promised.

    Each language that the package promises must have the text, and without a promise one of them.
    """
    promised = content.get("languages") or ()
    plain = ENGLISH if ENGLISH in promised else UNDETERMINED
    names = {plain: key} | {part: f"{key}_{part}" for part in LANGUAGES if part != plain}
    texts = {
        part: _text(
            content,
            name,
            problems,
            is_optional=part not in promised if promised else is_optional or part != plain,
        )
        for part, name in names.items()
    }
    return Words(**texts)


def _text(content: Entry, key: str, problems: list[Problem], is_optional: bool = False) -> str:
    text = content.get(key)
    if isinstance(text, str) and text:
        return text
    if text is not None or not is_optional:
        problems.append(_problem("Write a text here.", key, text))
    return ""


def _day(content: Entry, problems: list[Problem]) -> date | None:
    if "as_of" not in content:
        return None
    try:
        return date.fromisoformat(content["as_of"])
    except (TypeError, ValueError):
        rule = "Write a date such as 2026-11-22, or remove it if it is not known."
        problems.append(_problem(rule, "as_of", content["as_of"]))
        return date.max


def _promises(content: Entry, problems: list[Problem]) -> Promises:
    promises = {}
    for key in Promises.__dataclass_fields__:
        items = content.get(key, [])
        if isinstance(items, list) and all(isinstance(item, str) for item in items):
            promises[key] = tuple(items)
        else:
            rule = f"Write a list of {LISTED.get(key, 'group ids')}."
            problems.append(_problem(rule, key, items))
    return Promises(**promises)


def _maps(entries: list[Entry], files: Files, problems: list[Problem]) -> Iterator[MapFile]:
    roles: set[str] = set()
    for entry in entries:
        if entry.get("format") != "geojson" and not entry["path"].endswith(".geojson"):
            continue
        role, credit = entry.get("role", entry["name"]), entry.get("credit")
        if not isinstance(role, str) or role in roles:
            problems.append(_problem("Give each map file a role of its own.", "role", role))
        elif not isinstance(credit, str) or not credit:
            rule = f"Write the credit line of map file {role}."
            problems.append(_problem(rule, "credit", credit))
        elif files.has(entry["path"]):
            roles.add(role)
            yield MapFile(role, entry["path"], translated(entry, "credit"))
        elif role not in OPTIONAL_MAPS:
            rule = "The map file is missing: add it or remove its entry from datapackage.json."
            problems.append(Problem(entry["path"], rule))
