"""The languages of the atlas, and texts that exist in several of them.

The code describes a language in its entry of `LANGUAGES` and nowhere else. Each also has columns
in the data (`name_zh`) and, except for English, a catalogue in `locale/`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

# The id of a language in links and columns: the first part of its tag.
Language = str

# The language of the messages in the code.
ENGLISH: Language = "en"
# The key of a text whose language is not stated (ISO 639-2).
UNDETERMINED: Language = "und"


@dataclass(frozen=True, kw_only=True, slots=True)
class LanguageEntry:
    """What differs between languages besides the messages.

    - `tag`: the IETF BCP 47 tag; its script subtag makes browsers choose the right glyphs.
    - `also`: other codes that programs send for it, retired ones or ones of three letters.
    - `langid`: its name in BibLaTeX.
    - `scales`: by unit, how many of the language's own units it equals.
    - `letters`: matches a letter of its script. A text of question marks without such a letter
      was damaged by a wrong encoding.
    - `romanised`: the column `pinyin` spells its names.
    - `upright`: its letters can be stacked in the headings of narrow columns.
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
# A language range with its weight (RFC 9110, 12.5.4).
_RANGE = re.compile(r"([a-z]{2,3}(?:[-_][a-z0-9]+)*)(?:;q=([0-9.]+))?")


def language_names() -> dict[Language, str]:
    """Return the name of each language in the language itself."""
    return {language: entry.name for language, entry in LANGUAGES.items()}


def language_of(tag: str) -> Language | None:
    """Return the language of a tag such as `zh-CN` or `zh_Hans`, None if the atlas lacks it."""
    code = re.split("[-_]", tag.strip().lower())[0]
    return next(
        (lang for lang, entry in LANGUAGES.items() if code == lang or code in entry.also), None
    )


def preferred_language(accepted: str) -> Language:
    """Return the language with the highest weight in an Accept-Language header.

    Of equal weights the first counts; English if the atlas has none of the languages.
    """
    ranges = map(_RANGE.fullmatch, "".join(accepted.lower().split()).split(","))
    weights = [(language_of(match[1]), _weight(match[2])) for match in ranges if match]
    acceptable = [(weight, language) for language, weight in weights if language and weight]
    return max(acceptable, key=lambda pair: pair[0], default=(0, ENGLISH))[1]


def _weight(text: str | None) -> float:
    try:
        return float(text or 1)
    except ValueError:
        return 0


class Words(Mapping[Language, str]):
    """One text in several languages; `words["zh"]` is the Chinese version.

    If that is missing, it returns the English version, else the one in an unstated language, else
    the first one, else "". `language_of` says which of them it is, for the `lang` attribute.
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
        """The English version."""
        return self[ENGLISH]

    def language_of(self, language: Language) -> Language:
        """Return the language of the version that a reader of some language gets."""
        order = (language, ENGLISH, UNDETERMINED, *self._texts)
        return next((key for key in order if self._texts.get(key)), language)

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
