// The map by keyboard: arrow keys move it, Enter goes to the marks, then arrows go from mark to
// mark.
import { element } from "./element.js"
import { nearest, neighbour } from "./marks.js"
import { rowsOf } from "./tooltip.js"

const STEP = 100 // px
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }
const ZOOMS = { "+": 1, "=": 1, "-": -1, _: -1 }

// `map` has functions to move, zoom, pick and show tooltips; `places` returns the marks in pixels
// of the surface.
export function createKeyboard({ surface, map, places, signal }) {
  const ring = element("div", "atlas-ring", { "aria-hidden": "true" })
  const announcer = element("div", "atlas-unseen", { "aria-live": "polite" })
  surface.append(ring, announcer)
  let focusedId // of a mark
  let ringPlace // that mark, as ring and tooltip show it

  const focusedPlace = () => focusedId !== undefined && places().find(({ id }) => id === focusedId)

  function focus(place) {
    focusedId = place.id
    map.reveal(place)
    announcer.textContent = rowsOf(place.row)
      .map(([, text]) => text)
      .join(". ")
    refresh()
  }

  function leave() {
    if (focusedId === undefined) return
    focusedId = undefined
    ringPlace = undefined
    announcer.textContent = ""
    ring.classList.remove("shown")
    map.hideTip()
  }

  // Moves the ring with its mark, and removes it when the mark is gone.
  function refresh() {
    if (focusedId === undefined) return
    const place = focusedPlace()
    if (!place) return leave()
    if (["x", "y", "row"].every((name) => ringPlace?.[name] === place[name])) return
    ringPlace = place
    ring.style.translate = `${place.x}px ${place.y}px`
    ring.classList.add("shown")
    map.showTip(place.row, place)
  }

  function enter() {
    const place = focusedPlace()
    if (place) return map.pick(place.id)
    const { clientWidth, clientHeight } = surface
    const first = nearest(places(), { x: clientWidth / 2, y: clientHeight / 2 })
    if (first) focus(first)
  }

  function arrow(direction) {
    const place = focusedPlace()
    if (!place) return map.pan(STEP * direction[0], STEP * direction[1])
    const next = neighbour(places(), place, direction)
    if (next) focus(next)
  }

  // Returns whether the map has a use for the key.
  function press(key) {
    if (ARROWS[key]) arrow(ARROWS[key])
    else if (ZOOMS[key]) map.zoomBy(ZOOMS[key])
    else if (key === "Home" || key === "0") map.fit()
    else if (key === "Enter" || key === " ") enter()
    else if (key === "Escape" && focusedId !== undefined) leave()
    else return false
    return true
  }

  const onKeyDown = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target !== surface) return
    if (press(event.key)) event.preventDefault()
  }
  surface.addEventListener("keydown", onKeyDown, { signal })
  surface.addEventListener("blur", leave, { signal })
  return { refresh, leave }
}
