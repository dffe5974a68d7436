"""Rows drawn for an audit: the same again with the same seed, each with its source."""

from collections import Counter
from dataclasses import replace

import pytest

from atlas.model.records import Atlas
from tools.audit import TABLES, main, row_lines, sample


def keys(atlas: Atlas, seed: int, count: int) -> list[str]:
    return [next(row_lines(atlas, 1, row)) for row in sample(atlas, seed, count)]


def test_a_seed_draws_the_same_rows_again_and_of_more_the_same_first(atlas: Atlas) -> None:
    assert keys(atlas, 7, 50)[:40] == keys(atlas, 7, 40)
    assert keys(atlas, 7, 40) != keys(atlas, 8, 40)
    assert len(keys(atlas, 7, 40)) == 40


def test_no_row_is_drawn_twice_and_every_table_of_claims_is_drawn_from(atlas: Atlas) -> None:
    rows = sample(atlas, 7, 100_000)
    assert Counter(table for table, _ in rows) == {
        table: len(getattr(atlas, table)) for table in TABLES
    }
    headings = [next(row_lines(atlas, 1, row)) for row in rows]
    assert len(set(headings)) == len(headings)


@pytest.mark.parametrize("count", [0, -1])
def test_no_rows_are_no_rows(atlas: Atlas, count: int) -> None:
    assert sample(atlas, 7, count) == []


def test_a_row_is_told_with_its_source_and_further_ones(atlas: Atlas) -> None:
    row = next(row for row in atlas.memberships if row.place == "kaizhou-ip")
    lines = list(row_lines(atlas, 3, ("memberships", row)))
    assert lines[0] == "3. memberships: first-batch kaizhou-ip"
    assert any("Number 5 on the list" in line and "首批名单第5号" in line for line in lines)
    assert [line.split()[1] for line in lines if line.startswith("   source ")] == [
        "S06",
        "S09",
        "S10",
    ]
    assert any("ppfocus" in line and "(C)" in line for line in lines)
    assert lines[-1] == "   phrase: none"


def test_a_row_says_what_it_holds_and_leaves_out_what_is_empty(atlas: Atlas) -> None:
    row = next(row for row in atlas.figures if row.id == "jiangbei-gdp-2023-1")
    lines = list(row_lines(atlas, 1, ("figures", row)))
    assert "   value: 174.4" in lines
    assert "   preferred: True" in lines
    assert any("http://www.cqjb.gov.cn/" in line for line in lines)
    assert [line for line in lines if line.startswith("   reason")] == []


def test_the_phrase_of_a_row_is_told(atlas: Atlas) -> None:
    row = replace(atlas.evidence[0], phrase="集群")
    assert list(row_lines(atlas, 1, ("evidence", row)))[-1] == "   phrase: 集群"


def test_the_command_prints_as_many_rows_as_asked_for(capsys: pytest.CaptureFixture[str]) -> None:
    main(["--seed", "7", "--rows", "3"])
    printed = capsys.readouterr().out
    assert "seed 7, 3 rows" in printed
    assert [line[:2] for line in printed.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]


def test_the_seed_must_be_named() -> None:
    with pytest.raises(SystemExit):
        main([])
