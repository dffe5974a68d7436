"""The static files of the site."""

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.mapfiles import static_files
from atlas.server.packed import FOR_FILES, packed
from atlas.tables import current

FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}


async def asset(request: Request) -> Response:
    """Answer a static file at its address; it may be kept for ever."""
    file = static_files(current()).get(request.url.path.removeprefix("/"))
    if file is None:
        return PlainTextResponse("There is no such file.", status_code=404)
    return packed(request, file.content, file.media_type, FOR_FILES, FOR_EVER)
