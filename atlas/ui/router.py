"""Links that open in place.

Every control outside a widget is a plain link, `<a href="?...">`, that can be copied,
opened in a tab and followed without JavaScript. This component catches the plain click
and asks for a rerun instead of a page load. It also keeps what Streamlit leaves to us:
the language of the document and an address in the atlas's own form.
"""

from collections.abc import Callable

import streamlit as st

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  document.documentElement.lang = data.lang
  const embed = location.search.slice(1).split("&").filter((one) => one.startsWith("embed"))
  const own = "?" + [data.query, ...embed].join("&")
  if (location.search !== own) history.replaceState(history.state, "", own + location.hash)
  const open = (event) => {
    const href = event.target.closest?.(".stHtml a")?.getAttribute("href") ?? ""
    const held = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (!/^(\\.\\/|[a-z]+)?\\?/.test(href) || event.button || held) return
    event.preventDefault()
    const [address, anchor] = href.split("#")
    if (address !== "?" + data.query) setTriggerValue("link", address)
    // What is not there yet is jumped to: the page still grows, which would end a smooth way.
    const absent = !document.getElementById(anchor)
    if (address.startsWith("?") && anchor) show(anchor, Date.now() + 10000, absent)
    else window.atlasAnchor = anchor
  }
  const show = (id, until, arriving) => {
    const target = document.getElementById(id)
    if (!target) return Date.now() < until && setTimeout(show, 60, id, until, arriving)
    const calm = arriving || matchMedia("(prefers-reduced-motion: reduce)").matches
    target.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest" })
    target.setAttribute("tabindex", "-1")
    target.focus({ preventScroll: true })
  }
  if (parentElement.atlasPage !== location.pathname) {
    const anchor = window.atlasAnchor || location.hash.slice(1)
    if (anchor) show(anchor, Date.now() + 20000, true)
    window.atlasAnchor = ""
    parentElement.atlasPage = location.pathname
  }
  // This function runs anew with every change of the data, its return value only at the end.
  document.removeEventListener("click", parentElement.atlasOpen)
  parentElement.atlasOpen = open
  document.addEventListener("click", open)
  return () => document.removeEventListener("click", parentElement.atlasOpen)
}
"""

_COMPONENT = st.components.v2.component("atlas_router", html="<span hidden></span>", js=_JS)
KEY = "router"


def mount(tag: str, query: str, follow: Callable[[str], None]) -> str | None:
    """Put the router on the page, and return the link clicked to another page, if one was.

    `follow` is called, before the rerun, with a clicked link to this page.
    """

    def clicked() -> None:
        link = st.session_state[KEY].link
        if link and link.startswith("?"):
            follow(link)

    found = _COMPONENT(key=KEY, data={"lang": tag, "query": query}, on_link_change=clicked)
    return found.link if found.link and not found.link.startswith("?") else None
