"""How thoroughly is tested, and data packages to load: a copy of the real one, and a tiny one."""

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterable, Sequence
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

# How thoroughly is tested: quickly in every run, and at night as long as it takes

# How fast a machine is says nothing about the code.
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


def is_thorough() -> bool:
    return settings.get_current_profile_name() == "thorough"


def examples(number: int) -> settings:
    """Draw so many examples at night, and a tenth of them in a quick run."""
    return settings(max_examples=number if is_thorough() else max(number // QUICK_SHARE, 3))


def at_night(every: Iterable[T], quick: Iterable[T]) -> list[T]:
    """Return the values for a parameter: every one at night, and a few in a quick run."""
    return list(every if is_thorough() else quick)


def combined(*values: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Return combinations: all at night, and in a quick run each value at least once."""
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
        """What loading complains of; the test fails if it complains of nothing."""
        with pytest.raises(DataError) as caught:
            load(self.path)
        return caught.value.problems

    def problem(self) -> Problem:
        """The only complaint."""
        problems = self.problems()
        assert len(problems) == 1, "\n".join(map(str, problems))
        return problems[0]

    def complains(
        self, file: str, row: int | None, column: str | None, value: str | None, *advice: str
    ) -> None:
        """The only complaint is of this place, and gives this advice."""
        problem = self.problem()
        place = (problem.file, problem.row, problem.column, problem.value)
        assert place == (file, row, column, value)
        assert [one for one in advice if one not in problem.rule] == [], problem.rule

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.path / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[dict[str, str]]) -> None:
        with (self.path / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)

    def set(self, table: str, key: str, /, **cells: str) -> int:
        """Change cells of the row with this key; returns its number in a spreadsheet.

        The key is the id, or "group place" of a membership.
        """
        rows = self.rows(table)
        for number, row in enumerate(rows, start=2):
            if key in (row.get("id"), f"{row.get('group')} {row.get('place')}"):
                row.update(cells)
                self.write(table, rows)
                return number
        raise LookupError(key)

    def add(self, table: str, **cells: str) -> int:
        """Append a row that repeats the last one but for these cells; returns its number."""
        rows = self.rows(table)
        self.write(table, [*rows, rows[-1] | cells])
        return len(rows) + 2

    def drop(self, table: str, *keys: str) -> None:
        rows = self.rows(table)
        named = [{row.get("id"), f"{row.get('group')} {row.get('place')}"} for row in rows]
        kept = [row for row, names in zip(rows, named, strict=True) if not names & set(keys)]
        assert len(kept) == len(rows) - len(keys)
        self.write(table, kept)

    def text(self, file: str) -> str:
        return (self.path / file).read_text(encoding="utf-8")

    def json(self, file: str, change: Callable[[dict[str, Any]], object]) -> None:
        """Change a JSON file in place."""
        content = json.loads(self.text(file))
        change(content)
        (self.path / file).write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    def describe(self, resource: str, **properties: Any) -> None:
        """Change properties of a resource in the descriptor."""
        self.json(
            "datapackage.json",
            lambda found: next(one for one in found["resources"] if one["name"] == resource).update(
                properties
            ),
        )


@pytest.fixture(scope="session", autouse=True)
def loads(request: pytest.FixtureRequest) -> None:
    """Load packages quickly by day."""
    if not is_thorough():
        request.getfixturevalue("quick_loads")


@pytest.fixture
def data(tmp_path: Path) -> Folder:
    """A copy of the real package."""
    return Folder(Path(shutil.copytree(REPOSITORY_DATA, tmp_path / "data")))


TINY = {
    "places": """\
id,kind,regions,name_en,name_zh,name_id,short_en,short_zh,short_id,name_id_status,pinyin,\
position,latitude,longitude,precision_km,position_note_en,position_note_zh,position_note_id,\
position_source,adcode,parent,containment,about_en,about_zh,about_id,end_event,source,also
alpha,city,,Alpha,甲,Kota A,Alpha,甲,Alpha,proposed,,point,48.2,16.4,1,,,,S01,,,,,,,,,
beta,park,,Beta,乙,Taman B,Beta,乙,Beta,proposed,,area,48.3,16.5,5,,,,\
S01,,alpha,inside,Works,工厂,Pabrik,,S01,S02
""",
    "sectors": """\
id,level,parent,name_en,name_zh,name_id,name_id_status,pinyin,credited_side,\
note_en,note_zh,note_id,source
glass,field,,Glass,玻璃,Kaca,proposed,,,,,,
""",
    "groups": """\
id,name_en,name_zh,name_id,definition_en,definition_zh,definition_id,size,source,also
towns,Towns,城镇,Kota,,,,1,,
""",
    "memberships": """\
group,place,grade,rank,list_number,support_en,support_zh,support_id,\
counter_en,counter_zh,counter_id,source,also
towns,alpha,named,1,,,,,,,,S01,
""",
    "evidence": """\
id,place,sector,claim_en,claim_zh,claim_id,source,confidence
beta-glass-1,beta,glass,Glassworks,玻璃厂,Pabrik kaca,S01,high
""",
    "indicators": """\
id,name_en,name_zh,name_id,definition_en,definition_zh,definition_id
area,Area,面积,Luas,,,
""",
    "figures": """\
id,place,indicator,value,unit,qualifier,period,year,preferred,\
reason_en,reason_zh,reason_id,note_en,note_zh,note_id,source
alpha-area-1,alpha,area,12.5,km2,exact,2020,2020,true,,,,,,,S01
""",
    "events": """\
id,date,date_status,text_en,text_zh,text_id,places,source,also
start,2020-05,stated,Start,开始,Mulai,alpha;beta,S01,S02
""",
    "sources": """\
id,title,publisher_en,publisher_zh,publisher_id,date,date_note_en,date_note_zh,date_note_id,\
address,language,reliability,supports_en,supports_zh,supports_id
S01,Report,,,,2020,,,,https://example.org/report,en,A,,,
S02,Page,,,,,,,,,en,C,,,
""",
    "questions": """\
id,question_en,question_zh,question_id,tried_en,tried_zh,tried_id,places
""",
}


@cache
def _types() -> dict[str, str]:
    """The types of columns by their names, as in the real package."""
    resources = json.loads((REPOSITORY_DATA / "datapackage.json").read_text("utf-8"))["resources"]
    fields = [field for one in resources for field in one.get("schema", {}).get("fields", ())]
    return {field["name"]: field["type"] for field in fields}


def _resource(name: str, text: str) -> dict[str, Any]:
    columns = text.splitlines()[0].split(",")
    fields = [{"name": column, "type": _types().get(column, "string")} for column in columns]
    return {"name": name, "path": f"tables/{name}.csv", "schema": {"fields": fields}}


@pytest.fixture
def tiny(tmp_path: Path) -> Folder:
    """The least that loads: another cluster, no constraints, no keys, no map, its own paths."""
    folder = tmp_path / "tiny"
    (folder / "tables").mkdir(parents=True)
    for name, text in TINY.items():
        (folder / "tables" / f"{name}.csv").write_text(text, encoding="utf-8")
    descriptor = {
        "title": "Glass Atlas",
        "title_zh": "玻璃图集",
        "title_id": "Atlas Kaca",
        "lead": "Where glass is made.",
        "lead_zh": "玻璃产地。",
        "lead_id": "Tempat kaca dibuat.",
        "version": "0.1.0",
        "as_of": "2024-01-31",
        "complete_groups": ["towns"],
        "resources": [_resource(name, text) for name, text in TINY.items()],
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return Folder(folder)


# The real atlas, and every view of it


@cache
def real_atlas() -> Atlas:
    """The real atlas, for tests that are given selections: a report would print a fixture whole."""
    return load(REPOSITORY_DATA)


@pytest.fixture(scope="session")
def atlas() -> Atlas:
    """The real atlas."""
    return real_atlas()


NO_SEARCH = st.just("")


def selections(q: st.SearchStrategy[str] = NO_SEARCH) -> st.SearchStrategy[Selection]:
    """Every selection a reader can make, with the searches given."""
    return st.deferred(lambda: _selections(real_atlas(), q))


def _selections(atlas: Atlas, q: st.SearchStrategy[str]) -> st.SearchStrategy[Selection]:
    offered = {name: tuple(one.ids(atlas)) for name, one in LISTS.items() if one.filters}
    # Few lists at a time: many leave nothing to show.
    filters = st.sets(st.sampled_from(sorted(offered)), max_size=3).flatmap(
        lambda names: st.fixed_dictionaries({name: _some(offered[name], 1) for name in names})
    )
    rest = {name: _values(atlas, one, q) for name, one in PARAMETERS.items() if name not in offered}
    others = st.fixed_dictionaries(rest)
    return st.builds(lambda lists, rest: Selection(**lists, **rest), filters, others)


def _some(ids: Sequence[str], least: int) -> st.SearchStrategy[tuple[str, ...]]:
    chosen = st.sets(st.sampled_from(ids), min_size=least, max_size=4)
    return chosen.map(lambda found: tuple(one for one in ids if one in found))


def _values(atlas: Atlas, one: Parameter, q: st.SearchStrategy[str]) -> st.SearchStrategy[Any]:
    """Every value of a parameter that is no list of filters."""
    match one:
        case Several():
            return _some(tuple(one.ids(atlas)), 0)
        case Single():
            return st.just(one.default) | st.sampled_from(tuple(one.ids(atlas)))
        case WholeNumber():
            return st.integers(1, one.most)
        case FreeText():
            return q
        case Version():
            return st.just(one.default) | st.just(atlas.version)
    raise NotImplementedError(one)


def land_colours(layer: dict[str, Any]) -> list[list[int]]:
    """Return the colours of the boundaries, as the browser looks them up by their numbers."""
    look_up = r"@@=\((\[.*\])\)\[\('(\d+)'\)\[properties\.number\]\]"
    found = re.fullmatch(look_up, layer["getFillColor"])
    assert found
    colours = json.loads(found[1])
    return [colours[int(digit)] for digit in found[2]]
