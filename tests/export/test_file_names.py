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


def test_the_name_says_package_version_table_and_selection(atlas: Atlas) -> None:
    view = Selection(sector=("rail-transit",))
    assert name(atlas, view) == "chengyu-cluster-atlas-1.1.0-places-rail-transit.csv"
    assert name(atlas, Selection()) == "chengyu-cluster-atlas-1.1.0-places.csv"
    assert name(atlas, view, "package.zip") == "chengyu-cluster-atlas-1.1.0-package.zip"


@pytest.mark.parametrize(
    ("selection", "said"),
    [
        (Selection(lang="zh"), "places-zh"),
        (Selection(sector=("aerospace", "rail-transit")), "places-aerospace-rail-transit"),
        (
            Selection(sector=("aerospace", "rail-transit"), match="all"),
            "places-aerospace-rail-transit-all",
        ),
        (Selection(kind=("park",), grade=("inferred",)), "places-park-inferred"),
        (Selection(q="De Yang"), "places-search-de-yang"),
        (Selection(reliability=("C",)), "places"),
    ],
)
def test_it_says_what_was_chosen(atlas: Atlas, selection: Selection, said: str) -> None:
    assert name(atlas, selection) == f"chengyu-cluster-atlas-1.1.0-{said}.csv"


def test_evidence_is_named_by_the_filters_of_claims_too(atlas: Atlas) -> None:
    view = Selection(claim=("figure",), reliability=("C",), place="deyang")
    found = name(atlas, view, "evidence.csv")
    assert found == "chengyu-cluster-atlas-1.1.0-evidence-figure-reliability-c-deyang.csv"


def test_a_search_in_chinese_has_a_digest_of_its_own(atlas: Atlas) -> None:
    first, second = name(atlas, Selection(q="德阳")), name(atlas, Selection(q="成都"))
    assert first != second
    assert first.isascii()


@examples(40)
@given(selection=selections(q=st.text(max_size=80)), export=st.sampled_from(sorted(EXPORTS)))
def test_no_name_is_too_long_or_unsafe(selection: Selection, export: str) -> None:
    found = name(real_atlas(), selection, export)
    assert len(found) <= 200
    assert found.isascii()
    assert not set(found) - set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-")
    assert ".." not in found


def test_long_selections_that_differ_have_names_that_differ(atlas: Atlas) -> None:
    sectors = tuple(sector.id for sector in atlas.sectors)
    first, second = (
        name(atlas, Selection(sector=sectors)),
        name(atlas, Selection(sector=sectors[:-1])),
    )
    assert first != second


@pytest.mark.parametrize(
    ("title", "start"),
    [("Glass: an Atlas!", "glass-an-atlas-0.1.0"), ("玻璃", "atlas-0.1.0"), ("../x", "x-0.1.0")],
)
def test_a_package_without_a_name_is_called_by_its_title(
    tiny: Folder, title: str, start: str
) -> None:
    tiny.json("datapackage.json", lambda found: found.update(title=title))
    assert name(tiny.load(), Selection()) == f"{start}-places.csv"
