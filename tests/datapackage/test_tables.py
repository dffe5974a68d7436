"""Loading: what loads, what does not, and what the error says to do."""

import json
import os
import socket
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from atlas.datapackage import files
from atlas.datapackage.loader import DataError, Problem, load
from atlas.model.languages import LANGUAGES, UNDETERMINED
from atlas.model.records import Atlas
from tests.conftest import Folder

DESCRIPTOR = "datapackage.json"


def place(problem: Problem) -> tuple[str, int | None, str | None, str | None]:
    return problem.file, problem.row, problem.column, problem.value


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing a descriptor says may make the loader open a connection."""

    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("the loader opened a network connection")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)


# What loads


def test_the_real_package_loads_with_the_groups_as_claimed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATLAS_DATA", raising=False)
    atlas = load()
    counts = Counter(one.group for one in atlas.memberships)
    grades = Counter(one.grade for one in atlas.memberships if one.group == "demonstration")
    assert counts["members"] == atlas.group["members"].size == 8
    assert counts["demonstration"] == atlas.group["demonstration"].size == 6
    assert grades == {"named": 2, "inferred": 4}
    assert counts["signatories"] == atlas.group["signatories"].size == 8
    assert counts["first-batch"] == 18
    assert atlas.group["first-batch"].size == 20


def test_cells_arrive_typed_and_texts_in_every_language(data: Folder) -> None:
    atlas = data.load()
    deyang = atlas.place["deyang"]
    assert (deyang.latitude, deyang.longitude) == (31.13019, 104.38198)
    assert deyang.name["zh"] == "德阳市"
    assert deyang.parent is None
    assert "S03" in deyang.also
    assert atlas.place["rongchang-htz"].latitude is None
    assert {type(one.preferred) for one in atlas.figures} == {bool}
    assert {type(one.value) for one in atlas.figures} <= {float, type(None)}
    assert {type(one.size) for one in atlas.groups} == {int}


def test_map_files_have_role_path_and_credit(data: Folder) -> None:
    maps = {one.name: one for one in data.load().maps}
    assert {"boundaries", "provinces", "rivers", "labels", "fallback-provinces"} <= set(maps)
    assert all((data.path / one.path).is_file() and one.credit for one in maps.values())


def test_another_cluster_loads_through_the_same_door(
    tiny: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(tiny.path))
    atlas = load()
    assert atlas.title["id"] == "Atlas Kaca"
    assert [one.id for one in atlas.places] == ["alpha", "beta"]
    assert atlas.events[0].places == ("alpha", "beta")
    assert atlas.folder == tiny.path
    assert atlas.enterprises == ()
    assert atlas.maps == ()


def test_the_argument_goes_before_the_environment(
    tiny: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_DATA", "/nowhere")
    assert load(tiny.path).version == "0.1.0"


def test_an_empty_environment_variable_means_the_repository(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("ATLAS_DATA", "")
    assert "members" in load().group


def test_a_column_of_a_later_version_may_be_absent(tiny: Folder) -> None:
    row = tiny.load().evidence[0]
    assert (row.also, row.phrase) == ((), "")


def test_a_column_that_may_be_absent_is_read_and_judged_where_it_is_there(data: Folder) -> None:
    number = data.set("enterprises", "crrc-meishan", state="closed")
    data.complains(
        "enterprises.csv",
        number,
        "state",
        "closed",
        "Write one of: operating, under-construction, announced, historic",
    )
    data.set("enterprises", "crrc-meishan", state="historic", year="1966", phrase="眉山车辆厂")
    firm = next(one for one in data.load().enterprises if one.id == "crrc-meishan")
    assert (firm.state, firm.year, firm.phrase) == ("historic", 1966, "眉山车辆厂")


def test_columns_may_stand_in_any_order(tiny: Folder) -> None:
    file = tiny.path / "tables/sectors.csv"
    lines = [line.split(",") for line in file.read_text().splitlines()]
    file.write_text("".join(",".join(reversed(line)) + "\n" for line in lines))
    assert tiny.load().sector["glass"].name["zh"] == "玻璃"


def test_a_spreadsheet_may_write_a_byte_order_mark_and_crlf(data: Folder) -> None:
    text = data.text("sectors.csv").replace("\n", "\r\n")
    (data.path / "sectors.csv").write_bytes(b"\xef\xbb\xbf" + text.encode())
    assert len(data.load().sectors) == 13


def test_a_declared_delimiter_is_used(tiny: Folder) -> None:
    file = tiny.path / "tables/sectors.csv"
    file.write_text(file.read_text().replace(",", ";"))
    tiny.describe("sectors", dialect={"delimiter": ";"})
    assert tiny.load().sector["glass"].level == "field"


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.org";"x")',
        "<script>x</script>",
        "a\u2028b",
        "a\nb",
        "x" * 32_767,
    ],
)
def test_hostile_text_stays_plain_text(data: Folder, text: str) -> None:
    data.set("questions", data.rows("questions")[0]["id"], question_en=text)
    assert data.load().questions[0].question["en"] == text


# The folder and the descriptor


def test_missing_folder(tmp_path: Path) -> None:
    problem = Folder(tmp_path / "none").problem()
    assert place(problem) == (str(tmp_path / "none"), None, None, None)
    assert "set ATLAS_DATA to a folder with datapackage.json" in problem.rule


def test_missing_descriptor(data: Folder) -> None:
    (data.path / DESCRIPTOR).unlink()
    data.complains(DESCRIPTOR, None, None, None, "add it to the folder")


@pytest.mark.parametrize(
    "text",
    [
        '{"resources": [',
        "[" * 100_000,
        "\udcff",
        '{"a": ' + "9" * 5000 + "}",
        '{"a": NaN}',
        '{"a": 1e999}',
        '{"a": "\\ud800"}',
    ],
)
def test_broken_descriptor(data: Folder, text: str) -> None:
    (data.path / DESCRIPTOR).write_bytes(text.encode(errors="surrogateescape"))
    data.complains(DESCRIPTOR, None, None, None, "not valid JSON in UTF-8", "correct it")


@pytest.mark.parametrize("text", ["[]", "{}", '{"resources": {}}'])
def test_descriptor_without_resources(data: Folder, text: str) -> None:
    (data.path / DESCRIPTOR).write_text(text)
    data.complains(DESCRIPTOR, None, None, None, "add the list")


def test_a_package_needs_a_table_of_places_alone(tiny: Folder) -> None:
    tiny.json(
        DESCRIPTOR,
        lambda found: found.update(
            complete_groups=[],
            resources=[one for one in found["resources"] if one["name"] in ("places", "sources")],
        ),
    )
    atlas = tiny.load()
    assert [place.id for place in atlas.places] == ["alpha", "beta"]
    assert (atlas.sectors, atlas.evidence, atlas.figures) == ((), (), ())
    assert [row.place for row in atlas.memberships] == ["alpha", "beta"]
    tiny.describe("places", name="towns")
    problem = tiny.problem()
    assert place(problem) == (DESCRIPTOR, None, None, None)
    assert 'Add a resource named "places"' in problem.rule
    assert "every other is optional" in problem.rule


def test_a_column_that_states_a_judgement_may_be_absent(tiny: Folder) -> None:
    file = tiny.path / "tables/places.csv"
    file.write_text("id,name,latitude,longitude,source\nalpha,Ἀθῆναι,37.98,23.73,S01\n")
    columns = ["id", "name", "latitude", "longitude", "source"]
    kinds = ["string", "string", "number", "number", "string"]
    fields = [{"name": one, "type": kind} for one, kind in zip(columns, kinds, strict=True)]
    tiny.describe("places", schema={"fields": fields})
    tiny.json(
        DESCRIPTOR,
        lambda found: found.update(
            complete_groups=[],
            resources=[one for one in found["resources"] if one["name"] in ("places", "sources")],
        ),
    )
    athens = tiny.load().place["alpha"]
    assert (athens.kind, athens.side, athens.precision_km) == ("", "", None)
    assert athens.position == "point"
    assert [athens.name[language] for language in LANGUAGES] == ["Ἀθῆναι"] * 3
    assert athens.name.language_of("zh") == UNDETERMINED


@pytest.mark.parametrize("entry", ["https://example.org/resource.json", {"path": "x.csv"}])
def test_entry_that_is_not_an_object_with_a_name(tiny: Folder, entry: object) -> None:
    tiny.json(DESCRIPTOR, lambda found: found["resources"].append(entry))
    tiny.complains(
        DESCRIPTOR,
        None,
        None,
        entry if isinstance(entry, str) else None,
        "in an object with a name",
    )


def test_two_entries_with_one_name(tiny: Folder) -> None:
    tiny.json(DESCRIPTOR, lambda found: found["resources"].append(found["resources"][0]))
    tiny.complains(DESCRIPTOR, None, "name", "places", "rename one")


@pytest.mark.parametrize(
    "path",
    [
        "/etc/passwd",
        "../places.csv",
        "tables/../../places.csv",
        "tables/../tables/sectors.csv",
        "~/places.csv",
        "https://example.org/places.csv",
        "file:///etc/passwd",
        "C:\\places.csv",
        "tables\\places.csv",
        "x" * 300,
    ],
)
def test_a_path_may_not_leave_the_folder(tiny: Folder, path: str) -> None:
    tiny.describe("sectors", path=path)
    problem = tiny.problem()
    assert place(problem) == (DESCRIPTOR, None, "path", path[:80] + "…" * (len(path) > 80))
    assert problem.rule.startswith("Resource sectors: ")
    assert "copy the file there" in problem.rule or "shorten it" in problem.rule


def test_a_link_may_not_leave_the_folder(tiny: Folder, tmp_path: Path) -> None:
    outside = tmp_path / "outside.csv"
    (tiny.path / "tables/sectors.csv").rename(outside)
    (tiny.path / "tables/sectors.csv").symlink_to(outside)
    tiny.complains(DESCRIPTOR, None, "path", "tables/sectors.csv", "copy the file there")


@pytest.mark.parametrize("path", [None, "", 7, ["tables/sectors.csv", "more.csv"]])
def test_a_table_is_one_file(tiny: Folder, path: object) -> None:
    tiny.describe("sectors", path=path)
    tiny.complains(
        DESCRIPTOR,
        None,
        "path",
        None if path is None else str(path),
        'write the "path" of one file',
    )


def test_no_profile_is_fetched(tiny: Folder) -> None:
    def poison(found: dict[str, Any]) -> None:
        remote = {"$schema": "https://example.org/x.json", "profile": "https://example.org/y.json"}
        found |= remote
        for entry in found["resources"]:
            entry |= remote
            entry["schema"] |= remote
            for field in entry["schema"]["fields"]:
                field |= remote

    tiny.json(DESCRIPTOR, poison)
    assert tiny.load().version == "0.1.0"


@pytest.mark.parametrize("key", ["schema", "dialect"])
def test_schema_and_dialect_are_never_fetched(tiny: Folder, key: str) -> None:
    tiny.describe("sectors", **{key: "https://example.org/remote.json"})
    tiny.complains(DESCRIPTOR, None, None, "sectors", f'Write its "{key}" as an object')


@pytest.mark.parametrize("field", ["https://example.org/field.json", "/etc/hostname", ["x"], None])
def test_no_field_is_fetched(tiny: Folder, field: object) -> None:
    schema = json.loads(tiny.text(DESCRIPTOR))["resources"][1]["schema"]
    tiny.describe("sectors", schema={"fields": [*schema["fields"], field]})
    tiny.complains(DESCRIPTOR, None, None, "sectors", 'a list of "fields", each an object')


def change_field(folder: Folder, table: str, column: str, **properties: Any) -> None:
    def change(found: dict[str, Any]) -> None:
        entry = next(one for one in found["resources"] if one["name"] == table)
        field = next(one for one in entry["schema"]["fields"] if one["name"] == column)
        field |= properties

    folder.json(DESCRIPTOR, change)


def test_a_column_the_atlas_needs_must_be_described(data: Folder) -> None:
    change_field(data, "events", "date", name="day")
    problem = data.problem()
    assert place(problem) == (DESCRIPTOR, None, "date", None)
    assert "Describe this column in the schema of events" in problem.rule


def test_a_column_must_have_the_type_the_atlas_needs(data: Folder) -> None:
    change_field(data, "figures", "value", type="string", constraints={})
    data.complains(DESCRIPTOR, None, "value", "string", "its type must be number: correct it")


@pytest.mark.parametrize(
    "broken",
    [
        {"type": "nonsense"},
        {"constraints": {"pattern": "("}},
        {"constraints": {"minimum": 1}},
        {"constraints": 5},
        {"missingValues": 5},
    ],
)
def test_a_malformed_field(tiny: Folder, broken: dict[str, Any]) -> None:
    change_field(tiny, "sectors", "pinyin", **broken)
    tiny.complains(DESCRIPTOR, None, None, "sectors", "Correct this resource")


@pytest.mark.parametrize("keys", [[{"fields": "x", "reference": "places"}], 7, ["x"]])
def test_malformed_foreign_keys(tiny: Folder, keys: object) -> None:
    schema = json.loads(tiny.text(DESCRIPTOR))["resources"][1]["schema"]
    tiny.describe("sectors", schema=schema | {"foreignKeys": keys})
    tiny.complains(DESCRIPTOR, None, None, "sectors", "Correct this resource")


def test_a_foreign_key_names_columns_that_exist(tiny: Folder) -> None:
    schema = json.loads(tiny.text(DESCRIPTOR))["resources"][1]["schema"]
    key = {"fields": "pinyin", "reference": {"resource": "places", "fields": "nothing"}}
    tiny.describe("sectors", schema=schema | {"foreignKeys": [key]})
    tiny.complains(
        DESCRIPTOR, None, "pinyin", "['nothing']", "names no column of places: correct it"
    )


def test_coordinate_bounds_are_numbers(data: Folder) -> None:
    change_field(data, "places", "latitude", constraints={"minimum": "south"})
    problems = data.problems()
    assert place(problems[-1]) == (DESCRIPTOR, None, "latitude", None)
    assert "Write numbers as minimum and maximum" in problems[-1].rule


def test_an_unsupported_encoding(tiny: Folder) -> None:
    tiny.describe("sectors", encoding="gbk")
    tiny.complains(DESCRIPTOR, None, None, "gbk", "Save the file as UTF-8")


@pytest.mark.parametrize("key", ["title", "title_zh", "title_id", "lead", "lead_zh", "version"])
def test_a_text_of_the_descriptor_is_missing(data: Folder, key: str) -> None:
    data.json(DESCRIPTOR, lambda found: found.pop(key))
    data.complains(DESCRIPTOR, None, key, None, "Write a text")


@pytest.mark.parametrize("day", ["22 November 2026", 2026, None])
def test_as_of_must_be_a_date(data: Folder, day: object) -> None:
    data.json(DESCRIPTOR, lambda found: found.update(as_of=day))
    data.complains(
        DESCRIPTOR,
        None,
        "as_of",
        None if day is None else str(day),
        "Write a date such as 2026-11-22",
    )


def test_promises_are_lists_of_group_ids(tiny: Folder) -> None:
    tiny.json(DESCRIPTOR, lambda found: found.update(complete_groups="towns"))
    tiny.complains(DESCRIPTOR, None, "complete_groups", "towns", "Write a list of group ids")


@pytest.mark.parametrize("bounds", [5, {"least": 1}, {"minimum": "1"}, {"maximum": 10**9}])
def test_malformed_row_bounds(tiny: Folder, bounds: object) -> None:
    tiny.describe("sectors", row_bounds=bounds)
    tiny.complains(DESCRIPTOR, None, "row_bounds", "sectors", 'Write "row_bounds" as')


# Whole files


def test_missing_file(data: Folder) -> None:
    (data.path / "questions.csv").unlink()
    data.complains("questions.csv", None, None, None, "add it to the folder")


def test_a_file_is_not_a_device_or_pipe(tiny: Folder) -> None:
    file = tiny.path / "tables/questions.csv"
    file.unlink()
    os.mkfifo(file)
    assert place(tiny.problem()) == ("tables/questions.csv", None, None, None)


@pytest.mark.parametrize("content", [b"", b"\n\n", b"  ", b"\xef\xbb\xbf"])
def test_empty_file(data: Folder, content: bytes) -> None:
    (data.path / "questions.csv").write_bytes(content)
    data.complains("questions.csv", None, None, None, "The file is empty: restore it")


def test_wrong_encoding(data: Folder) -> None:
    text = data.text("questions.csv").splitlines(keepends=True)
    broken = [line.encode("gbk" if number == 1 else "utf-8") for number, line in enumerate(text)]
    (data.path / "questions.csv").write_bytes(b"".join(broken))
    data.complains("questions.csv", 2, None, None, "save the file as CSV UTF-8")


def test_a_file_cut_inside_a_quotation(data: Folder) -> None:
    text = data.text("memberships.csv")
    (data.path / "memberships.csv").write_text(text[: text.rindex('"') - 1], encoding="utf-8")
    problem = data.problem()
    assert (problem.file, problem.column, problem.value) == ("memberships.csv", None, None)
    assert problem.row is not None
    assert "close every quotation mark; the file may be cut off" in problem.rule


def test_a_file_cut_inside_a_character(data: Folder) -> None:
    content = (data.path / "questions.csv").read_bytes()
    at = content.rindex("。".encode()) + 1
    (data.path / "questions.csv").write_bytes(content[:at])
    data.complains(
        "questions.csv", content.count(b"\n", 0, at) + 1, None, None, "it may also be cut off here"
    )


def test_a_file_cut_inside_a_row(data: Folder) -> None:
    rows = data.rows("evidence")
    text = data.text("evidence.csv").splitlines()
    cut = [*text[:-1], ",".join(rows[-1]["id"].split("-", 1)[:1]), ""]
    (data.path / "evidence.csv").write_text("\n".join(cut), encoding="utf-8")
    problems = data.problems()
    assert ("evidence.csv", len(text), "place", None) in map(place, problems)
    assert any("complete it, the file may be cut off" in problem.rule for problem in problems)


def test_a_file_cut_inside_its_last_cell(data: Folder) -> None:
    text = data.text("evidence.csv")
    (data.path / "evidence.csv").write_text(text.rstrip("\n")[:-1], encoding="utf-8")
    data.complains("evidence.csv", len(text.splitlines()), None, None, "the file may be cut off")


def test_too_few_rows(data: Folder) -> None:
    data.describe("questions", row_bounds={"minimum": 500, "maximum": 1000})
    data.complains(
        "questions.csv",
        None,
        None,
        str(len(data.rows("questions"))),
        "At least 500 rows are expected: add those that are missing",
    )


def test_too_many_rows(tiny: Folder) -> None:
    file = tiny.path / "tables/sources.csv"
    file.write_text(file.read_text() + "S03,,,,,,,,,,en,not judged any more,,,\n")
    tiny.describe("sources", row_bounds={"maximum": 2})
    tiny.complains(
        "tables/sources.csv",
        None,
        None,
        "3",
        "At most 2 rows are expected: remove rows or raise the bound",
    )


def test_the_bounds_themselves_are_allowed(tiny: Folder) -> None:
    tiny.describe("sources", row_bounds={"minimum": 2, "maximum": 2})
    assert len(tiny.load().sources) == 2


def test_a_file_of_unbearable_size(tiny: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_BYTES", 50_000)
    (tiny.path / "tables/questions.csv").write_text("x" * 50_001)
    tiny.complains(
        "tables/questions.csv", None, None, None, "larger than 50000 bytes: split or shorten it"
    )


# The header


def test_missing_column(data: Folder) -> None:
    rows = data.rows("events")
    data.write("events", [{k: v for k, v in row.items() if k != "date_status"} for row in rows])
    data.complains("events.csv", 1, "date_status", None, "add it")


def test_extra_column(data: Folder) -> None:
    data.write("events", [row | {"remark": "x"} for row in data.rows("events")])
    data.complains("events.csv", 1, "remark", None, "remove or describe it")


def test_a_problem_takes_one_line_whatever_the_names(tiny: Folder) -> None:
    file = tiny.path / "tables/questions.csv"
    file.write_text(file.read_text().rstrip() + ',"new\nline' + "x" * 100 + '"\n')
    problem = tiny.problem()
    assert place(problem) == ("tables/questions.csv", 1, "new line" + "x" * 72 + "…", None)
    assert len(str(problem).splitlines()) == 1


def test_two_columns_with_one_name(tiny: Folder) -> None:
    file = tiny.path / "tables/sectors.csv"
    file.write_text(file.read_text().replace("note_zh", "note_en"))
    tiny.complains("tables/sectors.csv", 1, None, "note_en", "Give each column a name of its own")


def test_a_header_below_an_empty_line(tiny: Folder) -> None:
    file = tiny.path / "tables/sectors.csv"
    file.write_text("\n" + file.read_text())
    tiny.complains("tables/sectors.csv", 1, None, "", "Give each column a name of its own")


def test_more_columns_than_bearable(tiny: Folder) -> None:
    file = tiny.path / "tables/questions.csv"
    file.write_text("," * 1_000_000 + "\n")
    tiny.complains("tables/questions.csv", 1, None, None, "More than 200 columns: remove")


# Rows and cells


def test_an_empty_row(tiny: Folder) -> None:
    file = tiny.path / "tables/sectors.csv"
    file.write_text(file.read_text() + "\n")
    tiny.complains("tables/sectors.csv", 3, None, None, "delete it")


@pytest.mark.parametrize("more", [1, 100_000])
def test_more_cells_than_columns(tiny: Folder, more: int) -> None:
    file = tiny.path / "tables/sectors.csv"
    file.write_text(file.read_text().rstrip("\n") + ",x" * more + "\n")
    tiny.complains("tables/sectors.csv", 2, None, "x", "quote texts that hold a comma")


def test_a_cell_of_the_wrong_type_or_value(data: Folder) -> None:
    cases = [
        ("places", "deyang", "latitude", "31°07'", "Write a number such as 30.67"),
        ("places", "chengdu", "latitude", "19.9", "at least 20"),
        ("places", "meishan", "longitude", "131", "at most 115"),
        ("places", "ziyang", "precision_km", "inf", "at most"),
        ("places", "yubei", "precision_km", "NaN", "at "),
        ("places", "jiangbei", "kind", "town", "kinds has no such id"),
        ("places", "jiangjin", "kind", "", "fill it in"),
        ("places", "yongchuan", "name_zh", "", "fill it in"),
        ("places", "guanghan", "adcode", "5106", "in the form ^[0-9]{6}$"),
        ("groups", "first-batch", "size", "20.5", "Write a whole number"),
        ("memberships", "members deyang", "source", "", "fill it in"),
        ("memberships", "members chengdu", "grade", "guessed", "statuses has no such id"),
        ("figures", data.rows("figures")[0]["id"], "preferred", "yes", "Write true or false"),
    ]
    said: dict[Any, str] = {}
    rows = {
        (f"{table}.csv", data.set(table, key, **{column: value}), column, value): advice
        for table, key, column, value, advice in cases
    }
    for problem in data.problems():
        said.setdefault(place(problem), problem.rule)
    assert set(said) == set(rows)
    assert [one for one, advice in rows.items() if advice not in said[one]] == []


def test_a_repeated_id(data: Folder) -> None:
    row = data.add("questions")
    key = data.rows("questions")[-1]["id"]
    data.complains(
        "questions.csv", row, "id", key, f"Row {row - 1} has the same key: give each row its own"
    )


def test_a_repeated_membership(data: Folder) -> None:
    row = data.add("memberships")
    last = data.rows("memberships")[-1]
    problem = data.problem()
    value = f"{last['group']}, {last['place']}"
    assert place(problem) == ("memberships.csv", row, "group, place", value)
    assert f"Row {row - 1} has the same key" in problem.rule


def test_a_dangling_reference(data: Folder) -> None:
    cases = [
        ("memberships", "members deyang", "place", "nowhere", "places"),
        ("memberships", "members chengdu", "source", "S999", "sources"),
        ("evidence", "chengdu-aerospace-1", "sector", "nothing", "sectors"),
        ("places", "deyang-etdz", "parent", "nowhere", "places"),
        ("places", "yubei", "end_event", "2099-never", "events"),
        ("places", "deyang", "position_source", "S999", "sources"),
    ]
    rule = "{} has no such id: correct it or add the row there"
    wanted = {
        (f"{table}.csv", data.set(table, key, **{column: value}), column, value): target
        for table, key, column, value, target in cases
    }
    said = {place(problem): problem.rule for problem in data.problems()}
    assert set(said) == set(wanted)
    assert [one for one, target in wanted.items() if rule.format(target) not in said[one]] == []


def test_the_atlas_checks_references_the_descriptor_does_not_declare(tiny: Folder) -> None:
    file = tiny.path / "tables/evidence.csv"
    file.write_text(file.read_text().replace(",glass,", ",metal,").replace(",high", ",sure"))
    assert set(map(place, tiny.problems())) == {
        ("tables/evidence.csv", 2, "sector", "metal"),
        ("tables/evidence.csv", 2, "confidence", "sure"),
    }


@pytest.mark.parametrize(
    ("text", "advice"),
    [("a\0b", "Remove U+0000 control character"), ("x" * 32_768, "longer than 32767 characters")],
)
def test_text_no_spreadsheet_can_hold(data: Folder, text: str, advice: str) -> None:
    row = data.set("questions", data.rows("questions")[0]["id"], tried_en=text)
    problem = data.problem()
    assert place(problem)[:3] == ("questions.csv", row, "tried_en")
    assert problem.value == text if len(text) < 80 else text[:80] + "…"
    assert advice in problem.rule
    assert "\0" not in str(problem)


def test_a_flood_of_problems_is_cut(data: Folder) -> None:
    rows = data.rows("evidence")[:1] * 3000
    data.write("evidence", rows)
    problems = data.problems()
    assert 1000 <= len(problems) < 1100
    assert "there may be more" in problems[-1].rule


# All at once, or nothing


def test_all_problems_of_all_tables_are_listed_in_one_error(data: Folder) -> None:
    (data.path / "questions.csv").unlink()
    first = data.set("places", "deyang", latitude="north", kind="town")
    second = data.set("evidence", "chengdu-aerospace-1", source="S999")
    third = data.set("groups", "members", size="9")
    fourth = data.set("events", data.rows("events")[0]["id"], date="2020-13")
    data.json(DESCRIPTOR, lambda found: found.pop("version"))
    with pytest.raises(DataError) as caught:
        data.load()
    assert set(map(place, caught.value.problems)) == {
        (DESCRIPTOR, None, "version", None),
        ("questions.csv", None, None, None),
        ("places.csv", first, "latitude", "north"),
        ("places.csv", first, "kind", "town"),
        ("evidence.csv", second, "source", "S999"),
        ("groups.csv", third, "size", "9"),
        ("events.csv", fourth, "date", "2020-13"),
    }
    lines = str(caught.value).splitlines()
    assert len(lines) == len(caught.value.problems)
    assert f'places.csv, row {first}, column latitude, "north": Write a number' in str(caught.value)


def test_nothing_half_loaded_is_returned(data: Folder) -> None:
    data.set("questions", data.rows("questions")[0]["id"], question_en="")
    loaded: Atlas | None = None
    with pytest.raises(DataError):
        loaded = data.load()
    assert loaded is None


# Map files


@pytest.mark.parametrize("role", ["boundaries", "provinces", "rivers"])
def test_a_map_file_with_a_fallback_may_be_absent(data: Folder, role: str) -> None:
    (data.path / f"map/{role}.geojson").unlink()
    names = {one.name for one in data.load().maps}
    assert role not in names
    assert {"fallback-provinces", "fallback-rivers"} <= names


@pytest.mark.parametrize("file", ["labels", "rivers-osm", "fallback/provinces"])
def test_any_other_map_file_must_be_there(data: Folder, file: str) -> None:
    (data.path / f"map/{file}.geojson").unlink()
    data.complains(f"map/{file}.geojson", None, None, None, "add it or remove its entry")


def test_a_map_file_names_its_credit(data: Folder) -> None:
    data.describe("rivers", credit="")
    data.complains(DESCRIPTOR, None, "credit", "", "Write the credit line of map file rivers")


def test_a_role_is_given_once(data: Folder) -> None:
    data.describe("rivers", role="rivers-osm")
    data.complains(DESCRIPTOR, None, "role", "rivers-osm", "a role of its own")


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"features": [], "x": NaN}'])
def test_a_map_file_is_json(data: Folder, text: str) -> None:
    (data.path / "map/rivers.geojson").write_text(text)
    data.complains("map/rivers.geojson", None, None, None, "not valid JSON in UTF-8", "correct it")


@pytest.mark.parametrize("text", ["[]", "3", "{}", '{"features": 3}'])
def test_a_map_file_is_a_feature_collection(data: Folder, text: str) -> None:
    (data.path / "map/rivers.geojson").write_text(text)
    data.complains("map/rivers.geojson", None, None, None, "export it again")


@pytest.mark.parametrize(
    "feature",
    [
        None,
        {},
        {"geometry": None, "properties": {}},
        {"geometry": {"type": "Point"}, "properties": {}},
        {"geometry": {"type": "LineString", "coordinates": [[1, 2]]}, "properties": {}},
        {"geometry": {"type": "Point", "coordinates": ["x", "y"]}, "properties": {}},
        {"geometry": {"type": "Point", "coordinates": [104, 30]}, "properties": 5},
    ],
)
def test_an_unreadable_feature(data: Folder, feature: object) -> None:
    data.json("map/rivers.geojson", lambda found: found.update(features=[feature]))
    data.complains("map/rivers.geojson", None, None, "feature 1", "redraw or remove it")


def polygon(folder: Folder, change: Any) -> None:
    """Change the polygon of Ziyang."""
    folder.json(
        "map/boundaries.geojson",
        lambda found: change(
            next(one for one in found["features"] if one["properties"]["place"] == "ziyang")
        ),
    )


def test_a_polygon_is_valid(data: Folder) -> None:
    bow = [[104, 30], [105.5, 30.5], [105.5, 30], [104, 30.5], [104, 30]]
    polygon(data, lambda one: one.update(geometry={"type": "Polygon", "coordinates": [bow]}))
    problem = data.problems()[0]
    assert place(problem) == ("map/boundaries.geojson", None, "geometry", "512000")
    assert "not valid (Self-intersection" in problem.rule
    assert "repair it" in problem.rule


def test_an_empty_shape(data: Folder) -> None:
    polygon(data, lambda one: one.update(geometry={"type": "Polygon", "coordinates": []}))
    problem = data.problems()[0]
    assert place(problem) == ("map/boundaries.geojson", None, "geometry", "512000")
    assert "draw or remove it" in problem.rule


def test_coordinates_stay_within_the_declared_bounds(data: Folder) -> None:
    swapped = {"type": "Point", "coordinates": [30.1, 104.6]}
    data.json("map/labels.geojson", lambda found: found["features"][0].update(geometry=swapped))
    problem = data.problem()
    name = json.loads(data.text("map/labels.geojson"))["features"][0]["properties"]["name_en"]
    assert place(problem) == ("map/labels.geojson", None, "geometry", name)
    assert "longitude 95 to 115, latitude 20 to 40: write WGS 84 degrees" in problem.rule
