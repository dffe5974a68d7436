"""Rules: each broken in a copy of the real data, one at a time."""

from collections import Counter, defaultdict
from typing import Any

import pytest

from atlas.datapackage.loader import Problem
from atlas.datapackage.rules import tables as rules
from tests.conftest import Folder

DESCRIPTOR = "datapackage.json"
BOUNDARIES = "map/boundaries.geojson"
UNDATED = "S132"  # a source without a date
# Across the Yangtze from its park, which a source gives as its limit in the south.
ACROSS = {"latitude": "29.61", "longitude": "106.62"}
CIRCLE = "2020-01-03-twin-city-circle"
DECLARED = "2021-06-04-declaration"
PARKS, PARKS_BEFORE = "demonstration-parks-2025", "demonstration-parks-2022"
REVENUE = "chongqing-equipment-revenue-2025"
ZONE = "deyang-etdz"
NO_SUPPORT = {"support_en": "", "support_zh": "", "support_id": ""}
INFERRED = "Say what speaks for a membership that is inferred"
SQUARE = "Give the memberships of demonstration a status that is solid or hollow"


def place(problem: Problem) -> tuple[str, int | None, str | None, str | None]:
    return problem.file, problem.row, problem.column, problem.value


# Rows by themselves


ROWS = [
    ("places", "deyang", {"about_id": ""}, "about_id", "", "every language of a text, or none"),
    ("groups", "members", {"name_zh": " "}, "name_zh", " ", "every language"),
    ("memberships", "members deyang", {"support_en": ""}, "support_en", "", "every language"),
    ("places", "deyang", {"latitude": ""}, "latitude", "", '"none" as position'),
    ("places", "deyang", {"longitude": ""}, "longitude", "", '"none" as position'),
    ("places", "deyang", {"precision_km": ""}, "precision_km", "", '"none" as position'),
    ("places", "deyang", {"position_source": ""}, "position_source", "", "needs it"),
    ("places", "qijiang-ip", {"precision_km": "5"}, "precision_km", "5", "Empty the cell"),
    ("places", ZONE, {"containment": ""}, "containment", "", "parent and containment"),
    ("places", "meishan", {"containment": "inside"}, "containment", "inside", "or neither"),
    ("places", ZONE, {"containment": "unknown"}, "containment", "unknown", "only for"),
    ("places", "deyang", {"source": ""}, "source", "", "Name the source of about"),
    ("groups", "members", {"source": ""}, "source", "", "Name the source of definition"),
    ("sectors", "monorail", {"source": ""}, "source", "", "the source of credited_side"),
    ("memberships", "demonstration gaozhu-na", NO_SUPPORT, "support_en", "", INFERRED),
    ("figures", "chengdu-area-2020-1", {"unit": ""}, "unit", "", "Fill in value and unit"),
    ("figures", "chengdu-area-2020-1", {"value": ""}, "value", "", "Fill in value and unit"),
    ("figures", "chengdu-area-2020-1", {"year": ""}, "year", "", "Fill in period and year"),
    ("figures", "chengdu-area-2020-1", {"period": ""}, "period", "", "Fill in period and year"),
    ("figures", "chengdu-area-2020-1", {"year": "2027"}, "year", "2027", "2026-11-28"),
    ("figures", "chengdu-area-2020-1", {"phrase": "字" * 41}, "phrase", "字" * 41, "at most 40"),
    ("enterprises", "honghua", {"state": ""}, "state", "", "or empty the year"),
    ("enterprises", "honghua", {"year": "2027"}, "year", "2027", "from 1900 to 2026"),
    ("enterprises", "honghua", {"year": "1899"}, "year", "1899", "from 1900 to 2026"),
    ("targets", PARKS, {"as_of": "2027"}, "as_of", "2027", "as_of date"),
    ("targets", PARKS, {"due": "2025-13"}, "due", "2025-13", "YYYY-MM"),
    ("targets", PARKS, {"target": "0"}, "target", "0", "above zero"),
    ("targets", PARKS, {"reported_by": ""}, "reported_by", "", "figure or"),
    ("sources", "S05", {"date": "2026-11-29"}, "date", "2026-11-29", "the as_of date"),
    ("sources", "S05", {"date": "2021-02-30"}, "date", "2021-02-30", "with ? if uncertain"),
    ("events", CIRCLE, {"date": "2021-13"}, "date", "2021-13", "Write YYYY, YYYY-MM or YYYY-MM-DD"),
    ("events", CIRCLE, {"date": "0000"}, "date", "0000", "Write YYYY, YYYY-MM or YYYY-MM-DD"),
    ("events", CIRCLE, {"date": "2026-11-29"}, "date", "2026-11-29", "after 2026-11-28, the as_of"),
    ("events", CIRCLE, {"date": "2026-12"}, "date", "2026-12", "after 2026-11-28, the as_of date"),
    ("events", CIRCLE, {"date": "2027"}, "date", "2027", "correct one of them"),
    ("events", CIRCLE, {"places": "deyang;nowhere"}, "places", "nowhere", "no such id: correct it"),
    ("questions", "which-six", {"places": "deyang;nowhere"}, "places", "nowhere", "no such id"),
    ("changes", "1-0-0-map", {"date": "2026-02-30"}, "date", "2026-02-30", "Write YYYY-MM-DD"),
    ("targets", REVENUE, {"value": "462.7"}, "value", "462.7", "462.6"),
    ("targets", PARKS_BEFORE, {"as_of": "2026-12"}, "as_of", "2026-12", "as_of date"),
    ("targets", PARKS_BEFORE, {"as_of": "2023-13"}, "as_of", "2023-13", "Write YYYY"),
    ("places", ZONE, {"parent": "sichuan"}, "parent", "sichuan", "one that has land"),
    ("sectors", "monorail", {"parent": "nuclear-power"}, "parent", "nuclear-power", "no part"),
    ("groups", "first-batch", {"size": "17"}, "size", "17", "first-batch has 18 memberships"),
    ("groups", "signatories", {"size": "9"}, "size", "9", "8 memberships: correct its size"),
    ("figures", "jiangbei-gdp-2023-1", {"year": "2025"}, "year", "2025", "S284 is of 2024-01-26"),
    ("enterprises", "dongfang-turbine", {"year": "2025"}, "year", "2025", "S08 is of 2023-07-27"),
    ("events", "2025-06-11-task-force", {"date": "2026-06-11"}, "date", "2026-06-11", "2025-06-11"),
    ("events", DECLARED, {"date": "2021-06-06"}, "date", "2021-06-06", "S02 is of 2021-06-05"),
    ("events", DECLARED, {"date": "2021-07"}, "date", "2021-07", "S02 is of 2021-06-05"),
    ("events", DECLARED, {"date": "2022"}, "date", "2022", "correct one of the dates"),
    *(
        ("figures", figure, {"qualifier": "exact"}, "qualifier", "exact", "write more-than")
        for figure in ("sichuan-equipment-output-2017-1", "deyang-equipment-zone-firms-2013-1")
    ),
    *(
        (table, key, {"also": "S02;S998"}, "also", "S998", "no such id: correct it or add the row")
        for table, key in (
            ("places", "chengdu"),
            ("groups", "members"),
            ("memberships", "members ziyang"),
            ("events", "2020-06-11-park-notice"),
            ("corrections", "publisher-name"),
            ("cautions", "datum-trap"),
        )
    ),
    ("places", ZONE, {"parent": "konggang-ip"}, "parent", "konggang-ip", "on one that has land"),
    ("places", ZONE, {"latitude": "30.0825"}, "containment", "inside", "outside deyang"),
    *(
        ("places", key, {"latitude": "32", "longitude": "104"}, "latitude", "32, 104", "GCJ-02")
        for key in ("meishan", "dadukou")
    ),
    *(
        ("places", "gangcheng-ip", {"containment": kind, **ACROSS}, "containment", kind, "jiangbei")
        for kind in ("inside", "partly")
    ),
    ("memberships", "demonstration yufu-idz", {"grade": "listed"}, "grade", "listed", SQUARE),
]
# What the rules leave alone.
ALLOWED = [
    *(("events", CIRCLE, {"date": day, "source": UNDATED}) for day in ("2026", "2026-11-28")),
    ("events", CIRCLE, {"date": "2026-11", "source": UNDATED}),
    ("figures", "chengdu-area-2020-1", {"year": "2026", "source": UNDATED}),
    ("targets", PARKS, {"due": "2035"}),
    ("changes", "1-0-0-tables", {"date": "2027-01-31"}),
    # Dates are compared as far as both are known.
    *(("events", DECLARED, {"date": day}) for day in ("2021", "2021-06", "2021-06-05")),
    *(("sources", "S02", {"date": day}) for day in ("2021", "")),
    ("places", "deyang-etdz", {"containment": "partly"}),
]


