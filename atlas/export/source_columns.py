"""The table of sources: one row a source, as it is told in one language."""

from collections.abc import Iterable
from dataclasses import dataclass

from atlas.export.columns import Column
from atlas.records import Atlas, Language, Source
from atlas.text import N_


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source and the language it is told in."""

    language: Language
    source: Source


def source_rows(atlas: Atlas, ids: Iterable[str], language: Language) -> tuple[SourceRow, ...]:
    """Return a row for each source named, once, in the order of the table."""
    named = set(ids)
    return tuple(SourceRow(language, one) for one in atlas.sources if one.id in named)


def _own(name: str) -> Column[SourceRow]:
    return Column(name, lambda row: getattr(row.source, name), table="sources")


def _in_words(name: str, title: str, meaning: str) -> Column[SourceRow]:
    return Column(
        name,
        lambda row: getattr(row.source, name)[row.language],
        title=title,
        meaning=meaning,
    )


SOURCE_COLUMNS: tuple[Column[SourceRow], ...] = (
    _own("id"),
    _own("title"),
    _in_words("publisher", N_("Publisher"), N_("Who published the source.")),
    _own("date"),
    _in_words(
        "date_note", N_("Note on the date"), N_("What is to be said of the date of the source.")
    ),
    _own("address"),
    _own("language"),
    _own("reliability"),
    _in_words("supports", N_("Supports"), N_("What the source supports.")),
)
