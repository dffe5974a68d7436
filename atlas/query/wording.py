"""Places, figures, distances, sources and parameter values in words."""

from collections.abc import Iterable
from decimal import Decimal

from atlas.model.languages import LANGUAGES, Words
from atlas.model.parameters import OfIds
from atlas.model.records import Atlas, Enterprise, Figure, Place, Source
from atlas.model.selection import PARAMETERS
from atlas.model.terms import Kind
from atlas.model.text import Text
from atlas.query.profile import leading_membership, rows_on
from atlas.query.vocabulary import WORDS, word


def value_name(atlas: Atlas, text: Text, parameter: str, value: str) -> str:
    """Return the words for a value of a parameter of the query string."""
    entry = PARAMETERS[parameter]
    if isinstance(entry, OfIds) and entry.table:
        name: Words = getattr(atlas, entry.table)[value].name
        return name[text.language]
    return word(text, parameter, value)


def labelled(text: Text, label: str, value: str) -> str:
    """Return a label and a value with the language's colon between them."""
    return label + text.pgettext("between a label and its value", ": ") + value


def uncapitalised(names: Iterable[str]) -> list[str]:
    """Return names for the middle of a sentence."""
    return [name[:1].lower() + name[1:] for name in names]


def singular_name(text: Text, kind: Kind) -> str:
    """Return the word for one place of a kind inside a sentence."""
    return kind.singular[text.language] or kind.name[text.language].lower()


def like_kinds(atlas: Atlas, text: Text) -> str:
    """Return the names of the kinds that are compared among themselves; "" if there is but one."""
    kinds = [kind for kind in atlas.kinds if kind.faces == kind.id and kind.extent != "region"]
    names = [kind.plural[text.language] or kind.name[text.language] for kind in kinds]
    return text.pgettext("between conditions", "; ").join(names) if len(names) > 1 else ""


def kind_and_regions(atlas: Atlas, text: Text, place: Place) -> str:
    """Return kind and regions of a place, as far as they are stated, such as "Park, Sichuan"."""
    kind = kind_name(atlas, text, place)
    regions = region_names(atlas, text, *place.regions)
    if kind and regions:
        return text.gettext("%(kind)s, %(side)s", kind=kind, side=regions)
    return kind or regions


def kind_name(atlas: Atlas, text: Text, place: Place) -> str:
    """Return the kind of a place, such as "Park", "" if it is not stated."""
    return atlas.kind[place.kind].name[text.language] if place.kind else ""


def status_name(atlas: Atlas, text: Text, status: str) -> str:
    """Return the name of a status for the middle of a sentence, "" if it is not stated."""
    return atlas.status[status].name[text.language].lower() if status else ""


def region_names(atlas: Atlas, text: Text, *regions: str) -> str:
    """Return the names of regions as a list; `both` stands for the two of the atlas."""
    ids = atlas.region if regions == ("both",) else regions
    return text.all_of([atlas.region[id].name[text.language] for id in ids])


def grade(atlas: Atlas, text: Text, place: Place, groups: Iterable[str]) -> str:
    """Return the status of a place in the first of some groups it belongs to, in lower case."""
    row = leading_membership(atlas, place, groups)
    return status_name(atlas, text, row.grade) if row else ""


def grade_note(atlas: Atlas, text: Text, place: Place, groups: Iterable[str]) -> str:
    """Return the first of some groups that a place belongs to, and its status there."""
    row = leading_membership(atlas, place, groups)
    if row is None:
        return ""
    name = atlas.group[row.group].name[text.language]
    note = status_name(atlas, text, row.grade)
    return labelled(text, name, note) if note else name


def how_far(text: Text, distance_km: float, margin_km: float) -> str:
    """Return a distance in whole km, with its margin if there is one."""
    distance, margin = text.number(distance_km, 0), text.number(margin_km, 0)
    if not margin_km:
        return text.gettext("%(distance)s km", distance=distance)
    if margin_km < distance_km:
        return text.gettext(
            "%(distance)s km, give or take %(margin)s km", distance=distance, margin=margin
        )
    return text.gettext(
        "less than %(reach)s km: the positions are not known more exactly",
        reach=text.number(distance_km + margin_km, 0),
    )


