// The current view, as the query of the page's address, and how to write other views. Queries are
// written as the server writes them, in the same order, so that equal views have one address.

import { DEFAULTS, LISTS, PARAMETERS } from "./constants.js"

let query = ""
let order = {} // the values of list parameters, in the order that links have

export function begin(initialQuery, orderOfValues) {
  query = initialQuery
  order = orderOfValues
}

export function currentQuery() {
  return query
}

// The atlas's own parameters in a query, by name.
export function fieldsOf(text) {
  const fields = new Map()
  for (const [name, value] of new URLSearchParams(text)) {
    if (!PARAMETERS.includes(name)) continue
    const isFurther = fields.has(name) && LISTS.includes(name)
    fields.set(name, isFurther ? `${fields.get(name)},${value}` : value)
  }
  return fields
}

export function queryOf(fields) {
  const names = PARAMETERS.filter((name) => fields.get(name) && fields.get(name) !== DEFAULTS[name])
  return names.map((name) => `${name}=${escaped(inOrder(name, fields.get(name)))}`).join("&")
}

// Returns the value of a list parameter with its ids in the order that links have.
export function inOrder(name, value) {
  if (!LISTS.includes(name) || !order[name]) return value
  const rank = (id) => (order[name].indexOf(id) + 1 || Infinity)
  return value.split(",").sort((idA, idB) => rank(idA) - rank(idB)).join(",")
}

function escaped(value) {
  const escapedMark = (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(value).replace(/[!'()*]/g, escapedMark).replaceAll("%2C", ",")
}

// Streamlit's own options for frames stay in the address from view to view.
export function withEmbedding(address) {
  const [link, anchor] = address.split("#")
  const embedding = location.search.slice(1).split("&").filter((field) => /^embed/i.test(field))
  return `${[link, ...embedding].join("&")}${anchor ? `#${anchor}` : ""}`
}

// Puts a view of this page into the address, as a new entry of the history or replacing the current
// one. Returns whether the view is another one.
export function enter(nextQuery, replaces) {
  if (nextQuery === query) return false
  query = nextQuery
  const address = withEmbedding(`${location.pathname}?${query}`)
  if (replaces) history.replaceState(history.state, "", address)
  else {
    rememberScroll()
    history.pushState({ atlas: true }, "", address)
  }
  return true
}

// Reads the view after the reader went back or forward, or to another page.
export function readAddress() {
  query = queryOf(fieldsOf(location.search))
}

function scroller() {
  return document.getElementById("atlas-first") ?? document.querySelector("[data-testid=stMain]")
}

export function rememberScroll() {
  const scroll = scroller()?.scrollTop ?? 0
  history.replaceState({ ...history.state, atlasScroll: scroll }, "")
}

export function restoreScroll() {
  const scroll = history.state?.atlasScroll
  if (scroll !== undefined) scroller()?.scrollTo({ top: scroll, behavior: "instant" })
}
