"""What every peer's page shows: read from the data package with the standard library alone."""

import csv
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[3] / "data"
BASE = {"members": "The eight cities and districts", "demonstration": "Six demonstration parks"}
LAYERS = {"boundaries": "#f5f3ee", "provinces": "#6e6860", "rivers": "#7eb0d6"}
MARK = "#0b6b82"
CENTRE, ZOOM = (30.0, 105.2), 7
TITLE = "Chengyu Cluster Atlas"

Row = dict[str, str]


def table(name: str) -> list[Row]:
    """Return the rows of a table."""
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def layers() -> dict[str, Any]:
    """Return the map's GeoJSON by name."""
    files = {name: DATA / "map" / f"{name}.geojson" for name in LAYERS}
    return {name: json.loads(file.read_text("utf-8")) for name, file in files.items()}


SECTORS = {row["id"]: row for row in table("sectors")}
FIELDS = [name for name, row in SECTORS.items() if row["level"] != "strength"]
GROUP = {row["place"]: row["group"] for row in table("memberships") if row["group"] in BASE}
PLACES = [row for row in table("places") if row["id"] in GROUP]
EVIDENCE = [(row["place"], row["sector"]) for row in table("evidence") if row["place"] in GROUP]


def _works_in(place: str, field: str) -> bool:
    return any(
        where == place and field in (sector, SECTORS[sector]["parent"])
        for where, sector in EVIDENCE
    )


# Which fields a place works in does not change while a server runs.
WORKS_IN = {row["id"]: {field for field in FIELDS if _works_in(row["id"], field)} for row in PLACES}
CHIPS = {
    field: f"{SECTORS[field]['name_en']} {sum(field in fields for fields in WORKS_IN.values())}"
    for field in FIELDS
}


@dataclass(frozen=True)
class View:
    """The places that work in one of the chosen fields, all without a choice."""

    chosen: tuple[str, ...] = ()

    @cached_property
    def places(self) -> list[Row]:
        """The places shown."""
        chosen = set(self.chosen)
        return [row for row in PLACES if not chosen or chosen & WORKS_IN[row["id"]]]

    @property
    def sentence(self) -> str:
        """The filters in words."""
        names = ", ".join(SECTORS[field]["name_en"] for field in self.chosen)
        which = f" working in {names}" if names else ""
        return f"{len(self.places)} of {len(PLACES)} places{which}"

    @property
    def figures(self) -> dict[str, str]:
        """The key figures by their labels."""
        shown = {row["id"] for row in self.places}
        counts = {"Places shown": f"{len(shown)} of {len(PLACES)}"}
        for group, name in BASE.items():
            members = {place for place, own in GROUP.items() if own == group}
            counts[name] = f"{len(members & shown)} of {len(members)}"
        sectors = {sector for place, sector in EVIDENCE if place in shown}
        return counts | {"Sectors with evidence": str(len(sectors))}

    @property
    def lines(self) -> list[str]:
        """A line for each place of the list."""
        return [
            f"{row['name_en']}: "
            + ", ".join(SECTORS[field]["name_en"] for field in sorted(WORKS_IN[row["id"]]))
            for row in self.places
        ]

    @property
    def marks(self) -> list[dict[str, Any]]:
        """The marks on the map, in degrees, WGS 84."""
        return [
            {
                "id": row["id"],
                "name": row["short_en"],
                "latitude": float(row["latitude"]),
                "longitude": float(row["longitude"]),
            }
            for row in self.places
            if row["latitude"]
        ]
