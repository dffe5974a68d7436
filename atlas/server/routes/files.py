"""The static files of the site, its icons, and the two files for crawlers."""

from mimetypes import guess_type
from pathlib import Path, PurePath
from xml.sax.saxutils import escape, quoteattr

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from atlas.datapackage.loader import current
from atlas.map.scene.icons import icon_mapping, icon_sheet
from atlas.map.served_files import map_files
from atlas.model.languages import LANGUAGES
from atlas.model.pages import MENU
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.pages import assets
from atlas.pages.assets import built_map, modules, stylesheet
from atlas.pages.links import Site
from atlas.query.directory import shown_alone
from atlas.server.request import OF_SITE, requested_site
from atlas.server.response import (
    FOR_A_DAY,
    FOR_EVER,
    FOR_FILES,
    FRESH,
    REVALIDATED,
    cached,
    compressed_response,
)
from atlas.server.seams.streamlit_routes import below_base
from atlas.static_file import StaticFile

REPLACEMENT = {"cache-control": REVALIDATED, "vary": "prefer"}
# Sent by a proxy that can ask another replica for the exact file (RFC 7240, 4.4).
STRICT = "handling=strict"
# `favicon.svg` and its pixel versions: 32 pixels square for tabs, and 180 for telephones, which
# round the corners themselves.
ICONS = Path(assets.__file__).with_name("icons")
# The limit of sitemaps.org.
MOST_ADDRESSES = 50_000
# Crawlers need none of the endless combinations of filters, which repeat the same facts.
ROBOTS = """\
User-agent: *
Disallow: /_stcore/
Disallow: /api/
Disallow: /brief
Disallow: /metrics

Sitemap: {root}sitemap.xml
"""
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'
)


def static_files(atlas: Atlas) -> dict[str, StaticFile]:
    """Return every static file of the site by its address."""
    ours = (stylesheet(), *modules(), built_map(), icon_sheet(), icon_mapping())
    return {file.url: file for file in (*map_files(atlas), *ours)}


async def asset(request: Request) -> Response:
    """Return a static file at its address, which caches may keep for ever.

    During a rollout, a page of either version may reach a server of either. The style and the
    scripts of another version are replaced by the current ones, uncached, since a page without them
    is broken. A map file of another version is not found: it might not match the page's figures.
    """
    if file := static_files(current()).get(below_base(request.url.path)):
        # In a thread, since the first compression of a map file would hold up other readers.
        return await run_in_threadpool(
            compressed_response, request, file.content, file.media_type, FOR_FILES, FOR_EVER
        )
    name, is_strict = request.path_params["name"], STRICT in request.headers.get("prefer", "")
    for file in () if is_strict else (stylesheet(), *modules()):
        if file.name == name:
            return Response(file.content, media_type=file.media_type, headers=REPLACEMENT)
    return PlainTextResponse("There is no such file.", status_code=404)


async def icon(request: Request) -> Response:
    """Return an icon of the site; browsers request some of them without any link."""
    name = PurePath(request.url.path).name.replace("-precomposed", "")
    return cached(request, (ICONS / name).read_bytes(), guess_type(name)[0] or "", FOR_A_DAY)


async def robots(request: Request) -> Response:
    """Return the rules for crawlers."""
    rules = ROBOTS.format(root=requested_site(request).root)
    return cached(request, rules.encode(), "text/plain", FRESH, vary=OF_SITE)


async def sitemap(request: Request) -> Response:
    """Return the list of all pages, profiles and views of a firm, in every language."""
    content = _sitemap(current(), requested_site(request))
    return cached(request, content.encode(), "application/xml", FRESH, vary=OF_SITE)


def _sitemap(atlas: Atlas, site: Site) -> str:
    pages = [(name, Selection()) for name in MENU if name != "share"]
    places = [("place", Selection(place=place.id)) for place in atlas.places]
    firms = [
        ("", Selection(**changes))
        for firm in atlas.enterprises
        if (changes := shown_alone(atlas, firm))
    ]
    views = (*pages, *places, *firms)[: MOST_ADDRESSES // len(LANGUAGES)]
    entries = (_entry(atlas, site, page, selection) for page, selection in views)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<urlset {NAMESPACES}>\n{''.join(entries)}</urlset>\n"
    )


def _entry(atlas: Atlas, site: Site, page: str, selection: Selection) -> str:
    addresses = {lang: site.page(page, selection.but(lang=lang)) for lang in LANGUAGES}
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{LANGUAGES[lang].tag}" href={quoteattr(address)}/>'
        for lang, address in addresses.items()
    )
    return "".join(
        f"<url><loc>{escape(address)}</loc><lastmod>{atlas.as_of.isoformat()}</lastmod>"
        f"{alternates}</url>\n"
        for address in addresses.values()
    )
