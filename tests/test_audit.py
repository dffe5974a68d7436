"""What is made of pip-audit's report: only the network is an excuse."""

import json
from typing import Any

import pytest

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


@pytest.mark.parametrize(
    ("printed", "errors", "message", "code"),
    [
        (
            report(SOUND, BROKEN, UNKNOWN),
            "",
            "broken 2.0: PYSEC-0000-1, mended in 2.1\n"
            "Not known to the database: unknown.\nAudited: 2 packages, 1 known vulnerabilities.",
            1,
        ),
        (
            report(SOUND, UNKNOWN),
            "",
            "Not known to the database: unknown.\nAudited: 1 packages, 0 known vulnerabilities.",
            0,
        ),
        (report(UNKNOWN, UNKNOWN), "", OUT_OF_REACH, 0),
        ("", "requests.exceptions.ConnectionError: resolve", OUT_OF_REACH, 0),
        ("", "error: no such file", "error: no such file", 1),
    ],
)
def test_what_is_known_or_fails_is_said_and_only_the_network_is_an_excuse(
    printed: str, errors: str, message: str, code: int
) -> None:
    assert verdict(printed, errors) == (message, code)
