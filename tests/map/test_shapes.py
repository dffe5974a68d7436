"""The kind of a place gives it its mark, its status the form, and the legend says so."""

from pathlib import Path

import pytest

from atlas.datapackage.loader import load
from atlas.map.scene.shapes import meanings, shape
from atlas.model.records import Atlas
from atlas.model.selection import Selection, vocabulary
from atlas.model.text import text
from atlas.query.sentences import sentence
from tests.conftest import Folder
from tests.datapackage.test_ladder import add_table

ENGLISH = text("en")


def described(atlas: Atlas, selection: Selection = Selection()) -> list[tuple[str, str]]:  # noqa: B008
    return list(meanings(atlas, selection, ENGLISH))


def test_the_legend_of_this_cluster_names_its_kinds_and_statuses(atlas: Atlas) -> None:
    always = [
        ("disc", "city or district"),
        ("diamond", "park named in the article"),
        ("diamond-hollow", "park inferred"),
    ]
    assert described(atlas) == always
    listed = Selection(sets=("first-batch",))
    assert described(atlas, listed) == [*always, ("square", "in another list")]


def test_without_a_table_of_kinds_the_sheet_says_what_places_are(tmp_path: Path) -> None:
    table = tmp_path / "plants.csv"
    rows = ("Alpha,51.1,4.1,Refinery", "Beta,51.2,4.2,Cracker", "Gamma,51.3,4.3,Cracker")
    table.write_text("\n".join(["name,lat,lon,type", *rows]), encoding="utf-8")
    atlas = load(table)
    assert vocabulary(atlas)["kind"] == ("refinery", "cracker")
    assert described(atlas) == [("disc", "refinery or cracker")]
    assert sentence(atlas, Selection(kind=("cracker",)), ENGLISH) == "2 of 3 places; kind: cracker"


@pytest.fixture
def plants(tmp_path: Path) -> Folder:
    """A package that has kinds and statuses of its own."""
    folder = Folder(tmp_path)
    (tmp_path / "datapackage.json").write_text('{"title": "Plants", "resources": []}')
    places = [("alpha", "plant"), ("beta", "plant"), ("gamma", "county"), ("delta", "county")]
    add_table(
        folder,
        "places",
        [
            {"id": id, "kind": kind, "name": id.title(), "latitude": f"5{at}", "longitude": "4"}
            for at, (id, kind) in enumerate(places)
        ],
    )
    kinds = [("plant", "plants", "triangle", ""), ("county", "counties", "disc", "area")]
    names = ("id", "name", "plural", "mark", "extent")
    add_table(folder, "kinds", [dict(zip(names, (kind[0], *kind), strict=True)) for kind in kinds])
    statuses = [("built", "solid"), ("planned", "hollow")]
    add_table(
        folder,
        "statuses",
        [{"id": id, "name": id.title(), "definition": "", "form": form} for id, form in statuses],
    )
    add_table(folder, "groups", [{"id": "all-plants", "name": "All plants"}])
    add_table(folder, "sources", [{"id": "S1", "title": "Register"}])
    graded = [("alpha", "built"), ("beta", "planned"), ("gamma", "planned"), ("delta", "built")]
    columns = ("group", "place", "grade", "support", "source")
    add_table(
        folder,
        "memberships",
        [dict(zip(columns, ("all-plants", *row, "Said.", "S1"), strict=True)) for row in graded],
    )
    return folder


def test_a_package_has_marks_statuses_and_words_of_its_own(plants: Folder) -> None:
    atlas = plants.load()
    shapes = [shape(atlas, place, atlas.base_groups) for place in atlas.places]
    assert shapes == ["triangle", "triangle-hollow", "disc-hollow", "disc"]
    assert described(atlas) == [
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
    rows = plants.rows("kinds")
    plants.json(
        "datapackage.json",
        lambda found: found["resources"][1]["schema"]["fields"].append(
            {"name": "faces", "type": "string"}
        ),
    )
    plants.write("kinds", [row | {"faces": "county"} for row in rows])
    assert {place.faces for place in plants.load().places} == {"county"}
    plants.write(
        "kinds", [row | {"faces": "plant" if row["id"] == "county" else ""} for row in rows]
    )
    plants.complains("kinds.csv", 3, "faces", "plant", "Name a kind here that faces itself")
