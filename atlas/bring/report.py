"""How a table was understood, in lines for whoever brought it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from atlas.datapackage.problems import counted_rows
from atlas.datapackage.sheet.headings import ROLES
from atlas.datapackage.sheet.numbers import heading
from atlas.datapackage.sheet.package import Brought
from atlas.datapackage.sheet.positions import Fault

NAMES_SHOWN = 8
POSITION = ("latitude", "longitude", "point")


def report(brought: Brought) -> Iterator[str]:
    """Yield the file, then what each column is, then what cannot be used or looks wrong."""
    sheet = brought.sheet
    yield f"{sheet.file}: {sheet.form}; {len(sheet.rows)} rows"
    yield from _columns(brought)
    yield from _unplaced(brought)
    if brought.positions.exchanged:
        yield (
            "Latitude and longitude stand in each other's column (as they stand, most points lie "
            "at sea or outside their regions): they were exchanged. Name both with --map if not."
        )
    yield from _elsewhere(brought)
    yield "Not stated, and not guessed: " + ", ".join(_not_stated(brought))


def _columns(brought: Brought) -> Iterator[str]:
    columns, tables = brought.columns, brought.tables
    for role, name in columns.roles.items():
        yield _line(role, name, _listed(tables, role))
    for (text, language), name in columns.texts.items():
        yield _line(f"{text} ({language})", name)
    for name in columns.marks:
        yield _line("sector", name)
    for name in columns.figures:
        what = heading(name)
        said = [what.name, what.unit and f"in {what.unit}", what.year and f"for {what.year}"]
        yield _line("figure", name, ", ".join(part for part in said if part))
    if columns.unused:
        yield f"  {'not used':12} {', '.join(columns.unused)}"


def _line(role: str, name: str, note: str = "") -> str:
    return f"  {role:12} {name}" + (f" ({note})" if note else "")


def _listed(tables: dict[str, list[dict[str, object]]], role: str) -> str:
    """Return the first names of sectors or regions, and how many there are."""
    names = [str(row["name"]) for row in tables.get(role, []) if "name" in row]
    if role not in ("sectors", "regions") or not names:
        return ""
    more = len(names) - NAMES_SHOWN
    return ", ".join(names[:NAMES_SHOWN]) + (f" and {more} more" if more > 0 else "")


def _unplaced(brought: Brought) -> Iterator[str]:
    """Yield, by what is wrong, which rows stay in the list without a place on the map."""
    rows: defaultdict[str, list[int]] = defaultdict(list)
    first: dict[str, Fault] = {}
    for number, point in zip(brought.sheet.numbers, brought.positions.points, strict=True):
        if isinstance(point, Fault):
            rows[point.message].append(number)
            first.setdefault(point.message, point)
    for message, wrong in rows.items():
        why = message % {"value": first[message].value}
        yield f"Not on the map, {counted_rows(wrong)}: {why}"


def _elsewhere(brought: Brought) -> Iterator[str]:
    if not brought.elsewhere:
        return
    numbers = [brought.sheet.numbers[row] for row in brought.elsewhere]
    lies = Counter(brought.elsewhere.values()).most_common(3)
    where = "; ".join(name for name, _ in lies)
    yield f"Outside the region named, {counted_rows(numbers)}: they lie in {where}."


def _not_stated(brought: Brought) -> Iterable[str]:
    columns = brought.columns
    for role in ROLES:
        is_optional = role not in POSITION and role != "id"
        if is_optional and not (columns.has(role) or (role == "sectors" and columns.marks)):
            yield role
    yield from () if columns.figures else ("figures",)
    yield from ("confidence", "grade", "precision of the positions")
