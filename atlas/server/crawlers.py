"""The files for crawlers: the sitemap, and which addresses not to fetch."""

from xml.sax.saxutils import escape, quoteattr

from starlette.requests import Request
from starlette.responses import Response

from atlas.datapackage.loader import current
from atlas.model.languages import LANGUAGES
from atlas.model.links import Site
from atlas.model.pages import PAGES
from atlas.model.records import Atlas
from atlas.model.selection import Selection
from atlas.server.request import requested_site
from atlas.server.response import cached

# The limit of sitemaps.org.
MOST = 50_000
# Combinations of filters give endless pages of the same facts, which no crawler needs.
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
    """Return the rules for crawlers."""
    rules = ROBOTS.format(root=requested_site(request).root)
    return cached(request, rules.encode(), "text/plain", vary="host")


async def sitemap(request: Request) -> Response:
    """Return a list of every page, and every place's profile, in every language."""
    content = _sitemap(current(), requested_site(request))
    return cached(request, content.encode(), "application/xml", vary="host")


def _sitemap(atlas: Atlas, site: Site) -> str:
    pages = [(name, Selection()) for name in PAGES if name != "share"]
    places = [("place", Selection(place=place.id)) for place in atlas.places]
    listed = (*pages, *places)[: MOST // len(LANGUAGES)]
    entries = (_entry(atlas, site, page, selection) for page, selection in listed)
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
