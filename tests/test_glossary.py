"""One term for one thing in each language: catalogues and tables keep to `glossary.csv`.

The glossary lies with the tests and not in the data: it says how this repository writes, in the
interface as well as in the tables, and a package about another cluster need not follow it.
"""

import csv
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from babel.messages.pofile import read_po

from atlas.datapackage.loader import REPOSITORY_DATA
from atlas.model.languages import ENGLISH, LANGUAGES, Language
from atlas.model.text import catalogue

GLOSSARY = Path(__file__).with_name("glossary.csv")
# What the article says is quoted as it stands.
QUOTED = {("corrections", "said")}


@cache
def glossary() -> list[dict[str, str]]:
    with GLOSSARY.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def written(language: Language) -> dict[str, str]:
    """Every text in a language by the place where it stands."""
    return dict((*_in_tables(language), *_in_catalogue(language), *_in_descriptor(language)))


def _in_tables(language: Language) -> Iterator[tuple[str, str]]:
    for path in sorted(REPOSITORY_DATA.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file), start=2):
                for column, words in row.items():
                    name, _, part = column.rpartition("_")
                    if part == language and (path.stem, name) not in QUOTED:
                        yield f"{path.name}, row {number}, {column}", words


def _in_catalogue(language: Language) -> Iterator[tuple[str, str]]:
    # English stands in the catalogues as what is translated.
    with catalogue("zh" if language == ENGLISH else language).open("rb") as file:
        for message in read_po(file):
            words = message.id if language == ENGLISH else message.string
            yield f"message {message.id}", " ".join([words] if isinstance(words, str) else words)


def _in_descriptor(language: Language) -> Iterator[tuple[str, str]]:
    descriptor = json.loads((REPOSITORY_DATA / "datapackage.json").read_text("utf-8"))
    suffix = "" if language == ENGLISH else f"_{language}"
    yield from _texts(descriptor, ("title" + suffix, "description" + suffix, "lead" + suffix), "")


def _texts(node: Any, keys: tuple[str, ...], path: str) -> Iterator[tuple[str, str]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in keys and isinstance(value, str):
                yield f"datapackage.json{path}/{key}", value
            yield from _texts(value, keys, f"{path}/{node.get('name', '')}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from _texts(value, keys, f"{path}/{number}")


def test_the_glossary_has_one_form_for_a_term_in_a_language() -> None:
    keys = [(row["term"], row["language"]) for row in glossary()]
    assert len(set(keys)) == len(keys)
    assert {row["language"] for row in glossary()} <= LANGUAGES.keys()
    assert all(row["form"] for row in glossary())


def terms(language: Language) -> list[dict[str, str]]:
    return [row for row in glossary() if row["language"] == language]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_every_term_is_in_use(language: Language) -> None:
    every = "\n".join(written(language).values()).lower()
    assert [row["form"] for row in terms(language) if row["form"].lower() not in every] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_other_form_of_a_term_is_in_use(language: Language) -> None:
    unused = [form for row in terms(language) for form in row["not_used"].lower().split(";")]
    assert [
        (form, place)
        for place, words in written(language).items()
        for form in filter(None, unused)
        if form in words.lower()
    ] == []
