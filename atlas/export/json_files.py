"""The places of a view as one JSON document, with everything said of them in place."""

from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from atlas.export.place_rows import PlaceRow, place_rows
from atlas.export.provenance import Provenance, described
from atlas.profile import sources
from atlas.records import LANGUAGES, Atlas, Language, Words
from atlas.selection import Selection
from atlas.wording import grade_note

# Names stand in every language; other texts in that of the view.
NAMES = ("name", "short")


def document(atlas: Atlas, selection: Selection, origin: Provenance) -> dict[str, Any]:
    """Return the places of a view, and the groups, sectors, indicators and sources they name.

    Fields are those of the tables, as the data dictionary describes them. Degrees, WGS 84.
    """
    rows = place_rows(atlas, selection)
    known = [row.known for row in rows]
    language = selection.lang
    groups = {one.group for own in known for one in own.memberships}
    sectors = {one.sector.id for own in known for one in own.sectors}
    sectors |= {one.sector for own in known for one in own.enterprises}
    indicators = {one.indicator.id for own in known for one in own.figures}
    used = {source.id for own in known for source in sources(atlas, own)}
    return {
        "metadata": described(origin) | {"query": selection.to_query(), "count": len(rows)},
        "places": [_place(row, language) for row in rows],
        "groups": _named(atlas.groups, groups, language),
        "sectors": _named(atlas.sectors, sectors, language),
        "indicators": _named(atlas.indicators, indicators, language),
        "sources": _named(atlas.sources, used, language),
    }


def told(record: Any, language: Language) -> dict[str, Any]:
    """Return a record as a JSON object: names in every language, other texts in one."""
    return {
        one.name: _plain(one.name, getattr(record, one.name), language) for one in fields(record)
    }


def _plain(name: str, value: Any, language: Language) -> Any:
    if isinstance(value, Words):
        return {one: value[one] for one in LANGUAGES} if name in NAMES else value[language]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return list(value) if isinstance(value, tuple) else value


def _named(records: Iterable[Any], ids: set[str], language: Language) -> list[dict[str, Any]]:
    return [told(one, language) for one in records if one.id in ids]


def _place(row: PlaceRow, language: Language) -> dict[str, Any]:
    known = row.known
    return told(row.place, language) | {
        "grade": row.grade,
        "grade_note": grade_note(row.atlas, row.text, row.place, row.groups),
        "memberships": [told(one, language) for one in known.memberships],
        "sectors": [
            {
                "sector": one.sector.id,
                "confidence": one.confidence,
                "evidence": [told(piece, language) for piece in one.rows],
            }
            for one in known.sectors
        ],
        "figures": [told(figure, language) for one in known.figures for figure in one.rows],
        "enterprises": [told(one, language) for one in known.enterprises],
        "events": [told(one, language) for one in known.events],
        "end": told(row.end, language) if row.end else None,
        "sources": [one.id for one in sources(row.atlas, known)],
    }
