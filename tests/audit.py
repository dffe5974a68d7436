"""Known vulnerabilities of pinned requirements: `python -m tests.audit PIP_AUDIT FILE`.

Runs pip-audit (its path comes first) on a file of pinned requirements. Ends with 1 where a
version has a known vulnerability, or where pip-audit fails for another reason than the network.
Where the database of vulnerabilities is out of reach, it says so and ends with 0: then nothing
has been found out. A mirror without that database answers that it knows none of the packages.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from typing import Any

# How requests, which pip-audit asks with, names what the network did.
NETWORK = ("ConnectionError", "ConnectTimeout", "ReadTimeout", "ProxyError", "SSLError")
OUT_OF_REACH = "Not audited: the database of vulnerabilities is out of reach from here."


def main() -> int:
    """Audit the file that the arguments name; 1 where something must be done."""
    pip_audit, requirements = sys.argv[1:]
    done = subprocess.run(  # noqa: S603 - our own command
        [pip_audit, "-r", requirements, "--disable-pip", "--no-deps", "--format", "json"],
        capture_output=True,
        check=False,
        text=True,
    )
    said, code = verdict(done.stdout, done.stderr)
    print(said)
    return code


def verdict(report: str, errors: str) -> tuple[str, int]:
    """Return what to say of pip-audit's report and its errors, and the exit code."""
    try:
        found = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        is_away = any(one in errors for one in NETWORK)
        return (OUT_OF_REACH, 0) if is_away else (errors, 1)
    skipped = [one["name"] for one in found if "skip_reason" in one]
    if len(skipped) == len(found):
        return OUT_OF_REACH, 0
    known = [line for one in found for line in _known(one)]
    told = f"Audited: {len(found) - len(skipped)} packages, {len(known)} known vulnerabilities."
    left = f"Not known to the database: {', '.join(skipped)}." if skipped else ""
    return "\n".join(filter(None, (*known, left, told))), 1 if known else 0


def _known(dependency: Mapping[str, Any]) -> Iterator[str]:
    for one in dependency.get("vulns", ()):
        mended = ", ".join(one["fix_versions"]) or "no version yet"
        yield f"{dependency['name']} {dependency['version']}: {one['id']}, mended in {mended}"


if __name__ == "__main__":
    sys.exit(main())
