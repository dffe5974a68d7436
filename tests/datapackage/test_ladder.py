"""The ladder of `examples/README.md`: a sheet becomes a package, and is deepened step by step."""

import csv
import json
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest

from atlas.analysis.pairs import pairs
from atlas.analysis.summary import MOST_COLUMNS, region_columns
from atlas.bring import __main__ as bring
from atlas.bring.__main__ import main
from atlas.claims.all_claims import claims
from atlas.datapackage.loader import DataError, load
from atlas.model.languages import LANGUAGES, UNDETERMINED
from atlas.model.selection import Selection
from tests.conftest import Folder

EXAMPLES = Path(__file__).parents[2] / "examples"
SHEET = EXAMPLES / "trilateral-sites.csv"
NUMBERS = ("size", "year", "value", "latitude", "longitude")


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package that the command makes of the sheet of the example."""
    folder = tmp_path_factory.mktemp("example") / "sites"
    main([str(SHEET), "--title", "Chemical sites", "--out", str(folder)])
    return folder


@pytest.fixture
def sites(example: Path, tmp_path: Path) -> Folder:
    """A copy of it that a test may change."""
    return Folder(Path(shutil.copytree(example, tmp_path / "sites")))


def deepen(folder: Folder, table: str, column: str, cells: Mapping[str, str]) -> None:
    """Add a column to a table and to the descriptor, with cells by id."""
    rows = folder.rows(table)
    folder.write(table, [row | {column: cells.get(row["id"], "")} for row in rows])
    folder.json(
        "datapackage.json", lambda content: fields(content, table).append(described(column))
    )


def fields(descriptor: dict[str, Any], table: str) -> list[dict[str, str]]:
    entries = {entry["name"]: entry for entry in descriptor["resources"]}
    fields: list[dict[str, str]] = entries[table]["schema"]["fields"]
    return fields


def described(column: str) -> dict[str, str]:
    kind = "integer" if column in ("size", "year") else "number" if column in NUMBERS else "string"
    return {"name": column, "type": kind}


def add_table(folder: Folder, name: str, rows: Sequence[dict[str, str]]) -> None:
    folder.write(name, list(rows))
    entry = {
        "name": name,
        "path": f"{name}.csv",
        "schema": {"fields": [described(column) for column in rows[0]]},
    }
    folder.json("datapackage.json", lambda content: content["resources"].append(entry))


def test_the_command_says_how_each_column_was_understood(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["atlas.bring", str(SHEET), "--map", "note=register"])
    run_path(bring.__file__, run_name="__main__")
    lines = {" ".join(line.split()) for line in capsys.readouterr().out.splitlines()}
    assert 'trilateral-sites.csv: CSV in UTF-8, separated by ","; 164 rows' in lines
    assert "sectors sectors (Refining, Chemicals)" in lines
    assert "figure co2_t_2014 (co2 t, for 2014)" in lines
    assert "note register" in lines
    assert "not used city" in lines


def test_the_command_says_in_one_line_why_it_cannot(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("name,size\nAlpha,3\n")
    with pytest.raises(SystemExit, match="No column of positions was found"):
        main([str(tmp_path / "x.csv")])


def test_only_tables_that_have_rows_are_written(sites: Folder) -> None:
    names = {file.name for file in sites.path.iterdir()}
    tables = ("places", "regions", "sectors", "evidence", "indicators", "figures", "sources")
    assert names == {"datapackage.json", *(f"{name}.csv" for name in tables)}


def test_step_sources_and_evidence(sites: Folder) -> None:
    first = sites.rows("evidence")[0]["id"]
    deepen(sites, "sources", "publisher", {"S01": "Hotmaps"})
    deepen(sites, "evidence", "confidence", {first: "medium"})
    deepen(sites, "evidence", "claim_en", {first: "A refinery."})
    row, other = sites.load().evidence[:2]
    assert (row.confidence, row.claim["zh"], row.claim.language_of("zh")) == (
        "medium",
        "A refinery.",
        "en",
    )
    assert other.confidence == ""


def test_step_a_second_language(sites: Folder) -> None:
    deepen(sites, "sectors", "name_zh", {"refining": "炼油"})
    refining, chemicals = sites.load().sectors
    assert (refining.name["zh"], refining.name["en"]) == ("炼油", "Refining")
    assert chemicals.name["zh"] == "Chemicals"
    sites.json(
        "datapackage.json", lambda content: content.update(languages=["zh"], title_zh="厂址")
    )
    assert any("zh" in str(problem) for problem in sites.problems())


def test_step_own_boundaries_win_over_natural_earth(sites: Folder) -> None:
    square = [[[3, 50], [8, 50], [8, 53], [3, 53], [3, 50]]]
    shape = {"type": "Polygon", "coordinates": square}
    feature = {"type": "Feature", "properties": {}, "geometry": shape}
    content = {"type": "FeatureCollection", "features": [feature]}
    (sites.path / "land.geojson").write_text(json.dumps(content))
    entry = {"name": "boundaries", "path": "land.geojson", "format": "geojson", "credit": "We"}
    sites.json("datapackage.json", lambda content: content["resources"].append(entry))
    atlas = sites.load()
    assert [(file.name, file.credit["en"]) for file in atlas.maps] == [("boundaries", "We")]


def test_step_groups_and_statuses(sites: Folder) -> None:
    place = sites.rows("places")[0]["id"]
    add_table(sites, "groups", [{"id": "core", "name_en": "Core", "source": "S01"}])
    row = {"group": "core", "place": place, "grade": "named", "source": "S01"}
    add_table(sites, "memberships", [row])
    atlas = sites.load()
    assert [(group.id, group.size) for group in atlas.groups] == [("core", 1)]
    assert atlas.base_groups == ("core",)


def test_step_figures_firms_and_events(sites: Folder) -> None:
    place = sites.rows("places")[0]["id"]
    figures = {row["id"]: "t" for row in sites.rows("figures")}
    deepen(sites, "figures", "unit", figures)
    firm = {"id": "f", "name_en": "Firm", "place": place, "sector": "refining", "source": "S01"}
    add_table(sites, "enterprises", [firm])
    event = {"id": "e", "date": "2017", "text_en": "Declared", "places": place, "source": "S01"}
    add_table(sites, "events", [event])
    atlas = sites.load()
    assert atlas.figures[0].unit == "t"
    assert (atlas.enterprises[0].state, atlas.events[0].date_status) == (None, "")


def test_step_a_tour(sites: Folder) -> None:
    step = {"id": "one", "tour": "story", "name_en": "Refining", "text_en": "Who refines."}
    add_table(sites, "tours", [step | {"view": "sector=refining"}])
    assert [(step.name["zh"], step.view) for step in sites.load().tours] == [
        ("Refining", "sector=refining")
    ]


def test_regions_make_counterparts_bars_and_headings(sites: Folder) -> None:
    atlas = sites.load()
    assert [column.region.id for column in region_columns(atlas) if column.region] == [
        region.id for region in atlas.regions
    ]
    for pair in pairs(atlas, "refining", Selection()):
        assert not {*pair.first.regions} & {*pair.second.regions}


def test_of_many_regions_the_largest_stand_beside_the_others(sites: Folder) -> None:
    heading = next(name for name in sites.rows("regions")[0] if name.startswith("name"))
    regions = [{"id": f"r-{number}", heading: f"R {number}"} for number in range(9)]
    rows = sites.rows("places")
    blank = dict.fromkeys(sites.rows("regions")[0], "")
    sites.write("regions", [blank | row for row in regions])
    sites.write(
        "places",
        [row | {"regions": f"r-{min(number % 20, 8)}"} for number, row in enumerate(rows)],
    )
    columns = region_columns(sites.load())
    assert len(columns) == MOST_COLUMNS
    assert columns[-1].region is None
    assert sum(column.count(-1) for column in columns) == len(rows)


def test_a_region_that_no_row_describes_is_a_problem(sites: Folder) -> None:
    sites.drop("regions", "flanders")
    with pytest.raises(DataError) as caught:
        sites.load()
    lines = caught.value.summary()
    assert len(lines) == 1
    assert lines[0].startswith('places.csv, 49 rows (2, 3, 4 ...), column regions, "flanders"')


def test_the_second_cluster_loads_with_what_its_sheet_says() -> None:
    atlas = load(EXAMPLES / "trilateral")
    with SHEET.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [place.name.english for place in atlas.places] == [row["name"] for row in rows]
    assert [region.iso for region in atlas.regions] == ["BE-VLG", "NL", "DE-NW"]
    assert [figure.value for figure in atlas.figures] == [float(row["co2_t_2014"]) for row in rows]
    assert {figure.unit for figure in atlas.figures} == {"t"}
    assert all(sector.name[language] for sector in atlas.sectors for language in ("en", "zh", "id"))


def test_a_package_of_places_alone_needs_no_source_and_makes_no_claim(tmp_path: Path) -> None:
    (tmp_path / "places.csv").write_text("id,name,latitude,longitude\na,Ἀθῆναι,37.98,23.73\n")
    names = ("id", "name", "latitude", "longitude")
    entry = {
        "name": "places",
        "path": "places.csv",
        "schema": {"fields": [described(name) for name in names]},
    }
    (tmp_path / "datapackage.json").write_text(json.dumps({"title": "Bare", "resources": [entry]}))
    atlas = load(tmp_path)
    athens = atlas.place["a"]
    assert (athens.kind, athens.side, athens.precision_km) == ("", "", None)
    assert athens.position == "point"
    assert [athens.name[language] for language in LANGUAGES] == ["Ἀθῆναι"] * 3
    assert athens.name.language_of("zh") == UNDETERMINED
    assert atlas.lead["en"] == "1 place."
    assert [row.source in atlas.source for row in atlas.memberships] == [True]
    assert claims(atlas, "en") == ()
