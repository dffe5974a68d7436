"""The data of a view as files: downloads, and the public interface for programs."""

from difflib import SequenceMatcher

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from atlas.datapackage.loader import current
from atlas.export import EXPORTS, SEPARATORS, download
from atlas.export.openapi import openapi
from atlas.model.characters import visible
from atlas.model.mangled import as_id
from atlas.model.selection import PARAMETERS, Selection
from atlas.model.text import Text, text
from atlas.query.wording import labelled
from atlas.server.request import (
    NAMES,
    OF_SITE,
    OF_SITE_AND_READER,
    query,
    requested_site,
    requested_view,
)
from atlas.server.response import FRESH, cached

# Other sites and programs add parameters to links, which are ignored. But one that is this similar
# to ours, from 0 to 1, is refused as a misspelling: the file would contain more than was requested.
SIMILARITY = 0.81
# WeChat adds this one, which has the same letters as our `form`.
FOREIGN = frozenset({"from"})
MOST_FAULTS = 6


async def export(request: Request) -> Response:
    """Return a download of the view; 400 with the reason if the query is not understood."""
    atlas, name = current(), as_id(request.path_params["name"])
    if name not in EXPORTS:
        return _refusal(404, f"There is no such file. There are: {', '.join(EXPORTS)}.")
    selection, dropped = requested_view(request, atlas)
    faults = [labelled(text(selection.lang), drop.parameter, drop.value[:40]) for drop in dropped]
    parameters, words = query(request), text(selection.lang)
    faults += [fault for name in parameters if (fault := _misspelling(name, words))]
    separator = parameters.get("separator", "") or ","
    if separator not in SEPARATORS:
        faults.append(labelled(words, "separator", separator[:40]))
    if faults:
        return _refusal(400, _not_understood(selection, faults))
    link = requested_site(request).page(selection.of, selection)
    file = await run_in_threadpool(download, atlas, selection, name, link, SEPARATORS[separator])
    return cached(
        request,
        file.content,
        file.media_type,
        vary=OF_SITE_AND_READER,
        content_disposition=f'attachment; filename="{file.file_name}"',
    )


def _misspelling(name: str, words: Text) -> str:
    """Return the correction of a parameter name that is nearly one of ours, "" for any other."""
    own = max(NAMES, key=lambda own: SequenceMatcher(None, name.lower(), own).ratio())
    if name in NAMES or name in FOREIGN or not _are_similar(name.lower(), own):
        return ""
    return words.gettext("%(name)s (did you mean %(own)s?)", name=visible(name)[:40], own=own)


def _are_similar(name: str, own: str) -> bool:
    return sorted(name) == sorted(own) or SequenceMatcher(None, name, own).ratio() > SIMILARITY


def _not_understood(selection: Selection, faults: list[str]) -> str:
    words = text(selection.lang)
    separator = words.pgettext("between conditions", "; ")
    return words.gettext(
        "This was not understood: %(faults)s. The parameters are: %(known)s. "
        "Their values are listed in api/openapi.json.",
        faults=separator.join(map(visible, faults[:MOST_FAULTS])),
        known=", ".join(PARAMETERS),
    )


def _refusal(status: int, reason: str) -> Response:
    return PlainTextResponse(f"{reason}\n", status, {"cache-control": "no-store"})


async def openapi_description(request: Request) -> Response:
    """Return the OpenAPI description of the interface."""
    content = JSONResponse(openapi(current(), requested_site(request).root)).body
    return cached(request, bytes(content), "application/json", FRESH, vary=OF_SITE)
