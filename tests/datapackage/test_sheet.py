"""A table as people have it becomes an atlas: nothing dropped silently, nothing invented."""

import io
import json
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook

from atlas.datapackage import data_watch
from atlas.datapackage.loader import DataError, current, load
from atlas.datapackage.sheet.package import ImportOptions, import_table, write
from atlas.model.languages import UNDETERMINED
from atlas.model.records import Atlas
from tests.conftest import at_night, combined

TABLE = "Name,Latitude,Longitude\nAlpha,51.25,4.5\nBeta,51.5,6.75\n"
SITES = """\
name;lat;lon;sector;region;CO2 (t) 2014;link;remark
Alpha;51,25;4,5;Glass, Steel;Flanders;1.234,5;https://example.org/a;On the river
Beta;51,5;6,75;Steel;North Rhine-Westphalia;20;;
Gamma;;;Glass;Flanders;;;
Delta;131;4,5;;;;;
"""


def sheet(folder: Path, text: str, name: str = "sites.csv", encoding: str = "utf-8") -> Path:
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def shown(folder: Path, text: str, name: str = "sites.csv", encoding: str = "utf-8") -> Atlas:
    return load(sheet(folder, text, name, encoding))


def points(path: Path) -> list[tuple[object, object, object]]:
    """Return the names and positions that are read from a table, without land around them."""
    rows = import_table(path).tables["places"]
    return [(row["name"], row["latitude"], row["longitude"]) for row in rows]


POINTS = [("Alpha", 51.25, 4.5), ("Beta", 51.5, 6.75)]


@pytest.mark.parametrize(
    ("encoding", "separator"),
    combined(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"], [",", ";", "\t", "|"]),
)
def test_any_usual_csv_is_read(tmp_path: Path, encoding: str, separator: str) -> None:
    text = TABLE.replace(",", separator).replace("Beta", "贝塔")
    path = sheet(tmp_path, text.replace("\n", "\r\n").rstrip(), encoding=encoding)
    assert points(path) == [POINTS[0], ("贝塔", 51.5, 6.75)]


@pytest.mark.parametrize(
    "header",
    [
        "name,latitude,longitude",
        "名称,纬度,经度",
        "Nama,Lintang,Bujur",
        "Standort,Breite,Länge",
        "Nom,Latitude,Longitude",
        "Nombre,Latitud,Longitud",
        "Site name,LAT,LNG",
        "Facility,Y,X",
    ],
)
def test_columns_are_known_by_their_usual_names(tmp_path: Path, header: str) -> None:
    assert points(sheet(tmp_path, header + TABLE[TABLE.index("\n") :])) == POINTS


@pytest.mark.parametrize(
    ("alpha", "beta"),
    [
        ("51.25, 4.5", "51.5, 6.75"),
        ("51.25° N, 4.5° E", "51.5 N 6.75 E"),
        ("POINT(4.5 51.25)", "POINT (6.75 51.5)"),
        ("SRID=4326;POINT(4.5 51.25)", "SRID=4326;POINT(6.75 51.5)"),
    ],
)
def test_a_position_may_stand_in_one_column(tmp_path: Path, alpha: str, beta: str) -> None:
    text = f'name,coordinates\nAlpha,"{alpha}"\nBeta,"{beta}"\n'
    assert points(sheet(tmp_path, text)) == POINTS


def test_southern_and_western_positions_are_negative(tmp_path: Path) -> None:
    text = "name,lat,lon\nLima,12.05 S,77.04 W\n"
    assert points(sheet(tmp_path, text)) == [("Lima", -12.05, -77.04)]


def test_a_workbook_is_read_by_its_first_sheet_or_the_one_named(tmp_path: Path) -> None:
    book = Workbook()
    rows = [line.split(",") for line in TABLE.splitlines()]
    for row in rows:
        book.active.append([*row[:1], *(float(c) if c[0].isdigit() else c for c in row[1:])])
    other = book.create_sheet("Other")
    other.append(["name", "lat", "lon"])
    other.append(["Gamma", 1.5, 2])
    path = tmp_path / "sites.xlsx"
    book.save(path)
    assert points(path) == POINTS
    brought = import_table(path, ImportOptions(sheet="Other"))
    assert brought.tables["places"][0]["latitude"] == 1.5
    with pytest.raises(DataError, match="Other"):
        import_table(path, ImportOptions(sheet="None"))


OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
CONTENT = f"""\
<office:document-content xmlns:office="{OFFICE}:office:1.0" xmlns:table="{OFFICE}:table:1.0"
 xmlns:text="{OFFICE}:text:1.0"><office:body><office:spreadsheet><table:table table:name="Sites">
"""
END = "</table:table></office:spreadsheet></office:body></office:document-content>"


def ods(rows: list[list[str]]) -> bytes:
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    lines = ("".join(map(cell.format, row)) for row in rows)
    table = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    buffer = io.BytesIO()
    with ZipFile(buffer, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{OFFICE}:manifest:1.0"/>')
        archive.writestr("content.xml", CONTENT + table + END)
    return buffer.getvalue()


def test_an_open_document_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sites.ods"
    path.write_bytes(ods([line.split(",") for line in TABLE.splitlines()]))
    assert points(path) == POINTS


def test_points_of_geojson_are_read_with_their_properties(tmp_path: Path) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {"name": name, "sectors": ["Glass", "Steel"], "staff": 12},
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
        }
        for name, latitude, longitude in POINTS
    ]
    text = json.dumps({"type": "FeatureCollection", "features": features})
    atlas = shown(tmp_path, text, "sites.geojson")
    assert points(tmp_path / "sites.geojson") == POINTS
    assert [sector.name.english for sector in atlas.sectors] == ["Glass", "Steel"]
    assert atlas.figures[0].value == 12


