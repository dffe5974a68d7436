"""The pages without script: the panels of each page that need none, collected as markup."""

from collections.abc import Callable, Mapping

from atlas.pages.view import View
from atlas.ui import (
    about,
    controls,
    distances,
    evidence,
    frame,
    html,
    panels,
    profiles,
    sectors,
    sharing,
    timeline,
)

Part = Callable[[View], None]


def parts(view: View) -> tuple[str, ...]:
    """Return the markup of a page, from its header to its footer."""
    with html.collected() as found:
        frame.header(view)
        for part in _PARTS[view.page](view):
            part(view)
        frame.footer(view)
    return tuple(found)


def _map(_: View) -> tuple[Part, ...]:
    return (
        panels.empty,
        panels.key_figures,
        controls.fields,
        panels.places,
        controls.further,
        panels.sides,
        panels.grid,
        panels.people_and_land,
        panels.claims,
    )


def _place(view: View) -> tuple[Part, ...]:
    if not view.selection.place:
        return (profiles.index,)
    return profiles.head, profiles.opening, profiles.position, profiles.answers


def _sectors(view: View) -> tuple[Part, ...]:
    chosen = (sectors.evidence,) if view.selection.sector else (sectors.index,)
    return sectors.heading, *chosen, sectors.strengths, sectors.grid, sectors.overlap


def _distances(_: View) -> tuple[Part, ...]:
    return (
        distances.heading,
        panels.empty,
        distances.matrix,
        distances.nearest,
        distances.comparison,
    )


def _timeline(_: View) -> tuple[Part, ...]:
    return timeline.heading, timeline.drawn, timeline.targets, timeline.listed


def _evidence(_: View) -> tuple[Part, ...]:
    return evidence.heading, evidence.beginning, evidence.differences, evidence.questions


def _about(_: View) -> tuple[Part, ...]:
    return (about.contents,)


def _share(_: View) -> tuple[Part, ...]:
    return sharing.contents, sharing.data


_PARTS: Mapping[str, Callable[[View], tuple[Part, ...]]] = {
    "": _map,
    "place": _place,
    "sectors": _sectors,
    "distances": _distances,
    "timeline": _timeline,
    "evidence": _evidence,
    "about": _about,
    "share": _share,
}
