"""Names of files that say what they hold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atlas.export import EXPORTS, download
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from tests.conftest import Folder, examples, real_atlas, selections
from tests.export.exports import LINK


def name(atlas: Atlas, selection: Selection, export: str = "places.csv") -> str:
    return download(atlas, selection, export, LINK).file_name


RAIL = ("aerospace", "rail-transit")


@pytest.mark.parametrize(
    ("export", "selection", "said"),
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
    atlas: Atlas, export: str, selection: Selection, said: str
) -> None:
    assert name(atlas, selection, export) == f"chengyu-cluster-atlas-1.1.0-{said}"


def test_names_too_long_or_not_in_ascii_differ_where_their_selections_do(atlas: Atlas) -> None:
    sectors = tuple(sector.id for sector in atlas.sectors)
    assert name(atlas, Selection(sector=sectors)) != name(atlas, Selection(sector=sectors[:-1]))
    assert name(atlas, Selection(q="德阳")) != name(atlas, Selection(q="成都"))


@examples(40)
@given(selection=selections(q=st.text(max_size=80)), export=st.sampled_from(sorted(EXPORTS)))
def test_no_name_is_too_long_or_unsafe(selection: Selection, export: str) -> None:
    found = name(real_atlas(), selection, export)
    assert len(found) <= 200
    assert found.isascii()
    assert not set(found) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
    assert ".." not in found


@pytest.mark.parametrize(
    ("title", "start"),
    [("Glass: an Atlas!", "glass-an-atlas-0.1.0"), ("玻璃", "atlas-0.1.0"), ("../x", "x-0.1.0")],
)
def test_a_package_without_a_name_is_called_by_its_title(
    tiny: Folder, title: str, start: str
) -> None:
    tiny.json("datapackage.json", lambda found: found.update(title=title))
    assert name(tiny.load(), Selection()) == f"{start}-places.csv"
