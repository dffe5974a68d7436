"""What the server answers beside Streamlit: the index page and the static files."""

import gc
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import streamlit
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route
from starlette_compress import CompressMiddleware

from atlas import settings
from atlas.assets import stylesheet
from atlas.mapfiles import static_files
from atlas.pages import PAGES
from atlas.records import LANGUAGES, Language
from atlas.selection import Selection, from_query
from atlas.tables import current
from atlas.text import text
from atlas.wording import title

FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}


def routes() -> list[Route]:
    """Return the routes of our own: the index for each page, and the static files."""
    pages = [Route(f"/{name}", index, methods=["GET", "HEAD"]) for name in PAGES]
    return [*pages, Route("/assets/{digest}/{name}", asset, methods=["GET", "HEAD"])]


def middleware() -> list[Middleware]:
    """Return the middleware: compression, which Streamlit leaves off for its bundle."""
    return [Middleware(CompressMiddleware)]


@asynccontextmanager
async def lifespan(_: Any) -> AsyncIterator[dict[str, Any]]:
    """Load the data before the first reader comes; broken data or settings stop the start."""
    settings.contact()
    static_files(current())
    # What is loaded now stays: keep it out of every later collection.
    gc.collect()
    gc.freeze()
    yield {}


async def index(request: Request) -> Response:
    """Answer Streamlit's page with the language, title and description of the view."""
    atlas = current()
    query = {name: ",".join(values) for name, values in parse_qs(request.url.query).items()}
    selection, _ = from_query(query, atlas, _accepted(request))
    words = text(selection.lang)
    page = request.url.path.strip("/")
    head = [
        f"<title>{escape(title(atlas, selection, words, page))}</title>",
        f'<meta name="description" content="{escape(atlas.lead[selection.lang])}">',
        f'<link rel="stylesheet" href="./{stylesheet().url}">',
        *(_alternate(selection, language) for language in LANGUAGES),
    ]
    shell = _shell().replace("<title>Streamlit</title>", "\n    ".join(head))
    shell = shell.replace('<html lang="en">', f'<html lang="{words.tag}">')
    return HTMLResponse(shell, headers={"cache-control": "no-cache", "vary": "accept-language"})


def _alternate(selection: Selection, language: Language) -> str:
    query = escape(selection.but(lang=language).to_query())
    return f'<link rel="alternate" hreflang="{text(language).tag}" href="?{query}">'


@lru_cache(maxsize=1)
def _shell() -> str:
    return (Path(streamlit.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")


def _accepted(request: Request) -> Language:
    """Return the first language of the Accept-Language header that the atlas has."""
    accepted = re.findall(
        r"([a-z]{2,3})(?:-[\w-]+)?", request.headers.get("accept-language", "").lower()
    )
    return next((language for language in accepted if language in LANGUAGES), LANGUAGES[0])


async def asset(request: Request) -> Response:
    """Answer a static file at its address; it may be kept for ever."""
    file = static_files(current()).get(request.url.path.removeprefix("/"))
    if file is None:
        return PlainTextResponse("There is no such file.", status_code=404)
    return Response(file.content, media_type=file.media_type, headers=FOR_EVER)
