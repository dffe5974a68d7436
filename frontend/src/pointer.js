// What is under the pointer: its tooltip, and the click that opens it.
import { idOf } from "./tooltip.js"

const FINGER = 8 // px around a tap in which a mark is hit
const STILL = 4 // px that a pointer may move during a click

// `find` returns the object at a point of the surface.
export function createPointer({ surface, tip, pick, find, signal }) {
  let hovered, pressed

  // In pixels of the surface.
  function showAt(object, { x, y }) {
    const { left, top } = surface.getBoundingClientRect()
    tip.show(object, { x: left + x, y: top + y })
  }

  function hover({ object, x, y }, { srcEvent } = {}) {
    if (object && srcEvent?.pointerType !== "touch") {
      hovered = object
      showAt(object, { x, y })
    } else leave()
  }

  function leave() {
    if (hovered) tip.hide()
    hovered = undefined
  }

  // deck.gl's own click waits 300 ms for a second one.
  function click({ clientX, clientY, detail, pointerType, target }) {
    const isSecond = detail > 1
    const isDrag = pressed && Math.hypot(clientX - pressed.x, clientY - pressed.y) > STILL
    if (isSecond || isDrag || target.tagName !== "CANVAS") return
    const { left, top } = surface.getBoundingClientRect()
    const radius = pointerType === "touch" ? FINGER : 0
    const id = idOf(find(clientX - left, clientY - top, radius))
    if (id !== undefined) pick(id)
  }

  const press = ({ clientX, clientY }) => {
    pressed = { x: clientX, y: clientY }
  }
  surface.addEventListener("pointerdown", press, { capture: true, signal })
  surface.addEventListener("click", click, { signal })
  window.addEventListener("scroll", leave, { capture: true, passive: true, signal })
  return {
    hover,
    leave,
    showAt,
    isOnMark: () => idOf(hovered) !== undefined,
    cursor: ({ isDragging, isHovering }) =>
      isDragging ? "grabbing" : isHovering ? "pointer" : "grab",
  }
}