def how_far_briefly(text: Text, distance_km: float, margin_km: float) -> str:
    """Return the distance and margin in fewer words than `how_far`."""
    distance, margin = text.number(distance_km, 0), text.number(margin_km, 0)
    if not margin_km:
        return text.gettext("%(distance)s km", distance=distance)
    return text.gettext("%(distance)s ± %(margin)s km", distance=distance, margin=margin)


def figure(text: Text, row: Figure) -> str:
    """Return a figure with its unit and qualifier, such as "more than 500 firms"."""
    return "" if row.value is None else amount(text, row.value, row.unit, row.qualifier)


def amount(text: Text, value: float, unit: str | None, qualifier: str = "exact") -> str:
    """Return a value with its unit and qualifier, as far as they are stated."""
    with_unit = _with_unit(text, text.number(in_own_units(text, value, unit)), unit)
    phrase = WORDS["qualifier"][qualifier or "exact"]
    return text.gettext(phrase, value=with_unit)


def in_own_units(text: Text, value: float, unit: str | None) -> Decimal:
    """Return a value in the unit that the language counts it in, which `unit_name` names."""
    return Decimal(str(value)) * LANGUAGES[text.language].scales.get(unit or "", 1)


def unit_name(text: Text, unit: str | None) -> str:
    """Return the name of a unit without a number."""
    return _with_unit(text, "", unit).strip()


def _with_unit(text: Text, number: str, unit: str | None) -> str:
    """Return a number with its unit; a unit that only the package knows is not translated."""
    if not unit:
        return number
    phrase = WORDS["unit"].get(unit)
    return text.gettext(phrase, value=number) if phrase else f"{number} {unit}"


def state_and_year(text: Text, firm: Enterprise) -> str:
    """Return the state of a firm unless it is at work, and the year of that state."""
    state = word(text, "state", firm.state) if firm.state not in (None, "operating") else ""
    year = text.date(str(firm.year)) if firm.year else ""
    return text.pgettext("between parts", ", ").join(part for part in (state.lower(), year) if part)


def edition_line(atlas: Atlas, text: Text) -> str:
    """Return version and date of the data as a sentence, as far as the package states them."""
    date = text.date(atlas.as_of.isoformat())
    if atlas.version and atlas.dated:
        return text.gettext(
            "Version %(version)s, as of %(date)s.", version=atlas.version, date=date
        )
    if atlas.version:
        return text.gettext("Version %(version)s.", version=atlas.version)
    if atlas.dated:
        return text.gettext("As of %(date)s.", date=date)
    return text.gettext("Version and date are not stated.")


def source_line(text: Text, source: Source) -> str:
    """Return publisher and date of a source, or its title if it has no publisher."""
    if not source.publisher.english:
        return source.title
    note = source.date_note[text.language]
    date = source.date or ("" if note else text.gettext("undated"))
    parts = (source.publisher[text.language], date, note)
    return text.pgettext("between parts", ", ").join(part for part in parts if part)


def sector_names(atlas: Atlas, text: Text, place: Place) -> str:
    """Return the names of a place's sectors as a list."""
    ids = {row.sector for row in rows_on(atlas, "evidence", place.id)}
    return text.all_of([sector.name[text.language] for sector in atlas.sectors if sector.id in ids])


def sectors_or_none(atlas: Atlas, text: Text, place: Place) -> str:
    """Return the names of a place's sectors, or that none was found; "" in an atlas without."""
    missing = text.gettext("No sector evidence found") if atlas.sectors else ""
    return sector_names(atlas, text, place) or missing


def tooltip(atlas: Atlas, text: Text, place: Place) -> dict[str, str]:
    """Return the lines of a place's tooltip: name, kind and regions (`what`), sectors, status."""
    groups = [row.group for row in rows_on(atlas, "memberships", place.id)]
    return {
        "name": place.name[text.language],
        "what": kind_and_regions(atlas, text, place),
        "sectors": sectors_or_none(atlas, text, place),
        "grade": grade_note(atlas, text, place, (*atlas.base_groups, *groups)),
    }
