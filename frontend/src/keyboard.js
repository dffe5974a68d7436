// The map by keyboard: arrows move it, Enter goes to the marks, arrows go from mark to mark.
import { element } from "./element.js"
import { nearest, neighbour } from "./marks.js"
import { rowsOf } from "./tooltip.js"

const STEP = 100 // px
const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowDown: [0, 1], ArrowUp: [0, -1] }
const ZOOMS = { "+": 1, "=": 1, "-": -1, _: -1 }

// `map` moves, zooms, picks and shows tooltips; `places` are the marks in pixels of the surface.
export function createKeyboard({ surface, map, places, signal }) {
  const ring = element("div", "atlas-ring", { "aria-hidden": "true" })
  const announcer = element("div", "atlas-unseen", { "aria-live": "polite" })
  surface.append(ring, announcer)
  let focused // the id of a mark
  let shown // that mark as the ring and the tooltip show it

  const current = () => focused !== undefined && places().find(({ id }) => id === focused)

  function focus(place) {
    focused = place.id
    map.reveal(place)
    announcer.textContent = rowsOf(place.row)
      .map(([, text]) => text)
      .join(". ")
    refresh()
  }

  function leave() {
    if (focused === undefined) return
    focused = undefined
    shown = undefined
    announcer.textContent = ""
    ring.classList.remove("shown")
    map.hideTip()
  }

  // The ring follows its mark as the map moves; with the mark it goes.
  function refresh() {
    if (focused === undefined) return
    const place = current()
    if (!place) return leave()
    const isSame = shown && shown.x === place.x && shown.y === place.y && shown.row === place.row
    if (isSame) return
    shown = place
    ring.style.translate = `${place.x}px ${place.y}px`
    ring.classList.add("shown")
    map.showTip(place.row, place)
  }

  function enter() {
    const place = current()
    if (place) return map.pick(place.id)
    const { clientWidth, clientHeight } = surface
    const first = nearest(places(), { x: clientWidth / 2, y: clientHeight / 2 })
    if (first) focus(first)
  }

  function arrow(direction) {
    const place = current()
    if (!place) return map.pan(STEP * direction[0], STEP * direction[1])
    const next = neighbour(places(), place, direction)
    if (next) focus(next)
  }

  // Returns whether the key was one of the map's.
  function press(key) {
    if (ARROWS[key]) arrow(ARROWS[key])
    else if (ZOOMS[key]) map.zoomBy(ZOOMS[key])
    else if (key === "Home" || key === "0") map.fit()
    else if (key === "Enter" || key === " ") enter()
    else if (key === "Escape" && focused !== undefined) leave()
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
