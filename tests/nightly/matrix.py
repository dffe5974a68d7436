"""Every Python and every version we say we run on, tried: `python -m tests.nightly.matrix`.

For each Python from the oldest that `pyproject.toml` allows to the newest that Streamlit names,
and for the oldest and the newest versions of what we depend on that it allows, uv makes an
environment and a part of the tests runs in it: loading, pages, the map, distances, the routes,
and a server that is started, read and stopped. The tests' own tools are always the newest.

Prints a table; ends with 1 if anything failed. A Python that uv neither finds nor can download
is named as left out, not as failed.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import metadata
from pathlib import Path

ROOT = Path(__file__).parents[2]
RESOLUTIONS = {"oldest": "lowest-direct", "newest": "highest"}
SHOWN = ("streamlit", "pandas", "pydeck", "geopy")
STARTED = (
    "hosting/test_process.py::test_before_it_stops_a_server_says_so_serves_on_and_tells_its_readers"
)
SMOKE = (
    "datapackage/test_tables.py",
    "ui/test_script.py",
    "map/test_layers.py",
    "analysis/test_distance.py",
    "export/test_spreadsheets.py",
    "server/test_server.py",
    STARTED,
)
LAYOUT = "{:<7} {:<8} {:<10} {:<10} {:<10} {:<10} {}"


class MatrixError(Exception):
    """A command that ended with an error, and the end of what it said."""


@dataclass(frozen=True)
class Environment:
    """One Python with one choice of versions, in a folder of its own."""

    uv: str
    folder: Path
    python: str
    versions: str

    def made(self) -> bool:
        """Make it; false where this Python cannot be had.

        Raises MatrixError where the requirements cannot be met or installed.
        """
        if not self._has_python():
            return False
        self._uv("venv", "--python", self.python, self.folder)
        compiled = ("pip", "compile", "pyproject.toml", "--no-header", "-o", self._pins)
        chosen = ("--resolution", RESOLUTIONS[self.versions], "--only-binary", ":all:")
        self._uv(*compiled, *chosen, "--python", self._interpreter)
        install = ("pip", "install", "-r", self._pins, "-c", self._pins, "--group", "test")
        self._uv(*install, "--python", self._interpreter)
        return True

    def _has_python(self) -> bool:
        found = subprocess.run(  # noqa: S603 - our own command
            [self.uv, "python", "install", self.python], capture_output=True, check=False
        )
        kept = subprocess.run(  # noqa: S603 - our own command
            [self.uv, "python", "find", self.python], capture_output=True, check=False
        )
        return 0 in (found.returncode, kept.returncode)

    @property
    def pinned(self) -> Mapping[str, str]:
        """The versions that were chosen."""
        return dict(re.findall(r"^([\w-]+)==(\S+)", self._pins.read_text(encoding="utf-8"), re.M))

    def tested(self, names: Iterable[str]) -> str:
        """Run the tests; the summary of pytest.

        Raises MatrixError with the end of the report where a test failed.
        """
        tests = (f"tests/{name}" for name in names)
        # Old versions are warned of by newer ones that they have to do with.
        pytest = ("-m", "pytest", "-q", "-n0", "-W", "default")
        return _run(self._interpreter, *pytest, *tests).splitlines()[-1]

    @property
    def _pins(self) -> Path:
        return self.folder / "pins.txt"

    @property
    def _interpreter(self) -> Path:
        return self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def _uv(self, *arguments: str | Path) -> None:
        _run(self.uv, *arguments, "--quiet")


def _run(*command: str | Path) -> str:
    done = subprocess.run(  # noqa: S603 - our own command
        command, cwd=ROOT, capture_output=True, check=False, text=True
    )
    if done.returncode:
        raise MatrixError("\n".join((done.stdout + done.stderr).splitlines()[-25:]))
    return done.stdout


def pythons() -> list[str]:
    """Return the Pythons that both we and the installed Streamlit allow, oldest first."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    least = int(project["requires-python"].removeprefix(">=3."))
    named = re.findall(r"Python :: 3\.(\d+)", str(metadata("streamlit").get_all("Classifier")))
    return [f"3.{minor}" for minor in sorted(map(int, named)) if minor >= least]


def main() -> int:
    """Try the combinations that the arguments ask for, print the table; 1 if one failed."""
    asked = _parser().parse_args()
    uv = shutil.which("uv")
    if uv is None:
        sys.exit("This needs uv, which is not found: pip install uv.")
    print(LAYOUT.format("Python", "versions", *SHOWN, "tests"), flush=True)
    failed = []
    with tempfile.TemporaryDirectory() as scratch:
        for number, (python, versions) in enumerate(_combinations(asked)):
            environment = Environment(uv, Path(scratch) / str(number), python, versions)
            try:
                print(_line(environment, asked.tests), flush=True)
            except MatrixError as error:
                failed.append(f"\nPython {python}, {versions} versions:\n{error}")
                print(LAYOUT.format(python, versions, *"----", "FAILED"), flush=True)
    print("\n".join(failed))
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m tests.nightly.matrix",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pythons", nargs="+", default=pythons(), metavar="3.N")
    parser.add_argument("--versions", nargs="+", default=list(RESOLUTIONS), choices=RESOLUTIONS)
    parser.add_argument("--tests", nargs="+", default=list(SMOKE), metavar="FILE")
    return parser


def _combinations(asked: argparse.Namespace) -> Iterator[tuple[str, str]]:
    return ((python, versions) for python in asked.pythons for versions in asked.versions)


def _line(environment: Environment, tests: Iterable[str]) -> str:
    start = time.monotonic()
    if not environment.made():
        absent = "not to be had here"
        return LAYOUT.format(environment.python, environment.versions, *"----", absent)
    shown: Iterable[str] = (environment.pinned[name] for name in SHOWN)
    told = f"{environment.tested(tests)} ({time.monotonic() - start:.0f} s with installing)"
    return LAYOUT.format(environment.python, environment.versions, *shown, told)


if __name__ == "__main__":
    sys.exit(main())
