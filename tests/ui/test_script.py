"""What the Streamlit script of a page puts on it: places for panels, and elements of its own."""

import re
from html import unescape

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from atlas.claims.all_claims import claims
from atlas.datapackage import loader
from atlas.model.languages import LANGUAGES, Language
from atlas.model.pages import PAGES
from atlas.model.records import Atlas
from atlas.pages import panels
from tests.conftest import Folder
from tests.pages.opened import first, opened, package
from tests.pages.test_evidence import LIST, rows
from tests.ui.visit import markup, run, slots, visit

__all__ = ["package"]  # a fixture


@pytest.mark.parametrize("page", PAGES)
def test_a_script_puts_an_empty_place_for_every_panel_once_and_in_order(page: str) -> None:
    app = visit(page, lang="en")
    assert slots(app) == list(panels(page))
    assert "data-filled" not in markup(app)
    # Only a page with elements of Streamlit follows the view.
    assert ("data-reads-view" in markup(app)) is (page in ("places", "evidence", "share"))
    assert set(re.findall('class="atlas" data-page="(.*?)"', markup(app))) == {page or "map"}
    # The browser moves what it has into these places.
    assert slots(app) == re.findall('data-panel="(.*?)"', first(page, lang="en", place="deyang"))


def test_a_script_of_ones_own_follows_the_view_it_reads() -> None:
    def script(reads: bool) -> None:
        import streamlit as st

        from atlas.pages import PARTS
        from atlas.ui import frame

        with frame.page("timeline") as drawing:
            drawing.draw(PARTS["timeline"][:1])
            if reads:
                st.write(drawing.view.selection.place)
            drawing.draw(PARTS["timeline"][1:])

    for reads in (True, False):
        app = run(AppTest.from_function(script, kwargs={"reads": reads}), lang="en", place="deyang")
        assert slots(app) == list(panels("timeline"))
        assert [element.value for element in app.markdown] == ["deyang"][: int(reads)]
        assert ("data-reads-view" in markup(app)) is reads


@pytest.mark.parametrize(
    ("query", "locale", "title"),
    [
        ({"lang": "en"}, None, "Chengyu Cluster Atlas"),
        ({"lang": "zh", "place": "deyang"}, "id-ID", "德阳"),
        ({}, "id-ID", "Atlas Klaster"),
        ({}, "fr-FR", "Chengyu Cluster Atlas"),
    ],
)
def test_the_title_of_the_tab_is_that_of_the_view(
    monkeypatch: pytest.MonkeyPatch, query: dict[str, str], locale: str | None, title: str
) -> None:
    config: dict[str, str] = {}
    monkeypatch.setattr(st, "set_page_config", lambda **options: config.update(options))
    visit(locale=locale, **query)
    assert title in config["page_title"]
    panel = "pages.page_title"
    answers = opened(only=panel, locale=locale, **query).answers
    assert config["page_title"] == unescape(answers[panel])


def test_broken_data_are_refused_with_the_list_of_what_is_wrong(package: Folder) -> None:
    row = package.rows("evidence")[0]
    package.set("evidence", row["id"], source="S999")
    loader.current.cache_clear()
    app = visit(lang="en")
    assert "cannot be read" in app.error[0].value
    assert "evidence.csv" in app.code[0].value
    assert "S999" in app.code[0].value
    assert not slots(app)


# The table of claims


def test_the_table_is_there_only_when_it_is_wanted(atlas: Atlas) -> None:
    assert not visit("evidence", lang="en").dataframe
    assert not visit("evidence", lang="en", form="table", q="no such words anywhere").dataframe
    table = visit("evidence", lang="en", form="table").dataframe[0].value
    assert len(table) == len(claims(atlas, "en"))
    addresses = {source.address for source in atlas.sources if source.address}
    assert set(table["Address"].dropna()) <= addresses
    assert table["Address"].notna().any()
    assert table["Address"].isna().any()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_holds_the_claims_of_the_list_in_the_language_of_the_reader(
    atlas: Atlas, lang: Language
) -> None:
    view = {"lang": lang, "form": "table", "place": "deyang"}
    table = visit("evidence", **view).dataframe[0].value
    ledger = opened("evidence", only=LIST, rows="1000", **view).markup
    assert len(table) == len(rows(ledger))
    assert atlas.place["deyang"].name[lang] in " ".join(table.iloc[:, 1])


# The table of places


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_table_of_places_follows_the_view_and_its_figures_are_numbers(
    atlas: Atlas, lang: Language
) -> None:
    table = visit("places", lang=lang, side="sichuan", kind="city").dataframe[0].value
    assert list(table["place"]) == [
        atlas.place[id].short[lang] for id in ("chengdu", "deyang", "meishan", "ziyang")
    ]
    assert table["population"].tolist()[:2] == [20_937_757, 3_456_161]
    in_own_units = 10 if lang == "zh" else 1  # a hundred million yuan, and a billion
    assert table["gdp"][0] == pytest.approx(2_351.13 * in_own_units)
    assert table["gdp year"][0] == 2024
    assert all(link.startswith(f"place?lang={lang}&") for link in table["profile"])


def test_an_empty_view_has_no_table_of_places() -> None:
    assert not visit("places", lang="en", q="no such place").dataframe


# The frame for another site


def test_the_frame_follows_the_view_and_the_options() -> None:
    app = visit("share", lang="en", side="sichuan", of="sectors")
    code = unescape(unescape(markup(app)))
    assert 'sectors?lang=en&side=sichuan&embed=true" title=' in code
    sizes, colours = app.radio
    sizes.set_value("narrow")
    colours.set_value("dark_theme").run()
    code = unescape(re.search(r'id="embed-code">(.*?)</code>', markup(app))[1])  # type: ignore[index]
    assert 'width="390" height="700"' in code
    address = unescape(re.search('src="(.*?)"', code)[1])  # type: ignore[index]
    assert address.endswith("sectors?lang=en&side=sichuan&embed=true&embed_options=dark_theme")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_options_of_the_frame_are_in_the_language_of_the_reader(lang: Language) -> None:
    labels = [option.label for option in visit("share", lang=lang).radio]
    assert ("Size of the frame" in labels) is (lang == "en")
    assert len(labels) == 2