def test_everything_a_sheet_says_is_in_the_atlas(tmp_path: Path) -> None:
    atlas = shown(tmp_path, SITES)
    alpha = atlas.place["alpha"]
    assert (alpha.latitude, alpha.longitude, alpha.regions) == (51.25, 4.5, ("flanders",))
    assert alpha.about.english == "On the river"
    assert [(row.place, row.sector) for row in atlas.evidence] == [
        ("alpha", "glass"),
        ("alpha", "steel"),
        ("beta", "steel"),
        ("gamma", "glass"),
    ]
    figure = atlas.figures[0]
    assert (figure.value, figure.unit, figure.year) == (1234.5, "t", 2014)
    assert atlas.indicator[figure.indicator].name.english == "CO2"
    assert [source.title for source in atlas.sources] == [
        "https://example.org/a",
        "sites.csv, row 3",
        "sites.csv, row 4",
        "sites.csv, row 5",
    ]


def test_nothing_is_in_the_atlas_that_the_sheet_does_not_say(tmp_path: Path) -> None:
    atlas = shown(tmp_path, SITES)
    for place in atlas.places:
        assert (place.kind, place.precision_km, place.pinyin) == ("", None, "")
        assert set(place.name) == {UNDETERMINED}
    assert {row.confidence for row in atlas.evidence} == {""}
    assert {row.grade for row in atlas.memberships} == {""}
    assert {row.reliability for row in atlas.sources} == {""}
    assert {row.qualifier for row in atlas.figures} == {""}
    assert (atlas.version, atlas.dated) == ("", False)
    assert [group.id for group in atlas.groups] == ["all"]
    assert atlas.title["zh"] == "sites"


def test_a_row_without_a_usable_position_stays_in_the_list_and_says_why(tmp_path: Path) -> None:
    atlas = shown(tmp_path, SITES)
    gamma, delta = atlas.place["gamma"], atlas.place["delta"]
    assert gamma.position == delta.position == "none"
    assert gamma.position_note["en"] == "The table gives no position."
    assert "131" in delta.position_note["id"]
    assert "131" in delta.position_note["zh"]


def test_one_column_a_sector_with_marks(tmp_path: Path) -> None:
    text = "name,lat,lon,Glass,Steel\nAlpha,51,4,x,\nBeta,52,5,X,✓\n"
    rows = [(row.place, row.sector) for row in shown(tmp_path, text).evidence]
    assert rows == [("alpha", "glass"), ("beta", "glass"), ("beta", "steel")]


