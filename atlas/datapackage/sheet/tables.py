"""The tables of a package as a sheet fills them: places, sectors and their evidence, figures.

They hold what the sheet says and nothing else: a judgement that it does not make has no column.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from atlas.datapackage.defaults import in_every_language
from atlas.datapackage.land.regions import region_id, regions_of
from atlas.datapackage.sheet.headings import Columns, is_yes, split
from atlas.datapackage.sheet.numbers import (
    figure_heading,
    has_decimal_commas,
    has_decimal_points,
    number,
)
from atlas.datapackage.sheet.positions import NoPosition, Positions
from atlas.datapackage.sheet.reading import Sheet
from atlas.model.languages import Words
from atlas.model.text import N_

# The caution about a table with exchanged columns.
EXCHANGED = N_("Latitude and longitude were exchanged")
WHY_EXCHANGED = N_(
    "In the table that the places come from, latitude and longitude stood in the column of the "
    "other: as they stood, most points lay at sea or outside the regions named."
)

Row = dict[str, Any]
Tables = dict[str, list[Row]]


class _Ids:
    """Makes ids, each once: a repeated name gets a number."""

    def __init__(self, stem: str) -> None:
        self.stem = stem
        self.ids: set[str] = set()

    def of(self, name: str) -> str:
        """Return an id for a name; without Latin letters it is the stem with a number."""
        slug = region_id(name)[:70].strip("-")
        base = slug if any(char.isalpha() for char in slug) else ""
        id = base or f"{self.stem}-{len(self.ids) + 1}"
        number = 2
        while id in self.ids:
            id, number = f"{base or self.stem}-{number}", number + 1
        self.ids.add(id)
        return id


def _ids_of(stem: str, names: Iterable[str]) -> dict[str, str]:
    ids = _Ids(stem)
    return {name: ids.of(name) for name in dict.fromkeys(names)}


def tables(sheet: Sheet, columns: Columns, positions: Positions) -> Tables:
    """Return the rows of every table that has any, without cells that the sheet does not fill."""
    maker = _Maker(sheet, columns, positions)
    rows = {
        "places": [maker.place(row) for row in range(maker.count)],
        "kinds": maker.kinds,
        "regions": maker.regions,
        "sectors": [{"id": id, "name": name} for name, id in maker.sector_ids.items()],
        "evidence": maker.evidence(),
        "indicators": [{"id": id, "name": name} for name, id in maker.indicator_ids.items()],
        "figures": maker.figures(),
        "sources": maker.sources(),
        "cautions": maker.cautions(),
    }
    return {name: rows_of_table for name, rows_of_table in rows.items() if rows_of_table}


class _Maker:
    """Makes the rows of one sheet; ids are given first, since the tables refer to each other."""

    def __init__(self, sheet: Sheet, columns: Columns, positions: Positions) -> None:
        self.sheet, self.columns, self.positions = sheet, columns, positions
        self.count = len(sheet.rows)
        self.place_ids = self._place_ids()
        self.sector_names = self._sector_names()
        self.sector_ids = _ids_of("sector", chain.from_iterable(self.sector_names))
        self.region_ids, self.regions = self._regions()
        measures = (figure_heading(name).name for name in columns.figures)
        self.indicator_ids = _ids_of("indicator", measures)
        # A row without a link is a source itself.
        self.links = [
            link or f"{sheet.file}, row {number}"
            for link, number in zip(self.cells("source"), sheet.numbers, strict=True)
        ]
        links = dict.fromkeys(self.links)
        self.source_ids = {link: f"S{number:02}" for number, link in enumerate(links, start=1)}
        self.texts = dict([*self._texts("name", "name"), *self._texts("note", "about")])
        self.kind_ids, self.kinds = self._kinds()

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

    def _regions(self) -> tuple[list[list[str]], list[Row]]:
        """Return the ids of the regions of each place, and the rows of the regions.

        Where the sheet names no regions, they are those that the places lie in.
        """
        if self.columns.has("regions"):
            names = split(self.cells("regions"), by_commas=False)
            ids = _ids_of("region", chain.from_iterable(names))
            rows: list[Row] = [{"id": id, "name": name} for name, id in ids.items()]
            return [[ids[name] for name in names_of_place] for names_of_place in names], rows
        regions = regions_of(self.positions.points())
        rows = [
            {"id": region.id, **_cells_of("name", region.name), "iso": region.iso}
            for region in dict.fromkeys(filter(None, regions))
        ]
        return [[region.id] if region else [] for region in regions], rows

    def _texts(self, role: str, column: str) -> Iterator[tuple[str, list[str]]]:
        """Yield the columns that a text of the sheet fills in a table, with their cells."""
        if role in self.columns.roles:
            yield column, self.cells(role)
        for (text, language), name in self.columns.texts.items():
            if text == role:
                yield f"{column}_{language}", self.sheet.column(name)

    def _kinds(self) -> tuple[list[str], list[Row]]:
        """Return the id of the kind of each place ("" for none), and the rows of the kinds."""
        texts, ids = dict(self._texts("kind", "name")), _Ids("kind")
        place_kinds: list[str] = []
        kinds: dict[str, Row] = {}
        for row in range(self.count):
            names = {column: cells[row] for column, cells in texts.items() if cells[row]}
            name = next(iter(names.values()), "")
            if name and name not in kinds:
                kinds[name] = {"id": ids.of(name), **names}
            place_kinds.append(kinds[name]["id"] if name else "")
        return place_kinds, list(kinds.values())

    def source(self, row: int) -> str:
        """Return the id of the source of a row."""
        return self.source_ids[self.links[row]]

    def place(self, row: int) -> Row:
        """Return the place of a row, whether it has a position or not."""
        return {
            "id": self.place_ids[row],
            "kind": self.kind_ids[row],
            **self._place_texts(row),
            **self._position(row),
            "regions": ";".join(self.region_ids[row]),
            "source": self.source(row),
        }

    def _place_texts(self, row: int) -> Row:
        texts: Row = {column: cells[row] for column, cells in self.texts.items()}
        if not any(cell for column, cell in texts.items() if column.startswith("name")):
            # A row is never dropped, even if nothing names it.
            texts["name"] = f"{self.sheet.file}, row {self.sheet.numbers[row]}"
        return texts

    def _position(self, row: int) -> Row:
        point = self.positions.rows[row]
        if not isinstance(point, NoPosition):
            return {"latitude": point[0], "longitude": point[1]}
        note = in_every_language(point.message, **({"value": point.value} if point.value else {}))
        return _cells_of("position_note", note)

    def evidence(self) -> list[Row]:
        """Return one row for each sector of each place."""
        ids = _Ids("evidence")
        return [
            {
                "id": ids.of(f"{self.place_ids[row]}-{self.sector_ids[name]}"),
                "place": self.place_ids[row],
                "sector": self.sector_ids[name],
                "source": self.source(row),
            }
            for row, names in enumerate(self.sector_names)
            for name in names
        ]

    def figures(self) -> list[Row]:
        """Return one row for each number in a column of figures."""
        ids = _Ids("figure")
        return [row for name in self.columns.figures for row in self._figures(name, ids)]

    def _figures(self, name: str, ids: _Ids) -> Iterator[Row]:
        heading, cells = figure_heading(name), self.sheet.column(name)
        indicator = self.indicator_ids[heading.name]
        # "1.234" alone is ambiguous: then the coordinates of the sheet decide.
        comma = has_decimal_commas(cells) or (
            has_decimal_commas(self.positions.cells) and not has_decimal_points(cells)
        )
        for row, cell in enumerate(cells):
            if (value := number(cell, comma)) is not None:
                parts = (self.place_ids[row], indicator, heading.year)
                yield {
                    "id": ids.of("-".join(part for part in parts if part)),
                    "place": self.place_ids[row],
                    "indicator": indicator,
                    "value": f"{value:.15g}",
                    "unit": heading.unit,
                    "period": heading.year,
                    "year": heading.year,
                    "source": self.source(row),
                }

    def sources(self) -> list[Row]:
        """Return one row for each source; only a web address is one to link to."""
        return [
            {"id": id, "title": link, "address": link if link.startswith("http") else ""}
            for link, id in self.source_ids.items()
        ]

    def cautions(self) -> list[Row]:
        """Return what readers should know about how the sheet was read."""
        if not self.positions.exchanged:
            return []
        title, text = in_every_language(EXCHANGED), in_every_language(WHY_EXCHANGED)
        return [{"id": "exchanged", **_cells_of("title", title), **_cells_of("text", text)}]


def _cells_of(name: str, words: Words) -> Row:
    return {f"{name}_{language}": words[language] for language in words}
