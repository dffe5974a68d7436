"""The static files of the site."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.assets import script, stylesheet
from atlas.mapfiles import static_files
from atlas.server.compression import FOR_FILES, packed
from atlas.server.response import REVALIDATED
from atlas.tables import current

FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}
STAND_IN = {"cache-control": REVALIDATED, "vary": "prefer"}
# What a proxy says that can ask another replica for the very file (RFC 7240, 4.4).
STRICT = "handling=strict"


async def asset(request: Request) -> Response:
    """Answer a static file at its address; it may be kept for ever.

    While one version takes the place of another, a page of either may ask either. Style and
    script of another version are answered by the present ones, which nobody keeps: a page
    without them is broken. What the map reads goes with the figures of its own version: 404.
    """
    if file := static_files(current()).get(request.url.path.removeprefix("/")):
        # The first time, compressing a file of the map takes long enough to hold others up.
        return await run_in_threadpool(
            packed, request, file.content, file.media_type, FOR_FILES, FOR_EVER
        )
    name, is_strict = request.path_params["name"], STRICT in request.headers.get("prefer", "")
    for file in () if is_strict else (stylesheet(), script()):
        if file.name == name:
            return Response(file.content, media_type=file.media_type, headers=STAND_IN)
    return PlainTextResponse("There is no such file.", status_code=404)
