// The map of a page. It is one node, made once and moved to wherever its place is: so it survives
// what Streamlit does to the page. Until it has drawn, and where it cannot, a drawing stands there.

import { MAP_LIMITS, MAP_SCRIPT, MAP_SIZES } from "./constants.js"

const MAP_FILE = /\/assets\/[^?]*json$/
const RESIZE_SETTLES = 150 // ms after which a window has its new size

const failedFiles = new Set()
let canDraw = null // not known until a map is wanted: to try takes longer than a page to read
let making = null // promise of the one map
let live = null // that map, and its node
let pick = () => {}
let words = () => ({})
let update = () => {}
let whenDrawn = () => {}

export function beginMaps(given) {
  ;({ pick, words, update, whenDrawn } = given)
  sayWhatFailed()
  new PerformanceObserver(noteFailures).observe({ type: "resource", buffered: true })
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => update())
  let resizing = 0 // timer
  addEventListener("resize", () => {
    clearTimeout(resizing)
    resizing = setTimeout(update, RESIZE_SETTLES)
  })
}

// The theme of the page: the reader's, or what Streamlit has been told.
export function themeName() {
  const page = document.querySelector(".atlas")
  const scheme = page ? getComputedStyle(page).colorScheme : ""
  if (scheme === "dark" || scheme === "light") return scheme
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
}

// The canvas that a map of the present width is made for; without WebGL, a drawing is asked for.
export function canvasName() {
  if (!hasWebGl()) return "drawing"
  const width = document.querySelector("[data-picks]")?.clientWidth ?? 0
  return MAP_SIZES.find((name) => width <= (MAP_LIMITS[name] ?? Infinity))
}

function hasWebGl() {
  if (canDraw === null) setDrawing(Boolean(document.createElement("canvas").getContext("webgl2")))
  return canDraw
}

export async function showMap(slot, answer) {
  slot.dataset.filled = ""
  if (!answer) return slot.replaceChildren()
  const node = nodeIn(slot)
  if (answer.drawing !== undefined) return draw(node, answer.drawing)
  try {
    live = await (making ??= made(node, slot))
  } catch (error) {
    making = null
    console.error(error)
    failedFiles.add(MAP_SCRIPT)
    return giveUp()
  }
  live.map.updateWords({ ...words(), map: answer.label })
  // It stands in its place again if the canvas is lost.
  node.querySelector(".atlas-picture")?.setAttribute("aria-label", answer.label)
  live.map.show(answer.deck, answer)
}

function draw(node, drawing) {
  node.querySelector(".atlas-picture")?.remove()
  node.insertAdjacentHTML("afterbegin", drawing)
}

function nodeIn(slot) {
  const node = live?.node ?? slot.querySelector(".map") ?? newNode()
  if (node.parentElement === slot) return node
  slot.replaceChildren(node)
  live?.map.fit()
  return node
}

function newNode() {
  const node = document.createElement("div")
  node.className = "map"
  return node
}

async function made(node, slot) {
  const { createMap } = await import(new URL(`./${MAP_SCRIPT}`, document.baseURI).href)
  const map = createMap(node, {
    words: words(),
    locale: document.documentElement.lang,
    fullScreenNode: slot.parentElement,
    onPick: (id) => pick(node.parentElement.dataset.picks, id),
    onLive: () => whenDrawn(),
    onLost: giveUp,
    onRestored: () => {
      setDrawing(true)
      update()
    },
  })
  return { node, map }
}

// Where the map cannot be drawn, the drawing follows the view instead.
function giveUp() {
  setDrawing(false)
  whenDrawn()
  update()
}

function setDrawing(can) {
  canDraw = can
  sayWhatFailed()
}

function sayWhatFailed() {
  const isTorn = failedFiles.size > 0
  document.documentElement.classList.toggle("map-torn", isTorn)
  document.documentElement.classList.toggle("no-webgl", canDraw === false && !isTorn)
}

// The map fetches its data by itself, and keeps silent about what it lacks.
function noteFailures(list) {
  for (const { name, responseStatus } of list.getEntries()) {
    if (!MAP_FILE.test(name)) continue
    if (responseStatus === 0 || responseStatus >= 400) failedFiles.add(name)
    else failedFiles.delete(name)
  }
  sayWhatFailed()
}
