"""What takes a night: `python -m tests.nightly`.

Runs, one after the other, every test with all its combinations and many examples; those with
browsers and behind nginx; 50,000 hostile links, headers and messages; half an hour of readers of
many kinds; and every version of Python and of the requirements that the project allows. It needs
what `.ci/run` installs, and uv for the last. Ends with 1 if any of them failed, and says which.
"""

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence

PYTEST = ("-m", "pytest", "--nightly")
REQUIRED = {"ATLAS_BROWSER": "required"}
# One after the other: each starts servers and browsers of its own, and some measure time.
ALONE = "-n0"
FUZZ = ("tests/hostile", "tests/hosting/test_websocket.py")
STEPS: Sequence[tuple[str, Sequence[str], Mapping[str, str]]] = (
    ("tests", PYTEST, {}),
    ("browser", (*PYTEST, ALONE, "tests/browser"), REQUIRED),
    ("hosting", (*PYTEST, ALONE, "tests/hosting", "tests/nightly"), REQUIRED),
    ("engines", (*PYTEST, ALONE, "tests/engines"), REQUIRED),
    ("fuzz", (*PYTEST, ALONE, *FUZZ), {"ATLAS_FUZZ": "50000"}),
    ("soak", ("-m", "tests.nightly.soak"), {}),
    ("matrix", ("-m", "tests.nightly.matrix"), {}),
)


def main() -> int:
    """Run every step, whatever becomes of the others; 1 if one failed."""
    failed = []
    for name, arguments, environment in STEPS:
        print(f"== {name}", flush=True)
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, *arguments], env=os.environ | environment, check=False
        )
        if done.returncode:
            failed.append(name)
    print(f"Failed: {', '.join(failed) or 'nothing'}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
