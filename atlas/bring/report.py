"""How a table was understood, in lines for the person who imports it."""

from collections import Counter
from collections.abc import Iterator

from atlas.datapackage.problems import counted_rows
from atlas.datapackage.sheet.headings import ROLES
from atlas.datapackage.sheet.numbers import figure_heading
from atlas.datapackage.sheet.package import ImportedTable
from atlas.datapackage.sheet.positions import NoPosition
from atlas.datapackage.sheet.tables import Tables

MOST_NAMES = 8
POSITION = ("latitude", "longitude", "point")


def report(imported: ImportedTable) -> Iterator[str]:
    """Yield lines on the file, on each column, and on what cannot be used or looks wrong."""
    sheet = imported.sheet
    yield f"{sheet.file}: {sheet.form}; {len(sheet.rows)} rows"
    yield from _columns(imported)
    yield from _without_position(imported)
    if imported.positions.exchanged:
        yield (
            "Latitude and longitude stand in each other's column (as they stand, most points lie "
            "at sea or outside their regions): they were exchanged. Name both with --map if not."
        )
    yield from _elsewhere(imported)
    yield "Not stated, and not guessed: " + ", ".join(_not_stated(imported))


def _columns(imported: ImportedTable) -> Iterator[str]:
    columns = imported.columns
    for role, name in columns.roles.items():
        yield _line(role, name, _names(imported.tables, role))
    for (text, language), name in columns.texts.items():
        yield _line(f"{text} ({language})", name)
    for name in columns.marks:
        yield _line("sector", name)
    for name in columns.figures:
        heading = figure_heading(name)
        unit, year = heading.unit and f"in {heading.unit}", heading.year and f"for {heading.year}"
        yield _line("figure", name, ", ".join(filter(None, (heading.name, unit, year))))
    if columns.unused:
        yield _line("not used", ", ".join(columns.unused))


def _line(role: str, name: str, note: str = "") -> str:
    return f"  {role:12} {name}" + (f" ({note})" if note else "")


def _names(tables: Tables, role: str) -> str:
    """Return the first names of sectors or regions, and how many more there are."""
    names = [str(row["name"]) for row in tables.get(role, []) if "name" in row]
    if role not in ("sectors", "regions") or not names:
        return ""
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _without_position(imported: ImportedTable) -> Iterator[str]:
    """Yield, for each reason, which rows stay in the list without a place on the map."""
    values: dict[str, dict[int, str]] = {}
    for number, row in zip(imported.sheet.numbers, imported.positions.rows, strict=True):
        if isinstance(row, NoPosition):
            values.setdefault(row.message, {})[number] = row.value
    for message, by_row in values.items():
        reason = message % {"value": next(iter(by_row.values()))}
        yield f"Not on the map, {counted_rows([*by_row])}: {reason}"


def _elsewhere(imported: ImportedTable) -> Iterator[str]:
    if imported.elsewhere:
        rows = [imported.sheet.numbers[index] for index in imported.elsewhere]
        places = "; ".join(name for name, _ in Counter(imported.elsewhere.values()).most_common(3))
        yield f"Outside the region named, {counted_rows(rows)}: they lie in {places}."


def _not_stated(imported: ImportedTable) -> Iterator[str]:
    columns = imported.columns
    for role in ROLES:
        is_optional = role not in POSITION and role != "id"
        if is_optional and not (columns.has(role) or (role == "sectors" and columns.marks)):
            yield role
    if not columns.figures:
        yield "figures"
    yield from ("confidence", "grade", "precision of the positions")
