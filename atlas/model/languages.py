"""The languages of the atlas, and texts in all of them.

An entry in `LANGUAGES` is all that the program says of a language. Beside it stand its columns in
the data (`name_zh`) and, for every language but English, its catalogue in `locale/`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# The id of a language, as links and columns write it: the first part of its tag.
Language = str

# The messages in the code, and so the texts without a translation, are in this one.
ENGLISH: Language = "en"


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageEntry:
    """What differs from language to language and is no message.

    `tag` is the IETF BCP 47 tag; its script subtag makes browsers choose the right glyphs. `also`
    are other codes of it, retired or of three letters, that programs send as the first part.
    `langid` is the name of the language for BibLaTeX. `scales` holds, by unit, how many of the
    language's own units one is. `letters` matches a letter that only texts in its script have:
    without one, a text of question marks has been through the wrong encoding. `romanised` says
    that the column `pinyin` spells its names. `upright` says that its letters can stand below
    each other in the heads of narrow columns.
    """

    tag: str
    name: str
    langid: str
    also: tuple[str, ...] = ()
    scales: Mapping[str, int] = field(default_factory=dict)
    letters: str = ""
    romanised: bool = False
    upright: bool = False


LANGUAGES: dict[Language, LanguageEntry] = {
    ENGLISH: LanguageEntry(tag="en-GB", name="English", langid="english", also=("eng",)),
    "zh": LanguageEntry(
        tag="zh-Hans",
        name="中文",
        langid="chinese",
        also=("zho", "chi", "cmn", "yue"),
        scales={"bn CNY": 10},  # Money is counted in hundreds of millions.
        letters=r"[\u3400-\u9fff]",
        romanised=True,
        upright=True,
    ),
    "id": LanguageEntry(tag="id", name="Bahasa Indonesia", langid="indonesian", also=("in", "ind")),
}
# A range of languages with its weight (RFC 9110, 12.5.4).
_RANGE = re.compile(r"([a-z]{2,3}(?:[-_][a-z0-9]+)*)(?:;q=([0-9.]+))?")


# The key of a text of which nobody said in which language it is (ISO 639-2).
UNDETERMINED: Language = "und"


def language_names() -> dict[Language, str]:
    """Return the name of each language in the language itself."""
    return {language: entry.name for language, entry in LANGUAGES.items()}


def language_of(tag: str) -> Language | None:
    """Return the language of a tag such as `zh-CN` or `zh_Hans`, None where the atlas lacks it."""
    code = re.split("[-_]", tag.strip().lower())[0]
    return next(
        (lang for lang, entry in LANGUAGES.items() if code == lang or code in entry.also), None
    )


def preferred_language(accepted: str) -> Language:
    """Return the language of an Accept-Language header that the atlas has and is wanted most.

    The first of those with the same weight; English where none is wanted.
    """
    ranges = (_RANGE.fullmatch(one) for one in "".join(accepted.lower().split()).split(","))
    weights = [(language_of(one[1]), _weight(one[2])) for one in ranges if one]
    wanted = [(weight, language) for language, weight in weights if language and weight]
    return max(wanted, key=lambda one: one[0], default=(0, ENGLISH))[1]


def _weight(written: str | None) -> float:
    try:
        return float(written or 1)
    except ValueError:
        return 0


class Words(Mapping[Language, str]):
    """One text in the languages it was written in; `words["zh"]` is the Chinese one.

    Where a language has none, it is the English one, else the one in a language that nobody
    stated, else the first: ask `language_of` before you mark it up. Without any it is empty.
    """

    __slots__ = ("_texts",)

    def __init__(self, **texts: str) -> None:
        """Hold a text by language: `Words(en="Park", zh="园区", id="Taman")`."""
        self._texts = texts

    @classmethod
    def untranslated(cls, text: str) -> "Words":
        """Return a text that is the same in every language."""
        return cls(**dict.fromkeys(LANGUAGES, text))

    @property
    def english(self) -> str:
        """The text in the language of the messages in the code."""
        return self[ENGLISH]

    def language_of(self, language: Language) -> Language:
        """Return in which language the text for a reader of some language is."""
        order = (language, ENGLISH, UNDETERMINED, *self._texts)
        return next((part for part in order if self._texts.get(part)), language)

    def __getitem__(self, language: Language) -> str:
        return self._texts.get(language) or self._texts.get(self.language_of(language), "")

    def __iter__(self) -> Iterator[Language]:
        return iter(self._texts)

    def __len__(self) -> int:
        return len(self._texts)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Words) and self._texts == other._texts

    def __hash__(self) -> int:
        return hash(tuple(self._texts.values()))

    def __repr__(self) -> str:
        return f"Words({', '.join(f'{key}={text!r}' for key, text in self._texts.items())})"


NO_WORDS = Words()
