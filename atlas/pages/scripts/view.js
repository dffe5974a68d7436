// What the reader is on: the view that the server drew last, and the one that the clicks under way
// lead to. A view is written as the query of its address.

const ANSWER_TIME = 3000 // ms within which the server has answered a click, or it is lost

let component = null // none before the first run, and none once another version has taken over
let clicked = { query: "", until: 0 } // empty when the server has caught up
let arrivedAt = "" // path of the page that was drawn last
let isLeaving = false // another page has been asked for

export function setComponent(given) {
  component = given
  if (given && sorted(given.data.query) === sorted(clicked.query)) clicked = { query: "", until: 0 }
}

// Without a component a link is followed as a link.
export function isMounted() {
  return component !== null
}

export function viewData() {
  return component.data
}

// The view that the reader is on, or will be: a quick reader's next click starts from there.
export function latestQuery() {
  return clicked.query && Date.now() < clicked.until ? clicked.query : component.data.query
}

// Ask the server for a view of this page, or for another page.
export function openView(address) {
  const isOther = address !== `?${latestQuery()}`
  if (address.startsWith("?")) {
    clicked = { query: address.slice(1), until: Date.now() + ANSWER_TIME }
  }
  isLeaving = !address.startsWith("?")
  if (isOther) component.setTriggerValue("link", address)
}

// Not on the way to another page: a run for the page that is left would bring it back.
export function canReport() {
  return isMounted() && isArrived() && !isLeaving
}

export function reportMapWidth(pixels) {
  component.setStateValue("width", pixels)
}

// On the way to another page the address changes before that page is drawn.
export function isArrived() {
  return arrivedAt === location.pathname
}

export function arrive() {
  arrivedAt = location.pathname
  isLeaving = false
}

// Write the view into the address in the atlas's own form; Streamlit's `embed` options stay.
export function keepAddress() {
  const embed = location.search.slice(1).split("&").filter((field) => field.startsWith("embed"))
  const search = `?${[component.data.query, ...embed].join("&")}`
  if (location.search !== search) history.replaceState(history.state, "", search + location.hash)
}

export function inOrder(value) {
  return value.split(",").sort().join(",")
}

function sorted(query) {
  const fields = [...new URLSearchParams(query)]
  return fields.map(([name, value]) => `${name}=${inOrder(value)}`).sort().join("&")
}
