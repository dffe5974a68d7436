"""How thorough a run is, data packages that a test may change, and every view of the atlas."""

import csv
import json
import logging
import re
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import cycle, islice, product
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings
from hypothesis import strategies as st

from atlas.datapackage.loader import REPOSITORY_DATA, DataError, Problem, load
from atlas.model.parameters import (
    FreeText,
    Parameter,
    Several,
    Single,
    Version,
    WholeNumber,
)
from atlas.model.records import Atlas
from atlas.model.selection import LISTS, PARAMETERS, Selection
from tests.quick_loads import quick_loads

__all__ = ["quick_loads"]

T = TypeVar("T")

# How thorough a run is: quick by day, and at night as long as it takes

# No deadlines: how fast a machine is says nothing about the code.
settings.register_profile("thorough", deadline=None)
settings.register_profile("quick", deadline=None, max_examples=20, derandomize=True, database=None)
QUICK_SHARE = 10  # A quick run draws a tenth of the examples.
# Run by name only: they need a browser, nginx or a night.
SLOW_FOLDERS = frozenset({"browser", "engines", "hosting", "nightly"})
TESTS = Path(__file__).parent


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--nightly", action="store_true", help="run every combination, and draw many examples"
    )


def pytest_configure(config: pytest.Config) -> None:
    settings.load_profile("thorough" if config.getoption("nightly") else "quick")


def pytest_ignore_collect(collection_path: Path) -> bool | None:
    """Leave out the folders that are run by name."""
    is_slow = collection_path.parent == TESTS and collection_path.name in SLOW_FOLDERS
    return True if is_slow else None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave tests of the night out by day: they are neither run nor counted as passed."""
    if config.getoption("nightly"):
        return
    nightly = [item for item in items if item.get_closest_marker("night")]
    items[:] = [item for item in items if item not in nightly]
    config.hook.pytest_deselected(items=nightly)


def pytest_collection_finish() -> None:
    """Let Streamlit's loggers propagate.

    For each test pytest puts six handlers on every logger that does not, and takes them off again:
    Streamlit has seventy, which took 2 ms of every test.
    """
    for name, logger in logging.root.manager.loggerDict.items():
        if name.startswith("streamlit") and isinstance(logger, logging.Logger):
            logger.propagate = True


def is_thorough() -> bool:
    return settings.get_current_profile_name() == "thorough"


def examples(number: int) -> settings:
    """Draw this many examples at night, and a tenth of them by day."""
    return settings(max_examples=number if is_thorough() else max(number // QUICK_SHARE, 3))


def at_night(every: Iterable[T], quick: Iterable[T]) -> list[T]:
    """Return the values of a parameter: every one at night, and a few by day."""
    return list(every if is_thorough() else quick)


def combined(*values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return combinations of values: all at night, and by day each value at least once."""
    if is_thorough():
        return list(product(*values))
    longest = max(map(len, values))
    return list(islice(zip(*map(cycle, values), strict=False), longest))


