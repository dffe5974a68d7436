"""What the atlas is, how it was made and whose work it uses, in folds below the claims."""

from collections.abc import Iterator

from atlas import settings
from atlas.claims.all_claims import claims
from atlas.claims.listing import claim_counts, counted
from atlas.export.tables.data_dictionary import Column, data_dictionary
from atlas.map.scene.shapes import status_shape
from atlas.model.records import Place
from atlas.model.text import N_, Text
from atlas.model.values import RELIABILITIES
from atlas.pages.panels import Parts, panel
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.query.directory import members
from atlas.query.list_limits import Beginning, beginning
from atlas.query.wording import edition_line

TYPES = {
    "string": N_("text"),
    "number": N_("number"),
    "integer": N_("whole number"),
    "boolean": N_("true or false"),
}
UNITS = {"degrees": N_("degrees"), "km": N_("kilometres"), "places": N_("places")}


@panel("sets")
def contents(view: View) -> str:
    """Render all the folds."""
    return render(
        "about/page",
        view,
        package=data_dictionary(view.atlas),
        claim_counts=claim_counts(view.atlas, claims(view.atlas, view.selection.lang)),
        reliabilities=counted(RELIABILITIES, (row.reliability for row in view.atlas.sources)),
        status_shapes={status: status_shape(view.atlas, status) for status in view.atlas.status},
        members={group: beginning(members(view.atlas, group)) for group in view.atlas.base_groups},
        has_group_sources=any(group.source for group in view.atlas.groups),
        positions=_positions(view),
        terms=lambda column: terms(view.text, column),
        contact=settings.contact(),
        edition=edition_line(view.atlas, view.text),
    )


def _positions(view: View) -> dict[str, Beginning[Place]]:
    """Return the places other than regions, by the kind of position they have."""
    places = [place for place in view.atlas.places if place.extent != "region"]
    return {
        kind: beginning([place for place in places if place.position == kind])
        for kind in ("point", "area", "none")
    }


def terms(text: Text, column: Column) -> str:
    """Return the rules for the values of a column, such as "number; in degrees; required"."""
    return text.pgettext("between conditions", "; ").join(_terms(text, column))


def _terms(text: Text, column: Column) -> Iterator[str]:
    _ = text.gettext
    yield _(TYPES[column.type]) if column.type in TYPES else column.type
    if column.unit:
        yield _("in %(unit)s", unit=_(UNITS[column.unit]) if column.unit in UNITS else column.unit)
    if column.is_key:
        yield _("key")
    rules = column.constraints
    if rules.get("required"):
        yield _("required")
    if rules.get("enum"):
        yield _("one of: %(values)s", values=", ".join(map(str, rules["enum"])))
    if rules.get("minimum") is not None:
        yield _("at least %(value)s", value=text.number(rules["minimum"]))
    if rules.get("maximum") is not None:
        yield _("at most %(value)s", value=text.number(rules["maximum"]))
    if column.refers_to:
        yield _("refers to the table %(table)s", table=column.refers_to)


PARTS: Parts = (contents,)
