"""Known vulnerabilities of pinned requirements: `python -m tests.audit PIP_AUDIT FILE`.

Runs pip-audit (its path comes first) on a file of pinned requirements. The exit code is 1 if a
version has a known vulnerability, or if pip-audit fails for another reason than the network. If
the database of vulnerabilities is out of reach, a message says that nothing was audited, and the
code is 0. A mirror without that database answers that it knows none of the packages.
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
    """Audit the file that the arguments name; return 1 if something must be done."""
    pip_audit, requirements = sys.argv[1:]
    done = subprocess.run(  # noqa: S603 - our own command
        [pip_audit, "-r", requirements, "--disable-pip", "--no-deps", "--format", "json"],
        capture_output=True,
        check=False,
        text=True,
    )
    message, code = verdict(done.stdout, done.stderr)
    print(message)
    return code


def verdict(report: str, errors: str) -> tuple[str, int]:
    """Return the message for pip-audit's report and its errors, and the exit code."""
    try:
        dependencies = json.loads(report)["dependencies"]
    except (ValueError, KeyError):
        is_network = any(name in errors for name in NETWORK)
        return (OUT_OF_REACH, 0) if is_network else (errors, 1)
    skipped = [each["name"] for each in dependencies if "skip_reason" in each]
    if len(skipped) == len(dependencies):
        return OUT_OF_REACH, 0
    known = [line for each in dependencies for line in _vulnerabilities(each)]
    audited = len(dependencies) - len(skipped)
    summary = f"Audited: {audited} packages, {len(known)} known vulnerabilities."
    left = f"Not known to the database: {', '.join(skipped)}." if skipped else ""
    return "\n".join(filter(None, (*known, left, summary))), 1 if known else 0


def _vulnerabilities(dependency: Mapping[str, Any]) -> Iterator[str]:
    for entry in dependency.get("vulns", ()):
        fixed = ", ".join(entry["fix_versions"]) or "no version yet"
        yield f"{dependency['name']} {dependency['version']}: {entry['id']}, mended in {fixed}"


if __name__ == "__main__":
    sys.exit(main())
