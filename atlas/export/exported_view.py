"""The view that a file holds, and what every file states about its origin."""

from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any, Literal

from atlas.claims.listing import claims_sentence, listed
from atlas.claims.record import Claim
from atlas.export.tables.data_dictionary import DataDictionary, data_dictionary
from atlas.model.languages import Language
from atlas.model.records import Atlas, Enterprise, Figure, Source
from atlas.model.selection import Selection
from atlas.model.text import Text, text
from atlas.query.directory import firms_listed
from atlas.query.facets import facet_index, shown
from atlas.query.profile import Profile, profile, sources
from atlas.query.sentences import sentence

Table = Literal["places", "evidence", "figures", "firms", "view", "package"]

# Between the items of a cell or line that is a list. No id contains a semicolon.
SEPARATOR = "; "


@dataclass(frozen=True, eq=False)
class ExportedView:
    """A selection of the atlas, and the address of the page that shows it.

    `table` is what the file holds: places, claims (`evidence`), figures, firms, all of these
    (`view`), or the whole package. `separator` is that of the cells of CSV.
    """

    atlas: Atlas
    selection: Selection
    table: Table
    link: str
    separator: str = ","

    @property
    def language(self) -> Language:
        """The language of the view."""
        return self.selection.lang

    @property
    def text(self) -> Text:
        """The words of that language."""
        return text(self.language)

    @cached_property
    def groups(self) -> tuple[str, ...]:
        """The ids of the groups whose places the selection shows."""
        return facet_index(self.atlas).groups(self.selection)

    @cached_property
    def sentence(self) -> str:
        """What the file holds, in words."""
        in_words = claims_sentence if self.table == "evidence" else sentence
        return in_words(self.atlas, self.selection, self.text)

    @property
    def dictionary(self) -> DataDictionary:
        """The data dictionary of the package: licences, credits, columns."""
        return data_dictionary(self.atlas)

    @property
    def title(self) -> str:
        """The title of the atlas."""
        return self.atlas.title[self.language]

    @property
    def as_of(self) -> str:
        """The day up to which the data were gathered (ISO 8601), "" where it is not stated."""
        return self.atlas.as_of.isoformat() if self.atlas.dated else ""

    @property
    def licences(self) -> str:
        """The licences in one line; empty where the package names none."""
        return SEPARATOR.join(
            ", ".join(part for part in (licence.title or licence.name, licence.address) if part)
            for licence in self.dictionary.licences
        )

    @property
    def credits(self) -> str:
        """The works that the package contains and that must be named, in one line."""
        return SEPARATOR.join(self.dictionary.sources)

    def places(self) -> tuple[Profile, ...]:
        """Return the profiles of the places that the selection shows, in the order of the table."""
        return tuple(profile(self.atlas, place.id) for place in shown(self.atlas, self.selection))

    def figures(self) -> list[Figure]:
        """Return the figures of the places shown, by place and indicator, the preferred first."""
        return [row for place in self.places() for figures in place.figures for row in figures.rows]

    def firms(self) -> tuple[Enterprise, ...]:
        """Return the firms that the page of places lists for the selection."""
        return firms_listed(self.atlas, self.selection)

    def claims(self) -> tuple[Claim, ...]:
        """Return the claims that the page of evidence lists for the selection, in its order."""
        return listed(self.atlas, self.selection)

    def sources(self, places: Iterable[Profile], claims: Iterable[Claim] = ()) -> list[Source]:
        """Return the sources of places and claims, each once, in the order of the table."""
        ids = {source.id for place in places for source in sources(self.atlas, place)}
        ids.update(source for claim in claims for source in claim.cited)
        return [source for source in self.atlas.sources if source.id in ids]

    def metadata(self, rows: Collection[Any]) -> dict[str, Any]:
        """Return the origin and the number of rows of a file, for a JSON document."""
        return {
            "title": self.title,
            "description": self.dictionary.description[self.language],
            "version": self.atlas.version,
            "as_of": self.as_of,
            "language": self.text.tag,
            "licences": list(map(asdict, self.dictionary.licences)),
            "credits": list(self.dictionary.sources),
            "selection": self.sentence,
            "link": self.link,
            "query": self.selection.to_query(),
            "count": len(rows),
        }
