// The tooltip of a mark: its name and further texts of its row, always inside the window.
import { element } from "./element.js"

const ROWS = ["name", "what", "sectors", "grade"]
const GAP = 12 // px between the tooltip and the pointer or mark
const EDGE = 4 // px between the tooltip and the edge of the window

// Returns the position of a tooltip to the right of a point and below it, or to the left or above
// if there is no room.
export function positionOf(point, size, room) {
  const start = (coordinate, length, roomLength) => {
    const isTooLong = coordinate + GAP + length > roomLength - EDGE
    const preferred = isTooLong ? coordinate - GAP - length : coordinate + GAP
    return Math.max(EDGE, Math.min(preferred, roomLength - length - EDGE))
  }
  return {
    left: start(point.x, size.width, room.width),
    top: start(point.y, size.height, room.height),
  }
}

export function rowsOf(object) {
  const row = object.properties ?? object
  return ROWS.filter((name) => row[name]).map((name) => [name, String(row[name])])
}

export function idOf(object) {
  return object?.id ?? object?.properties?.id
}

// `show` takes a point in pixels of the window.
export function createTooltip() {
  // A popover is in the top layer: nothing clips it, also in full screen.
  const node = element("div", "atlas-tip", { popover: "manual", "aria-hidden": "true" })
  function show(object, point) {
    const rows = rowsOf(object)
    if (!rows.length) return hide()
    node.replaceChildren(...rows.map(([name, text]) => row(name, text)))
    if (!isShown()) node.showPopover?.()
    node.classList.add("shown")
    const size = { width: node.offsetWidth, height: node.offsetHeight }
    const { clientWidth: width, clientHeight: height } = document.documentElement
    const { left, top } = positionOf(point, size, { width, height })
    node.style.left = `${left}px`
    node.style.top = `${top}px`
  }

  function hide() {
    if (!isShown()) return
    node.classList.remove("shown")
    node.hidePopover?.()
  }

  const isShown = () => node.classList.contains("shown")
  return { node, show, hide }
}

function row(name, text) {
  const node = element("div", `atlas-tip-${name}`)
  node.textContent = text
  return node
}