def batches(cases: list[Any]) -> list[list[Any]]:
    """Put cases together that change different rows, so that they are loaded at once."""
    seen: Counter[Any] = Counter()
    batch: defaultdict[int, list[Any]] = defaultdict(list)
    for table, key, *rest in cases:
        batch[seen[table, key]].append((table, key, *rest))
        seen[table, key] += 1
    return list(batch.values())


@pytest.mark.parametrize("cases", batches(ROWS), ids=len)
def test_a_row_keeps_its_rule(data: Folder, cases: list[Any]) -> None:
    advice = {
        (f"{table}.csv", data.set(table, key, **cells), column, value): advice
        for table, key, cells, column, value, advice in cases
    }
    rules = {place(problem): problem.rule for problem in data.problems()}
    assert set(rules) == set(advice)
    assert [where for where in rules if advice[where] not in rules[where]] == []


@pytest.mark.parametrize("cases", batches(ALLOWED), ids=len)
def test_what_a_row_may_say_is_left_alone(data: Folder, cases: list[Any]) -> None:
    for table, key, cells in cases:
        data.set(table, key, **cells)
    assert data.load()


NO_DATE = "Write YYYY, YYYY-MM or YYYY-MM-DD"
NO_ADDRESS = "Write an address with http:// or https://"
ADDRESS = "https://example.org/report"
# A text of the tiny package and what is written in its stead; column and value of the complaint.
CELLS = [
    *(
        ("figures", "12.5", number, "value", str(float(number)), "Write a finite number")
        for number in ("1e999", "NaN", "-inf")
    ),
    *(
        ("events", "2020-05", day, "date", day, NO_DATE)
        for day in ("May 2020", "2020-5", "2020-05-01T00:00")
    ),
    ("sources", ",2020,", ",undated,", "date", "undated", "with ? if uncertain, or nothing"),
    *(
        ("evidence", "beta-glass-1", key, "id", key, "letters, digits and hyphens")
        for key in ("a;b", "a b", "../a", "ä")
    ),
    *(
        ("sources", ADDRESS, address, "address", address, NO_ADDRESS)
        for address in ("javascript:alert(1)", "example.org", "http:///x")
    ),
]


