"""The tables of a package as a sheet fills them: places, sectors and their evidence, figures.

Nothing is in them that the sheet does not say: a judgement that it does not make has no column.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

from atlas.datapackage.defaults import in_every_language
from atlas.datapackage.land.regions import region_id, regions_of
from atlas.datapackage.sheet.headings import Columns, is_yes, split
from atlas.datapackage.sheet.numbers import has_decimal_commas, has_decimal_points, heading, number
from atlas.datapackage.sheet.positions import Fault, Positions
from atlas.datapackage.sheet.reading import Sheet
from atlas.model.languages import Words
from atlas.model.text import N_

# What a table with exchanged columns is told by.
EXCHANGED = N_("Latitude and longitude were exchanged")
WHY_EXCHANGED = N_(
    "In the table that the places come from, latitude and longitude stood in the column of the "
    "other: as they stood, most points lay at sea or outside the regions named."
)

# The texts of a sheet by their role, and the columns that they fill.
PLACE_TEXTS = {"name": "name", "note": "about"}
KIND_TEXTS = {"kind": "name"}

Row = dict[str, Any]
Tables = dict[str, list[Row]]


@dataclass
class _Ids:
    """Ids given once each: a name that comes again is numbered."""

    stem: str
    taken: set[str] = field(default_factory=set)

    def of(self, name: str) -> str:
        """Return an id for a name; one without Latin letters gets a number alone."""
        bare = region_id(name)[:70].strip("-")
        wanted = bare if any(char.isalpha() for char in bare) else ""
        first = len(self.taken) + 1
        chosen = wanted or f"{self.stem}-{first}"
        number = 2
        while chosen in self.taken:
            chosen, number = f"{wanted or self.stem}-{number}", number + 1
        self.taken.add(chosen)
        return chosen


def _ids_of(stem: str, names: Iterable[str]) -> dict[str, str]:
    ids = _Ids(stem)
    return {name: ids.of(name) for name in dict.fromkeys(names)}


def tables(sheet: Sheet, columns: Columns, positions: Positions) -> Tables:
    """Return the rows of every table that has any; a cell that is not stated is left out."""
    maker = _Maker(sheet, columns, positions)
    made = {
        "places": maker.places(),
        "kinds": maker.kinds(),
        "regions": maker.regions,
        "sectors": maker.sectors(),
        "evidence": maker.evidence(),
        "indicators": maker.indicators(),
        "figures": maker.figures(),
        "sources": maker.sources(),
        "cautions": maker.cautions(),
    }
    return {name: rows for name, rows in made.items() if rows}


class _Maker:
    """Makes the rows of one sheet; ids are given first, since the tables name each other's."""

    def __init__(self, sheet: Sheet, columns: Columns, positions: Positions) -> None:
        self.sheet, self.columns, self.positions = sheet, columns, positions
        self.count = len(sheet.rows)
        self.ids = self._place_ids()
        self.sector_names = self._sector_names()
        self.sector_ids = _ids_of("sector", chain.from_iterable(self.sector_names))
        self.regions_of_places, self.regions = self._regions()
        self.indicator_ids = _ids_of("indicator", (heading(name).name for name in columns.figures))
        # A row without a link is its own source.
        self.links = [
            cell or f"{sheet.file}, row {number}"
            for cell, number in zip(self.cells("source"), sheet.numbers, strict=True)
        ]
        links = dict.fromkeys(self.links)
        self.source_ids = {link: f"S{number:02}" for number, link in enumerate(links, start=1)}
        self.texts, kinds = dict(self._texts_of(PLACE_TEXTS)), dict(self._texts_of(KIND_TEXTS))
        self.kinds_of_places = [
            {column: cells[row] for column, cells in kinds.items() if cells[row]}
            for row in range(self.count)
        ]
        kind_names = (name for names in self.kinds_of_places for name in [*names.values()][:1])
        self.kind_ids = _ids_of("kind", kind_names)

    def cells(self, role: str) -> list[str]:
        """Return the cells of a role, empty ones where it has no column."""
        name = self.columns.roles.get(role)
        return self.sheet.column(name) if name else [""] * self.count

    def _place_ids(self) -> list[str]:
        if self.columns.has("id"):
            return self.cells("id")
        ids = _Ids("place")
        english = self.columns.texts.get(("name", "en"))
        names = self.sheet.column(english) if english else self.cells("name")
        return [ids.of(name) for name in names]

    def _sector_names(self) -> list[list[str]]:
        if not self.columns.marks:
            return split(self.cells("sectors"))
        marks = {name: self.sheet.column(name) for name in self.columns.marks}
        return [
            [name for name, cells in marks.items() if is_yes(cells[row])]
            for row in range(self.count)
        ]

    def source(self, row: int) -> str:
        """Return the id of the source of a row."""
        return self.source_ids[self.links[row]]

    def places(self) -> list[Row]:
        """Return the places in the order of the sheet, those without a position too."""
        return [self._place(row) for row in range(self.count)]

    def _place(self, row: int) -> Row:
        return {
            "id": self.ids[row],
            "kind": self._kind(row),
            **self._texts(row),
            **self._position(row),
            "regions": ";".join(self.regions_of_places[row]),
            "source": self.source(row),
        }

    def _regions(self) -> tuple[list[list[str]], list[Row]]:
        """Return of each place the ids of its regions, and the rows of these.

        Where the sheet names no regions, they are those that the places lie in.
        """
        if self.columns.has("regions"):
            names = split(self.cells("regions"), by_commas=False)
            ids = _ids_of("region", chain.from_iterable(names))
            rows: list[Row] = [{"id": id, "name": name} for name, id in ids.items()]
            return [[ids[name] for name in several] for several in names], rows
        found = regions_of(self.positions.placed())
        rows = [
            {"id": region.id, **_columns("name", region.name), "iso": region.iso}
            for region in dict.fromkeys(filter(None, found))
        ]
        return [[region.id] if region else [] for region in found], rows

    def _texts_of(self, columns: Mapping[str, str]) -> Iterator[tuple[str, list[str]]]:
        """Yield texts, by role the columns of a table: each with the cells of the sheet."""
        for role, column in columns.items():
            if role in self.columns.roles:
                yield column, self.cells(role)
            for (text, language), name in self.columns.texts.items():
                if text == role:
                    yield f"{column}_{language}", self.sheet.column(name)

    def _kind(self, row: int) -> str:
        names = list(self.kinds_of_places[row].values())
        return self.kind_ids[names[0]] if names else ""

    def kinds(self) -> list[Row]:
        """Return the kinds in the order in which they first come."""
        rows: dict[str, Row] = {}
        for row, names in enumerate(self.kinds_of_places):
            if kind := self._kind(row):
                rows.setdefault(kind, {"id": kind, **names})
        return list(rows.values())

    def _texts(self, row: int) -> Row:
        texts: Row = {column: cells[row] for column, cells in self.texts.items()}
        if not any(cell for column, cell in texts.items() if column.startswith("name")):
            # A row is never dropped; what it is called is not known.
            texts["name"] = f"{self.sheet.file}, row {self.sheet.numbers[row]}"
        return texts

    def _position(self, row: int) -> Row:
        point = self.positions.points[row]
        if not isinstance(point, Fault):
            return {"latitude": point[0], "longitude": point[1]}
        why = in_every_language(point.message, **({"value": point.value} if point.value else {}))
        return _columns("position_note", why)

    def sectors(self) -> list[Row]:
        """Return the sectors in the order in which they first come."""
        return [{"id": id, "name": name} for name, id in self.sector_ids.items()]

    def evidence(self) -> list[Row]:
        """Return one row for each sector of each place."""
        ids = _Ids("evidence")
        return [
            {
                "id": ids.of(f"{self.ids[row]}-{self.sector_ids[name]}"),
                "place": self.ids[row],
                "sector": self.sector_ids[name],
                "source": self.source(row),
            }
            for row, names in enumerate(self.sector_names)
            for name in names
        ]

    def indicators(self) -> list[Row]:
        """Return one row for each thing that columns of figures measure."""
        return [{"id": id, "name": name} for name, id in self.indicator_ids.items()]

    def figures(self) -> list[Row]:
        """Return one row for each number."""
        own = _Ids("figure")
        return [row for name in self.columns.figures for row in self._figures(name, own)]

    def _figures(self, name: str, own: _Ids) -> Iterator[Row]:
        what, cells = heading(name), self.sheet.column(name)
        indicator = self.indicator_ids[what.name]
        # "1.234" alone may be either: the other columns of the sheet tell.
        comma = has_decimal_commas(cells) or (
            has_decimal_commas(self.positions.written) and not has_decimal_points(cells)
        )
        for row, cell in enumerate(cells):
            if (value := number(cell, comma)) is not None:
                parts = (self.ids[row], indicator, what.year)
                yield {
                    "id": own.of("-".join(part for part in parts if part)),
                    "place": self.ids[row],
                    "indicator": indicator,
                    "value": f"{value:.15g}",
                    "unit": what.unit,
                    "period": what.year,
                    "year": what.year,
                    "source": self.source(row),
                }

    def sources(self) -> list[Row]:
        """Return what the rows have for a source."""
        return [
            {"id": id, "title": link, "address": link if link.startswith("http") else ""}
            for link, id in self.source_ids.items()
        ]

    def cautions(self) -> list[Row]:
        """Return what readers should know of how the sheet was read."""
        if not self.positions.exchanged:
            return []
        title, text = in_every_language(EXCHANGED), in_every_language(WHY_EXCHANGED)
        return [{"id": "exchanged", **_columns("title", title), **_columns("text", text)}]


def _columns(name: str, words: Words) -> Row:
    return {f"{name}_{language}": words[language] for language in words}
