"""What screen readers call the parts of a page is in the language of the page.

A name is foreign if it is a text of the atlas in another language, a message or a word of the
data, and not one in the page's, or if its script is not the page's. What is marked with another
language of its own, as the names of places in other languages are, is not asked, and neither are
references, whose names hold the titles of sources as these were published.

Streamlit's own names are English on every page: https://github.com/streamlit/streamlit/issues/1353
"""

import re
from collections.abc import Iterator
from dataclasses import fields
from functools import cache

import pytest
from babel.messages.pofile import read_po
from playwright.sync_api import Page

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES, Language, Words
from atlas.model.records import Atlas
from atlas.model.text import catalogue
from tests.browser.conftest import Visit
from tests.browser.test_accessibility import VIEWS_IN, settled
from tests.conftest import at_night

pytestmark = pytest.mark.browser

STREAMLITS_OWN = re.compile("Decrement|Increment|Fullscreen: .+")
# The same in every language, or shown as an example of what a field takes.
OF_NO_LANGUAGE = re.compile(
    r"[\W\d]*|[A-Z]{1,3}\W*\d*|CSV|Excel|GeoJSON|(CSL-)?JSON|SVG|PNG|BibTeX|st\.iframe"
    "|Chengdu, 成都"
)
HAN = re.compile(r"[\u4e00-\u9fff]")

# Every name with the language that holds where it stands.
NAMES = """() => {
  const named = ["aria-label", "aria-description", "alt", "title", "placeholder"]
  const texts = "button, nav, nav a, summary, label, legend, caption, th, h1, h2, h3, h4, [role]"
  const references = ".ref, .source > a, .source > span"
  const found = []
  const add = (one, name) => {
    const text = name?.replace(/\\s+/g, " ").trim()
    if (text && !one.matches(references)) found.push([text, one.closest("[lang]").lang])
  }
  for (const one of document.querySelectorAll(named.map((name) => `[${name}]`).join()))
    for (const name of named) add(one, one.getAttribute(name))
  for (const one of document.querySelectorAll(texts))
    for (const node of one.childNodes)
      if (node.nodeType === Node.TEXT_NODE) add(one, node.textContent)
  return found
}"""


def words_of(atlas: Atlas) -> Iterator[Words]:
    """Every text of the data that is there in all languages."""
    for table in (getattr(atlas, field.name) for field in fields(atlas)):
        for record in table if isinstance(table, tuple) else ():
            for name in getattr(record, "__slots__", ()):
                if isinstance(found := getattr(record, name), Words):
                    yield found


@cache
def said_in(language: Language) -> frozenset[str]:
    """Every text of the atlas in a language that holds no value."""
    with catalogue("zh" if language == "en" else language).open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    pairs = ((one.id, one.string) for one in messages)
    texts = (ours if language == "en" else theirs for ours, theirs in pairs)
    forms = (form for text in texts for form in ((text,) if isinstance(text, str) else text))
    return frozenset(forms) | {found[language] for found in words_of(current())}


def foreign(page: Page, language: Language) -> set[str]:
    """The names on a page that are not in its language."""
    others = {text for one in LANGUAGES if one != language for text in said_in(one)}
    wrong = others - said_in(language)
    return {
        name
        for name, lang in page.evaluate(NAMES)
        if lang == LANGUAGES[language].tag
        and not STREAMLITS_OWN.fullmatch(name)
        and not OF_NO_LANGUAGE.fullmatch(name)
        and (name in wrong or bool(HAN.search(name)) != (language == "zh"))
    }


@pytest.mark.parametrize("language", at_night(LANGUAGES, ["zh"]))
def test_every_name_on_every_page_is_in_the_language_of_the_page(
    go_to: Visit, language: Language
) -> None:
    found = {}
    for view in VIEWS_IN[language]:
        page = go_to(view % language)
        settled(page)
        if names := foreign(page, language):
            found[view] = names
    assert found == {}
