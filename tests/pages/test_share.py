"""The page to share a view, in every language, without a browser."""

import re

import pytest

from atlas.datapackage.loader import current
from atlas.export import EXPORTS
from atlas.model.languages import LANGUAGES
from atlas.model.pages import PAGES
from tests.conftest import at_night
from tests.pages.opened import first, opened

PAGE = "share"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_offers_link_code_picture_citation_and_data(lang: str) -> None:
    page = opened(PAGE, lang=lang, sector="rail-transit", of="sectors").markup
    query = f"lang={lang}&amp;sector=rail-transit"
    for file in ("map.svg", "map.png", "preview.png", "brief", "qr.svg"):
        assert f'{file}?{query}&amp;of=sectors"' in page
    for file in EXPORTS:
        assert f'api/{file}?{query}"' in page
    assert f">http://testserver/sectors?{query}</code>" in page
    assert "@online{" in page


def test_the_workbook_comes_first_and_each_csv_is_there_for_decimal_commas_too() -> None:
    page = opened(PAGE, lang="id", sector="rail-transit").markup
    files = re.findall(r'<a [^>]*href="api/([^"?]+)\?lang=id&amp;sector=rail-transit([^"]*)"', page)
    assert files[0] == ("places.xlsx", "")
    plain = [name for name, separator in files if not separator and name.endswith(".csv")]
    assert [name for name, more in files if more == "&amp;separator=semicolon"] == plain


def test_the_frozen_link_holds_the_version_of_the_data() -> None:
    page = opened(PAGE, lang="en", place="deyang").markup
    assert f"?lang=en&amp;place=deyang&amp;data={current().version}</code>" in page


def test_a_page_that_cannot_be_shared_is_named() -> None:
    assert "page that is shared: share" in opened(PAGE, lang="en", of="share").markup


# The panel is of one template; the map's address names no page.
@pytest.mark.parametrize("page", at_night(sorted(PAGES.keys() - {PAGE}), ["", "sectors"]))
def test_every_page_has_a_panel_that_shares_its_view_and_works_without_script(page: str) -> None:
    markup = first(page, lang="en", place="deyang", side="sichuan")
    panel = markup.partition('popovertarget="share"')[2].partition("</ul></div>")[0]
    assert '<div popover id="share"' in panel
    of = f"&amp;of={page}" if page else ""
    assert f'href="share?lang=en&amp;side=sichuan&amp;place=deyang{of}"' in panel
    for file in ("brief", "map.png", "api/places.xlsx", "api/places.csv", "api/places.geojson"):
        assert f'href="{file}?lang=en&amp;side=sichuan&amp;place=deyang"' in panel


def test_a_page_in_a_frame_has_no_panel_to_share() -> None:
    assert 'popovertarget="share"' not in first(lang="en", embed="true")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_made_with_the_first_version_is_told_each_change_since(language: str) -> None:
    note = opened(only="pages.revised", lang=language, data="1.0.0").text
    changes = [row for row in current().changes if row.version != "1.0.0"]
    assert changes
    assert note.count("<li>") == len(changes)
    assert [row for row in changes if row.text[language] not in note] == []  # type: ignore[index]


def test_an_old_link_is_told_what_changed_and_a_way_on() -> None:
    page = opened(lang="en", data="0.9.0", side="sichuan").markup
    assert "version 0.9.0 of the data, which the change log does not know" in page
    going_on = ">Go on without the version in the link"
    assert f'href="?lang=en" data-carry="data"{going_on}' in page
    without_script = first(lang="en", data="0.9.0", side="sichuan")
    assert f'href="?lang=en&amp;side=sichuan" data-carry="data"{going_on}' in without_script
    assert "6 of 14 places" in page
    present = opened(only="pages.revised", lang="en", data=current().version)
    assert 'id="revision"' not in present.markup
