"""The map files of a data package as GeoJSON features."""

import json
from functools import lru_cache
from typing import Any

from atlas.model.languages import Words
from atlas.model.records import Atlas, MapFile

Feature = dict[str, Any]

ROLES = ("boundaries", "provinces", "rivers", "rivers-osm", "labels")
FALLBACK = "fallback-"


def map_files(atlas: Atlas) -> dict[str, MapFile]:
    """Return the map files in use, by role.

    Without boundaries, every role that has a fallback is read from it: the two sets
    come from different surveys and do not lie on each other.
    """
    files = {file.name: file for file in atlas.maps}
    own = {role: file for role, file in files.items() if not role.startswith(FALLBACK)}
    if "boundaries" in files:
        return own
    spare = {role: files[FALLBACK + role] for role in ROLES if FALLBACK + role in files}
    return own | spare


def credits(atlas: Atlas) -> tuple[Words, ...]:
    """Return the credit lines of the map files in use, each once."""
    return tuple(dict.fromkeys(file.credit for file in map_files(atlas).values()))


@lru_cache(maxsize=32)
def features_of(atlas: Atlas, role: str) -> tuple[Feature, ...]:
    """Return the GeoJSON features (longitude, latitude; WGS 84) of a map file, none if absent."""
    file = map_files(atlas).get(role)
    return tuple(json.loads(atlas.files[file.path])["features"]) if file else ()
