// What Streamlit's map does not do by itself: tell the server its width, give way to a picture
// where the browser has no WebGL, and say when a part of it could not be had.

import { MAP_WIDTHS } from "./constants.js"
import { canReport, isMounted, reportMapWidth, viewData } from "./view.js"

const RESIZE_SETTLES = 150 // ms after which a window has its new size
const MAP_FILE = /\/(assets\/[^?]*json|static\/js\/[^?]*js)$/

const hasWebGL = Boolean(document.createElement("canvas").getContext("webgl2"))
const failedFiles = new Set()
let map = null
let reportedWidth = 0
let resizing = 0 // timer

export function watchMap() {
  const everything = { subtree: true, childList: true }
  const resizeObserver = new ResizeObserver(fitWidthSoon)
  new MutationObserver(() => findMap(resizeObserver)).observe(document.body, everything)
  new PerformanceObserver(noteFailures).observe({ type: "resource", buffered: true })
  document.documentElement.classList.toggle("no-webgl", !hasWebGL)
  // The pictures are drawn after the component, and anew with every view.
  if (!hasWebGL) new MutationObserver(showMapPictures).observe(document, everything)
}

// The map of another page has a width of its own.
export function forgetMapWidth() {
  reportedWidth = 0
  fitWidthSoon() // Its map may have come before the page had.
}

export function showMapPictures() {
  if (hasWebGL || !isMounted()) return
  const address = `map.svg?${viewData().query}`
  for (const picture of document.querySelectorAll(".without-map img")) {
    if (picture.getAttribute("src") !== address) picture.src = address
  }
}

function findMap(resizeObserver) {
  const present = document.querySelector(".st-key-map [data-testid=stDeckGlJsonChart]")
  if (present === map) return
  resizeObserver.disconnect()
  map = present
  if (map) resizeObserver.observe(map)
}

function fitWidthSoon() {
  clearTimeout(resizing)
  resizing = setTimeout(fitWidth, RESIZE_SETTLES)
}

// The server fits the map to the width it has here, once that is known, and again when it changes.
function fitWidth() {
  if (!canReport() || !map?.clientWidth) return
  const { width } = viewData()
  const { least, most, step } = MAP_WIDTHS
  const whole = Math.floor(map.clientWidth / step) * step
  const fitting = Math.min(Math.max(whole, least), most)
  if (fitting === (reportedWidth || width)) return
  reportedWidth = fitting
  reportMapWidth(fitting)
}

// The map fetches its data and its own parts by itself, and keeps silent about what it lacks.
function noteFailures(list) {
  for (const { name, responseStatus } of list.getEntries()) {
    if (!MAP_FILE.test(name)) continue
    if (responseStatus === 0 || responseStatus >= 400) failedFiles.add(name)
    else failedFiles.delete(name)
  }
  document.documentElement.classList.toggle("map-torn", failedFiles.size > 0)
}
