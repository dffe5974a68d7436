"""Load and validate a data package: all of it, or a list of every problem."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from atlas import settings
from atlas.datapackage import defaults, rules, schemas, typed_rows
from atlas.datapackage.columns import RECORDS
from atlas.datapackage.descriptor import Descriptor, read_descriptor
from atlas.datapackage.files import Files, notices, read_csv
from atlas.datapackage.land.geojson import BOUNDARIES, Feature, read_features
from atlas.datapackage.land.slice import NATURAL_EARTH, with_land
from atlas.datapackage.problems import DataError, Problem, collected
from atlas.datapackage.rules.tables import Case
from atlas.datapackage.schemas import Table
from atlas.datapackage.sheet.package import import_table
from atlas.model.records import Atlas

__all__ = ["DataError", "Problem", "current", "load"]

REPOSITORY_DATA = Path(__file__).parents[2] / "data"


def load(path: Path | None = None) -> Atlas:
    """Return the atlas of a folder or table; by default of `ATLAS_DATA`, else the repository's own.

    Raises a `DataError` that lists everything to correct if anything is wrong.
    """
    source = _source(path)
    if source.is_file():
        return _atlas_of(import_table(source).files, sheet=source)
    return _atlas_of(Files(source))


def _atlas_of(files: Files, sheet: Path | None = None) -> Atlas:
    problems: list[Problem] = []
    descriptor = read_descriptor(files, problems)
    tables: dict[str, Table] = {}
    for name, entry in descriptor.tables.items():
        with collected(problems):
            tables[name] = schemas.table(entry, descriptor.promises.languages)
    rows = _rows(files, tables, problems)
    features = _features(files, descriptor, tables, problems)
    _read_rest(files, descriptor, problems)
    atlas = _atlas(files, descriptor, rows, sheet)
    today = descriptor.as_of or date.max
    case = Case(atlas, descriptor.promises, today, features.get(BOUNDARIES, ()))
    paths = {file.name: file.path for file in descriptor.maps}
    paths |= {table.name: table.path for table in tables.values()}
    problems += (
        replace(problem, file=paths.get(problem.file, problem.file))
        for problem in rules.check(case, set(rows), set(tables) - set(rows))
    )
    rule = "The file was replaced while it was read: start again when all files are written."
    problems += (Problem(path, rule) for path in files.changed())
    if problems:
        raise DataError(problems)
    return with_land(atlas) if descriptor.land == NATURAL_EARTH else atlas


_taken_over: dict[Path, Atlas] = {}


@cache
def current() -> Atlas:
    """Return the atlas that this process shows, as loaded or as last taken over."""
    return _taken_over.get(_source()) or load()


def take_over(atlas: Atlas) -> None:
    """Show a newer state of the same files from now on; views of the former one keep it."""
    _taken_over[atlas.sheet or atlas.folder] = atlas
    current.cache_clear()


def _source(path: Path | None = None) -> Path:
    return Path(path or settings.data() or REPOSITORY_DATA).absolute()


def _rows(
    files: Files, tables: Mapping[str, Table], problems: list[Problem]
) -> dict[str, tuple[Any, ...]]:
    """Return the records of every table without problems."""
    faults: dict[str, list[Problem]] = {name: [] for name in tables}
    cells: dict[str, list[list[str]]] = {}
    for name, table in tables.items():
        with collected(faults[name]):
            cells[name] = read_csv(files, table.path, table.dialect, table.bounds, faults[name])
    keys = typed_rows.keys(tables, cells, problems)
    rows: dict[str, tuple[Any, ...]] = {}
    for name in cells:
        with collected(faults[name]):
            records = typed_rows.rows(tables[name], cells[name], keys, faults[name])
            if not faults[name]:
                rows[name] = tuple(records)
    problems += chain.from_iterable(faults.values())
    return rows


def _features(
    files: Files, descriptor: Descriptor, tables: Mapping[str, Table], problems: list[Problem]
) -> dict[str, tuple[Feature, ...]]:
    """Return the features of every map file by its role."""
    if "places" not in tables:
        return {}
    features: dict[str, tuple[Feature, ...]] = {}
    box = schemas.box(tables["places"], problems)
    for file in descriptor.maps:
        with collected(problems):
            features[file.name] = read_features(files, file, box, problems)
    return features


def _read_rest(files: Files, descriptor: Descriptor, problems: list[Problem]) -> None:
    """Read the files that are only passed on: listed ones without a role here, and notices."""
    checked = {entry["path"] for entry in descriptor.tables.values()}
    checked |= {file.path for file in descriptor.maps}
    unlisted = () if files.content_only else notices(files.folder, descriptor.paths)
    for path in (*descriptor.paths, *unlisted):
        if path not in checked:
            with collected(problems):
                files.read(path)


def _atlas(
    files: Files, descriptor: Descriptor, rows: Mapping[str, tuple[Any, ...]], sheet: Path | None
) -> Atlas:
    # Tables with problems are left empty, so that the others can still be checked.
    tables: dict[str, Any] = defaults.completed({name: rows.get(name, ()) for name in RECORDS})
    return Atlas(
        title=descriptor.title,
        lead=defaults.lead(descriptor.lead, tables),
        scope=defaults.scope(descriptor.scope),
        version=descriptor.version,
        as_of=descriptor.as_of or files.newest(),
        dated=descriptor.as_of is not None,
        sheet=sheet,
        folder=files.folder,
        files=files.content,
        maps=descriptor.maps,
        base_groups=descriptor.promises.base_groups
        or tuple(group.id for group in tables["groups"]),
        **tables,
    )
