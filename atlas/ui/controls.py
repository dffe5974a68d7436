"""The filters. Each is seeded from the address and writes the address when it changes."""

from collections.abc import Callable, Iterable

import streamlit as st

from atlas.facets import counts
from atlas.origin import kept, said
from atlas.records import Sector
from atlas.selection import LARGEST_RADIUS_KM, LONGEST_SEARCH, Selection, vocabulary
from atlas.ui import address
from atlas.view import View
from atlas.wording import value_name


def fields(view: View) -> None:
    """Draw the focus fields, with what the atlas added, as chips; with two, the any/all switch."""
    _ = view.text.gettext
    sectors = [one for one in view.atlas.sectors if one.level != "strength"]
    _chips(view, "sector", [one.id for one in sectors], _("Sectors"), name="fields")
    if len(view.selection.sector) > 1 or view.selection.match == "all":
        _match(view)


def sidebar(view: View) -> None:
    """Draw every other filter, and the reset."""
    _ = view.text.gettext
    with st.sidebar:
        st.markdown("#### " + _("Filters"))
        _search(view)
        for label, sectors in _strengths(view):
            _chips(view, "sector", [one.id for one in sectors], label, name=f"of-{sectors[0].id}")
        labels = {
            "kind": _("Kind of place"),
            "side": _("Side of the provincial border"),
            "grade": _("Grade: is it named or inferred?"),
            "confidence": _("Confidence of the evidence"),
            "sets": _("Further places, off at first"),
        }
        for parameter, label in labels.items():
            _chips(view, parameter, vocabulary(view.atlas)[parameter], label)
        st.button(
            _("Reset all filters"),
            key=view.key("reset"),
            disabled=not view.selection.is_filtered(),
            on_click=address.change,
            args=(view.atlas, Selection.cleared),
            width="stretch",
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


def _chips(
    view: View, parameter: str, options: Iterable[str], label: str, name: str | None = None
) -> None:
    """Draw values of a list parameter as chips, each with how many places it would show."""
    offered = list(options)
    found = counts(view.atlas, view.selection)[parameter]
    key = view.key(name or parameter)

    def step(now: Selection) -> Selection:
        elsewhere = {one for one in getattr(now, parameter) if one not in offered}
        wanted = elsewhere | set(st.session_state[key])
        known = vocabulary(view.atlas)[parameter]
        return now.but(**{parameter: tuple(one for one in known if one in wanted)})

    _seed(key, [one for one in offered if one in getattr(view.selection, parameter)])
    st.pills(
        label,
        offered,
        selection_mode="multi",
        key=key,
        format_func=lambda one: (
            f"{value_name(view.atlas, view.text, parameter, one)} {view.text.number(found[one])}"
        ),
        on_change=address.change,
        args=(view.atlas, step),
    )


def _seed(key: str, value: object) -> None:
    """Set a widget to what the address says, if it differs: setting undoes a click under way."""
    if st.session_state.get(key) != value:
        st.session_state[key] = value


def _match(view: View) -> None:
    key = view.key("match")
    _seed(key, view.selection.match)
    st.segmented_control(
        view.text.gettext("A place must have"),
        ["any", "all"],
        key=key,
        required=True,
        format_func=lambda one: value_name(view.atlas, view.text, "match", one),
        on_change=_writer(view, "match", key),
    )


def _search(view: View) -> None:
    key = view.key("q")
    _seed(key, view.selection.q)
    st.text_input(
        view.text.gettext("Search names"),
        key=key,
        placeholder=view.text.gettext("Deyang, 德阳, deyang"),
        on_change=_writer(view, "q", key),
    )


def near(view: View, label: str) -> None:
    """Draw the field for the point that distances are measured from; a link holds a place's id."""
    key = view.key("near")

    def write() -> None:
        address.change(
            view.atlas, lambda now: now.but(near=kept(view.atlas, st.session_state[key]))
        )

    _seed(key, said(view.atlas, view.selection.near, view.selection.lang))
    st.text_input(
        label,
        key=key,
        max_chars=LONGEST_SEARCH,
        placeholder=view.text.gettext("Deyang, 德阳, 31.13, 104.38"),
        on_change=write,
    )


def radius(view: View) -> None:
    """Draw the field for the radius in km."""
    key = view.key("radius")
    _seed(key, view.selection.radius)
    st.number_input(
        view.text.gettext("Radius in km"),
        min_value=1,
        max_value=LARGEST_RADIUS_KM,
        step=10,
        key=key,
        on_change=_writer(view, "radius", key),
    )


def _writer(view: View, parameter: str, key: str) -> Callable[[], None]:
    def write() -> None:
        address.change(view.atlas, lambda now: now.but(**{parameter: st.session_state[key]}))

    return write
