"""The data of a view as files, which are the public interface for programs too."""

from collections.abc import Iterable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from atlas.characters import visible
from atlas.export import EXPORTS, download
from atlas.export.openapi import openapi
from atlas.selection import PARAMETERS, Selection
from atlas.server.answers import cached
from atlas.server.asking import asked, query, site
from atlas.tables import current
from atlas.text import text
from atlas.wording import labelled

ANYONE = {"access-control-allow-origin": "*", "access-control-expose-headers": "etag"}
# As the page passes them over, so do we: a link may be pasted with what others added to it.
FOREIGN = ("embed", "utm_")
SHOWN_AT_MOST = 6


async def export(request: Request) -> Response:
    """Answer a download of the view; 400 with the reason where the query is not understood."""
    atlas, name = current(), request.path_params["name"]
    if name not in EXPORTS:
        return _refused(404, f"There is no such file. There are: {', '.join(EXPORTS)}.")
    selection, dropped = asked(request, atlas)
    faults = [labelled(text(selection.lang), one.parameter, one.value[:40]) for one in dropped]
    faults += [name[:40] for name in _unknown(request)]
    if faults:
        return _refused(400, _not_understood(selection, faults))
    link = site(request).page(selection.of, selection)
    file = await run_in_threadpool(download, atlas, selection, name, link)
    return cached(
        request,
        file.content,
        file.media_type,
        content_disposition=f'attachment; filename="{file.file_name}"',
        **ANYONE,
    )


def _unknown(request: Request) -> Iterable[str]:
    known = {*PARAMETERS, "theme"}
    return (
        visible(name)
        for name in query(request)
        if name not in known and not name.startswith(FOREIGN)
    )


def _not_understood(selection: Selection, faults: list[str]) -> str:
    words = text(selection.lang)
    shown = words.pgettext("between conditions", "; ").join(map(visible, faults[:SHOWN_AT_MOST]))
    return words.gettext(
        "This was not understood: %(faults)s. The parameters are: %(known)s. "
        "Their values are listed in api/openapi.json.",
        faults=shown,
        known=", ".join(PARAMETERS),
    )


def _refused(status: int, reason: str) -> Response:
    return PlainTextResponse(f"{reason}\n", status, ANYONE | {"cache-control": "no-store"})


async def described(request: Request) -> Response:
    """Answer the description of the interface in OpenAPI's form."""
    found = JSONResponse(openapi(current(), site(request).root)).body
    return cached(request, bytes(found), "application/json", vary="host", **ANYONE)
