"""What the code imports is declared, what is declared is imported, and the README says why."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

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


@cache
def project() -> dict[str, Any]:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def named(requirements: Iterable[str]) -> set[str]:
    return {canonicalize_name(Requirement(one).name) for one in requirements}


def group(name: str) -> set[str]:
    """The distributions of a group of requirements, with those of the groups it includes."""
    found: set[str] = set()
    for one in project()["dependency-groups"][name]:
        found |= named([one]) if isinstance(one, str) else group(one["include-group"])
    return found


def modules(path: Path) -> Iterator[str]:
    """The top modules that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import():
                yield from (one.name.split(".")[0] for one in node.names)
            case ast.ImportFrom(level=0, module=str(module)):
                yield module.split(".")[0]


def imported(*folders: str) -> set[str]:
    """The distributions that the files below some folders import."""
    paths = [path for one in folders for path in ((ROOT / one).rglob("*.py"), [ROOT / one])]
    files = {path for found in paths for path in found if path.suffix == ".py"}
    files = {path for path in files if PEERS not in path.parents}
    found = {module for path in files for module in modules(path)}
    foreign = found - sys.stdlib_module_names - {"atlas", "tests", "tools", "dashboard"}
    known = BROUGHT_BY | packages_distributions()
    return {canonicalize_name(one) for name in foreign for one in known.get(name, [name])}


def test_the_dashboard_imports_what_is_declared_and_nothing_else() -> None:
    declared = named(project()["project"]["dependencies"])
    assert imported(*SERVED) == declared - FOUND_BY_OTHERS


def test_each_command_imports_what_its_group_declares() -> None:
    declared = named(project()["project"]["dependencies"])
    for folder, groups in COMMANDS.items():
        own = set().union(*map(group, groups))
        assert imported(folder) <= declared | own, folder


def test_the_tests_import_what_is_declared() -> None:
    declared = named(project()["project"]["dependencies"])
    groups = set().union(*map(group, ("test", "browser", "basemap")))
    assert imported("tests") <= declared | groups


def test_each_dependency_is_named_with_its_reason() -> None:
    document = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    table = document.partition("## Dependencies")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| ([\w, -]+) \| \S", table, re.MULTILINE)
    said = [canonicalize_name(name) for row in rows for name in row.split(", ")]
    assert sorted(set(said) - {"package"}) == sorted(named(project()["project"]["dependencies"]))
