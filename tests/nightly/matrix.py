"""Every Python and every version we say we run on, tried: `python -m tests.nightly.matrix`.

For each Python from the oldest that `pyproject.toml` allows to the newest that Streamlit names,
and for the oldest and the newest versions of what we depend on that it allows, uv makes an
environment and a part of the tests runs in it: loading, pages, the map, distances, the routes,
and a server that is started, read and stopped. The tests' own tools are always the newest.

Prints a line for each; ends with 1 if anything failed. A Python that uv neither finds nor can
download is named as left out, not as failed.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Sequence
from importlib.metadata import metadata
from itertools import product
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


class MatrixError(Exception):
    """A command that ended with an error, and the end of what it said."""


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


def is_there(python: str) -> bool:
    """Tell whether uv finds a Python, or can download it."""
    commands = (["uv", "python", verb, python] for verb in ("find", "install"))
    return any(
        subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
        for command in commands
    )


def tried(python: str, versions: str, tests: Sequence[str], folder: Path) -> str:
    """Make an environment in a folder and run tests in it; what was installed and passed.

    Raises MatrixError where the requirements cannot be met or installed, or a test fails.
    """
    start = time.monotonic()
    interpreter = folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    pins = folder / "pins.txt"
    _run("uv", "venv", "--quiet", "--python", python, folder)
    target = ("--quiet", "--python", interpreter)
    chosen = ("--resolution", RESOLUTIONS[versions], "--only-binary", ":all:", "--no-header")
    _run("uv", "pip", "compile", "pyproject.toml", "-o", pins, *chosen, *target)
    _run("uv", "pip", "install", "-r", pins, "-c", pins, "--group", "test", *target)
    # Old versions are warned of by newer ones that they have to do with.
    pytest = ("-m", "pytest", "-q", "-n0", "-W", "default")
    summary = _run(interpreter, *pytest, *(f"tests/{name}" for name in tests)).splitlines()[-1]
    pinned = dict(re.findall(r"^([\w-]+)==(\S+)", pins.read_text(encoding="utf-8"), re.MULTILINE))
    shown = ", ".join(f"{name} {pinned[name]}" for name in SHOWN)
    return f"{shown}: {summary} ({time.monotonic() - start:.0f} s with installing)"


def main() -> int:
    """Try the combinations that the arguments ask for; 1 if one failed."""
    parser = argparse.ArgumentParser(
        "python -m tests.nightly.matrix",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--pythons", nargs="+", default=pythons(), metavar="3.N")
    parser.add_argument("--versions", nargs="+", default=list(RESOLUTIONS), choices=RESOLUTIONS)
    parser.add_argument("--tests", nargs="+", default=list(SMOKE), metavar="FILE")
    options = parser.parse_args()
    if not shutil.which("uv"):
        sys.exit("This needs uv, which is not found: pip install uv.")
    failed = 0
    for python, versions in product(options.pythons, options.versions):
        print(f"Python {python}, {versions} versions", end=": ", flush=True)
        if not is_there(python):
            print("not to be had here", flush=True)
            continue
        with tempfile.TemporaryDirectory() as scratch:
            try:
                print(tried(python, versions, options.tests, Path(scratch) / "venv"), flush=True)
            except MatrixError as error:
                failed += 1
                print(f"FAILED\n{error}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