@pytest.mark.parametrize(
    ("cell", "sectors"),
    [
        ("Glass; Food, drink", ["Glass", "Food, drink"]),
        ("Glass, Steel", ["Glass", "Steel"]),
        ("Glass|Steel", ["Glass", "Steel"]),
        ("玻璃、钢铁", ["玻璃", "钢铁"]),
    ],
)
def test_a_cell_may_list_several_sectors(tmp_path: Path, cell: str, sectors: list[str]) -> None:
    atlas = shown(tmp_path, f'name,lat,lon,sectors,region\nAlpha,51,4,"{cell}","Korea, South"\n')
    assert [sector.name.english for sector in atlas.sectors] == sectors
    assert [region.name.english for region in atlas.regions] == ["Korea, South"]


def test_a_shape_that_is_no_point_is_not_made_one(tmp_path: Path) -> None:
    ring = [[4, 51], [5, 51], [5, 52], [4, 51]]
    shapes = [("Point", [4, 51]), ("Point", [5, 51]), ("Polygon", [ring])]
    features = [
        {"properties": {"name": f"Site {number}"}, "geometry": {"type": kind, "coordinates": at}}
        for number, (kind, at) in enumerate(shapes)
    ]
    atlas = shown(tmp_path, json.dumps({"features": features}), "sites.geojson")
    assert [place.position for place in atlas.places] == ["point", "point", "none"]


def test_a_second_language_stands_beside_the_first(tmp_path: Path) -> None:
    text = "name,name_zh,lat,lon\nAlpha,甲,51,4\nBeta,,52,5\n"
    names = [place.name for place in shown(tmp_path, text).places]
    assert [name["zh"] for name in names] == ["甲", "Beta"]
    assert [name["en"] for name in names] == ["Alpha", "Beta"]
    assert [name.language_of("zh") for name in names] == ["zh", UNDETERMINED]


def test_names_that_come_twice_or_have_no_latin_letters_get_ids_of_their_own(
    tmp_path: Path,
) -> None:
    atlas = shown(tmp_path, "name,lat,lon\nAlpha,51,4\nAlpha,52,5\n成都,51,5\n")
    assert [place.id for place in atlas.places] == ["alpha", "alpha-2", "place-3"]


def test_a_table_with_exchanged_coordinates_is_put_right_and_says_so(tmp_path: Path) -> None:
    rows = [("Antwerp", 4.4, 51.2), ("Rotterdam", 4.5, 51.9), ("Cologne", 6.95, 50.9)]
    text = "name,lat,lon\n" + "".join(f"{name},{lat},{lon}\n" for name, lat, lon in rows)
    atlas = shown(tmp_path, text)
    assert (atlas.places[0].latitude, atlas.places[0].longitude) == (51.2, 4.4)
    assert [caution.id for caution in atlas.cautions] == ["exchanged"]
    as_told = import_table(
        tmp_path / "sites.csv", ImportOptions(mapping={"latitude": "lat", "longitude": "lon"})
    )
    assert as_told.tables["places"][0]["latitude"] == 4.4


def test_regions_are_found_by_position_where_the_sheet_has_none(tmp_path: Path) -> None:
    text = "name,lat,lon\nAntwerp,51.2,4.4\nRotterdam,51.9,4.5\nNorth Sea,53.5,3\n"
    atlas = shown(tmp_path, text)
    assert [region.iso for region in atlas.regions] == ["BE", "NL"]
    assert [place.regions for place in atlas.places] == [("be",), ("nl",), ()]
    assert atlas.regions[0].name["zh"] == "比利时"
    provinces = shown(tmp_path, "name,lat,lon\nChengdu,30.66,104.06\nChongqing,29.56,106.55\n")
    assert [region.iso for region in provinces.regions] == ["CN-SC", "CN-CQ"]


def test_a_region_that_a_place_does_not_lie_in_is_reported(tmp_path: Path) -> None:
    text = "name,lat,lon,country\nAntwerp,51.2,4.4,Niederlande\nRotterdam,51.9,4.5,Netherlands\n"
    assert import_table(sheet(tmp_path, text)).elsewhere == {0: "Antwerp, Belgium"}


