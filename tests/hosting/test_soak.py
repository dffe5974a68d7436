"""The soak for a few seconds: it passes where all is well, and any error of the server ends it."""

import re
from pathlib import Path

import pytest

from tests.hosting.versions import copy_to
from tests.nightly import soak

SHORT = ("--minutes", "0.08", "--readers", "8", "--think", "0.2")
GUARD = 'if __name__ == "__main__":'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A dashboard whose entry a test may break, with the package and the data of this one."""
    copy_to(tmp_path)
    return tmp_path


def breaks(file: Path, before: str, statement: str) -> None:
    """Put a statement before the first line of a file that begins with a text."""
    written = file.read_text(encoding="utf-8")
    assert before in written
    file.write_text(written.replace(before, f"{statement}\n{before}", 1), encoding="utf-8")


def test_a_sound_dashboard_is_soaked_and_its_memory_told(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert soak.main(SHORT) == 0
    told = capsys.readouterr().out
    assert len(re.findall(r"^ +0\.\d+ +\d+ +0 ", told, re.MULTILINE)) == 4
    assert re.search(r"second half: [+-][\d,]+ kB a minute", told)
    assert told.endswith("Went wrong: 0\n")


@pytest.mark.night  # By day, a sound dashboard is enough.
def test_an_exception_on_a_page_and_a_file_that_cannot_be_made_are_errors_of_the_soak(
    checkout: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    breaks(checkout / "dashboard.py", GUARD, f"{GUARD}\n    raise LookupError")
    pictures = checkout / "atlas/server/routes/pictures.py"
    breaks(pictures, "    selection, _ = requested_view", "    raise LookupError")
    assert soak.main([*SHORT, "--dashboard", str(checkout)]) == 1
    told = capsys.readouterr().out
    assert "atlas_run_errors_total" in told
    assert "answered 500" in told
