// What stands at a mark: its name and what else its row says of it, always inside the window.
import { element } from "./element.js"

const ROWS = ["name", "what", "sectors", "grade"]
const AWAY = 12 // px from the pointer or the mark
const EDGE = 4 // px

// Right below a point; left or above it where there is no room.
export function placed(point, size, room) {
  const along = (at, length, whole) => {
    const beyond = at + AWAY + length > whole - EDGE
    const start = beyond ? at - AWAY - length : at + AWAY
    return Math.max(EDGE, Math.min(start, whole - length - EDGE))
  }
  return {
    left: along(point.x, size.width, room.width),
    top: along(point.y, size.height, room.height),
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
  // In the top layer nothing clips it, and it is there in full screen too.
  const node = element("div", "atlas-tip", { popover: "manual", "aria-hidden": "true" })
  function show(object, point) {
    const rows = rowsOf(object)
    if (!rows.length) return hide()
    node.replaceChildren(...rows.map(([name, text]) => row(name, text)))
    if (!isShown()) node.showPopover?.()
    node.classList.add("shown")
    const size = { width: node.offsetWidth, height: node.offsetHeight }
    const { clientWidth: width, clientHeight: height } = document.documentElement
    const { left, top } = placed(point, size, { width, height })
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
  const made = element("div", `atlas-tip-${name}`)
  made.textContent = text
  return made
}