def test_more_places_than_a_map_shows_are_refused_with_the_reason(tmp_path: Path) -> None:
    rows = "".join(f"Site {number},{number / 100},4\n" for number in range(2_001))
    with pytest.raises(DataError) as caught:
        shown(tmp_path, "name,lat,lon\n" + rows)
    assert "2,001 rows and the atlas shows at most 2,000 places" in str(caught.value)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("name,size\nAlpha,3\n", "No column of positions was found in CSV"),
        ("lat,lon\n51,4\n", "No column of names was found"),
        ("name,lat,lon\n", "No rows were found"),
        ("", "The file is empty"),
    ],
)
def test_a_table_that_cannot_be_shown_says_what_is_missing(
    tmp_path: Path, text: str, advice: str
) -> None:
    with pytest.raises(DataError, match=advice):
        shown(tmp_path, text)


def test_a_user_may_say_what_a_column_is(tmp_path: Path) -> None:
    path = sheet(tmp_path, "label,code,lat,lon\nAlpha,A1,51,4\n")
    imported = import_table(path, ImportOptions(mapping={"name": "code"}))
    assert imported.tables["places"][0]["name"] == "A1"
    with pytest.raises(DataError, match="It has no such column, but label, code, lat, lon"):
        import_table(path, ImportOptions(mapping={"name": "Site"}))
    with pytest.raises(DataError, match="use one of latitude, longitude"):
        import_table(path, ImportOptions(mapping={"colour": "code"}))


def test_a_package_that_was_written_loads_as_the_sheet_does(tmp_path: Path) -> None:
    path = sheet(tmp_path, SITES)
    write(import_table(path, ImportOptions(title="Sites", author="Nobody")), tmp_path / "out")
    names = {file.name for file in (tmp_path / "out").iterdir()}
    assert "places.csv" in names
    assert "cautions.csv" not in names
    before, after = load(path), load(tmp_path / "out")
    assert before.places == after.places
    assert before.evidence == after.evidence
    with pytest.raises(DataError, match="not an empty folder"):
        write(import_table(path), tmp_path / "out")


def test_a_sheet_is_shown_without_writing_or_taking_in_what_lies_beside_it(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("Another matter.")
    atlas = shown(tmp_path, SITES)
    assert sorted(file.name for file in tmp_path.iterdir()) == ["README.md", "sites.csv"]
    assert "README.md" not in atlas.files


def test_a_sheet_that_changes_on_disk_is_shown_if_it_can_be_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = sheet(tmp_path, SITES)
    watch = data_watch.Watch(load(path))
    for _ in range(2):
        watch.look()
    assert watch.result.state == "same"
    monkeypatch.setenv("ATLAS_DATA", str(path))
    sheet(tmp_path, SITES.replace("Beta", "Epsilon"))
    for _ in range(2):
        watch.look()
    assert "epsilon" in current().place
    sheet(tmp_path, "name,size\nAlpha,3\n")
    for _ in range(2):
        watch.look()
    assert watch.result.state == "broken"
    assert "epsilon" in current().place
    current.cache_clear()


def test_land_is_drawn_around_the_places_with_borders_and_names(tmp_path: Path) -> None:
    atlas = shown(tmp_path, SITES)
    assert [file.name for file in atlas.maps] == ["boundaries", "provinces", "labels"]
    labels = json.loads(atlas.files["land/labels.geojson"])["features"]
    assert "北莱茵－威斯特法伦" in {label["properties"]["name_zh"] for label in labels}


SPREAD = [
    [("Town", 51.2, 4.4)],
    [("Suva", -18.1, 178.4), ("Apia", -13.8, -171.8)],
    [("Paris", 48.9, 2.3), ("Tokyo", 35.7, 139.7), ("Lima", -12.0, -77.0)],
    [("Pole", 89.9, 0.0)],
]


@pytest.mark.parametrize("places", at_night(SPREAD, SPREAD[1::2]))
def test_land_is_drawn_wherever_the_places_are(
    tmp_path: Path, places: list[tuple[str, float, float]]
) -> None:
    rows = "".join(f"{name},{lat},{lon}\n" for name, lat, lon in places)
    atlas = shown(tmp_path, "name,lat,lon\n" + rows)
    assert len(atlas.places) == len(places)
    assert all(len(content) < 2_500_000 for content in atlas.files.values())
