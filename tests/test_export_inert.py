"""Text that a spreadsheet must not compute."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.export.inert import inert, is_formula


@pytest.mark.parametrize(
    "sign", ["=", "+", "-", "@", "＝", "＋", "－", "＠", "﹢", "﹣", "﹦", "﹫"]
)
@pytest.mark.parametrize("space", ["", " ", "\u3000", "\u00a0", "\u200f", "\ufeff"])
def test_a_formula_gets_an_apostrophe_at_its_start(sign: str, space: str) -> None:
    assert inert(f"{space}{sign}cmd|' /C calc'!A0") == f"'{space}{sign}cmd|' /C calc'!A0"


@pytest.mark.parametrize("start", ["\t", "\r", "\n", "\t=", "\r\n@"])
def test_so_does_a_text_that_begins_with_a_tab_or_a_line_break(start: str) -> None:
    assert inert(f"{start}1").startswith("'")


@pytest.mark.parametrize("separator", ["; ", ";", "\n", "\r\n", "\t", ';"', '; "'])
def test_a_part_where_a_program_may_begin_a_cell_does_too(separator: str) -> None:
    assert inert(f"a{separator}=1+1") == f"a{separator}'=1+1"


@pytest.mark.parametrize(
    "harmless",
    ["", " ", "'", "1+1", "a = b", "A-1", "mail@example.org", "12 – 13", "“=1”", "a, -5", "—"],
)
def test_other_text_stays_as_it_is(harmless: str) -> None:
    assert inert(harmless) == harmless
    assert not is_formula(harmless)


@given(st.text())
def test_no_text_begins_a_formula_any_more_and_none_is_lost(text: str) -> None:
    safe = inert(text)
    assert not safe.lstrip().startswith(("=", "+", "-", "@", "＝", "＋", "－", "＠"))
    assert not any(
        part.strip()[:1] in ("=", "+", "-", "@") for part in safe.split(";") if part.strip()
    )
    assert safe.replace("'", "") == text.replace("'", "")
