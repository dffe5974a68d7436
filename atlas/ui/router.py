"""Links that open in place.

Every control outside a widget is a plain link, `<a href="?...">`, that can be copied,
opened in a tab and followed without JavaScript. This component catches the plain click
and asks for a rerun instead of a page load. It also keeps what Streamlit leaves to us:
the language of the document, an address in the atlas's own form, buttons that copy a
text or hand a link to the device's share sheet, and the news that WebGL is missing.
"""

from collections.abc import Callable

import streamlit as st

_JS = """
export default function ({ data, parentElement, setTriggerValue }) {
  document.documentElement.lang = data.lang
  const embed = location.search.slice(1).split("&").filter((one) => one.startsWith("embed"))
  const own = "?" + [data.query, ...embed].join("&")
  if (location.search !== own) history.replaceState(history.state, "", own + location.hash)
  const root = document.documentElement.classList
  root.toggle("can-share", Boolean(navigator.share))
  const webgl = window.atlasWebGL ??= Boolean(document.createElement("canvas").getContext("webgl2"))
  root.toggle("no-webgl", !webgl)
  const copy = async (button) => {
    const { copy, link } = button.dataset
    const said = copy ? document.getElementById(copy).textContent : new URL(link, location).href
    try {
      await navigator.clipboard.writeText(said)
    } catch {
      // Without a secure context there is no clipboard: the reader copies by hand.
      return prompt(button.textContent, said)
    }
    const label = button.textContent
    button.textContent = button.dataset.done
    setTimeout(() => (button.textContent = label), 2000)
  }
  const press = (event) => {
    const button = event.target.closest?.(".stHtml button[data-link], .stHtml button[data-copy]")
    if (!button) return
    const { send, link } = button.dataset
    if (send === undefined) return copy(button)
    // The reader may close the sheet; that is no error.
    navigator.share({ title: document.title, url: new URL(link, location).href }).catch(() => {})
  }
  const open = (event) => {
    press(event)
    const anchor = event.target.closest?.(".stHtml a")
    if (anchor?.target || anchor?.hasAttribute("download")) return
    const href = anchor?.getAttribute("href") ?? ""
    const held = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
    if (!/^(\\.\\/|[a-z]+)?\\?/.test(href) || event.button || held) return
    event.preventDefault()
    const [address, id] = href.split("#")
    if (address !== "?" + data.query) setTriggerValue("link", address)
    // What is not there yet is jumped to: the page still grows, which would end a smooth way.
    const absent = !document.getElementById(id)
    if (address.startsWith("?") && id) show(id, Date.now() + 10000, absent)
    else window.atlasAnchor = id
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
