"""What crawlers ask for: which addresses there are, and which of them not to fetch."""

from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response

from atlas.links import Site
from atlas.pages import PAGES
from atlas.records import LANGUAGES, Atlas
from atlas.selection import Selection
from atlas.server.request import site
from atlas.server.response import cached
from atlas.tables import current
from atlas.text import TAGS

# More addresses than this, sitemaps.org says, no list may have.
MOST = 50_000
# Pages of the same facts without end, by combination of filters, are of no use to a crawler.
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


async def robots(request: Request) -> Response:
    """Answer the rules for crawlers."""
    said = ROBOTS.format(root=site(request).root)
    return cached(request, said.encode(), "text/plain", vary="host")


async def sitemap(request: Request) -> Response:
    """Answer every page, and every place's profile, in every language."""
    listed = _sitemap(current(), site(request))
    return cached(request, listed.encode(), "application/xml", vary="host")


def _sitemap(atlas: Atlas, here: Site) -> str:
    pages = [(name, Selection()) for name in PAGES if name != "share"]
    places = [("place", Selection(place=place.id)) for place in atlas.places]
    listed = (*pages, *places)[: MOST // len(LANGUAGES)]
    entries = (_entry(atlas, here, *one) for one in listed)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f"<urlset {NAMESPACES}>\n{''.join(entries)}</urlset>\n"
    )


def _entry(atlas: Atlas, here: Site, page: str, selection: Selection) -> str:
    addresses = {one: here.page(page, selection.but(lang=one)) for one in LANGUAGES}
    alternates = "".join(
        f'<xhtml:link rel="alternate" hreflang="{TAGS[one]}" href={quoteattr(address)}/>'
        for one, address in addresses.items()
    )
    return "".join(
        f"<url><loc>{escape(address)}</loc><lastmod>{atlas.as_of.isoformat()}</lastmod>"
        f"{alternates}</url>\n"
        for address in addresses.values()
    )
