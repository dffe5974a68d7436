// Streamlit starts after the first paint. When it has put its empty slots, the slots of the page
// move into their places. If it never starts, the page stays as it is.

import { rememberScroll, withEmbedding } from "./address.js"
import { PAGES } from "./constants.js"

const START_DELAY = 4000 // ms after which Streamlit starts, even without a live map
const START_TIMEOUT = 10000 // ms after which the page says what is missing without Streamlit
const SWITCH_TIMEOUT = 4000 // ms after which another page is loaded like any link

let currentPage = pageName()
let slotsByPanel = new Map() // the slots of the page that have contents
let whenArrived = () => {}
let whenAdopted = () => {}
let switchTimer = 0 // running while another page is on its way
const initialSearch = location.search

// Streamlit loads its icon font (375 kB) at its start. Its styles load it anyway where it shows an
// icon.
function skipIconFont() {
  const load = document.fonts.load.bind(document.fonts)
  document.fonts.load = (font, ...rest) =>
    font.includes("Material Symbols") ? Promise.resolve([]) : load(font, ...rest)
}

export function beginStreamlit({ arrived, adopted, moved, offline }) {
  whenArrived = arrived
  whenAdopted = adopted
  for (const slot of document.querySelectorAll("#atlas-first [data-panel]")) register(slot)
  skipIconFont()
  stopReruns(moved)
  new MutationObserver(adopt).observe(document.documentElement, { subtree: true, childList: true })
  setTimeout(start, START_DELAY)
  setTimeout(() => document.getElementById("atlas-first") && offline(), START_TIMEOUT)
}

// The name of the current page, as in addresses of panels.
export function pageName() {
  const last = location.pathname.split("/").at(-1)
  return last && PAGES.includes(last) ? last : "map"
}

function register(slot) {
  slotsByPanel.set(slot.dataset.panel, slot)
}

// Catches `popstate` before Streamlit's own listener, which would run the script without need.
function stopReruns(moved) {
  addEventListener(
    "popstate",
    (event) => {
      if (event.isTelling) return
      // Streamlit switches pages, including back from a page that has not arrived yet.
      if (pageName() !== currentPage || switchTimer) return expectPage()
      event.stopImmediatePropagation()
      moved()
    },
    true,
  )
}

// Adds the tags that load Streamlit.
export function start() {
  const template = document.getElementById("atlas-late")
  if (!template) return
  template.remove()
  for (const tag of template.content.querySelectorAll("link, script")) {
    const copy = document.createElement(tag.localName)
    for (const { name, value } of tag.attributes) copy.setAttribute(name, value)
    document.head.append(copy)
  }
}

function isConnected() {
  const app = document.querySelector("[data-testid=stApp]")
  const isAdopted = !document.getElementById("atlas-first")
  return isAdopted && app?.dataset.testConnectionState === "CONNECTED"
}

// Switches to another page: one run of Streamlit, and one new entry of the history. Returns false
// if Streamlit is not connected, so that the browser has to follow the link.
export function switchPage(page, query) {
  if (!isConnected()) return false
  rememberScroll()
  const folder = currentPage === "map" ? location.pathname : location.pathname.replace(/[^/]*$/, "")
  history.pushState({ atlas: true }, "", withEmbedding(`${folder}${page}?${query}`))
  expectPage()
  dispatchEvent(new PopStateEvent("popstate", { state: history.state }))
  return true
}

function expectPage() {
  clearTimeout(switchTimer)
  switchTimer = setTimeout(() => {
    switchTimer = 0
    if (!slotsOf(pageName()).length) location.reload()
  }, SWITCH_TIMEOUT)
}

function slotsOf(page) {
  return [...document.querySelectorAll(`#root .atlas[data-page=${page}] [data-panel]`)]
}

// Has a script that reads the view run after a click, when the panels have been requested.
export function tell() {
  if (!isConnected() || !document.querySelector("#root [data-reads-view]")) return
  const event = new PopStateEvent("popstate", { state: history.state })
  event.isTelling = true
  dispatchEvent(event)
}

// The reader may have changed the view during the first run of her session.
function tellAfterRun() {
  if (document.querySelector("[data-test-script-state=running]")) setTimeout(tellAfterRun, 100)
  else tell()
}

function adopt() {
  const page = pageName()
  const slots = slotsOf(page)
  const newSlots = slots.filter((slot) => slotsByPanel.get(slot.dataset.panel) !== slot)
  if (!newSlots.length) return
  clearTimeout(switchTimer)
  switchTimer = 0
  if (page === currentPage) return moveSlots(newSlots)
  currentPage = page
  slotsByPanel = new Map()
  slots.forEach(register)
  document.getElementById("atlas-first")?.remove()
  whenArrived()
}

// Replaces Streamlit's empty slots by those of the page, once there is one for each.
function moveSlots(newSlots) {
  const firstLayer = document.getElementById("atlas-first")
  const newNames = new Set(newSlots.map((slot) => slot.dataset.panel))
  if (firstLayer && newNames.size < slotsByPanel.size) return
  const scroll = firstLayer?.scrollTop ?? 0
  const activeElement = document.activeElement
  const { anchorNode, anchorOffset, focusNode, focusOffset } = getSelection()
  for (const newSlot of newSlots) {
    const slot = slotsByPanel.get(newSlot.dataset.panel)
    if (slot) replaceWith(newSlot, slot)
    else register(newSlot)
  }
  if (firstLayer) {
    firstLayer.remove()
    document.querySelector("[data-testid=stMain]")?.scrollTo({ top: scroll, behavior: "instant" })
  }
  if (document.activeElement !== activeElement && activeElement?.isConnected) {
    activeElement.focus({ preventScroll: true })
  }
  if (anchorNode && getSelection().isCollapsed) {
    getSelection().setBaseAndExtent(anchorNode, anchorOffset, focusNode, focusOffset)
  }
  whenAdopted()
  if (firstLayer && location.search !== initialSearch) tellAfterRun()
}

// `moveBefore` keeps focus, selection and the map's canvas.
function replaceWith(newSlot, slot) {
  const parent = newSlot.parentElement
  if (parent.moveBefore && slot.isConnected) parent.moveBefore(slot, newSlot)
  else parent.insertBefore(slot, newSlot)
  newSlot.remove()
}
