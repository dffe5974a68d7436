// Links that open in place. A chip or a link that carries the view along starts from the view that
// the reader is on, which may be ahead of the one that its markup was drawn for.

import { currentQuery, fieldsOf, withEmbedding, written } from "./address.js"
import { fetchAhead, fetchPage } from "./panels.js"

export function followLinks({ open, openPage }) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".atlas a[href]")
    if (!link || !opensHere(event, link)) return
    if (isSecondOfTwo(event, link)) return event.preventDefault()
    const { page, query, anchor } = target(link)
    const follow = page === null ? open(query, { anchor }) : openPage(page, query, anchor)
    if (follow !== false) event.preventDefault()
    else bringUpToDate(link)
  })
  // Before a link can be followed, copied or opened elsewhere, it is pointed at or focused.
  for (const kind of ["pointerover", "pointerdown", "focusin"]) {
    document.addEventListener(kind, ({ target: element }) => {
      const link = element.closest?.(".atlas a[href]")
      if (!link || !isOwn(link)) return
      bringUpToDate(link)
      if (kind === "pointerdown" && !link.matches("[target], .ref, .cited")) prepare(target(link))
    })
  }
}

function opensHere(event, link) {
  const isElsewhere = link.target || link.hasAttribute("download")
  const isHeld = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
  if (event.defaultPrevented) return false
  return isOwn(link) && isPage(link) && !isElsewhere && !event.button && !isHeld
}

// Who double-clicks a choice means it once.
function isSecondOfTwo({ detail }, { dataset }) {
  return detail > 1 && (dataset.toggle ?? dataset.set) !== undefined
}

function isOwn(link) {
  const { carry, toggle, set } = link.dataset
  return (carry ?? toggle ?? set) !== undefined || isPage(link)
}

function isPage(link) {
  return /^(\.\/|[a-z]+)?\?/.test(link.getAttribute("href"))
}

function prepare({ page, query }) {
  if (page === null) fetchAhead(query)
  else fetchPage(page || "map", query)
}

function bringUpToDate(link) {
  const { carry, toggle, set } = link.dataset
  if ((carry ?? toggle ?? set) === undefined) return
  const [path] = link.getAttribute("href").split("?")
  const { query, anchor } = target(link)
  const isInFrame = isPage(link) && !link.target
  const address = isInFrame ? withEmbedding(`${path}?${query}`) : `${path}?${query}`
  link.setAttribute("href", address + (anchor ? `#${anchor}` : ""))
}

// Where a link leads from the view that the reader is on: the page, null for this one, and the view.
function target(link) {
  const [address, anchor = ""] = link.getAttribute("href").split("#")
  const [path, query = ""] = address.split("?")
  const fields = chosen(link.dataset) ?? carrying(link.dataset, fieldsOf(query))
  return { page: path ? path.replace(/^\.\//, "") : null, query: written(fields), anchor }
}

// The view after a choice is made or taken back; null for a link that is no choice.
function chosen({ toggle, set }) {
  const [name, value] = (toggle ?? set ?? "").split(" ")
  if (!name) return null
  const fields = fieldsOf(currentQuery())
  const values = new Set((fields.get(name) ?? "").split(",").filter(Boolean))
  if (set) values.clear()
  if (!values.delete(value)) values.add(value)
  return fields.set(name, [...values].join(","))
}

// A link decides the parameters that it carries the names of, and takes the rest of the view along.
function carrying({ carry }, own) {
  if (carry === undefined) return own
  const fields = fieldsOf(currentQuery())
  for (const name of carry.split(" ")) fields.set(name, own.get(name) ?? "")
  return fields
}
