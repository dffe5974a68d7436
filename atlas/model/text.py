"""Translated messages, and numbers, dates and lists as each language writes them.

Messages are written in English in the code; `locale/` holds a gettext catalogue for every other
language. Babel has the formats, from the Unicode Common Locale Data Repository.
"""

import io
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent
from babel.support import NullTranslations, Translations

from atlas.model.languages import ENGLISH, LANGUAGES, Language

LOCALES = Path(__file__).parents[1] / "locale"
DOMAIN = "atlas"


class Text:
    """Everything that writes text in one language. `text()` returns the shared instance."""

    def __init__(self, language: Language) -> None:
        """Load the catalogue of a language. Raises FileNotFoundError if it has none."""
        self.language = language
        self.tag = LANGUAGES[language].tag
        self.locale = Locale.parse(self.tag, sep="-")
        self.translations = _translations(language)

    @property
    def social_locale(self) -> str:
        """The locale as social networks write it, with the most likely territory: `zh_CN`."""
        language, likely = self.locale.language, get_global("likely_subtags")
        subtags = likely.get(str(self.locale)) or likely.get(language, "")
        territory = self.locale.territory or subtags.rpartition("_")[2]
        return f"{language}_{territory}" if territory else language

    def gettext(self, message: str, /, **values: Any) -> str:
        """Translate a message and fill in its named values."""
        return self.translations.gettext(message) % values

    def ngettext(self, singular: str, plural: str, count: int, /, **values: Any) -> str:
        """Translate a message that depends on a count, which it writes as `%(count)s`."""
        values = {"count": self.number(count), **values}
        return self.translations.ngettext(singular, plural, count) % values

    def pgettext(self, context: str, message: str, /) -> str:
        """Translate a message that is ambiguous without its context, such as a single word."""
        return str(self.translations.pgettext(context, message))

    def number(self, value: float | Decimal | None, digits: int | None = None) -> str:
        """Write a number in full, or rounded to some decimal digits; None is a dash."""
        if value is None:
            return "–"
        return _number(value if digits is None else round(Decimal(value), digits), self.locale)

    def percent(self, share: float) -> str:
        """Write a share from 0 to 1 as a whole percentage."""
        return format_percent(share, locale=self.locale)

    def date(self, iso: str) -> str:
        """Write an ISO 8601 date that has a year, a year and month, or all three."""
        parts = [int(part) for part in iso.split("-")]
        first_day = date(*[*parts, 1, 1][:3])
        if len(parts) == 3:
            return format_date(first_day, format="long", locale=self.locale)
        skeleton = "yMMMM" if len(parts) == 2 else "y"
        return format_skeleton(skeleton, first_day, locale=self.locale)

    def all_of(self, items: list[str]) -> str:
        """Join items as in "a, b and c"."""
        return format_list(items, style="standard", locale=self.locale)

    def any_of(self, items: list[str]) -> str:
        """Join items as in "a, b or c"."""
        return format_list(items, style="or", locale=self.locale)


@lru_cache(maxsize=8_192)
def _number(value: float | Decimal, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale, decimal_quantization=False))


def N_(message: str) -> str:  # noqa: N802 - gettext's name for "translate later"
    """Mark a message for the catalogues; it is translated later, where it is shown."""
    return message


@cache
def text(language: Language) -> Text:
    """Return the `Text` of a language."""
    return Text(language)


def catalogue(language: Language) -> Path:
    """Return the path of the gettext catalogue of a language."""
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def _translations(language: Language) -> NullTranslations:
    if language == ENGLISH:
        return NullTranslations()
    compiled = io.BytesIO()
    with catalogue(language).open("rb") as file:
        write_mo(compiled, read_po(file, locale=language, abort_invalid=True))
    compiled.seek(0)
    return Translations(compiled, domain=DOMAIN)
