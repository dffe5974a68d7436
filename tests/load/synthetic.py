"""Sheets of up to 2,000 places: always the same, and about nowhere in particular.

Names are numbers ("Place 000123"), coordinates are drawn evenly from a box, and each place works in
one to three sectors. One in ten has no position.
"""

import csv
from collections.abc import Iterator
from pathlib import Path
from random import Random

# West, south, east, north; degrees, WGS 84.
BOX = (104.0, 29.5, 106.0, 31.5)
SECTORS = [f"Sector {number:02}" for number in range(1, 5)]


def write(folder: Path, size: int) -> Path:
    """Write a sheet of so many places into a folder, made if it is missing; its file."""
    folder.mkdir(parents=True, exist_ok=True)
    sheet = folder / "places.csv"
    with sheet.open("w", encoding="utf-8", newline="") as file:
        rows = list(_rows(size))
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return sheet


def _rows(size: int) -> Iterator[dict[str, object]]:
    random = Random(2021)  # noqa: S311 - meant to be foreseen
    west, south, east, north = BOX
    for number in range(1, size + 1):
        has_position = number % 10 > 0
        yield {
            "name": f"Place {number:06}",
            "latitude": round(random.uniform(south, north), 5) if has_position else "",
            "longitude": round(random.uniform(west, east), 5) if has_position else "",
            "kind": random.choice(("Works", "Park")),
            "region": random.choice(("North", "South")),
            "sectors": ";".join(random.sample(SECTORS, random.randint(1, 3))),
        }
