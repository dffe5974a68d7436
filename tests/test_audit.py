"""What is made of pip-audit's report: only the network is an excuse."""

import json
from typing import Any

from tests.audit import OUT_OF_REACH, verdict

SOUND = {"name": "sound", "version": "1.0", "vulns": []}
UNKNOWN = {"name": "unknown", "skip_reason": "not found"}
BROKEN = {
    "name": "broken",
    "version": "2.0",
    "vulns": [{"id": "PYSEC-0000-1", "fix_versions": ["2.1"], "aliases": []}],
}


def report(*dependencies: dict[str, Any]) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def test_a_known_vulnerability_is_named_with_its_remedy_and_fails() -> None:
    said, code = verdict(report(SOUND, BROKEN, UNKNOWN), "")
    assert code == 1
    assert "broken 2.0: PYSEC-0000-1, mended in 2.1" in said


def test_without_one_it_passes_and_says_what_was_audited() -> None:
    said, code = verdict(report(SOUND, UNKNOWN), "")
    assert (code, said.splitlines()) == (
        0,
        ["Not known to the database: unknown.", "Audited: 1 packages, 0 known vulnerabilities."],
    )


def test_a_database_out_of_reach_is_said_and_does_not_fail() -> None:
    assert verdict(report(UNKNOWN, UNKNOWN), "") == (OUT_OF_REACH, 0)
    assert verdict("", "requests.exceptions.ConnectionError: resolve") == (OUT_OF_REACH, 0)


def test_any_other_failure_fails() -> None:
    assert verdict("", "error: no such file") == ("error: no such file", 1)
