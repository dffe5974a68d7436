"""The brief: a view on one printed page, with map, facts, sources and the link as a QR code."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from atlas.analysis.distance import counterparts
from atlas.analysis.gaps import gaps
from atlas.datapackage.loader import current
from atlas.export import qr
from atlas.model.records import Source
from atlas.model.selection import Selection
from atlas.pages.assets import stylesheet
from atlas.pages.rendering import render
from atlas.pages.view import View
from atlas.picture import Size, map_svg, pictured
from atlas.query.facets import shown
from atlas.query.profile import profile, sources
from atlas.query.revisions import revision
from atlas.query.sentences import title
from atlas.server.request import OF_SITE_AND_READER, requested_site, requested_view
from atlas.server.response import cached

# Pixels; on paper the picture is as wide as the page.
PLACE_MAP, VIEW_MAP = Size(700, 240), Size(700, 360)
# More rows would not fit on the page, which says how many are left out.
SECTORS, FIGURES, EVENTS, FIRMS, PLACES, SOURCES = 6, 7, 2, 3, 16, 11


async def brief(request: Request) -> Response:
    """Return the brief of the open place, or of the places shown if none is open."""
    atlas = current()
    requested = requested_view(request, atlas)
    view = View(
        atlas,
        requested.selection,
        page="brief",
        theme="light",
        site=requested_site(request),
        dropped=requested.dropped,
        plain=True,
    )
    content = await run_in_threadpool(_content, view)
    return cached(request, content.encode(), "text/html", vary=OF_SITE_AND_READER)


def _content(view: View) -> str:
    selection = view.selection
    page = "place" if selection.place else selection.of
    link = view.site.page(page, selection.but(data=view.atlas.version))
    template, values = (
        ("place", _place_values(view)) if selection.place else ("view", _view_values(view))
    )
    return render(
        f"brief/{template}",
        view,
        title=title(view.atlas, selection, view.text),
        stylesheet=stylesheet().url,
        code=qr.svg(link).decode(),
        link=link,
        revision=revision(view.atlas, selection.data),
        **values,
    )


def _place_values(view: View) -> dict[str, Any]:
    atlas = view.atlas
    details = profile(atlas, view.selection.place or "")
    on_map = Selection(lang=view.selection.lang, sets=view.selection.sets, place=details.place.id)
    sectors = [evidence.sector.id for evidence in details.sectors]
    pairs = counterparts(atlas, details.place, sectors, view.groups)
    return {
        "details": details,
        "picture": map_svg(atlas, on_map, PLACE_MAP),
        "sectors": details.sectors[:SECTORS],
        "more_sectors": max(len(details.sectors) - SECTORS, 0),
        "figures": details.figures[:FIGURES],
        "more_figures": max(len(details.figures) - FIGURES, 0),
        "events": details.events[-EVENTS:],
        "firms": details.enterprises[:FIRMS],
        "counterparts": [pair for pair in pairs if pair.neighbour][:SECTORS],
        "gaps": gaps(atlas, details.place.id),
        **_shortened(sources(atlas, details)),
    }


def _view_values(view: View) -> dict[str, Any]:
    atlas, selection = view.atlas, view.selection
    places = shown(atlas, selection)
    profiles = [profile(atlas, place.id) for place in places[:PLACES]]
    used = {source.id for details in profiles for source in sources(atlas, details)}
    return {
        "profiles": profiles,
        "more_places": max(len(places) - PLACES, 0),
        "picture": map_svg(atlas, pictured(selection.but(place=None)), VIEW_MAP),
        **_shortened(tuple(source for source in atlas.sources if source.id in used)),
    }


def _shortened(sources: tuple[Source, ...]) -> dict[str, Any]:
    """Return the most reliable sources, as many as fit, and the number of the others."""
    rows = sorted(sources, key=lambda source: source.reliability)
    return {"sources": rows[:SOURCES], "more_sources": max(len(rows) - SOURCES, 0)}
