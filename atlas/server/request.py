"""Read a request: the view it asks for, its language, and the address it came to."""

import re
from typing import NamedTuple
from urllib.parse import parse_qs

from starlette.requests import HTTPConnection, Request

from atlas import settings
from atlas.model.languages import ENGLISH, LANGUAGES, Language
from atlas.model.links import Site
from atlas.model.records import Atlas
from atlas.model.selection import Dropped, Selection, from_query

# More fields and more characters than any link of ours has; the rest is not read.
MOST_FIELDS = 64
MOST_CHARACTERS = 65_536
_HOST = re.compile(r"[A-Za-z0-9.-]{1,253}(:[0-9]{1,5})?|\[[0-9A-Fa-f:.]{2,45}\](:[0-9]{1,5})?")


class RequestedView(NamedTuple):
    """The view that a request asks for, and the parts of its query that mean nothing here."""

    selection: Selection
    dropped: tuple[Dropped, ...]


def requested_view(request: Request, atlas: Atlas) -> RequestedView:
    """Return the view a request asks for, in the browser's language where the query names none."""
    return RequestedView(*from_query(query(request), atlas, accepted_language(request)))


def query(request: Request) -> dict[str, str]:
    """Return the query string split and decoded; a repeated parameter counts as a list."""
    text = request.url.query[:MOST_CHARACTERS]
    fields = "&".join(text.split("&", MOST_FIELDS)[:MOST_FIELDS])
    return {name: ",".join(values) for name, values in parse_qs(fields).items()}


def is_too_long(request: Request) -> bool:
    """Return whether a query has more than any link of ours, so that a part would not be read."""
    text = request.url.query
    return len(text) > MOST_CHARACTERS or text.count("&") >= MOST_FIELDS


def is_embedded(request: Request) -> bool:
    """Return whether the page stands in a frame on another site, as Streamlit's `embed` says."""
    return request.query_params.get("embed", "").lower() == "true"


def accepted_language(request: Request) -> Language:
    """Return the first language of the Accept-Language header that the atlas has."""
    header = request.headers.get("accept-language", "").lower()
    codes = re.findall(r"([a-z]{2,3})(?:-[\w-]+)?", header)
    return next((code for code in codes if code in LANGUAGES), ENGLISH)


def requested_site(request: Request) -> Site:
    """Return the site as the reader addresses it: `ATLAS_URL`, or by the request's Host header.

    A malformed host gives an empty root, and so relative addresses.
    """
    if public := settings.url():
        return Site(public)
    host = request.headers.get("host", "")
    if not _HOST.fullmatch(host):
        return Site()
    return Site(f"{'https' if is_encrypted(request) else 'http'}://{host}/")


def is_encrypted(request: HTTPConnection) -> bool:
    """Tell whether the reader's connection is encrypted, as a proxy says if there is one."""
    return request.headers.get("x-forwarded-proto", request.url.scheme) == "https"
