"""Loading: what loads, what does not, and what the error says to do."""

import os
import socket
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from atlas.datapackage import files
from atlas.datapackage.loader import DataError, Problem, load
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
    counts = Counter(row.group for row in atlas.memberships)
    grades = Counter(row.grade for row in atlas.memberships if row.group == "demonstration")
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
    assert {type(figure.preferred) for figure in atlas.figures} == {bool}
    assert {type(figure.value) for figure in atlas.figures} <= {float, type(None)}
    assert {type(group.size) for group in atlas.groups} == {int}


def test_map_files_have_role_path_and_credit(data: Folder) -> None:
    maps = {file.name: file for file in data.load().maps}
    assert {"boundaries", "provinces", "rivers", "labels", "fallback-provinces"} <= set(maps)
    assert all((data.path / file.path).is_file() and file.credit for file in maps.values())


def test_another_cluster_loads_through_the_same_door(
    tiny: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATLAS_DATA", str(tiny.path))
    atlas = load()
    assert atlas.title["id"] == "Atlas Kaca"
    assert [place.id for place in atlas.places] == ["alpha", "beta"]
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
    firm = next(firm for firm in data.load().enterprises if firm.id == "crrc-meishan")
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
def test_hostile_text_stays_plain_text(tiny: Folder, text: str) -> None:
    Folder(tiny.path / "tables").set("places", "beta", about_en=text)
    assert tiny.load().place["beta"].about["en"] == text


# The folder and the descriptor


def test_missing_folder(tmp_path: Path) -> None:
    problem = Folder(tmp_path / "none").problem()
    assert place(problem) == (str(tmp_path / "none"), None, None, None)
    assert "set ATLAS_DATA to a folder with datapackage.json" in problem.rule


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


def test_a_package_needs_a_table_of_places_alone(tiny: Folder) -> None:
    tiny.json(
        DESCRIPTOR,
        lambda content: content.update(
            complete_groups=[],
            resources=[
                entry for entry in content["resources"] if entry["name"] in ("places", "sources")
            ],
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


# Edits that break a folder, each in one way.
Edit = Callable[[Folder], object]


def descriptor(change: Callable[[dict[str, Any]], object]) -> Edit:
    return lambda folder: folder.json(DESCRIPTOR, change)


def resource(name: str = "sectors", **properties: Any) -> Edit:
    return lambda folder: folder.describe(name, **properties)


def schema(table: str, change: Callable[[dict[str, Any]], object]) -> Edit:
    def edit(content: dict[str, Any]) -> None:
        change({entry["name"]: entry for entry in content["resources"]}[table]["schema"])

    return descriptor(edit)


def field(table: str, column: str, **properties: Any) -> Edit:
    def edit(schema: dict[str, Any]) -> None:
        {field["name"]: field for field in schema["fields"]}[column].update(properties)

    return schema(table, edit)


def edited(file: str, change: Callable[[bytes], bytes]) -> Edit:
    return lambda folder: (folder.path / file).write_bytes(
        change((folder.path / file).read_bytes())
    )


def replaced(file: str, old: str, new: str | bytes) -> Edit:
    into = new if isinstance(new, bytes) else new.encode()
    return edited(file, lambda whole: whole.replace(old.encode(), into))


def written(file: str, *contents: bytes) -> list[Edit]:
    return [edited(file, lambda _, content=content: content) for content in contents]


def promise(**values: object) -> Edit:
    return descriptor(lambda content: content.update(values))


def resources(extra: Callable[[list[Any]], object]) -> Edit:
    return descriptor(lambda content: content["resources"].append(extra(content["resources"])))


def extra_field(extra: object) -> Edit:
    return schema("sectors", lambda schema: schema["fields"].append(extra))


def keyed(keys: object) -> Edit:
    return schema("sectors", lambda schema: schema.update(foreignKeys=keys))


KEY = {"fields": "pinyin", "reference": {"resource": "places", "fields": "nothing"}}
SECTORS, QUESTIONS, EVENTS = (f"tables/{name}.csv" for name in ("sectors", "questions", "events"))
REMOTE = "https://example.org/remote.json"
PINYIN = ("sectors", "pinyin")

# The column and value that the only complaint names, what it advises, and what breaks it so.
DESCRIPTORS: list[tuple[Any, ...]] = [
    (None, None, "add the list", *written(DESCRIPTOR, b"[]", b"{}", b'{"resources": {}}')),
    (None, None, "add it to the folder", lambda folder: (folder.path / DESCRIPTOR).unlink()),
    (None, REMOTE, "in an object with a name", resources(lambda _: REMOTE)),
    (None, None, "in an object with a name", resources(lambda _: {"path": "x.csv"})),
    ("name", "places", "rename one", resources(lambda entries: entries[0])),
    ("path", None, 'write the "path" of one file', resource(path=None)),
    ("path", "", 'write the "path" of one file', resource(path="")),
    ("path", "['a.csv', 'b.csv']", 'the "path" of one', resource(path=["a.csv", "b.csv"])),
    (None, "sectors", 'Write its "schema" as an object', resource(schema=REMOTE)),
    (None, "sectors", 'Write its "dialect" as an object', resource(dialect=REMOTE)),
    *(
        (None, "sectors", 'a list of "fields", each an object', extra_field(extra))
        for extra in (REMOTE, "/etc/hostname", ["x"], None)
    ),
    (
        *(None, "sectors", "Correct this resource"),
        *(field(*PINYIN, constraints=wrong) for wrong in ({"pattern": "("}, {"minimum": 1}, 5)),
        field("sectors", "id", constraints={"pattern": "("}),
        field(*PINYIN, type="nonsense"),
        field(*PINYIN, missingValues=5),
        resource(dialect={"delimiter": ";;"}),
        resource(dialect={"quoteChar": 5}),
        *map(keyed, ([{"fields": "x", "reference": "places"}], 7, ["x"])),
    ),
    ("pinyin", "['nothing']", "names no column of places: correct it", keyed([KEY])),
    (None, "gbk", "Save the file as UTF-8", resource(encoding="gbk")),
    *(
        ("as_of", day and str(day), "Write a date such as 2026-11-22", promise(as_of=day))
        for day in ("22 November 2026", 2026, None)
    ),
    ("complete_groups", "towns", "Write a list of group ids", promise(complete_groups="towns")),
    *(
        ("row_bounds", "sectors", 'Write "row_bounds" as', resource(row_bounds=bounds))
        for bounds in (5, {"least": 1}, {"minimum": "1"}, {"maximum": 10**9})
    ),
    ("date", None, "this column in the schema of events", field("events", "date", name="day")),
    ("value", "string", "its type must be number", field("figures", "value", type="string")),
]


@pytest.mark.parametrize(
    ("column", "value", "advice", "edit"),
    [(*row[:3], edit) for row in DESCRIPTORS for edit in row[3:]],
)
def test_a_broken_descriptor_says_what_to_correct(
    tiny: Folder, column: str | None, value: str | None, advice: str, edit: Edit
) -> None:
    edit(tiny)
    tiny.complains(DESCRIPTOR, None, column, value, advice)


def test_coordinate_bounds_are_numbers(data: Folder) -> None:
    field("places", "latitude", constraints={"minimum": "south"})(data)
    problem = data.problems()[-1]
    assert place(problem) == (DESCRIPTOR, None, "latitude", None)
    assert "Write numbers as minimum and maximum" in problem.rule


def test_texts_of_the_descriptor_that_are_missing_are_named(data: Folder) -> None:
    keys = {"title", "title_zh", "title_id", "lead", "lead_zh", "version"}
    data.json(DESCRIPTOR, lambda content: [content.pop(key) for key in keys])
    assert {problem.column for problem in data.problems() if "Write a text" in problem.rule} == keys


def lacks_end_event(schema: dict[str, Any]) -> None:
    """Take a column out of a schema, and leave it in the file."""
    schema["fields"] = [field for field in schema["fields"] if field["name"] != "end_event"]


SOURCES, PLACES = "tables/sources.csv", "tables/places.csv"
UTF_8_SIG, COMMAS, GBK = b"\xef\xbb\xbf", b"," * 1_000_000 + b"\n", "开始".encode("gbk")
OWN_NAME = "Give each column a name of its own"
# Where the only complaint of a table is, what it advises, and what breaks the table so.
TABLES: list[tuple[Any, ...]] = [
    (
        (QUESTIONS, None, None, "0"),
        "At least 500 rows are expected: add those that are missing",
        resource("questions", row_bounds={"minimum": 500}),
    ),
    (
        (SOURCES, None, None, "2"),
        "At most 1 rows are expected: remove rows or raise the bound",
        resource("sources", row_bounds={"maximum": 1}),
    ),
    ((QUESTIONS, None, None, None), "empty", *written(QUESTIONS, b"", b"\n\n", b"  ", UTF_8_SIG)),
    ((SECTORS, 1, "remark", None), "remove or describe it", replaced(SECTORS, "\n", ",remark\n")),
    ((PLACES, 1, "end_event", None), "remove or describe it", schema("places", lacks_end_event)),
    ((SECTORS, 1, None, "note_en"), OWN_NAME, replaced(SECTORS, "note_zh", "note_en")),
    ((SECTORS, 1, None, ""), OWN_NAME, edited(SECTORS, lambda whole: b"\n" + whole)),
    ((QUESTIONS, 1, None, None), "More than 200 columns: remove", *written(QUESTIONS, COMMAS)),
    (
        (SECTORS, 2, None, "x"),
        "quote texts that hold a comma",
        edited(SECTORS, lambda whole: whole.rstrip() + b",x" * 100_000 + b"\n"),
    ),
    ((EVENTS, 2, None, None), "save the file as CSV UTF-8", replaced(EVENTS, "开始", GBK)),
    (
        (EVENTS, 2, None, None),
        "it may also be cut off here",
        edited(EVENTS, lambda whole: whole[: whole.index("开始".encode()) + 1]),
    ),
    (
        (EVENTS, 3, None, None),
        "close every quotation mark; the file may be cut off",
        edited(EVENTS, lambda whole: whole + b'x,"so far'),
    ),
    (
        (EVENTS, 2, "date", None),
        "complete it, the file may be cut off",
        edited(EVENTS, lambda whole: whole.partition(b",2020")[0] + b"\n"),
    ),
    (
        (EVENTS, 2, None, None),
        "the file may be cut off",
        edited(EVENTS, lambda whole: whole.rstrip()[:-1]),
    ),
]


@pytest.mark.parametrize(
    ("where", "advice", "edit"),
    [(where, advice, edit) for where, advice, *edits in TABLES for edit in edits],
)
def test_a_broken_table_says_what_to_correct(
    tiny: Folder,
    where: tuple[str, int | None, str | None, str | None],
    advice: str,
    edit: Edit,
) -> None:
    edit(tiny)
    tiny.complains(*where, advice)


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


def test_no_profile_is_fetched(tiny: Folder) -> None:
    def poison(content: dict[str, Any]) -> None:
        remote = {"$schema": "https://example.org/x.json", "profile": "https://example.org/y.json"}
        content |= remote
        for entry in content["resources"]:
            entry |= remote
            entry["schema"] |= remote
            for field in entry["schema"]["fields"]:
                field |= remote

    tiny.json(DESCRIPTOR, poison)
    assert tiny.load().version == "0.1.0"


# Whole files


def test_a_file_is_not_a_device_or_pipe(tiny: Folder) -> None:
    file = tiny.path / "tables/questions.csv"
    file.unlink()
    os.mkfifo(file)
    assert place(tiny.problem()) == ("tables/questions.csv", None, None, None)


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


def test_a_problem_takes_one_line_whatever_the_names(tiny: Folder) -> None:
    file = tiny.path / "tables/questions.csv"
    file.write_text(file.read_text().rstrip() + ',"new\nline' + "x" * 100 + '"\n')
    problem = tiny.problem()
    assert place(problem) == ("tables/questions.csv", 1, "new line" + "x" * 72 + "…", None)
    assert len(str(problem).splitlines()) == 1


# Rows and cells


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
    advice = {
        (f"{table}.csv", data.set(table, key, **{column: value}), column, value): advice
        for table, key, column, value, advice in cases
    }
    rules: dict[Any, str] = {}
    for problem in data.problems():
        rules.setdefault(place(problem), problem.rule)
    assert set(rules) == set(advice)
    assert [where for where in rules if advice[where] not in rules[where]] == []


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
def test_text_no_spreadsheet_can_hold(tiny: Folder, text: str, advice: str) -> None:
    row = Folder(tiny.path / "tables").set("places", "beta", about_en=text)
    problem = tiny.problem()
    assert place(problem)[:3] == ("tables/places.csv", row, "about_en")
    assert problem.value == text if len(text) < 80 else text[:80] + "…"
    assert advice in problem.rule
    assert "\0" not in str(problem)


def test_a_flood_of_problems_is_cut(tiny: Folder) -> None:
    tables = Folder(tiny.path / "tables")
    tables.write("evidence", tables.rows("evidence") * 3000)
    problems = tiny.problems()
    assert 1000 <= len(problems) < 1100
    assert "there may be more" in problems[-1].rule


# All at once, or nothing


def test_all_problems_of_all_tables_are_listed_in_one_error(data: Folder) -> None:
    (data.path / "questions.csv").unlink()
    first = data.set("places", "deyang", latitude="north", kind="town")
    second = data.set("evidence", "chengdu-aerospace-1", source="S999")
    third = data.set("groups", "members", size="9")
    fourth = data.set("events", data.rows("events")[0]["id"], date="2020-13")
    data.json(DESCRIPTOR, lambda content: content.pop("version"))
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


# Map files


def test_any_other_map_file_must_be_there(data: Folder) -> None:
    (data.path / "map/labels.geojson").unlink()
    data.complains("map/labels.geojson", None, None, None, "add it or remove its entry")


def test_a_map_file_has_a_credit_and_a_role_of_its_own(data: Folder) -> None:
    data.describe("rivers", role="rivers-osm")
    data.complains(DESCRIPTOR, None, "role", "rivers-osm", "a role of its own")
    data.describe("rivers", role="rivers", credit="")
    data.complains(DESCRIPTOR, None, "credit", "", "Write the credit line of map file rivers")


def test_map_files_with_a_fallback_may_be_absent(data: Folder) -> None:
    roles = {"boundaries", "provinces", "rivers"}
    for role in roles:
        (data.path / f"map/{role}.geojson").unlink()
    names = {file.name for file in data.load().maps}
    assert not roles & names
    assert {"fallback-provinces", "fallback-rivers"} <= names
