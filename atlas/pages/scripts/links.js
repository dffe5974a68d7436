// Links that open in place. A chip or a link that carries the view along starts from the view that
// the reader is on, which may be ahead of the one that its markup was drawn for.

import { focusAfterClick } from "./focus.js"
import { fillPanels, fetchAhead } from "./panels.js"
import { isMounted, latestQuery, openView } from "./view.js"

const ownHrefs = new WeakMap() // href as drawn, by link; the one in the page is brought up to date

export function followLinks() {
  document.addEventListener("click", (event) => {
    const link = isMounted() && event.target.closest?.(".stHtml a")
    if (link && opensHere(event, link)) follow(event, link)
  })
  // Before a link can be followed, copied or opened elsewhere, it is pointed at or focused.
  for (const kind of ["pointerover", "pointerdown", "focusin"]) {
    document.addEventListener(kind, bringUpToDate)
  }
}

function opensHere(event, link) {
  const isOwn = /^(\.\/|[a-z]+)?\?/.test(link.getAttribute("href") ?? "")
  const isElsewhere = link.target || link.hasAttribute("download")
  const isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
  return isOwn && !isElsewhere && !event.button && !isHeld
}

function follow(event, link) {
  event.preventDefault()
  const [address, anchor = ""] = target(link).split("#")
  openView(address)
  // Once that is sent: the panels take 15 ms to draw, and the map waits for the server's answer.
  setTimeout(() => isMounted() && fillPanels())
  focusAfterClick({ anchor, id: link.id, staysHere: address.startsWith("?") })
}

function bringUpToDate({ target: element, type }) {
  const link = isMounted() && element.closest?.(".stHtml a[data-carry], .stHtml a[data-toggle]")
  if (!link) return
  const href = target(link)
  link.setAttribute("href", href)
  const [page, query] = href.split(/[?#]/)
  if (type === "pointerdown" && !page) fetchAhead(query)
}

// Where a link leads from the view that the reader is on.
function target(link) {
  return chosen(link.dataset) ?? carrying(link)
}

// The address after a choice is made or taken back; null for a link that is no choice.
function chosen({ toggle, set }) {
  const [name, value] = (toggle ?? set ?? "").split(" ")
  if (!name) return null
  const fields = new URLSearchParams(latestQuery())
  const values = new Set((fields.get(name) ?? "").split(",").filter(Boolean))
  if (set) values.clear()
  if (!values.delete(value)) values.add(value)
  fields.delete(name)
  if (values.size) fields.set(name, [...values].join(","))
  return withPlainCommas(`?${fields}`)
}

// A link that is the same whatever the filters takes the rest of the view along.
function carrying(link) {
  if (!ownHrefs.has(link)) ownHrefs.set(link, link.getAttribute("href"))
  const href = ownHrefs.get(link)
  const { carry } = link.dataset
  if (carry === undefined) return href
  const [, address, query, anchor] = href.match(/^([^?#]*)\??([^#]*)(.*)$/)
  const fields = new URLSearchParams(latestQuery())
  for (const name of carry.split(" ")) fields.delete(name)
  for (const [name, value] of new URLSearchParams(query)) fields.set(name, value)
  return withPlainCommas(`${address}?${fields}`) + anchor
}

function withPlainCommas(address) {
  return address.replaceAll("%2C", ",")
}
