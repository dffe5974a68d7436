"""Names of files that say what they hold."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.export import EXPORTS, download
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from tests.conftest import Folder, examples, real_atlas, selections
from tests.export.exports import LINK


def file_name(atlas: Atlas, selection: Selection, export: str = "places.csv") -> str:
    return download(atlas, selection, export, LINK).file_name


RAIL = ("aerospace", "rail-transit")


@pytest.mark.parametrize(
    ("export", "selection", "name"),
    [
        ("package.zip", Selection(sector=RAIL), "package.zip"),
        ("places.csv", Selection(), "places.csv"),
        ("places.csv", Selection(lang="zh"), "places-zh.csv"),
        ("places.csv", Selection(sector=RAIL), "places-aerospace-rail-transit.csv"),
        (
            "places.csv",
            Selection(sector=RAIL, match="all"),
            "places-aerospace-rail-transit-all.csv",
        ),
        ("places.csv", Selection(kind=("park",), grade=("inferred",)), "places-park-inferred.csv"),
        ("places.csv", Selection(q="De Yang"), "places-search-de-yang.csv"),
        ("places.csv", Selection(reliability=("C",)), "places.csv"),
        (
            "evidence.csv",
            Selection(claim=("figure",), reliability=("C",), place="deyang"),
            "evidence-figure-reliability-c-deyang.csv",
        ),
    ],
)
def test_the_name_says_package_version_table_and_selection(
    atlas: Atlas, export: str, selection: Selection, name: str
) -> None:
    assert file_name(atlas, selection, export) == f"chengyu-cluster-atlas-1.1.0-{name}"


def test_names_too_long_or_not_in_ascii_differ_where_their_selections_do(atlas: Atlas) -> None:
    sectors = tuple(sector.id for sector in atlas.sectors)
    assert file_name(atlas, Selection(sector=sectors)) != file_name(
        atlas, Selection(sector=sectors[:-1])
    )
    assert file_name(atlas, Selection(q="德阳")) != file_name(atlas, Selection(q="成都"))


@examples(40)
@given(selection=selections(q=st.text(max_size=80)), export=st.sampled_from(sorted(EXPORTS)))
def test_no_name_is_too_long_or_unsafe(selection: Selection, export: str) -> None:
    called = file_name(real_atlas(), selection, export)
    assert re.fullmatch(r"[A-Za-z0-9.-]{1,200}", called)
    assert ".." not in called


@pytest.mark.parametrize(
    ("title", "start"),
    [("Glass: an Atlas!", "glass-an-atlas-0.1.0"), ("玻璃", "atlas-0.1.0"), ("../x", "x-0.1.0")],
)
def test_a_package_without_a_name_is_called_by_its_title(
    tiny: Folder, title: str, start: str
) -> None:
    tiny.update(title=title)
    assert file_name(tiny.load(), Selection()) == f"{start}-places.csv"
