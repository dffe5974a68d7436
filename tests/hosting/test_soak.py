"""The soak for a few seconds: it passes where all is well."""

import re

import pytest

from tests.nightly import soak


def test_a_sound_dashboard_is_soaked_and_its_memory_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert soak.main(["--minutes", "0.06", "--readers", "8", "--think", "0.2"]) == 0
    printed = capsys.readouterr().out
    assert len(re.findall(r"^ +0\.\d+ +\d+ +0 ", printed, re.MULTILINE)) == 4
    assert re.search(r"second half: [+-][\d,]+ kB a minute", printed)
    assert printed.endswith("Went wrong: 0\n")
