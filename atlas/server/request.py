"""Reading a request: the requested view, the language, and the address of the site."""

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection, Request

from atlas import settings
from atlas.model.languages import Language, preferred_language
from atlas.model.mangled import as_meant
from atlas.model.pages import PAGES
from atlas.model.records import Atlas
from atlas.model.selection import FREE_TEXTS, PARAMETERS, Dropped, Selection, from_query
from atlas.pages.links import Site

# More than any of our links has; the rest of a query is not read.
MOST_FIELDS = 64
MOST_CHARACTERS = 65_536
# Reading a query takes up to 0.4 ms, half of the time of a click on a cached view. The cache of
# queries up to this length takes 2 MB at most.
MOST_CHARACTERS_CACHED = 500
# The parameters of addresses: those of views, `theme` for pictures, `separator` for tables, and
# Streamlit's own for frames on other sites.
NAMES = frozenset({*PARAMETERS, "theme", "separator", "embed", "embed_options"})
# `Vary` of responses that contain the site's own address.
OF_SITE = "host, referer, x-forwarded-host, x-forwarded-prefix, x-forwarded-proto"
OF_SITE_AND_READER = f"{OF_SITE}, accept-language"
# The standards allow no underscore in a host name, but many intranets use it.
_HOST = re.compile(r"[A-Za-z0-9_.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
_PREFIX = re.compile(r"(/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~+@-]{1,80}){0,8}/?")
_PAGE = re.compile(rf"https?://([^/]+)(/[^?]*)?/(?:{'|'.join(PAGES)})(?:\?.*)?")


class RequestedView(NamedTuple):
    """The view that a request asks for, and the parts of its query without a meaning here."""

    selection: Selection
    dropped: tuple[Dropped, ...]


def requested_view(request: Request, atlas: Atlas) -> RequestedView:
    """Return the view a request asks for, in the browser's language if the query names none."""
    text = _query_text(request)
    read = _view if len(text) <= MOST_CHARACTERS_CACHED else _view.__wrapped__
    return read(text, atlas, accepted_language(request))


@lru_cache(maxsize=1024)
def _view(text: str, atlas: Atlas, language: Language) -> RequestedView:
    return RequestedView(*from_query(_repaired(text), atlas, language))


def query(request: Request) -> Mapping[str, str]:
    """Return the parameters of the query, with the damage done by other programs repaired."""
    text = _query_text(request)
    return (_repaired if len(text) <= MOST_CHARACTERS_CACHED else _repaired.__wrapped__)(text)


@lru_cache(maxsize=1024)
def _repaired(text: str) -> Mapping[str, str]:
    return MappingProxyType(as_meant(_split(text), NAMES, FREE_TEXTS))


def raw_query(request: Request) -> dict[str, str]:
    """Return the parameters of the query as sent; a repeated parameter counts as a list."""
    return _split(_query_text(request))


def _query_text(request: Request) -> str:
    text: str = request.scope["query_string"][:MOST_CHARACTERS].decode("latin-1")
    return text


def _split(text: str) -> dict[str, str]:
    fields = "&".join(text.split("&", MOST_FIELDS)[:MOST_FIELDS])
    parts = parse_qs(fields, keep_blank_values=True)
    return {name: ",".join(filter(None, values)) for name, values in parts.items()}


def is_too_long(request: Request) -> bool:
    """Return whether a query is too long to be read as a whole."""
    text = request.url.query
    return len(text) > MOST_CHARACTERS or text.count("&") >= MOST_FIELDS


def accepted_language(request: Request) -> Language:
    """Return the language of the atlas that the Accept-Language header prefers."""
    return preferred_language(request.headers.get("accept-language", ""))


def is_embedded(request: Request) -> bool:
    """Return whether the request is for a frame on another site, by Streamlit's own rule."""
    return query(request).get("embed", "").lower() == "true"


def requested_site(request: HTTPConnection) -> Site:
    """Return the site under the address that the reader uses.

    It is `ATLAS_URL` if set, else what the proxies say (`X-Forwarded-Prefix`, `-Host` and
    `-Proto`), else that of the request and the page it comes from. A malformed host gives an empty
    root, and so relative addresses.
    """
    if public := settings.url():
        return Site(public)
    host = _forwarded(request, "host") or request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return Site()
    path = _path(request, _forwarded(request, "prefix") or _folder_of_page(request, host))
    return Site(f"{'https' if is_encrypted(request) else 'http'}://{host}{path}/")


def _folder_of_page(request: HTTPConnection, host: str) -> str:
    """Return the folder of our page that sent the request: a proxy may remove it silently."""
    page = _PAGE.fullmatch(request.headers.get("referer", ""))
    return page[2] or "" if page and page[1] == host else ""


def _path(request: HTTPConnection, prefix: str) -> str:
    """Return the path to the site's root, without a trailing slash.

    It is the prefix that the proxy removes, followed by the path that the server is mounted at.
    """
    prefix = prefix.rstrip("/") if _PREFIX.fullmatch(prefix) else ""
    mount = str(request.scope.get("root_path", "")).rstrip("/")
    return mount if f"{mount}/".startswith(f"{prefix}/") else prefix + mount


def is_encrypted(request: HTTPConnection) -> bool:
    """Return whether the reader's connection is encrypted; a proxy knows best."""
    return (_forwarded(request, "proto") or request.url.scheme).lower() in ("https", "wss")


def _forwarded(request: HTTPConnection, name: str) -> str:
    """Return an X-Forwarded header of the first proxy; each further proxy adds a value."""
    return request.headers.get(f"x-forwarded-{name}", "").split(",")[0].strip()
