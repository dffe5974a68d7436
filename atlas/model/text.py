"""The words of the interface in the reader's language, and numbers, dates and lists in its form.

Messages are written in English in the code; `locale/` holds a gettext catalogue for each
other language, and Babel the forms of the Unicode Common Locale Data Repository.
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
    """The text of one language. Get it from `text`; it is built once."""

    def __init__(self, language: Language) -> None:
        """Load the catalogue of a language. Raises FileNotFoundError if there is none."""
        self.language = language
        self.tag = LANGUAGES[language].tag
        self.locale = Locale.parse(self.tag, sep="-")
        self.translations = _translations(language)

    @property
    def social_locale(self) -> str:
        """The language and where most of it is spoken, as social networks name it: `zh_CN`."""
        spoken, likely = self.locale.language, get_global("likely_subtags")
        subtags = likely.get(str(self.locale)) or likely.get(spoken, "")
        territory = self.locale.territory or subtags.rpartition("_")[2]
        return f"{spoken}_{territory}" if territory else spoken

    def gettext(self, message: str, /, **values: Any) -> str:
        """Translate a message and fill in its named values."""
        return self.translations.gettext(message) % values if values else self._plain(message)

    def ngettext(self, one: str, many: str, count: int, /, **values: Any) -> str:
        """Translate a message that depends on a count, named `count` in it."""
        filled = {"count": self.number(count), **values}
        return self.translations.ngettext(one, many, count) % filled

    def pgettext(self, context: str, message: str, /) -> str:
        """Translate a message whose meaning depends on its context, such as one word."""
        return str(self.translations.pgettext(context, message))

    def number(self, value: float | Decimal | None, digits: int | None = None) -> str:
        """Write a number exactly, or to some decimal digits, with the language's separators.

        One that is not stated is a dash.
        """
        if value is None:
            return "–"
        shown = value if digits is None else round(Decimal(value), digits)
        return _number(shown, self.locale)

    def percent(self, share: float) -> str:
        """Write a share of one as a whole percentage."""
        return format_percent(share, locale=self.locale)

    def date(self, iso: str) -> str:
        """Write an ISO 8601 date known to the year, the month or the day."""
        parts = [int(part) for part in iso.split("-")]
        whole = date(*[*parts, 1, 1][:3])
        if len(parts) == 3:
            return format_date(whole, format="long", locale=self.locale)
        skeleton = "yMMMM" if len(parts) == 2 else "y"
        return format_skeleton(skeleton, whole, locale=self.locale)

    def all_of(self, items: list[str]) -> str:
        """Join items as in "a, b and c"."""
        return format_list(items, style="standard", locale=self.locale)

    def any_of(self, items: list[str]) -> str:
        """Join items as in "a, b or c"."""
        return format_list(items, style="or", locale=self.locale)

    def _plain(self, message: str) -> str:
        return str(self.translations.gettext(message)) % {}


@lru_cache(maxsize=8_192)
def _number(value: float | Decimal, locale: Locale) -> str:
    return str(format_decimal(value, locale=locale, decimal_quantization=False))


def N_(message: str) -> str:  # noqa: N802 - gettext's name for "translate later"
    """Mark a message that is translated where it is shown."""
    return message


@cache
def text(language: Language) -> Text:
    """Return the text of a language."""
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