def replace_text(folder: Folder, table: str, old: str, new: str) -> str:
    """Change a tiny table; returns its path."""
    path = f"tables/{table}.csv"
    text = folder.text(path)
    assert old in text
    (folder.path / path).write_text(text.replace(old, new), encoding="utf-8")
    return path


@pytest.mark.parametrize(("table", "old", "new", "column", "value", "advice"), CELLS)
def test_a_cell_has_its_form(
    tiny: Folder, table: str, old: str, new: str, column: str, value: str, advice: str
) -> None:
    tiny.complains(replace_text(tiny, table, old, new), 2, column, value, advice)


@pytest.mark.parametrize("day", ["2020", "2020-05?", "2020-05-31?", ""])
def test_a_source_may_be_dated_vaguely_or_not_at_all(tiny: Folder, day: str) -> None:
    replace_text(tiny, "sources", ",2020,", f",{day},")
    assert tiny.load().source["S01"].date == day


def test_a_place_does_not_lie_on_itself(tiny: Folder) -> None:
    path = replace_text(tiny, "places", ",alpha,inside,", ",beta,inside,")
    problems = tiny.problems()
    assert {place(problem) for problem in problems} == {(path, 3, "parent", "beta")}
    assert "name another place" in problems[0].rule


# Between the tables


