"""Which language a tag and a browser's list mean, however they are written."""

import pytest

from atlas.model.languages import LANGUAGES, language_of, preferred_language
from atlas.model.records import Atlas
from atlas.model.selection import from_query
from atlas.model.text import text


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        *((tag, "zh") for tag in ("zh", "zh-CN", "zh_Hans", "ZH-hant-TW", "cmn")),
        *((tag, "id") for tag in ("in", "in_ID", " id ")),
        ("en-US", "en"),
        *((tag, None) for tag in ("fr", "zhx", "")),
    ],
)
def test_a_tag_is_understood_in_every_form(atlas: Atlas, tag: str, language: str | None) -> None:
    assert language_of(tag) == language
    selection, dropped = from_query({"lang": tag}, atlas, "id")
    assert selection.lang == language or (selection.lang == "id" and not language)
    assert [part.value for part in dropped] == ([] if language or not tag else [tag])


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr, de;q=0.9, in;q=0.1", "id"),
        ("en;q=0.5, zh;q=0.9", "zh"),
        ("zh;q=0, id;q=0.3", "id"),
        ("id ; q=0.7 , zh ; q=0.7", "id"),
        ("zh_Hans", "zh"),
        ("fr", "en"),
        ("*", "en"),
        ("", "en"),
        ("zh;q=., ;;,=\0", "en"),
    ],
)
def test_the_whole_list_of_a_browser_is_read_by_its_weights(accepted: str, language: str) -> None:
    assert preferred_language(accepted) == language


def test_social_networks_are_told_a_territory() -> None:
    assert [text(language).social_locale for language in LANGUAGES] == ["en_GB", "zh_CN", "id_ID"]
