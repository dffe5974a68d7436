"""What every exported file says of itself: title, version, licence, and the view it holds."""

from dataclasses import dataclass
from typing import Any

from atlas.claims.sentence import claims_sentence
from atlas.data_dictionary import Licence, data_dictionary
from atlas.export.columns import BETWEEN, Cell, Column
from atlas.records import Atlas
from atlas.selection import Selection
from atlas.text import N_, text
from atlas.wording import sentence


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a file comes from, in the language of the view.

    `as_of` is an ISO 8601 day, `language` an IETF BCP 47 tag, `credits` the works that
    are inside and must be named, `selected` the view in words and `link` its address.
    """

    title: str
    description: str
    version: str
    as_of: str
    language: str
    licences: tuple[Licence, ...]
    credits: tuple[str, ...]
    selected: str
    link: str

    @property
    def licence(self) -> str:
        """The licences in one line; empty where the package names none."""
        return BETWEEN.join(
            ", ".join(part for part in (one.title or one.name, one.address) if part)
            for one in self.licences
        )


def provenance(atlas: Atlas, selection: Selection, link: str, table: str) -> Provenance:
    """Return where a file with a view of a table comes from: `places` or `evidence`."""
    words, package = text(selection.lang), data_dictionary(atlas)
    said = claims_sentence if table == "evidence" else sentence
    return Provenance(
        title=atlas.title[selection.lang],
        description=package.description[selection.lang],
        version=atlas.version,
        as_of=atlas.as_of.isoformat(),
        language=words.tag,
        licences=package.licences,
        credits=package.sources,
        selected=said(atlas, selection, words),
        link=link,
    )


# A CSV file has no room for words of its own, so each row ends in where it comes from.
PROVENANCE_COLUMNS: tuple[Column[Provenance], ...] = (
    Column(
        "data_version",
        lambda one: one.version,
        title=N_("Version of the data"),
        meaning=N_("Version of the data package the row was taken from."),
    ),
    Column(
        "as_of",
        lambda one: one.as_of,
        "date",
        title=N_("As of"),
        meaning=N_("Day up to which the data were gathered."),
    ),
    Column(
        "licence",
        lambda one: one.licence,
        title=N_("Licence"),
        meaning=N_("Licence of the data, with its address."),
    ),
    Column(
        "credit",
        lambda one: BETWEEN.join(one.credits),
        title=N_("Credit"),
        meaning=N_("Whose work is inside and must be named."),
    ),
    Column(
        "selection",
        lambda one: one.selected,
        title=N_("Selection"),
        meaning=N_("What the file holds, in words."),
    ),
    Column(
        "link",
        lambda one: one.link,
        title=N_("Link"),
        meaning=N_("Address of the view the file was taken from."),
    ),
)


def described(one: Provenance) -> dict[str, Any]:
    """Return where a file comes from as a member of a JSON document."""
    return {
        "title": one.title,
        "description": one.description,
        "version": one.version,
        "as_of": one.as_of,
        "language": one.language,
        "licences": [
            {"name": licence.name, "title": licence.title, "address": licence.address}
            for licence in one.licences
        ],
        "credits": list(one.credits),
        "selection": one.selected,
        "link": one.link,
    }


def cells(one: Provenance) -> tuple[Cell, ...]:
    """Return the cells at the end of each row of a CSV file."""
    return tuple(column.read(one) for column in PROVENANCE_COLUMNS)
