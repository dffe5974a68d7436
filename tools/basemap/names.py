"""Latin names for the units of the map.

The places of the atlas have their names in `places.csv`. Every other name is GeoNames' name of
a town in the unit that has the unit's Chinese name; without such a town the name stays empty.
"""

import csv
import re
from collections.abc import Iterable
from pathlib import Path

import shapely

from atlas.model.languages import LANGUAGES, Words
from tools.basemap.records import AtlasPlace, Town, Unit

# Endings of Chinese unit names, longest first, and how GeoNames writes them. Many a
# county (县) became a district (区) after GeoNames recorded it.
ENDINGS = {
    "自治州": ("Zizhizhou",),
    "自治县": ("Zizhixian",),
    "市": ("Shi",),
    "区": ("Qu", "Xian"),
    "县": ("Xian",),
}
PEOPLES = ("藏族", "羌族", "彝族", "土家族", "苗族")
# A one-character name is not used alone: 忠县 is never called 忠.
SHORTEST = 2


def atlas_places(file: Path) -> list[AtlasPlace]:
    """Read `places.csv`."""
    with file.open(encoding="utf-8", newline="") as table:
        return [_atlas_place(row) for row in csv.DictReader(table)]


def unit_name(unit: Unit, towns: Iterable[Town]) -> str:
    """Return the Latin name of a unit, "" if no town in it has one; `towns` largest first.

    A name with the unit's ending ("Changshou Qu") is preferred to the town's own, because the
    seat of a unit often has another name (Fengcheng).
    """
    short, endings = _split(unit.name_zh)
    forms = {short + ending for ending in ("", *ENDINGS)} | {unit.name_zh}
    namesakes = [
        town
        for town in towns
        if forms & town.other_names and shapely.contains(unit.polygon, town.point)
    ]
    titles = [name for town in namesakes for name in sorted(town.other_names)]
    latin = (_title(title, endings, whole=short == unit.name_zh) for title in titles)
    town_names = (town.name for town in namesakes)
    return next(filter(None, latin), next(town_names, ""))


def latin_and_chinese(latin: str, chinese: str) -> Words:
    """Return a name with one form in Latin letters for all languages but Chinese."""
    return Words(**(dict.fromkeys(LANGUAGES, latin) | {"zh": chinese}))


def _atlas_place(row: dict[str, str]) -> AtlasPlace:
    longitude, latitude = row["longitude"], row["latitude"]
    return AtlasPlace(
        id=row["id"],
        kind=row["kind"],
        adcode=row["adcode"],
        name=Words(**{language: row[f"name_{language}"] for language in LANGUAGES}),
        point=shapely.Point(float(longitude), float(latitude)) if longitude and latitude else None,
    )


def _split(name_zh: str) -> tuple[str, tuple[str, ...]]:
    """Return a Chinese unit name without ending and peoples, and its possible Latin endings."""
    ending = next((ending for ending in ENDINGS if name_zh.endswith(ending)), "")
    peoples = rf"(?:{'|'.join(PEOPLES)})*{ending}$"
    short = re.sub(peoples, "", name_zh)
    return (short if len(short) >= SHORTEST else name_zh), ENDINGS.get(ending, ())


def _title(name: str, endings: tuple[str, ...], *, whole: bool) -> str:
    """Return the first word of "Shizhu Tujiazu Zizhixian", or all of it; "" for other names."""
    match = re.fullmatch(rf"(\S+)(?: \S+zu)* (?:{'|'.join(endings)})", name)
    return match[0 if whole else 1] if match else ""
