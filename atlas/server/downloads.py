"""The data of a view as files: the downloads, and the public interface for programs."""

from collections.abc import Iterable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from atlas.datapackage.loader import current
from atlas.export import EXPORTS, download
from atlas.export.openapi import openapi
from atlas.model.characters import visible
from atlas.model.selection import PARAMETERS, Selection
from atlas.model.text import text
from atlas.query.wording import labelled
from atlas.server.request import query, requested_site, requested_view
from atlas.server.response import cached

ANYONE = {"access-control-allow-origin": "*", "access-control-expose-headers": "etag"}
# Ignored, as the page ignores them: other sites add parameters to links.
FOREIGN = ("embed", "utm_")
SHOWN_AT_MOST = 6


async def export(request: Request) -> Response:
    """Return a download of the view; 400 with the reason if the query is not understood."""
    atlas, name = current(), request.path_params["name"]
    if name not in EXPORTS:
        return _refusal(404, f"There is no such file. There are: {', '.join(EXPORTS)}.")
    selection, dropped = requested_view(request, atlas)
    faults = [labelled(text(selection.lang), drop.parameter, drop.value[:40]) for drop in dropped]
    faults += [name[:40] for name in _unknown(request)]
    if faults:
        return _refusal(400, _not_understood(selection, faults))
    link = requested_site(request).page(selection.of, selection)
    file = await run_in_threadpool(download, atlas, selection, name, link)
    return cached(
        request,
        file.content,
        file.media_type,
        content_disposition=f'attachment; filename="{file.file_name}"',
        **ANYONE,
    )


def _unknown(request: Request) -> Iterable[str]:
    accepted = {*PARAMETERS, "theme"}
    return (
        visible(name)
        for name in query(request)
        if name not in accepted and not name.startswith(FOREIGN)
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


def _refusal(status: int, reason: str) -> Response:
    return PlainTextResponse(f"{reason}\n", status, ANYONE | {"cache-control": "no-store"})


async def openapi_description(request: Request) -> Response:
    """Return the OpenAPI description of the interface."""
    content = JSONResponse(openapi(current(), requested_site(request).root)).body
    return cached(request, bytes(content), "application/json", vary="host", **ANYONE)
