"""The filters. A chip is a link to the view with it on or off; a field writes the address.

Chips are links and not widgets: a link can be copied, opened in a tab and followed without
script, and thirty of them in one piece of markup cost a run less than one widget.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import streamlit as st

from atlas.analysis.origin import field_text, link_value
from atlas.model.parameters import LONGEST_SEARCH
from atlas.model.records import Sector
from atlas.model.selection import LARGEST_RADIUS_KM, MATCHES, PARAMETERS, no_filters, vocabulary
from atlas.pages.markup import render
from atlas.pages.view import View
from atlas.query.facets import counts
from atlas.query.wording import value_name
from atlas.ui import address, html


@dataclass(frozen=True, slots=True)
class Chip:
    """A value of a filter, and how many places it would show."""

    value: str
    name: str
    count: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """The chips of one filter, or of a part of its values."""

    label: str
    parameter: str
    chips: tuple[Chip, ...]


@html.fetched("filters")
def fields(view: View) -> str:
    """Draw the focus fields, with what the atlas added, as chips; with two, the any/all switch."""
    sectors = [one.id for one in view.atlas.sectors if one.level != "strength"]
    groups = [_group(view, "sector", view.text.gettext("Sectors"), sectors)]
    if len(view.selection.sector) > 1 or view.selection.match == "all":
        groups.append(_match(view))
    return render("controls/chips", view, groups=groups)


def sidebar(view: View) -> None:
    """Draw every other filter, and the reset."""
    with st.sidebar:
        heading(view)
        _search(view)
        further(view)


@html.fetched()
def heading(view: View) -> str:
    """Draw the heading of the filters."""
    return render("controls/heading", view)


@html.fetched("filters", "claim", "reliability")
def further(view: View) -> str:
    """Draw the chips of the other filters, and the reset."""
    _ = view.text.gettext
    strengths = [
        _group(view, "sector", label, [one.id for one in sectors])
        for label, sectors in _strengths(view)
    ]
    known = vocabulary(view.atlas)
    others = [
        _group(view, name, _(one.heading), known[name])
        for name, one in PARAMETERS.items()
        if one.heading
    ]
    return render("controls/chips", view, groups=strengths + others) + render(
        "controls/reset", view, no_filters=no_filters()
    )


def _strengths(view: View) -> Iterable[tuple[str, list[Sector]]]:
    """Group the named strengths under the field each is part of; some are part of none."""
    _ = view.text.gettext
    strengths = [one for one in view.atlas.sectors if one.level == "strength"]
    parents = dict.fromkeys(one.parent for one in strengths)
    for parent in sorted(parents, key=lambda one: one is None):
        name = (
            view.atlas.sector[parent].name[view.selection.lang] if parent else _("no field named")
        )
        yield _("Strengths: %(field)s", field=name), [s for s in strengths if s.parent == parent]


def _group(view: View, parameter: str, label: str, values: Iterable[str]) -> Group:
    """Return values of a list parameter as chips, each with how many places it would show."""
    found = counts(view.atlas, view.selection)[parameter]
    chosen = getattr(view.selection, parameter)
    return Group(
        label,
        parameter,
        tuple(
            Chip(
                value=value,
                name=value_name(view.atlas, view.text, parameter, value),
                count=view.text.number(found[value]),
                is_chosen=value in chosen,
            )
            for value in values
        ),
    )


def _match(view: View) -> Group:
    return Group(
        view.text.gettext("A place must have"),
        "match",
        tuple(
            Chip(
                value=value,
                name=value_name(view.atlas, view.text, "match", value),
                count="",
                is_chosen=view.selection.match == value,
            )
            for value in MATCHES
        ),
    )


def _seed(key: str, value: object, write: Callable[[], None]) -> None:
    """Set a widget to what the address says, if it differs: setting undoes a click under way.

    In a session's first run, a difference is what the reader typed while it was away.
    """
    held = st.session_state.get(key, value)
    if held != value and address.is_first_run():
        write()
        address.begun()
        st.rerun()
    if held != value or key not in st.session_state:
        st.session_state[key] = value


def _search(view: View) -> None:
    key = view.key("q")
    write = _writer(view, "q", key)
    _seed(key, view.selection.q, write)
    st.text_input(
        view.text.gettext("Search names"),
        key=key,
        placeholder=view.text.gettext("Deyang, 德阳, deyang"),
        on_change=write,
    )


def near(view: View) -> None:
    """Draw the field for the point that distances are measured from; a link holds a place's id."""
    key = view.key("near")

    def write() -> None:
        address.change(
            view.atlas, lambda now: now.but(near=link_value(view.atlas, st.session_state[key]))
        )

    _seed(key, field_text(view.atlas, view.selection.near, view.selection.lang), write)
    st.text_input(
        view.text.gettext("Place or coordinate"),
        key=key,
        max_chars=LONGEST_SEARCH,
        placeholder=view.text.gettext("Deyang, 德阳, 31.13, 104.38"),
        on_change=write,
    )


def radius(view: View) -> None:
    """Draw the field for the radius in km."""
    key = view.key("radius")
    write = _writer(view, "radius", key)
    _seed(key, view.selection.radius, write)
    st.number_input(
        view.text.gettext("Radius in km"),
        min_value=1,
        max_value=LARGEST_RADIUS_KM,
        step=10,
        key=key,
        on_change=write,
    )


def _writer(view: View, parameter: str, key: str) -> Callable[[], None]:
    def write() -> None:
        address.change(view.atlas, lambda now: now.but(**{parameter: st.session_state[key]}))

    return write
