"""Data packages of up to 2,000 places: valid, always the same, and about nowhere in particular.

Tables and schema are those of `data/`. Names are numbers ("Place 000123"), coordinates are
drawn evenly from a box, and there are no map files. A tenth of the places also belongs to
an optional set; evidence is one to three rows a place.
"""

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from random import Random
from shutil import copyfile
from typing import Any

from atlas.datapackage.loader import REPOSITORY_DATA
from atlas.datapackage.schemas import MOST_ROWS
from atlas.model.languages import LANGUAGES

Row = Mapping[str, object]

# West, south, east, north; degrees, WGS 84.
BOX = (103.0, 28.0, 107.5, 32.5)
SEED = 2021
FIELDS, STRENGTHS, SOURCES = 6, 7, 60
KINDS = ("city", "district", "park", "park")
POSITIONS = ("point",) * 17 + ("area",) * 2 + ("none",)
BASE = {"members": "Members", "demonstration": "Parks"}
GROUPS = BASE | {"further": "Further places"}

AS_THEY_ARE = ("kinds", "statuses", "levels")
REGIONS = ("sichuan", "chongqing")


def write(folder: Path, size: int, seed: int = SEED) -> Path:
    """Write a package of `size` places (at least 8) into a new folder, and return the folder."""
    random = Random(seed)  # noqa: S311 - meant to be foreseen
    places = list(_places(random, size))
    tables: dict[str, list[Row]] = {
        "places": places,
        "regions": [{"id": id, **_words("name", id.title())} for id in REGIONS],
        "sectors": list(_sectors()),
        "groups": list(_groups(places)),
        "memberships": list(_memberships(random, places)),
        "evidence": list(_evidence(random, places)),
        "indicators": [{"id": "area", **_words("name", "Area"), **_words("definition", "Land")}],
        "figures": list(_figures(random, places)),
        "enterprises": list(_enterprises(random, places)),
        "events": [_event(number, places) for number in range(1, 13)],
        "sources": [_source(number) for number in range(1, SOURCES + 1)],
    }
    folder.mkdir(parents=True)
    descriptor = _descriptor(size)
    for resource in descriptor["resources"]:
        columns = [field["name"] for field in resource["schema"]["fields"]]
        if resource["name"] in AS_THEY_ARE:
            copyfile(REPOSITORY_DATA / resource["path"], folder / resource["path"])
        else:
            _write(folder / resource["path"], columns, tables.get(resource["name"], []))
    text = json.dumps(descriptor, ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(text, encoding="utf-8")
    return folder


def _write(path: Path, columns: list[str], rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _descriptor(size: int) -> dict[str, Any]:
    """Return the repository's own descriptor with room for more rows, and without its maps."""
    found: dict[str, Any] = json.loads((REPOSITORY_DATA / "datapackage.json").read_text("utf-8"))
    found |= {"name": f"synthetic-{size}", "graded_groups": [], "complete_groups": list(BASE)}
    found |= _named("title", f"{size} synthetic places") | _named("lead", "For measuring only.")
    found["resources"] = [one for one in found["resources"] if "schema" in one]
    for resource in found["resources"]:
        resource["row_bounds"] = {"minimum": 0, "maximum": MOST_ROWS}
        for field in resource["schema"]["fields"]:
            if field["name"] == "size":
                field["constraints"]["maximum"] = MOST_ROWS
    return found


def _named(key: str, text: str) -> dict[str, str]:
    return {key: text, f"{key}_zh": text, f"{key}_id": text}


def _words(name: str, text: str) -> dict[str, str]:
    return {f"{name}_{language}": text for language in LANGUAGES}


def _places(random: Random, size: int) -> Iterator[Row]:
    seats: list[str] = []
    for number in range(1, size + 1):
        kind = KINDS[number % len(KINDS)]
        name = f"p{number:06}"
        position = random.choice(POSITIONS)
        yield {
            "id": name,
            "kind": kind,
            "regions": random.choice(REGIONS),
            **_words("name", f"Place {number:06}"),
            **_words("short", f"P{number:06}"),
            "name_id_status": "proposed",
            "position": position,
            **(_position(random) if position != "none" else {}),
            **(_parent(random, seats, position) if kind == "park" else {}),
        }
        if kind != "park":
            seats.append(name)


def _position(random: Random) -> Row:
    west, south, east, north = BOX
    return {
        "latitude": round(random.uniform(south, north), 5),
        "longitude": round(random.uniform(west, east), 5),
        "precision_km": random.choice((0.5, 1, 2, 5)),
        "position_source": _source_id(random),
    }


def _parent(random: Random, seats: list[str], position: str) -> Row:
    if not seats:
        return {}
    known = "unknown" if position == "none" else "inside"
    return {"parent": random.choice(seats), "containment": known}


def _sectors() -> Iterator[Row]:
    for number in range(1, FIELDS + STRENGTHS + 1):
        strength = number > FIELDS
        yield {
            "id": f"sector-{number:02}",
            "level": "strength" if strength else "field",
            "parent": f"sector-{number - FIELDS:02}" if strength and number <= 2 * FIELDS else "",
            **_words("name", f"Sector {number:02}"),
            "name_id_status": "proposed",
        }


def _group(place: Row) -> str:
    return "demonstration" if place["kind"] == "park" else "members"


def _is_further(number: int) -> bool:
    return number % 10 == 0


def _groups(places: list[Row]) -> Iterator[Row]:
    bases = [_group(place) for place in places]
    further = sum(map(_is_further, range(len(places))))
    for group, name in GROUPS.items():
        yield {
            "id": group,
            **_words("name", name),
            **_words("definition", f"Synthetic group {group}"),
            "size": bases.count(group) or further,
            "source": "S01",
        }


def _memberships(random: Random, places: list[Row]) -> Iterator[Row]:
    for number, place in enumerate(places):
        grade = "inferred" if place["kind"] == "park" and random.random() < 0.5 else "named"
        yield _membership(random, place, _group(place), grade)
        if _is_further(number):
            yield _membership(random, place, "further", "listed")


def _membership(random: Random, place: Row, group: str, grade: str) -> Row:
    return {
        "group": group,
        "place": place["id"],
        "grade": grade,
        **_words("support", "Rule" if grade == "inferred" else ""),
        "source": _source_id(random),
    }


def _evidence(random: Random, places: list[Row]) -> Iterator[Row]:
    for place in places:
        sectors = random.sample(range(1, FIELDS + STRENGTHS + 1), random.randint(1, 3))
        for sector in sectors:
            yield {
                "id": f"{place['id']}-{sector:02}",
                "place": place["id"],
                "sector": f"sector-{sector:02}",
                **_words("claim", f"Claim {sector:02}"),
                "source": _source_id(random),
                "confidence": random.choice(("high", "medium", "low")),
            }


def _figures(random: Random, places: list[Row]) -> Iterator[Row]:
    for place in places:
        if place["kind"] != "park":
            yield {
                "id": f"{place['id']}-area",
                "place": place["id"],
                "indicator": "area",
                "value": round(random.uniform(10, 9_000), 1),
                "unit": "km2",
                "qualifier": "exact",
                "period": "2020",
                "year": 2020,
                "preferred": "true",
                "source": _source_id(random),
            }


def _enterprises(random: Random, places: list[Row]) -> Iterator[Row]:
    for number, place in enumerate(random.sample(places, min(len(places), 32)), start=1):
        yield {
            "id": f"firm-{number:02}",
            "name_en": f"Firm {number:02}",
            "name_zh": f"Firm {number:02}",
            "place": place["id"],
            "sector": f"sector-{random.randint(1, FIELDS):02}",
            **_words("product", "Product"),
            "source": _source_id(random),
        }


def _event(number: int, places: list[Row]) -> Row:
    return {
        "id": f"2021-{number:02}-step",
        "date": f"2021-{number:02}",
        "date_status": "stated",
        **_words("text", f"Step {number}"),
        "places": places[number % len(places)]["id"],
        "source": "S01",
    }


def _source_id(random: Random) -> str:
    return f"S{random.randint(1, SOURCES):02}"


def _source(number: int) -> Row:
    return {
        "id": f"S{number:02}",
        "title": f"Source {number:02}",
        **_words("publisher", "Nobody"),
        "date": "2021",
        "language": "en",
        "reliability": "ABC"[number % 3],
        **_words("supports", "Nothing outside this package"),
    }
