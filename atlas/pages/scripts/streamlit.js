// Streamlit starts after the first picture. When it has put the places of a page, what the page
// holds moves into them, whole; when it never comes, the page stays as it is.

import { rememberScroll, withEmbedding } from "./address.js"

const STARTS_WITHIN = 4000 // ms after which Streamlit starts, drawn map or not
const COMES_WITHIN = 10000 // ms after which the page says what is missing without Streamlit
const SWITCHES_WITHIN = 4000 // ms after which another page is loaded as a link is

let path = location.pathname // of the page that is shown
let held = new Map() // stretches of the page, by page and number
let whenArrived = () => {}
let whenAdopted = () => {}
let switching = 0 // timer

export function beginStreamlit({ arrived, adopted, moved, offline }) {
  whenArrived = arrived
  whenAdopted = adopted
  for (const node of document.querySelectorAll("#atlas-first .atlas")) held.set(keyOf(node), node)
  stopReruns(moved)
  new MutationObserver(adopt).observe(document.documentElement, { subtree: true, childList: true })
  setTimeout(start, STARTS_WITHIN)
  setTimeout(() => document.getElementById("atlas-first") && offline(), COMES_WITHIN)
}

// Before Streamlit's own listener, which would run the script for a view that needs no run.
function stopReruns(moved) {
  addEventListener(
    "popstate",
    (event) => {
      if (event.isTelling) return
      if (location.pathname !== path) return expectPage() // Streamlit's to switch.
      event.stopImmediatePropagation()
      moved()
    },
    true,
  )
}

// Put the tags that load Streamlit on the page.
export function start() {
  const late = document.getElementById("atlas-late")
  if (!late) return
  late.remove()
  for (const tag of late.content.querySelectorAll("link, script")) {
    const copy = document.createElement(tag.localName)
    for (const { name, value } of tag.attributes) copy.setAttribute(name, value)
    document.head.append(copy)
  }
}

export function isConnected() {
  const app = document.querySelector("[data-testid=stApp]")
  const isTaken = !document.getElementById("atlas-first")
  return isTaken && app?.dataset.testConnectionState === "CONNECTED"
}

// Another page: Streamlit runs its script once, and the history has one entry more. Returns false
// where it is a link like any other.
export function switchPage(page, query, anchor) {
  if (!isConnected()) return false
  rememberScroll()
  const folder = path.replace(/[^/]*$/, "")
  const address = withEmbedding(`${folder}${page}?${query}`) + (anchor ? `#${anchor}` : "")
  history.pushState({ atlas: true }, "", address)
  expectPage()
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
  return true
}

function expectPage() {
  clearTimeout(switching)
  switching = setTimeout(() => location.pathname !== path && location.reload(), SWITCHES_WITHIN)
}

// A script that reads the view runs after a click, when the panels have been asked for.
export function tell() {
  if (!isConnected() || !document.querySelector("#root [data-reads-view]")) return
  const event = new PopStateEvent("popstate", { state: history.state })
  event.isTelling = true
  dispatchEvent(event)
}

function adopt() {
  const places = [...document.querySelectorAll("#root .atlas[data-stretch]")]
  const unknown = places.filter((place) => held.get(keyOf(place)) !== place)
  if (!unknown.length) return
  const page = unknown[0].dataset.page
  const isHeld = [...held.values()].some((node) => node.dataset.page === page)
  if (isHeld) return takeIn(unknown)
  held = new Map(places.filter((place) => place.dataset.page === page).map((place) => [keyOf(place), place]))
  document.getElementById("atlas-first")?.remove()
  path = location.pathname
  clearTimeout(switching)
  markMain()
  whenArrived()
}

// The page as it is moves into the places that Streamlit has put for it, once all are there.
function takeIn(places) {
  const first = document.getElementById("atlas-first")
  if (first && places.length < held.size) return
  const scroll = first?.scrollTop ?? 0
  const focused = document.activeElement
  for (const place of places) {
    const node = held.get(keyOf(place))
    if (node) moveTo(place, node)
    else held.set(keyOf(place), place)
  }
  const main = markMain()
  if (first) {
    first.remove()
    main?.scrollTo({ top: scroll, behavior: "instant" })
  }
  if (document.activeElement !== focused && focused?.isConnected) focused.focus({ preventScroll: true })
  whenAdopted()
}

// `moveBefore` keeps focus, selection and the map's canvas as they are.
function moveTo(place, node) {
  const parent = place.parentElement
  if (parent.moveBefore && node.isConnected) parent.moveBefore(node, place)
  else parent.insertBefore(node, place)
  place.remove()
}

function markMain() {
  const main = document.querySelector("[data-testid=stMain]")
  main?.setAttribute("role", "main")
  return main
}

function keyOf({ dataset: { page, stretch } }) {
  return `${page} ${stretch}`
}
