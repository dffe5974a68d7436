"""The catalogues hold every message of the source, and Babel the forms of each language."""

import ast
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel import Locale
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

from atlas.model.languages import ENGLISH, LANGUAGES, Language
from atlas.model.text import catalogue, text

ROOT = Path(__file__).parents[2]
TRANSLATED = [language for language in LANGUAGES if language != ENGLISH]
Key = tuple[str | None, str]


# The catalogues


@cache
def source() -> Catalog:
    """Every message of the source, as Babel finds it with the mapping of pyproject.toml."""
    mappings = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["babel"][
        "mappings"
    ]
    # Of the room that the patterns name; walking through all others takes as long again.
    methods = [(each["pattern"].removeprefix("atlas/"), each["method"]) for each in mappings]
    catalog = Catalog()
    for file, line, message, comments, context in extract_from_dir(ROOT / "atlas", methods):
        catalog.add(message, locations=[(file, line)], auto_comments=comments, context=context)
    return catalog


@cache
def translation(language: Language) -> Catalog:
    with catalogue(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def messages(catalog: Catalog) -> dict[Key, Message]:
    return {(each.context, forms(each.id)[0]): each for each in catalog if each.id}


def forms(words: str | list[str] | tuple[str, ...]) -> list[str]:
    return [words] if isinstance(words, str) else list(words)


def placeholders(words: str) -> list[str]:
    return sorted(re.findall(r"%\((\w+)\)s", words))


def called(path: Path) -> Iterator[str]:
    """Yield every message that a module hands to gettext, also within f-strings."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
            name = node.func.id if isinstance(node.func, ast.Name) else node.func.attr
            position = {"gettext": 0, "_": 0, "N_": 0, "ngettext": 0, "pgettext": 1}.get(name)
            first = node.args[position] if position is not None and node.args else None
            if isinstance(first, ast.Constant):
                yield str(first.value)


def test_extraction_finds_every_message_the_modules_use() -> None:
    extracted = {message for _, message in messages(source())}
    for path in (ROOT / "atlas").rglob("*.py"):
        assert set(called(path)) <= extracted, path
    files = {Path(file).suffix for message in source() for file, _ in message.locations}
    assert files == {".py", ".html"}


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_the_messages_of_the_source_and_no_others(language: Language) -> None:
    translations = messages(translation(language))
    assert set(messages(source())) ^ set(translations) == set()
    assert list(translation(language).obsolete) == []
    for key, message in translations.items():
        assert not message.fuzzy, key
        assert all(forms(message.string)), key


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_has_the_placeholders_of_its_message_in_one_plural(
    language: Language,
) -> None:
    assert translation(language).num_plurals == 1
    for message in messages(translation(language)).values():
        (words,) = forms(message.string)
        assert placeholders(words) == placeholders(forms(message.id)[-1])


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_can_be_filled_in(language: Language) -> None:
    is_english = language == ENGLISH
    for message in messages(source() if is_english else translation(language)).values():
        for words in forms(message.id if is_english else message.string):
            assert "%" not in words % dict.fromkeys(placeholders(words), "x")


def test_a_word_that_depends_on_its_context_is_looked_up_with_it() -> None:
    for key, message in messages(translation("zh")).items():
        if key[0]:
            assert text("zh").pgettext(*key) == message.string


# Numbers, dates and lists


@pytest.mark.parametrize(
    ("language", "number"), [("en", "1,234,567.5"), ("zh", "1,234,567.5"), ("id", "1.234.567,5")]
)
def test_numbers_have_the_separators_of_the_language(language: Language, number: str) -> None:
    assert text(language).number(1_234_567.5) == number
    assert text(language).percent(0.12) == "12%"


def test_a_number_is_exact_unless_digits_are_asked_for() -> None:
    assert text("en").number(31.13019) == "31.13019"
    assert text("en").number(263.518, 0) == "264"
    assert text("en").number(263.518, 1) == "263.5"
    assert text("en").number(20_937_757) == "20,937,757"


@pytest.mark.parametrize(
    ("iso", "en", "zh", "id"),
    [
        ("2021-06-04", "4 June 2021", "2021年6月4日", "4 Juni 2021"),
        ("2021-06", "June 2021", "2021年6月", "Juni 2021"),
        ("2021", "2021", "2021年", "2021"),
    ],
)
def test_a_date_is_written_as_far_as_it_is_known(iso: str, en: str, zh: str, id: str) -> None:
    assert [text(language).date(iso) for language in LANGUAGES] == [en, zh, id]


@pytest.mark.parametrize(
    ("language", "both", "either"),
    [
        ("en", "a, b and c", "a, b or c"),
        ("zh", "a、b和c", "a、b或c"),
        ("id", "a, b, dan c", "a, b, atau c"),
    ],
)
def test_lists_are_joined_as_the_language_joins_them(
    language: Language, both: str, either: str
) -> None:
    words = text(language)
    assert words.all_of(["a", "b", "c"]) == both
    assert words.any_of(["a", "b", "c"]) == either
    assert [words.all_of(["a"]), words.all_of([])] == ["a", ""]


@pytest.mark.parametrize(
    ("count", "words"), [(0, "0 places"), (1, "1 place"), (1_500, "1,500 places")]
)
def test_a_count_chooses_its_plural_and_has_separators(count: int, words: str) -> None:
    assert text("en").ngettext("%(count)s place", "%(count)s places", count) == words


def test_every_language_has_a_tag_for_the_browser_and_a_name_of_its_own() -> None:
    for language in LANGUAGES:
        assert Locale.parse(LANGUAGES[language].tag, sep="-").language == language
