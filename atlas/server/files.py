"""The static files of the site."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.datapackage.loader import current
from atlas.map.icons import icon_mapping, icon_sheet
from atlas.map.served_files import map_files
from atlas.model.records import Atlas
from atlas.pages.assets import script, stylesheet
from atlas.server.compression import FOR_FILES, compressed_response
from atlas.server.response import REVALIDATED
from atlas.static_file import StaticFile

FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
STAND_IN = {"cache-control": REVALIDATED, "vary": "prefer"}
# Sent by a proxy that can ask another replica for exactly this file (RFC 7240, 4.4).
STRICT = "handling=strict"


def static_files(atlas: Atlas) -> dict[str, StaticFile]:
    """Return every static file of the site by its address."""
    ours = (stylesheet(), script(), icon_sheet(), icon_mapping())
    return {file.url: file for file in (*map_files(atlas), *ours)}


async def asset(request: Request) -> Response:
    """Return a static file at its address; it may be kept for ever.

    During a rollout a page of either version may ask a server of either. For the style and the
    script of another version the present ones stand in, uncached, since a page without them is
    broken. A map file of another version may not match the page's figures: 404.
    """
    if file := static_files(current()).get(request.url.path.removeprefix("/")):
        # In a thread: compressing a map file for the first time would hold up other readers.
        return await run_in_threadpool(
            compressed_response, request, file.content, file.media_type, FOR_FILES, FOR_EVER
        )
    name, is_strict = request.path_params["name"], STRICT in request.headers.get("prefer", "")
    for file in () if is_strict else (stylesheet(), script()):
        if file.name == name:
            return Response(file.content, media_type=file.media_type, headers=STAND_IN)
    return PlainTextResponse("There is no such file.", status_code=404)
