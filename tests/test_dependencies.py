"""What the code imports is declared, what is declared is imported, and the README says why."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
SERVED = ("dashboard.py", "pages", "atlas")
# Commands that a host runs by hand, with the groups of requirements that each has.
COMMANDS = {"tools/basemap": ("basemap",), "tools/geocode": ("geocode",)}
# What is used without being imported: the server takes this parser of requests and this event
# loop where it finds them.
FOUND_BY_OTHERS = {"httptools", "uvloop"}
# Modules that are named otherwise than what brings them, where that may be absent.
BROUGHT_BY = {"shapefile": ["pyshp"]}
# Pages in other frameworks, each with pinned requirements and an environment of its own.
PEERS = ROOT / "tests/load/peers"


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def named(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(requirement).name) for requirement in requirements}


DECLARED = named(PROJECT["project"]["dependencies"])


def group(name: str) -> set[str]:
    """Return the distributions of a group of requirements and of the groups it includes."""
    distributions: set[str] = set()
    for entry in PROJECT["dependency-groups"][name]:
        distributions |= named([entry]) if isinstance(entry, str) else group(entry["include-group"])
    return distributions


@cache
def providers() -> Mapping[str, list[str]]:
    """The distributions that each top module comes from."""
    return BROUGHT_BY | packages_distributions()


def modules(path: Path) -> Iterator[str]:
    """Yield the top modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from (name.name.split(".")[0] for name in node.names)
            case ast.ImportFrom(level=0, module=str(module)):
                yield module.split(".")[0]


def imported(*folders: str) -> set[str]:
    """Return the distributions that the files below some folders import."""
    roots = [ROOT / folder for folder in folders]
    files = {path for root in roots for path in (root, *root.rglob("*.py")) if path.suffix == ".py"}
    names = {name for path in files if PEERS not in path.parents for name in modules(path)}
    foreign = names - sys.stdlib_module_names - {"atlas", "tests", "tools", "dashboard"}
    return {canonicalize_name(each) for name in foreign for each in providers().get(name, [name])}


def test_the_dashboard_imports_what_is_declared_and_nothing_else() -> None:
    assert imported(*SERVED) == DECLARED - FOUND_BY_OTHERS


@pytest.mark.parametrize(
    ("folder", "groups"), [*COMMANDS.items(), ("tests", ("test", "browser", "basemap"))]
)
def test_commands_and_tests_import_what_their_groups_declare(
    folder: str, groups: tuple[str, ...]
) -> None:
    assert imported(folder) <= DECLARED.union(*map(group, groups))


def test_each_dependency_is_named_with_its_reason() -> None:
    document = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = document.partition("## Dependencies")[2].partition("\n## ")[0]
    _, *rows = re.findall(r"^\| ([\w, -]+) \| \S", table, re.MULTILINE)
    assert {canonicalize_name(name) for row in rows for name in row.split(", ")} == DECLARED
