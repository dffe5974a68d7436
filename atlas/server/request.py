"""Read a request: the view it asks for, its language, and the address it came to."""

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

# More fields and more characters than any link of ours has; the rest is not read.
MOST_FIELDS = 64
MOST_CHARACTERS = 65_536
# Reading a query takes up to 0.4 ms, half of a click on a view that has been asked for before. What
# is kept of queries up to this length is 2 MB at most.
MOST_CHARACTERS_KEPT = 500
# What addresses take besides a view: `theme` for pictures, `separator` for tables, the others for
# frames on other sites, which are Streamlit's.
NAMES = frozenset({*PARAMETERS, "theme", "separator", "embed", "embed_options"})
# What an answer depends on that holds the site's own address.
OF_SITE = "host, referer, x-forwarded-host, x-forwarded-prefix, x-forwarded-proto"
OF_SITE_AND_READER = f"{OF_SITE}, accept-language"
# An underscore is no letter of a host's name by the book, and is one in many an intranet.
_HOST = re.compile(r"[A-Za-z0-9_.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")
_PREFIX = re.compile(r"(/(?!\.{1,2}(?:/|$))[A-Za-z0-9._~+@-]{1,80}){0,8}/?")
_PAGE = re.compile(rf"https?://([^/]+)(/[^?]*)?/(?:{'|'.join(PAGES)})(?:\?.*)?")


class RequestedView(NamedTuple):
    """The view that a request asks for, and the parts of its query that mean nothing here."""

    selection: Selection
    dropped: tuple[Dropped, ...]


def requested_view(request: Request, atlas: Atlas) -> RequestedView:
    """Return the view a request asks for, in the browser's language where the query names none."""
    text = _query_text(request)
    read = _view if len(text) <= MOST_CHARACTERS_KEPT else _view.__wrapped__
    return read(text, atlas, accepted_language(request))


@lru_cache(maxsize=1024)
def _view(text: str, atlas: Atlas, language: Language) -> RequestedView:
    return RequestedView(*from_query(_as_meant(text), atlas, language))


def query(request: Request) -> Mapping[str, str]:
    """Return the query as it was meant, whatever other programs made of it on its way."""
    text = _query_text(request)
    return (_as_meant if len(text) <= MOST_CHARACTERS_KEPT else _as_meant.__wrapped__)(text)


@lru_cache(maxsize=1024)
def _as_meant(text: str) -> Mapping[str, str]:
    return MappingProxyType(as_meant(_split(text), NAMES, FREE_TEXTS))


def given(request: Request) -> dict[str, str]:
    """Return the query string split and decoded; a repeated parameter counts as a list."""
    return _split(_query_text(request))


def _query_text(request: Request) -> str:
    text: str = request.scope["query_string"][:MOST_CHARACTERS].decode("latin-1")
    return text


def _split(text: str) -> dict[str, str]:
    fields = "&".join(text.split("&", MOST_FIELDS)[:MOST_FIELDS])
    parts = parse_qs(fields, keep_blank_values=True)
    return {name: ",".join(filter(None, values)) for name, values in parts.items()}


def is_too_long(request: Request) -> bool:
    """Return whether a query has more than any link of ours, so that a part would not be read."""
    text = request.url.query
    return len(text) > MOST_CHARACTERS or text.count("&") >= MOST_FIELDS


def accepted_language(request: Request) -> Language:
    """Return the language of the Accept-Language header that the atlas has and is wanted most."""
    return preferred_language(request.headers.get("accept-language", ""))


def is_embedded(request: Request) -> bool:
    """Tell whether the request is for a frame on another site, as Streamlit's pages judge it."""
    return query(request).get("embed", "").lower() == "true"


def requested_site(request: HTTPConnection) -> Site:
    """Return the site as the reader addresses it, the only source of its own address.

    That is `ATLAS_URL`, else what the proxies say (`X-Forwarded-Prefix`, `-Host` and `-Proto`),
    else the request and the page it comes from. A malformed host gives an empty root, and so
    relative addresses.
    """
    if public := settings.url():
        return Site(public)
    host = _forwarded(request, "host") or request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return Site()
    path = _path(request, _forwarded(request, "prefix") or _folder_of_page(request, host))
    return Site(f"{'https' if is_encrypted(request) else 'http'}://{host}{path}/")


def _folder_of_page(request: HTTPConnection, host: str) -> str:
    """Return the folder of the page of ours that asks: a proxy may take it without a word."""
    page = _PAGE.fullmatch(request.headers.get("referer", ""))
    return page[2] or "" if page and page[1] == host else ""


def _path(request: HTTPConnection, taken: str) -> str:
    """Return the path to the site's root, without a slash at its end.

    It is what the proxy has taken away, and below that what the server itself is mounted under.
    """
    taken = taken.rstrip("/") if _PREFIX.fullmatch(taken) else ""
    mounted = str(request.scope.get("root_path", "")).rstrip("/")
    return mounted if f"{mounted}/".startswith(f"{taken}/") else taken + mounted


def is_encrypted(request: HTTPConnection) -> bool:
    """Tell whether the reader's connection is encrypted, as a proxy says if there is one."""
    return (_forwarded(request, "proto") or request.url.scheme).lower() in ("https", "wss")


def _forwarded(request: HTTPConnection, what: str) -> str:
    """Return what the first proxy says of the reader's request; each of several adds its own."""
    return request.headers.get(f"x-forwarded-{what}", "").split(",")[0].strip()
