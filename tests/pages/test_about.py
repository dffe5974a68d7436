"""What the page of evidence says of the atlas itself, in every language."""

import re
from html import unescape

import pytest

from atlas.datapackage.loader import current
from atlas.export.tables.data_dictionary import data_dictionary
from atlas.model.languages import LANGUAGES
from atlas.model.selection import Selection
from atlas.pages.links import Site
from atlas.pages.parts import about
from atlas.pages.view import View
from tests.conftest import Folder
from tests.pages.opened import elsewhere, opened, package

__all__ = ["elsewhere", "package"]  # fixtures

SECTIONS = ("method", "positions", "what", "licences", "dictionary", "errors", "version")


def seen_in(lang: str) -> str:
    return opened("evidence", lang=lang).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_all_its_sections_folded(lang: str) -> None:
    seen = seen_in(lang)
    assert re.findall(r'<details class="fold" id="fold-about-([a-z]+)">', seen) == list(SECTIONS)
    assert re.findall(r'<section id="about-([a-z]+)"', seen) == list(SECTIONS)
    assert seen.count("<h1") == 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_dictionary_describes_every_column_in_the_readers_language(lang: str) -> None:
    seen = seen_in(lang)
    for table in data_dictionary(current()).of("table"):
        assert f"{table.title[lang]} <code>{table.path}</code>" in seen
        for column in table.columns:
            cells = f"<code>{column.name}</code></th><td>{column.title[lang]}</td>"
            assert f"{cells}<td>{column.description[lang]}</td>" in seen


@pytest.mark.parametrize("lang", LANGUAGES)
def test_cautions_changes_and_groups_are_all_there(lang: str) -> None:
    atlas = current()
    seen = seen_in(lang)
    texts = [
        *(row.text[lang] for row in (*atlas.cautions, *atlas.changes)),
        *(atlas.group[group].definition[lang] for group in atlas.base_groups),
    ]
    assert [text for text in texts if text not in seen] == []


def test_a_column_says_its_type_unit_and_limits_in_words() -> None:
    seen = seen_in("en")
    assert "number; in degrees; at least 20; at most 40" in seen
    assert "text; required; one of: high, medium, low" in seen
    assert "text; refers to the table sources" in seen
    assert "text; key; required" in seen
    assert f"Version {current().version}, as of 28 November 2026." in seen


def test_the_datum_trap_gives_its_numbers_and_sources() -> None:
    seen = seen_in("en")
    trap = seen[seen.index('id="caution-datum-test"') : seen.index('id="caution-seat-or-centre"')]
    assert "within 25 m" in trap
    assert "Python package, MIT" in trap
    assert trap.count('class="source"') == 4


def test_every_position_says_how_it_was_obtained() -> None:
    seen = seen_in("id")
    places = [place for place in current().places if place.kind != "region"]
    assert [place.id for place in places if place.position_note["id"] not in seen] == []


def test_each_map_file_has_its_licence_and_credit() -> None:
    seen = seen_in("en")
    licences = seen[seen.index('id="about-licences"') : seen.index('id="about-dictionary"')]
    for file in data_dictionary(current()).of("map"):
        assert file.credit["en"] in licences
        assert all(f'href="{one.address}"' in licences for one in file.licences)
    assert "MIT License" in licences


@pytest.mark.parametrize(
    ("contact", "shown"),
    [
        ("mailto:atlas@example.org", "atlas@example.org"),
        ("https://example.org/report?a=1&b=2", "https://example.org/report?a=1&b=2"),
    ],
)
def test_a_contact_of_the_host_is_a_link(
    monkeypatch: pytest.MonkeyPatch, contact: str, shown: str
) -> None:
    monkeypatch.setenv("ATLAS_CONTACT", contact)
    view = View(current(), Selection(), "evidence", site=Site(contact))
    said = unescape(about.contents.fill(view))
    assert f'<a href="{contact}">{shown}</a>' in said
    assert "the repository this copy comes from" in said
    monkeypatch.delenv("ATLAS_CONTACT")
    assert "Write to whoever runs this copy" not in seen_in("en")


def test_a_map_file_that_was_taken_out_is_not_credited(package: Folder) -> None:
    (package.path / "map" / "boundaries.geojson").unlink()
    assert "boundaries.geojson</code>" not in seen_in("en")


def test_an_atlas_without_corrections_has_no_such_part(package: Folder) -> None:
    header = package.text("corrections.csv").splitlines()[0]
    (package.path / "corrections.csv").write_text(header + "\n", "utf-8")
    seen = seen_in("en")
    assert 'href="#corrections"' not in seen
    assert 'id="corrections"' not in seen
    assert 'id="questions"' in seen


@pytest.mark.usefixtures("elsewhere")
def test_another_clusters_data_are_described_as_they_are() -> None:
    seen = seen_in("zh")
    assert "places <code>tables/places.csv</code>" in seen
    assert "about-licences" in seen
    assert "Chengdu" not in seen