class Folder:
    """A folder with a data package that a test may change."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def load(self) -> Any:
        return load(self.path)

    def problems(self) -> tuple[Problem, ...]:
        """Return the problems that loading reports; the test fails if there are none."""
        with pytest.raises(DataError) as error:
            load(self.path)
        return error.value.problems

    def problem(self) -> Problem:
        """Return the only problem."""
        problems = self.problems()
        assert len(problems) == 1, "\n".join(map(str, problems))
        return problems[0]

    def complains(
        self, file: str, row: int | None, column: str | None, value: str | None, *advice: str
    ) -> None:
        """Assert that the only problem is at this cell, and gives this advice."""
        problem = self.problem()
        cell = (problem.file, problem.row, problem.column, problem.value)
        assert cell == (file, row, column, value)
        assert [words for words in advice if words not in problem.rule] == [], problem.rule

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        with (self.path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def set(self, table: str, key: str, /, **cells: str) -> int:
        """Change cells of the row with this key; return its number in a spreadsheet."""
        rows = self.rows(table)
        at = [_key(row) for row in rows].index(key)
        rows[at].update(cells)
        self.write(table, rows)
        return at + 2

    def add(self, table: str, **cells: str) -> int:
        """Append a copy of the last row with these cells changed; return its number."""
        rows = self.rows(table)
        self.write(table, [*rows, rows[-1] | cells])
        return len(rows) + 2

    def drop(self, table: str, *keys: str) -> None:
        rows = self.rows(table)
        rest = [row for row in rows if _key(row) not in keys]
        assert len(rest) == len(rows) - len(keys)
        self.write(table, rest)

    def text(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def json(self, file: str, change: Callable[[dict[str, Any]], object]) -> None:
        """Change a JSON file in place."""
        content = json.loads(self.text(file))
        change(content)
        (self.path / file).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def update(self, **properties: Any) -> None:
        """Change properties of the descriptor."""
        self.json("datapackage.json", lambda descriptor: descriptor.update(properties))

    def describe(self, resource: str, **properties: Any) -> None:
        """Change properties of a resource in the descriptor."""

        def change(descriptor: dict[str, Any]) -> None:
            (entry,) = (entry for entry in descriptor["resources"] if entry["name"] == resource)
            entry.update(properties)

        self.json("datapackage.json", change)


def _key(row: dict[str, str]) -> str:
    """Return the id of a row, or "group place" of a membership."""
    return row["id"] if "id" in row else f"{row['group']} {row['place']}"


@pytest.fixture(scope="session", autouse=True)
def loads(request: pytest.FixtureRequest) -> None:
    """Load packages quickly by day."""
    if not is_thorough():
        request.getfixturevalue("quick_loads")


@pytest.fixture
def data(tmp_path: Path) -> Folder:
    """A copy of the real package."""
    return Folder(Path(shutil.copytree(REPOSITORY_DATA, tmp_path / "data")))


@pytest.fixture
def tiny(tmp_path: Path) -> Folder:
    """The smallest package that loads: another cluster, without constraints, keys and map."""
    return Folder(Path(shutil.copytree(TESTS / "tiny", tmp_path / "tiny")))


# The real atlas, and every view of it


@cache
def real_atlas() -> Atlas:
    """The real atlas, for tests that draw examples: their reports would print a fixture whole."""
    return load(REPOSITORY_DATA)


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The real atlas."""
    return real_atlas()


@pytest.fixture(scope="session")
def without_boundaries(tmp_path_factory: pytest.TempPathFactory) -> Atlas:
    """The real atlas without the map file that has a fallback."""
    folder = shutil.copytree(REPOSITORY_DATA, tmp_path_factory.mktemp("fallback") / "data")
    (folder / "map/boundaries.geojson").unlink()
    return load(folder)


NO_SEARCH = st.just("")


def selections(q: st.SearchStrategy[str] = NO_SEARCH) -> st.SearchStrategy[Selection]:
    """Draw any selection that a reader can make, with these searches."""
    return st.deferred(lambda: _selections(real_atlas(), q))


def _selections(atlas: Atlas, q: st.SearchStrategy[str]) -> st.SearchStrategy[Selection]:
    offered = {name: tuple(each.ids(atlas)) for name, each in LISTS.items() if each.filters}
    # Few lists at a time: many leave nothing to show.
    filters = st.sets(st.sampled_from(sorted(offered)), max_size=3).flatmap(
        lambda names: st.fixed_dictionaries({name: _some(offered[name], 1) for name in names})
    )
    others = {
        name: _values(atlas, each, q) for name, each in PARAMETERS.items() if name not in offered
    }
    return st.builds(
        lambda lists, rest: Selection(**lists, **rest), filters, st.fixed_dictionaries(others)
    )


def _some(ids: Sequence[str], least: int) -> st.SearchStrategy[tuple[str, ...]]:
    """Draw up to four ids, in the order of their table."""
    chosen = st.sets(st.sampled_from(ids), min_size=least, max_size=4)
    return chosen.map(lambda drawn: tuple(id for id in ids if id in drawn))


def _values(
    atlas: Atlas, parameter: Parameter, q: st.SearchStrategy[str]
) -> st.SearchStrategy[Any]:
    """Draw any value of a parameter that is not a list of filters."""
    match parameter:
        case Several():
            return _some(tuple(parameter.ids(atlas)), 0)
        case Single():
            return st.just(parameter.default) | st.sampled_from(tuple(parameter.ids(atlas)))
        case WholeNumber():
            return st.integers(1, parameter.most)
        case FreeText():
            return q
        case Version():
            return st.just(parameter.default) | st.just(atlas.version)
    raise NotImplementedError(parameter)


def strings(value: object) -> Iterator[str]:
    """Yield every text in a value that was read from JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def land_colours(layer: dict[str, Any]) -> list[list[int]]:
    """Return the colours of the boundaries, which the browser looks up by their numbers."""
    look_up = r"@@=\((\[.*\])\)\[\('(\d+)'\)\[properties\.number\]\]"
    expression = re.fullmatch(look_up, layer["getFillColor"])
    assert expression
    colours = json.loads(expression[1])
    return [colours[int(digit)] for digit in expression[2]]
