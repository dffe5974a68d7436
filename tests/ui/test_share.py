"""The page to share a view, in every language, without a browser."""

import html
import re

import pytest

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES
from tests.ui.test_pages import markup, seen_on, visit

PAGE = "pages/share.py"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_offers_link_code_picture_frame_citation_and_data(lang: str) -> None:
    seen = seen_on(PAGE, lang=lang, sector="rail-transit", of="sectors")
    query = f"lang={lang}&amp;sector=rail-transit"
    for file in ("map.svg", "map.png", "preview.png", "brief", "qr.svg"):
        assert f'{file}?{query}&amp;of=sectors"' in seen
    for file in ("places.csv", "places.xlsx", "places.geojson", "evidence.csv", "package.zip"):
        assert f'api/{file}?{query}"' in seen
    assert f">sectors?{query}</code>" in seen
    assert "@online{" in seen
    assert "&lt;iframe src=" in seen


def test_the_frozen_link_holds_the_version_of_the_data() -> None:
    seen = seen_on(PAGE, lang="en", place="deyang")
    assert f"?lang=en&amp;place=deyang&amp;data={current().version}</code>" in seen


def test_the_frame_follows_the_options() -> None:
    app = visit(PAGE, lang="en", side="sichuan")
    sizes, colours = app.radio
    sizes.set_value("narrow")
    colours.set_value("dark_theme").run()
    code = html.unescape(re.search(r'id="embed-code">(.*?)</code>', markup(app))[1])  # type: ignore[index]
    assert 'width="390" height="700"' in code
    address = html.unescape(re.search('src="(.*?)"', code)[1])  # type: ignore[index]
    assert address.endswith("?lang=en&side=sichuan&embed=true&embed_options=dark_theme")


def test_hostile_values_stay_text_in_every_form() -> None:
    seen = seen_on(PAGE, lang="en", q='"><script>alert(1)</script>')
    assert "<script>" not in seen
    assert "</pre><" not in seen


def test_a_page_that_cannot_be_shared_is_named() -> None:
    assert "page that is shared: share" in seen_on(PAGE, lang="en", of="share")


def test_every_page_leads_here_with_its_view() -> None:
    assert 'href="share?lang=en&amp;of=timeline"' in seen_on("pages/timeline.py", lang="en")
    assert 'href="share?lang=en"' in seen_on(lang="en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_link_made_with_the_first_version_is_told_each_change_since(language: str) -> None:
    seen = markup(visit(lang=language, data="1.0.0"))
    told = html.unescape(seen.partition('id="revision"')[2].partition("</div>")[0])
    since = [row for row in current().changes if row.version != "1.0.0"]
    assert since
    assert told.count("<li>") == len(since)
    for row in since:
        assert row.text[language] in told  # type: ignore[index]


def test_an_old_link_is_told_what_changed_and_a_way_on() -> None:
    seen = seen_on(lang="en", data="0.9.0", side="sichuan")
    assert "version 0.9.0 of the data, which the change log does not know" in seen
    assert 'href="?lang=en&amp;side=sichuan">Go on without the version in the link' in seen
    assert "6 of 14 places" in seen
    assert 'id="revision"' not in seen_on(lang="en", data=current().version)