def test_a_log_that_is_not_kept_is_not_missed(data: Folder) -> None:
    header = data.text("changes.csv").splitlines()[0]
    (data.path / "changes.csv").write_text(header + "\n", encoding="utf-8")
    assert data.load().changes == ()


def test_the_change_log_names_the_version(data: Folder) -> None:
    data.json(DESCRIPTOR, lambda content: content.update(version="9.9.9"))
    data.complains(
        "changes.csv",
        None,
        "version",
        "9.9.9",
        "Say what version 9.9.9 of datapackage.json changed: add a row",
    )


def test_a_complete_group_is_complete(data: Folder) -> None:
    lacking = {
        "members": (["ziyang"], 7),
        "demonstration": (["yufu-idz", "gaozhu-na"], 4),
        "signatories": (["pujiang-sg"], 7),
    }
    advice = {}
    for group, (places, left) in lacking.items():
        data.drop("memberships", *(f"{group} {place}" for place in places))
        row = data.set("groups", group)
        size = data.rows("groups")[row - 2]["size"]
        memberships = f"{group} has {left} memberships: correct its size or the memberships"
        advice["groups.csv", row, "size", size] = memberships
    rules = {place(problem): problem.rule for problem in data.problems()}
    assert set(rules) == set(advice)
    assert [where for where in rules if advice[where] not in rules[where]] == []


def test_more_places_than_the_atlas_shows_are_refused(
    tiny: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rules, "MOST_PLACES", 2)
    assert len(tiny.load().places) == 2
    monkeypatch.setattr(rules, "MOST_PLACES", 1)
    tiny.complains(
        "tables/places.csv",
        None,
        None,
        None,
        "There are 2 places and the atlas shows at most 1: keep those of one",
    )


def test_completeness_follows_from_the_descriptor(data: Folder) -> None:
    promised = ["members", "demonstration", "first-batch"]
    data.json(DESCRIPTOR, lambda content: content.update(complete_groups=promised))
    row = data.set("groups", "first-batch")
    assert place(data.problem()) == ("groups.csv", row, "size", "20")


def test_a_promised_group_exists(data: Folder) -> None:
    keys = ["base_groups", "complete_groups", "graded_groups"]
    data.json(DESCRIPTOR, lambda content: [content[key].append("phantom") for key in keys])
    problems = data.problems()
    assert {place(problem) for problem in problems} == {
        (DESCRIPTOR, None, key, "phantom") for key in keys
    }
    assert all("groups has no such id" in problem.rule for problem in problems)


@pytest.mark.parametrize("preferred", ["true", "false"])
def test_of_several_values_exactly_one_is_preferred(data: Folder, preferred: str) -> None:
    key = next(row["id"] for row in data.rows("figures") if row["preferred"] == "true")
    first = data.set("figures", key, preferred=preferred)
    rows = data.rows("figures")
    data.write("figures", [*rows, rows[first - 2] | {"id": "twin-1"}])
    named = first if preferred == "false" else len(rows) + 2
    data.complains("figures.csv", named, "preferred", preferred, "prefer exactly one of them")


