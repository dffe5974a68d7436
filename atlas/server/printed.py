"""The brief: a view on one page of paper, with picture, facts, sources and the link as a code."""

from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from atlas.assets import stylesheet
from atlas.distance import counterparts
from atlas.export import qr
from atlas.facets import shown
from atlas.gaps import gaps
from atlas.markup import render
from atlas.picture import Size, map_svg
from atlas.profile import profile, sources
from atlas.records import Source
from atlas.revisions import revision
from atlas.selection import Selection
from atlas.server.answers import cached
from atlas.server.asking import asked, site
from atlas.tables import current
from atlas.view import View
from atlas.wording import sentence, title

# Pixels; the picture is as wide as the page of paper lets it be.
OF_PLACE, OF_VIEW = Size(700, 280), Size(700, 360)
# More would not fit on the paper; the page says how many there are beyond.
SECTORS, EVENTS, FIRMS, PLACES, SOURCES = 7, 2, 3, 16, 12


async def brief(request: Request) -> Response:
    """Answer the brief of the open place, or else of the places shown."""
    atlas = current()
    found = asked(request, atlas)
    view = View(
        atlas,
        found.selection,
        page="brief",
        theme="light",
        narrow=False,
        site=site(request),
        dropped=found.dropped,
        plain=True,
    )
    filled = await run_in_threadpool(_filled, view)
    return cached(request, filled.encode(), "text/html", vary="host, accept-language")


def _filled(view: View) -> str:
    selection, of = view.selection, "place" if view.selection.place else view.selection.of
    link = view.site.page(of, selection.but(data=view.atlas.version))
    template, content = ("place", _of_place(view)) if selection.place else ("view", _of_view(view))
    return render(
        f"brief/{template}",
        view,
        title=title(view.atlas, selection, view.text),
        said=sentence(view.atlas, selection, view.text),
        stylesheet=stylesheet().url,
        code=qr.svg(link).decode(),
        link=link,
        revision=revision(view.atlas, selection.data),
        **content,
    )


def _of_place(view: View) -> dict[str, Any]:
    atlas = view.atlas
    known = profile(atlas, view.selection.place or "")
    alone = Selection(lang=view.selection.lang, sets=view.selection.sets, place=known.place.id)
    found = counterparts(atlas, known.place, [one.sector.id for one in known.sectors], view.groups)
    return {
        "known": known,
        "picture": map_svg(atlas, alone, OF_PLACE),
        "sectors": known.sectors[:SECTORS],
        "more_sectors": max(len(known.sectors) - SECTORS, 0),
        "events": known.events[-EVENTS:],
        "firms": known.enterprises[:FIRMS],
        "counterparts": [one for one in found if one.neighbour][:SECTORS],
        "gaps": gaps(atlas, known.place.id),
        **_cited(sources(atlas, known)),
    }


def _of_view(view: View) -> dict[str, Any]:
    atlas, selection = view.atlas, view.selection
    places = shown(atlas, selection)
    known = [profile(atlas, place.id) for place in places[:PLACES]]
    used = {source.id: source for one in known for source in sources(atlas, one)}
    return {
        "known": known,
        "more_places": max(len(places) - PLACES, 0),
        "picture": map_svg(atlas, selection.but(place=None), OF_VIEW),
        **_cited(tuple(used[one.id] for one in atlas.sources if one.id in used)),
    }


def _cited(used: tuple[Source, ...]) -> dict[str, Any]:
    """Return the sources that fit on the page, the most reliable first, and how many do not."""
    best = sorted(used, key=lambda source: source.reliability)
    return {"cited": best[:SOURCES], "more_sources": max(len(best) - SOURCES, 0)}
