"""What takes a night: `python -m tests.nightly`, or a part of it with `--steps`.

Runs, one after the other, every test with all its combinations and many examples; those with
browsers and behind nginx; 50,000 hostile links, headers and messages; half an hour of readers of
many kinds; and every version of Python and of the requirements that the project allows. It needs
what `.ci/run` installs, and uv for the last. Ends with 1 if any of them failed, and says which.
"""

import argparse
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

PYTEST = ("-m", "pytest", "--nightly")
REQUIRED = {"ATLAS_BROWSER": "required"}
# One after the other: each starts servers and browsers of its own, and some measure time.
ALONE = "-n0"
FUZZ = ("tests/hostile", "tests/hosting/test_websocket.py")
Step = tuple[Sequence[str], Mapping[str, str]]
STEPS: Mapping[str, Step] = {
    "tests": (PYTEST, {}),
    "browser": ((*PYTEST, ALONE, "tests/browser"), REQUIRED),
    "hosting": ((*PYTEST, ALONE, "tests/hosting", "tests/nightly"), REQUIRED),
    "engines": ((*PYTEST, ALONE, "tests/engines"), REQUIRED),
    "fuzz": ((*PYTEST, ALONE, *FUZZ), {"ATLAS_FUZZ": "50000"}),
    "soak": (("-m", "tests.nightly.soak"), {}),
    "matrix": (("-m", "tests.nightly.matrix"), {}),
}


def main() -> int:
    """Run the steps asked for, whatever becomes of the others; 1 if one failed."""
    failed = []
    for name in _parser().parse_args().steps:
        print(f"== {name}", flush=True)
        arguments, environment = STEPS[name]
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, *arguments], env=os.environ | environment, check=False
        )
        if done.returncode:
            failed.append(name)
    print(f"Failed: {', '.join(failed) or 'nothing'}")
    return 1 if failed else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        "python -m tests.nightly",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--steps", nargs="+", default=list(STEPS), choices=STEPS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
