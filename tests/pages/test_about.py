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


def about_in(lang: str) -> str:
    return opened("evidence", only="about.contents", lang=lang).text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_has_all_its_sections_folded(lang: str) -> None:
    page = about_in(lang)
    assert re.findall(r'<details class="fold" id="fold-about-([a-z]+)">', page) == list(SECTIONS)
    assert re.findall(r'<section id="about-([a-z]+)"', page) == list(SECTIONS)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_columns_cautions_changes_groups_and_positions_are_described(lang: str) -> None:
    atlas = current()
    page = about_in(lang)
    texts = [
        *(row.text[lang] for row in (*atlas.cautions, *atlas.changes)),
        *(atlas.group[group].definition[lang] for group in atlas.base_groups),
        *(place.position_note[lang] for place in atlas.places if place.kind != "region"),
    ]
    for table in data_dictionary(atlas).of("table"):
        texts.append(f"{table.title[lang]} <code>{table.path}</code>")
        texts += [
            f"<code>{column.name}</code></th><td>{column.title[lang]}</td>"
            f"<td>{column.description[lang]}</td>"
            for column in table.columns
        ]
    assert [text for text in texts if text not in page] == []


def test_a_column_says_its_type_unit_and_limits_in_words() -> None:
    page = about_in("en")
    assert "number; in degrees; at least 20; at most 40" in page
    assert "text; required; one of: high, medium, low" in page
    assert "text; refers to the table sources" in page
    assert "text; key; required" in page
    assert f"Version {current().version}, as of 28 November 2026." in page


def test_the_datum_trap_gives_its_numbers_and_sources() -> None:
    page = about_in("en")
    trap = page[page.index('id="caution-datum-test"') : page.index('id="caution-seat-or-centre"')]
    assert "within 25 m" in trap
    assert "Python package, MIT" in trap
    assert trap.count('class="source"') == 4


def test_each_map_file_has_its_licence_and_credit() -> None:
    page = about_in("en")
    licences = page[page.index('id="about-licences"') : page.index('id="about-dictionary"')]
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
    page = unescape(about.contents.fill(view))
    assert f'<a href="{contact}">{shown}</a>' in page
    assert "the repository this copy comes from" in page
    monkeypatch.delenv("ATLAS_CONTACT")
    assert "Write to whoever runs this copy" not in about_in("en")


def test_what_was_taken_out_of_a_package_is_neither_credited_nor_listed(package: Folder) -> None:
    (package.path / "map" / "boundaries.geojson").unlink()
    header = package.text("corrections.csv").splitlines()[0]
    (package.path / "corrections.csv").write_text(header + "\n", "utf-8")
    page = opened("evidence", lang="en").text
    assert "boundaries.geojson</code>" not in page
    assert 'href="#corrections"' not in page
    assert 'id="corrections"' not in page
    assert 'id="questions"' in page


@pytest.mark.usefixtures("elsewhere")
def test_another_clusters_data_are_described_as_they_are() -> None:
    page = about_in("zh")
    assert "places <code>tables/places.csv</code>" in page
    assert "about-licences" in page
    assert "Chengdu" not in page
