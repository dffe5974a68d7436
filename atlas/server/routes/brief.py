"""The brief: a view on one page of paper, with map, facts, sources and the link as a QR code."""

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
from atlas.query.sentences import sentence, title
from atlas.server.request import OF_SITE_AND_READER, requested_site, requested_view
from atlas.server.response import cached

# Pixels; the picture is as wide as the page of paper lets it be.
PLACE_MAP, VIEW_MAP = Size(700, 240), Size(700, 360)
# More would not fit on the paper; the page says how many there are beyond.
SECTORS, FIGURES, EVENTS, FIRMS, PLACES, SOURCES = 6, 7, 2, 3, 16, 11


async def brief(request: Request) -> Response:
    """Return the brief of the open place, or else of the places shown."""
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
        said=sentence(view.atlas, selection, view.text),
        stylesheet=stylesheet().url,
        code=qr.svg(link).decode(),
        link=link,
        revision=revision(view.atlas, selection.data),
        **values,
    )


def _place_values(view: View) -> dict[str, Any]:
    atlas = view.atlas
    details = profile(atlas, view.selection.place or "")
    alone = Selection(lang=view.selection.lang, sets=view.selection.sets, place=details.place.id)
    sectors = [strength.sector.id for strength in details.sectors]
    pairs = counterparts(atlas, details.place, sectors, view.groups)
    return {
        "known": details,
        "picture": map_svg(atlas, alone, PLACE_MAP),
        "sectors": details.sectors[:SECTORS],
        "more_sectors": max(len(details.sectors) - SECTORS, 0),
        "figures": details.figures[:FIGURES],
        "more_figures": max(len(details.figures) - FIGURES, 0),
        "events": details.events[-EVENTS:],
        "firms": details.enterprises[:FIRMS],
        "counterparts": [pair for pair in pairs if pair.neighbour][:SECTORS],
        "gaps": gaps(atlas, details.place.id),
        **_cited(sources(atlas, details)),
    }


def _view_values(view: View) -> dict[str, Any]:
    atlas, selection = view.atlas, view.selection
    places = shown(atlas, selection)
    profiles = [profile(atlas, place.id) for place in places[:PLACES]]
    used = {source.id for details in profiles for source in sources(atlas, details)}
    return {
        "known": profiles,
        "more_places": max(len(places) - PLACES, 0),
        "picture": map_svg(atlas, pictured(selection.but(place=None)), VIEW_MAP),
        **_cited(tuple(source for source in atlas.sources if source.id in used)),
    }


def _cited(sources: tuple[Source, ...]) -> dict[str, Any]:
    """Return the sources that fit on the page, the most reliable first, and how many do not."""
    best = sorted(sources, key=lambda source: source.reliability)
    return {"cited": best[:SOURCES], "more_sources": max(len(best) - SOURCES, 0)}
