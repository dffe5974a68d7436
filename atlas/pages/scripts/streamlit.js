// Streamlit starts after the first picture. When it has put the places of a page, what the page
// holds moves into them, whole; when it never comes, the page stays as it is.

import { rememberScroll, withEmbedding } from "./address.js"
import { PAGES } from "./constants.js"

const STARTS_WITHIN = 4000 // ms after which Streamlit starts, drawn map or not
const COMES_WITHIN = 10000 // ms after which the page says what is missing without Streamlit
const SWITCHES_WITHIN = 4000 // ms after which another page is loaded as a link is

let shownPage = pageName()
let held = new Map() // slots of the page, by panel
let whenArrived = () => {}
let whenAdopted = () => {}
let switching = 0 // timer
const firstSearch = location.search

// Streamlit asks for its icons (375 kB) as soon as it starts. Where it draws one, its style does too.
function waitWithIcons() {
  const load = document.fonts.load.bind(document.fonts)
  document.fonts.load = (font, ...rest) =>
    font.includes("Material Symbols") ? Promise.resolve([]) : load(font, ...rest)
}

export function beginStreamlit({ arrived, adopted, moved, offline }) {
  whenArrived = arrived
  whenAdopted = adopted
  for (const slot of document.querySelectorAll("#atlas-first [data-panel]")) hold(slot)
  waitWithIcons()
  stopReruns(moved)
  new MutationObserver(adopt).observe(document.documentElement, { subtree: true, childList: true })
  setTimeout(start, STARTS_WITHIN)
  setTimeout(() => document.getElementById("atlas-first") && offline(), COMES_WITHIN)
}

// The page that the address names, as panels name it.
export function pageName() {
  const last = location.pathname.split("/").at(-1)
  return last && PAGES.includes(last) ? last : "map"
}

function hold(slot) {
  held.set(slot.dataset.panel, slot)
}

// Before Streamlit's own listener, which would run the script for a view that needs no run.
function stopReruns(moved) {
  addEventListener(
    "popstate",
    (event) => {
      if (event.isTelling) return
      // Streamlit's to switch, also back from a page that has not arrived.
      if (pageName() !== shownPage || switching) return expectPage()
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

function isConnected() {
  const app = document.querySelector("[data-testid=stApp]")
  const isTaken = !document.getElementById("atlas-first")
  return isTaken && app?.dataset.testConnectionState === "CONNECTED"
}

// Another page: Streamlit runs its script once, and the history has one entry more. Returns false
// where it is a link like any other.
export function switchPage(page, query) {
  if (!isConnected()) return false
  rememberScroll()
  const folder = shownPage === "map" ? location.pathname : location.pathname.replace(/[^/]*$/, "")
  history.pushState({ atlas: true }, "", withEmbedding(`${folder}${page}?${query}`))
  expectPage()
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
  return true
}

function expectPage() {
  clearTimeout(switching)
  switching = setTimeout(() => {
    switching = 0
    if (!slotsOf(pageName()).length) location.reload()
  }, SWITCHES_WITHIN)
}

function slotsOf(page) {
  return [...document.querySelectorAll(`#root .atlas[data-page=${page}] [data-panel]`)]
}

function hasArrived() {
  clearTimeout(switching)
  switching = 0
}

// A script that reads the view runs after a click, when the panels have been asked for.
export function tell() {
  if (!isConnected() || !document.querySelector("#root [data-reads-view]")) return
  const event = new PopStateEvent("popstate", { state: history.state })
  event.isTelling = true
  dispatchEvent(event)
}

// A reader may have moved on while the first run of her session was under way.
function tellOfMoves() {
  if (document.querySelector("[data-test-script-state=running]")) setTimeout(tellOfMoves, 100)
  else tell()
}

function adopt() {
  const page = pageName()
  const places = slotsOf(page)
  const news = places.filter((place) => held.get(place.dataset.panel) !== place)
  if (!news.length) return
  hasArrived()
  if (page === shownPage) return takeIn(news)
  shownPage = page
  held = new Map()
  places.forEach(hold)
  document.getElementById("atlas-first")?.remove()
  whenArrived()
}

// The page as it is moves into the places that Streamlit has put for it, once all are there.
function takeIn(places) {
  const first = document.getElementById("atlas-first")
  if (first && new Set(places.map((place) => place.dataset.panel)).size < held.size) return
  const scroll = first?.scrollTop ?? 0
  const focused = document.activeElement
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection()
  for (const place of places) {
    if (held.has(place.dataset.panel)) moveTo(place, held.get(place.dataset.panel))
    else hold(place)
  }
  if (first) {
    first.remove()
    document.querySelector("[data-testid=stMain]")?.scrollTo({ top: scroll, behavior: "instant" })
  }
  if (document.activeElement !== focused && focused?.isConnected) {
    focused.focus({ preventScroll: true })
  }
  if (anchorNode && getSelection().isCollapsed) {
    getSelection().setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset)
  }
  whenAdopted()
  if (first && location.search !== firstSearch) tellOfMoves()
}

// `moveBefore` keeps focus, selection and the map's canvas as they are.
function moveTo(place, slot) {
  const parent = place.parentElement
  if (parent.moveBefore && slot.isConnected) parent.moveBefore(slot, place)
  else parent.insertBefore(slot, place)
  place.remove()
}
