"""A view in words: its sentence, its title, the tooltip of a place, in three languages."""

import re
from dataclasses import replace

import pytest
from hypothesis import given

from atlas.model.languages import LANGUAGES, Language, Words
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.model.values import State
from atlas.query.facets import shown
from atlas.query.sentences import sentence, title
from atlas.query.wording import figure, grade, source_line, state_and_year, tooltip
from tests.conftest import combined, real_atlas, selections

FULL = Selection(
    sector=("aerospace", "rail-transit"),
    kind=("city", "park"),
    side=("sichuan",),
    grade=("named",),
    confidence=("high",),
    sets=("signatories",),
    q="yang",
)


def words(atlas: Atlas, selection: Selection) -> str:
    return sentence(atlas, selection, text(selection.lang))


# The sentence


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), "14 of 14 places: 8 cities and districts and 6 parks"),
        (
            Selection(q="konggang"),
            "1 of 14 places: 1 park; a name, firm, product or sector contains “konggang”",
        ),
        (
            Selection(q="nowhere"),
            "0 of 14 places; a name, firm, product or sector contains “nowhere”",
        ),
        (
            FULL,
            "3 of 18 places: 2 cities and districts and 1 park; working in aerospace or rail "
            "transit; kind: city or park; region: Sichuan; status: named; confidence of the "
            "evidence: high; with Parks that signed an agreement; a name, firm, product or "
            "sector contains “yang”",
        ),
    ],
)
def test_the_sentence_says_how_many_and_every_filter_that_is_on(
    atlas: Atlas, selection: Selection, expected: str
) -> None:
    assert words(atlas, selection) == expected
    both = Selection(sector=("aerospace", "rail-transit"), match="all")
    assert "working in aerospace and rail transit" in words(atlas, both)


def test_the_chinese_sentence_is_chinese_throughout(atlas: Atlas) -> None:
    chinese = words(atlas, FULL.but(lang="zh", q="阳"))
    for part in ("18", "航空航天", "轨道交通", "签署协议的园区", "阳"):
        assert part in chinese
    assert re.findall(r"[A-Za-z]+|[:;,]", chinese) == []


def test_the_indonesian_sentence_has_its_own_words(atlas: Atlas) -> None:
    indonesian = words(atlas, FULL.but(lang="id"))
    for part in ("18", "kedirgantaraan atau transportasi rel", "“yang”"):
        assert part in indonesian
    english = {"of", "places", "parks", "working", "kind", "side", "with", "name", "or", "and"}
    assert english & set(re.findall(r"\w+", indonesian.lower())) == set()


@given(selection=selections())
def test_the_sentence_counts_the_places_shown_in_every_language(selection: Selection) -> None:
    atlas = real_atlas()
    places = shown(atlas, selection)
    for language in LANGUAGES:
        numbers = re.findall(r"\d+", words(atlas, selection.but(lang=language)))
        assert str(len(places)) in numbers
        for parks in (True, False):
            count = sum((place.kind == "park") is parks for place in places)
            assert not count or str(count) in numbers


@pytest.mark.parametrize(
    ("language", "search"), combined(list(LANGUAGES), ["%s", "%(count)s", "100 %", "{0}", "<b>"])
)
def test_a_search_is_quoted_as_it_is(atlas: Atlas, language: Language, search: str) -> None:
    assert search in words(atlas, Selection(lang=language, q=search))


# The title


@pytest.mark.parametrize(
    ("selection", "expected"),
    [
        (Selection(), "Chengyu Cluster Atlas"),
        (Selection(lang="zh"), "成渝产业集群图集"),
        (Selection(lang="id"), "Atlas Klaster Chengyu"),
        (Selection(place="deyang", sector=("aerospace",)), "Deyang · Chengyu Cluster Atlas"),
        (Selection(lang="zh", place="deyang"), "德阳市 · 成渝产业集群图集"),
        (Selection(lang="id", place="deyang"), "Kota Deyang · Atlas Klaster Chengyu"),
        (Selection(grade=("inferred",)), "4 places · Chengyu Cluster Atlas"),
        (Selection(q="konggang"), "1 place · Chengyu Cluster Atlas"),
        (Selection(sector=("monorail",)), "Monorail vehicles: 3 places · Chengyu Cluster Atlas"),
        (Selection(lang="zh", sector=("rail-transit",)), "轨道交通：8个地点 · 成渝产业集群图集"),
    ],
)
def test_the_title_names_the_view_and_the_atlas(
    atlas: Atlas, selection: Selection, expected: str
) -> None:
    assert title(atlas, selection, text(selection.lang)) == expected


