"""The kind of a place gives it its mark, its status the form, and the legend says so."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from atlas.datapackage.loader import load
from atlas.map.scene.shapes import meanings, shape
from atlas.model.records import Atlas
from atlas.model.selection import Selection, vocabulary
from atlas.model.text import text
from atlas.query.sentences import sentence
from tests.conftest import Folder

ENGLISH = text("en")


def legend(atlas: Atlas, **view: Any) -> list[tuple[str, str]]:
    return list(meanings(atlas, Selection(**view), ENGLISH))


def test_the_legend_of_this_cluster_names_its_kinds_and_statuses(atlas: Atlas) -> None:
    always = [
        ("disc", "city or district"),
        ("diamond", "park named in the article"),
        ("diamond-hollow", "park inferred"),
    ]
    assert legend(atlas) == always
    listed = ("square", "in another list")
    assert legend(atlas, sets=("first-batch",)) == [*always, listed]


def test_without_a_table_of_kinds_the_sheet_says_what_places_are(tmp_path: Path) -> None:
    table = tmp_path / "plants.csv"
    rows = ("Alpha,51.1,4.1,Refinery", "Beta,51.2,4.2,Cracker", "Gamma,51.3,4.3,Cracker")
    table.write_text("\n".join(["name,lat,lon,type", *rows]), encoding="utf-8")
    atlas = load(table)
    assert vocabulary(atlas)["kind"] == ("refinery", "cracker")
    assert legend(atlas) == [("disc", "refinery or cracker")]
    assert sentence(atlas, Selection(kind=("cracker",)), ENGLISH) == "2 of 3 places; kind: cracker"


@pytest.fixture
def plants(tmp_path: Path) -> Folder:
    """A package that has kinds and statuses of its own."""
    return Folder(Path(shutil.copytree(Path(__file__).with_name("plants"), tmp_path / "plants")))


def test_a_package_has_marks_statuses_and_words_of_its_own(plants: Folder) -> None:
    atlas = plants.load()
    shapes = [shape(atlas, place, atlas.base_groups) for place in atlas.places]
    assert shapes == ["triangle", "triangle-hollow", "disc-hollow", "disc"]
    assert legend(atlas) == [
        ("disc", "county built"),
        ("triangle", "plant built"),
        ("disc-hollow", "county planned"),
        ("triangle-hollow", "plant planned"),
    ]
    in_chinese = dict(meanings(atlas, Selection(lang="zh"), text("zh")))
    assert in_chinese["triangle-hollow"] == "plant planned"
    assert sentence(atlas, Selection(grade=("planned",)), ENGLISH) == (
        "2 of 4 places: 1 plant and 1 county; status: planned"
    )


def test_what_is_drawn_hollow_says_what_speaks_for_it(plants: Folder) -> None:
    row = plants.set("memberships", "all-plants beta", support="")
    plants.complains(
        "memberships.csv", row, "support_en", "", "Say what speaks for a membership that is planned"
    )


def test_kinds_are_paired_by_one_that_faces_itself(plants: Folder) -> None:
    field = {"name": "faces", "type": "string"}
    plants.json(
        "datapackage.json",
        lambda descriptor: descriptor["resources"][1]["schema"]["fields"].append(field),
    )
    rows = [row | {"faces": "county"} for row in plants.rows("kinds")]
    plants.write("kinds", rows)
    assert {place.faces for place in plants.load().places} == {"county"}
    for row in rows:
        row["faces"] = "plant" if row["id"] == "county" else ""
    plants.write("kinds", rows)
    plants.complains("kinds.csv", 3, "faces", "plant", "Name a kind here that faces itself")
