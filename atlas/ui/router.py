"""Links that open in place.

Every control outside a widget is a plain link, `<a href="?...">`, that can be copied,
opened in a tab and followed without JavaScript. This component catches the plain click
and asks for a rerun instead of a page load. It also keeps what Streamlit leaves to us:
the language of the document, an address in the atlas's own form, buttons that copy a
text or hand a link to the device's share sheet, and the news that WebGL is missing.
"""

import re
from collections.abc import Callable

import streamlit as st

from atlas.model.pages import MAP
from atlas.pages.assets import edition, script
from atlas.pages.view import MAP_WIDTHS, USUAL_MAP_WIDTH, View
from atlas.ui import address

# Sent with every click, so it only says where the script is; the browser keeps that for ever.
_JS = f"""
export default (view) => {{
  const address = new URL("./{script().url}", document.baseURI).href
  import(address).then((router) => router.mount(view))
}}
"""

_COMPONENT = st.components.v2.component("atlas_router", html="<span hidden></span>", js=_JS)
KEY = "router"
LONGEST_LINK = 8_000
TELEPHONE_MAP_WIDTH = 360
_OWN = re.compile(r"(\./|[a-z]+)?\?")


def mount(view: View, follow: Callable[[str], None]) -> str | None:
    """Put the router on the page, and return the link clicked to another page, if one was.

    `follow` is called, before the rerun, with a clicked link to this page.
    """

    def clicked() -> None:
        # A click that a client reports from another page finds no router here.
        clicked_link = own(getattr(st.session_state.get(KEY), "link", None))
        if clicked_link and clicked_link.startswith("?"):
            follow(clicked_link)

    data = {
        "lang": view.text.tag,
        "query": view.selection.to_query(),
        "torn": view.text.gettext("This part could not be loaded. It is tried again."),
        "panels": f"panels/{edition(view.atlas)}/{view.page or MAP}",
        "width": view.map_width,
    }
    answer = _COMPONENT(key=KEY, data=data, on_link_change=clicked, on_width_change=lambda: None)
    link = own(answer.link)
    if link and link.startswith("?") and address.is_first_run():
        follow(link)
        address.begun()
        st.rerun()
    return link if link and not link.startswith("?") else None


def map_width() -> int:
    """Return the width of the browser's map in pixels; a guess until the browser has sent it."""
    width = getattr(st.session_state.get(KEY), "width", None)
    if isinstance(width, int) and width in MAP_WIDTHS:
        return width
    is_telephone = "Mobi" in st.context.headers.get("User-Agent", "")
    return TELEPHONE_MAP_WIDTH if is_telephone else USUAL_MAP_WIDTH


def own(sent: object) -> str | None:
    """Return a link to a page of this site; None for anything else a client may send."""
    if isinstance(sent, str) and len(sent) <= LONGEST_LINK and _OWN.match(sent):
        return sent
    return None
