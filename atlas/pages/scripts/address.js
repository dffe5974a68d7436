// The view that the page is on, as the query of its address, and the ways to another view. What the
// server writes, in the server's order, is written here too: equal views have one address.

import { DEFAULTS, LISTS, PARAMETERS } from "./constants.js"

let query = ""
let order = {} // the values of lists, in the order of links

export function begin(firstQuery, orderOfValues) {
  query = firstQuery
  order = orderOfValues
}

export function currentQuery() {
  return query
}

// What stands in a query of the parameters of the atlas, by name.
export function fieldsOf(text) {
  const fields = new Map()
  for (const [name, value] of new URLSearchParams(text)) {
    if (!PARAMETERS.includes(name)) continue
    fields.set(name, fields.has(name) && LISTS.includes(name) ? `${fields.get(name)},${value}` : value)
  }
  return fields
}

export function written(fields) {
  const names = PARAMETERS.filter((name) => fields.get(name) && fields.get(name) !== DEFAULTS[name])
  return names.map((name) => `${name}=${escaped(inOrder(name, fields.get(name)))}`).join("&")
}

// A list of ids in the order of links.
export function inOrder(name, value) {
  if (!LISTS.includes(name) || !order[name]) return value
  const place = (one) => (order[name].indexOf(one) + 1 || Infinity)
  return value.split(",").sort((one, other) => place(one) - place(other)).join(",")
}

function escaped(value) {
  const marks = (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`
  return encodeURIComponent(value).replace(/[!'()*]/g, marks).replaceAll("%2C", ",")
}

// Streamlit's own options stay with the reader from view to view.
export function withEmbedding(address) {
  const [link, anchor] = address.split("#")
  const embedding = location.search.slice(1).split("&").filter((field) => /^embed/i.test(field))
  return `${[link, ...embedding].join("&")}${anchor ? `#${anchor}` : ""}`
}

// Take a view of this page over into the address, as an entry of the history or in place of one.
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

// The address has changed by itself: the reader went back or forward, or to another page.
export function readAddress() {
  query = written(fieldsOf(location.search))
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