@pytest.mark.parametrize(
    ("words", "is_bound"),
    [
        ("突破5840亿元", True),
        ("超过 5,840 亿元", True),
        ("逾5840亿元", True),
        ("5840多亿元", True),
        ("584 billion, over 5,840亿", True),
        # No bound, or that of another number.
        ("5840亿元", False),
        ("突破6000亿元", False),
        ("规模以上企业5840家", False),
        ("增长超过8%", False),
    ],
)
def test_a_bound_is_known_by_its_words_in_any_unit(
    tiny: Folder, words: str, is_bound: bool
) -> None:
    tables = Folder(tiny.path / "tables")
    tables.set("sources", "S01", supports_en="x", supports_zh=words, supports_id="x")
    tables.set("figures", "alpha-area-1", value="584", unit="bn CNY", qualifier="exact")
    if is_bound:
        assert tiny.problem().column == "qualifier"
    else:
        assert tiny.load().figures[0].value == 584


@pytest.mark.parametrize("whole", ["deyang", "sichuan"])
def test_a_value_of_the_whole_is_not_given_to_its_part(data: Folder, whole: str) -> None:
    twin = {"indicator": "equipment-revenue", "value": "148.6", "period": "2022", "year": "2022"}
    twin |= {"unit": "bn CNY", "qualifier": "exact", "preferred": "true", "source": "S28"}
    data.set("figures", "deyang-equipment-revenue-2022-1", place=whole)
    row = data.add("figures", id="twin-1", place="deyang-etdz", **twin)
    data.complains(
        "figures.csv",
        row,
        "value",
        "148.6",
        f"has this value for {whole}, of which it is a part: keep one",
    )


# Between the tables and the map


def test_no_point_is_known_to_lie_elsewhere(data: Folder) -> None:
    row = data.set("places", "gangcheng-ip", containment="outside")
    assert place(data.problem()) == ("places.csv", row, "containment", "outside")


def properties(folder: Folder, name: str, **changes: Any) -> None:
    """Change the properties of the polygon of a place."""

    def change(content: dict[str, Any]) -> None:
        polygons = {feature["properties"]["place"]: feature for feature in content["features"]}
        polygons[name]["properties"] |= changes

    folder.json(BOUNDARIES, change)


@pytest.mark.parametrize(
    ("column", "value", "advice"),
    [
        ("place", "nowhere", "places has no such id"),
        ("adcode", "500199", "The polygon of dadukou must have its adcode 500104"),
    ],
)
def test_a_polygon_is_that_of_its_place(data: Folder, column: str, value: str, advice: str) -> None:
    properties(data, "dadukou", **{column: value})
    data.complains(BOUNDARIES, None, column, value, advice)


def test_a_place_has_one_polygon(data: Folder) -> None:
    properties(data, "dadukou", place="jiulongpo", adcode="500107")
    problems = data.problems()
    assert (BOUNDARIES, None, "place", "jiulongpo") in map(place, problems)
    assert any("merge them" in problem.rule for problem in problems)


def test_every_member_has_a_polygon(data: Folder) -> None:
    properties(data, "meishan", place="")
    row = data.set("places", "meishan")
    data.complains("places.csv", row, "id", "meishan", "Draw its polygon in the boundaries file")


def test_without_boundaries_no_polygon_is_missed(data: Folder) -> None:
    (data.path / BOUNDARIES).unlink()
    data.set("places", "deyang-etdz", latitude="30.0825")
    assert len(data.load().places) == len(data.rows("places"))


def test_a_sector_is_credited_to_a_region_there_is(data: Folder) -> None:
    row = data.set("sectors", "monorail", credited_side="")
    data.json(
        DESCRIPTOR,
        lambda content: [
            field.pop("constraints")
            for entry in content["resources"]
            if entry["name"] == "sectors"
            for field in entry["schema"]["fields"]
            if field["name"] == "credited_side"
        ],
    )
    data.set("sectors", "monorail", credited_side="yunnan")
    data.complains("sectors.csv", row, "credited_side", "yunnan", "There is no such region")