# The tooltip


@pytest.mark.parametrize(
    ("state", "year", "en", "zh", "id"),
    [
        ("operating", 2023, "2023", "2023年", "2023"),
        (
            "under-construction",
            2025,
            "under construction, 2025",
            "在建，2025年",
            "sedang dibangun, 2025",
        ),
        ("announced", None, "announced", "已宣布", "diumumkan"),
        (None, None, "", "", ""),
    ],
)
def test_a_state_other_than_work_is_said_with_its_year(
    atlas: Atlas, state: State | None, year: int | None, en: str, zh: str, id: str
) -> None:
    firm = replace(atlas.enterprises[0], state=state, year=year)
    assert [state_and_year(text(language), firm) for language in LANGUAGES] == [en, zh, id]


def test_the_tooltip_says_name_kind_side_sectors_and_grade(atlas: Atlas) -> None:
    assert tooltip(atlas, text("en"), atlas.place["konggang-ip"]) == {
        "name": "Chongqing Konggang Industrial Park",
        "what": "Park, Chongqing",
        "sectors": "Intelligent equipment, Aerospace, Power generation equipment and General "
        "machinery and basic parts",
        "grade": "Six demonstration parks: named",
    }
    without = tooltip(atlas, text("en"), atlas.place["rongchang-htz"])
    assert without["sectors"] == "No sector evidence found"
    assert without["grade"] == "First batch of demonstration parks: listed by another source"
    border = tooltip(atlas, text("en"), atlas.place["gaozhu-na"])
    assert border["what"] == "Park, Sichuan and Chongqing"


def test_the_grade_is_that_of_the_first_group_that_has_the_place(atlas: Atlas) -> None:
    konggang = atlas.place["konggang-ip"]
    assert grade(atlas, text("en"), konggang, ("demonstration", "signatories")) == "named"
    assert grade(atlas, text("en"), konggang, ("signatories",)) == "listed by another source"
    assert grade(atlas, text("en"), konggang, ("members",)) == ""


# Words for ids, figures and sources


def test_a_figure_is_said_with_its_unit_and_how_exact_it_is(atlas: Atlas) -> None:
    row = replace(atlas.figures[0], value=1234.5, unit="km2", qualifier="exact")
    by_qualifier = {
        "exact": "1,234.5 km²",
        "about": "about 1,234.5 km²",
        "more-than": "more than 1,234.5 km²",
        "nearly": "nearly 1,234.5 km²",
        "rounded": "1,234.5 km² (rounded)",
    }
    for qualifier, expected in by_qualifier.items():
        assert figure(text("en"), replace(row, qualifier=qualifier)) == expected  # type: ignore[arg-type]
    assert figure(text("en"), replace(row, value=None, unit=None)) == ""
    for row in atlas.figures:
        assert row.value is None or text("id").number(row.value) in figure(text("id"), row)


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en", "1,771.667 bn yuan"), ("zh", "17,716.67亿元"), ("id", "1.771,667 miliar yuan")],
)
def test_money_is_counted_as_the_language_counts_it(
    atlas: Atlas, language: Language, expected: str
) -> None:
    row = replace(atlas.figures[0], value=1771.667, unit="bn CNY", qualifier="exact")
    assert figure(text(language), row) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_source_is_cited_by_publisher_and_date_or_as_undated(
    atlas: Atlas, language: Language
) -> None:
    for source in atlas.sources:
        line = source_line(text(language), source)
        assert line.startswith(source.publisher[language])
        assert source.date in line
        assert len(line) > len(source.publisher[language]) + 2


def test_a_source_without_a_date_is_said_to_be_undated(atlas: Atlas) -> None:
    source = replace(atlas.sources[0], date="", date_note=Words.untranslated(""))
    assert source_line(text("en"), source) == f"{source.publisher.english}, undated"
    for language in LANGUAGES:
        assert source_line(text(language), source).endswith(text(language).gettext("undated"))
