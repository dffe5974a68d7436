"""Links made with an older version of the data."""

from dataclasses import replace

import pytest

from atlas.model.languages import Words
from atlas.model.notes import Change
from atlas.model.records import Atlas
from atlas.model.selection import from_query
from atlas.query.revisions import revision


@pytest.fixture(scope="module")
def later(atlas: Atlas) -> Atlas:
    """The atlas after two more versions of its data."""
    words = Words(en="Meishan corrected.", zh="更正眉山。", id="Meishan dikoreksi.")
    added = [Change(f"c-{each}", each, "2027-01-02", words) for each in ("1.2.0", "1.10.0")]
    return replace(atlas, version="1.10.0", changes=(*atlas.changes, *added))


def test_a_link_without_a_version_or_with_the_one_shown_says_nothing(later: Atlas) -> None:
    assert revision(later, "") is None
    assert revision(later, "1.10.0") is None


def test_an_older_link_is_told_every_change_since(later: Atlas) -> None:
    for version, since in (("1.0.0", ["1.1.0", "1.2.0", "1.10.0"]), ("1.2.0", ["1.10.0"])):
        older = revision(later, version)
        assert older is not None
        assert older.standing == "older"
        assert list(dict.fromkeys(change.version for change in older.changes)) == since


@pytest.mark.parametrize(
    ("version", "standing"),
    [("2.0.0", "newer"), ("0.9", "unknown"), ("1.0.7", "unknown"), ("a", "unknown")],
)
def test_a_version_that_is_not_there_is_newer_or_unknown(
    later: Atlas, version: str, standing: str
) -> None:
    other = revision(later, version)
    assert other is not None
    assert (other.standing, other.changes) == (standing, ())


@pytest.mark.parametrize("value", ["<b>", "1.0 0", "x" * 40, "../..", "１.０"])
def test_what_is_no_version_is_left_out_and_named(atlas: Atlas, value: str) -> None:
    view, dropped = from_query({"data": value}, atlas)
    assert view.data == ""
    assert dropped[0].parameter == "data"
