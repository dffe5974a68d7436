// Links and forms that change the view in place. Chips, and links that carry the view along, start
// from the current view, which may be newer than the one that their markup was rendered for.

import { currentQuery, fieldsOf, queryOf, withEmbedding } from "./address.js"
import { fetchAhead, fetchPage } from "./panels.js"

const TYPING_PAUSE = 250 // ms without a key after which the search starts

export function followLinks({ open, openPage }) {
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".atlas a[href]")
    if (!link || !opensHere(event, link)) return
    if (isSecondClick(event, link)) return event.preventDefault()
    const { page, query, anchor } = targetOf(link)
    const result = page === null ? open(query, { anchor }) : openPage(page, query, anchor)
    if (result !== false) event.preventDefault()
    else updateHref(link)
  })
  // A link is hovered or focused before it can be followed, copied or opened elsewhere.
  for (const type of ["pointerover", "pointerdown", "focusin"]) {
    document.addEventListener(type, ({ target }) => {
      const link = target.closest?.(".atlas a[href]")
      if (!link || !isOwn(link)) return
      updateHref(link)
      if (type === "pointerdown" && !link.matches("[target], .ref, .cited")) fetchTarget(link)
    })
  }
}

function opensHere(event, link) {
  const isElsewhere = link.target || link.hasAttribute("download")
  return !event.defaultPrevented && isPlain(event) && isOwn(link) && isPage(link) && !isElsewhere
}

// Returns whether a click is with the main button and without a modifier key.
export function isPlain({ button, ctrlKey, metaKey, shiftKey, altKey }) {
  return !(button || ctrlKey || metaKey || shiftKey || altKey)
}

// A double click on a chip counts once.
function isSecondClick({ detail }, { dataset }) {
  return detail > 1 && (dataset.toggle ?? dataset.set) !== undefined
}

function isOwn(link) {
  const { carry, toggle, set } = link.dataset
  return (carry ?? toggle ?? set) !== undefined || isPage(link)
}

function isPage(link) {
  return /^(\.\/|[a-z]+)?\?/.test(link.getAttribute("href"))
}

function fetchTarget(link) {
  const { page, query } = targetOf(link)
  if (page === null) fetchAhead(query)
  else fetchPage(page || "map", query)
}

function updateHref(link) {
  const { carry, toggle, set } = link.dataset
  if ((carry ?? toggle ?? set) === undefined) return
  const [path] = link.getAttribute("href").split("?")
  const { query, anchor } = targetOf(link)
  const staysInFrame = isPage(link) && !link.target
  const address = staysInFrame ? withEmbedding(`${path}?${query}`) : `${path}?${query}`
  link.setAttribute("href", address + (anchor ? `#${anchor}` : ""))
}

// Where a link leads from the current view. `page` is null for the current page.
function targetOf(link) {
  const [address, anchor = ""] = link.getAttribute("href").split("#")
  const [path, query = ""] = address.split("?")
  const fields = fieldsOfChip(link.dataset) ?? fieldsOfLink(link.dataset, fieldsOf(query))
  return { page: path ? path.replace(/^\.\//, "") : null, query: queryOf(fields), anchor }
}

// The view after a click on a chip; null for any other link.
function fieldsOfChip({ toggle, set }) {
  const [name, value] = (toggle ?? set ?? "").split(" ")
  if (!name) return null
  const fields = fieldsOf(currentQuery())
  const values = new Set((fields.get(name) ?? "").split(",").filter(Boolean))
  if (set) values.clear()
  if (!values.delete(value)) values.add(value)
  return fields.set(name, [...values].join(","))
}

// A link sets the parameters named in `data-carry`, and keeps the others of the current view.
function fieldsOfLink({ carry }, ownFields) {
  if (carry === undefined) return ownFields
  const fields = fieldsOf(currentQuery())
  for (const name of carry.split(" ")) fields.set(name, ownFields.get(name) ?? "")
  return fields
}

// A form works without JavaScript, as a link to the view that it describes. With JavaScript, the
// search also starts while the reader types.
export function followForms(open) {
  let timer = 0
  let isTyping = false // successive searches share one entry of the history
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".atlas form")
    if (!form) return
    event.preventDefault()
    clearTimeout(timer)
    open(queryOfForm(form), { replaces: isTyping, anchor: form.getAttribute("action").slice(1) })
    isTyping = false
  })
  document.addEventListener("input", (event) => {
    const field = event.target
    if (!field.closest(".atlas form[role=search]") || event.isComposing) return
    clearTimeout(timer)
    field.dataset.typing = ""
    timer = setTimeout(() => {
      delete field.dataset.typing
      open(queryOfForm(field.form), { replaces: isTyping })
      isTyping = true
    }, TYPING_PAUSE)
  })
  document.addEventListener("focusout", () => (isTyping = false))
}

function queryOfForm(form) {
  const fields = fieldsOf(currentQuery())
  for (const { name, value, type } of form.elements) {
    if (name && type !== "hidden") fields.set(name, value.trim())
  }
  return queryOf(fields)
}
