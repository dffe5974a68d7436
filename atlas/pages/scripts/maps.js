// The map of a page. It is one element, created once and moved to wherever its slot is, so it
// survives what Streamlit does to the page. Before the map is live, and without WebGL, a drawing
// replaces it.

import { MAP_LIMITS, MAP_SCRIPT, MAP_SIZES } from "./constants.js"

const MAP_FILE = /\/assets\/[^?]*json$/
const RESIZE_SETTLES = 150 // ms after which a window has its new size

const failedFiles = new Set()
let canDraw = null // unknown until a map is needed: a test takes longer than reading a page
let creation = null // promise of the one map
let liveMap = null // that map, and its node
let pick = () => {}
let words = () => ({})
let update = () => {}
let whenDrawn = () => {}

export function beginMaps(callbacks) {
  ;({ pick, words, update, whenDrawn } = callbacks)
  markFailures()
  new PerformanceObserver(noteFailures).observe({ type: "resource", buffered: true })
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => update())
  let timer = 0
  addEventListener("resize", () => {
    clearTimeout(timer)
    timer = setTimeout(update, RESIZE_SETTLES)
  })
}

// The theme of the page: Streamlit's setting, or that of the reader's system.
export function themeName() {
  const page = document.querySelector(".atlas")
  const scheme = page ? getComputedStyle(page).colorScheme : ""
  if (scheme === "dark" || scheme === "light") return scheme
  return matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"
}

// The name of the canvas for the current width of the map; "drawing" without WebGL.
export function canvasName() {
  if (!hasWebGl()) return "drawing"
  const width = document.querySelector("[data-picks]")?.clientWidth ?? 0
  return MAP_SIZES.find((name) => width <= (MAP_LIMITS[name] ?? Infinity))
}

function hasWebGl() {
  if (canDraw === null) setCanDraw(Boolean(document.createElement("canvas").getContext("webgl2")))
  return canDraw
}

export async function showMap(slot, answer) {
  slot.dataset.filled = ""
  if (!answer) return slot.replaceChildren()
  const node = nodeIn(slot)
  if (answer.drawing !== undefined) return putDrawing(node, answer.drawing)
  try {
    liveMap = await (creation ??= create(node, slot))
  } catch (error) {
    creation = null
    console.error(error)
    failedFiles.add(MAP_SCRIPT)
    return giveUp()
  }
  liveMap.map.updateWords({ ...words(), map: answer.label })
  // The drawing shows again if the browser loses the canvas.
  node.querySelector(".atlas-picture")?.setAttribute("aria-label", answer.label)
  liveMap.map.show(answer.deck, answer)
}

function putDrawing(node, drawing) {
  node.querySelector(".atlas-picture")?.remove()
  node.insertAdjacentHTML("afterbegin", drawing)
}

function nodeIn(slot) {
  const node = liveMap?.node ?? slot.querySelector(".map") ?? newNode()
  if (node.parentElement === slot) return node
  slot.replaceChildren(node)
  liveMap?.map.fit()
  return node
}

function newNode() {
  const node = document.createElement("div")
  node.className = "map"
  return node
}

async function create(node, slot) {
  const { createMap } = await import(new URL(`./${MAP_SCRIPT}`, document.baseURI).href)
  const map = createMap(node, {
    words: words(),
    locale: document.documentElement.lang,
    fullScreenNode: slot.parentElement,
    onPick: (id) => pick(node.parentElement.dataset.picks, id),
    onLive: () => whenDrawn(),
    onLost: giveUp,
    onRestored: () => {
      setCanDraw(true)
      update()
    },
  })
  return { node, map }
}

// Without a live map, the drawing follows the view instead.
function giveUp() {
  setCanDraw(false)
  whenDrawn()
  update()
}

function setCanDraw(value) {
  canDraw = value
  markFailures()
}

function markFailures() {
  const hasFailures = failedFiles.size > 0
  document.documentElement.classList.toggle("map-torn", hasFailures)
  document.documentElement.classList.toggle("no-webgl", canDraw === false && !hasFailures)
}

// The map fetches its data itself, and does not report failures.
function noteFailures(list) {
  for (const { name, responseStatus } of list.getEntries()) {
    if (!MAP_FILE.test(name)) continue
    if (responseStatus === 0 || responseStatus >= 400) failedFiles.add(name)
    else failedFiles.delete(name)
  }
  markFailures()
}
