// What is under the pointer: its tooltip, and the click that opens it.
import { idOf } from "./tooltip.js"

// Pixels around a point in which the nearest mark is meant: what takes clicks overlaps.
const FINGER = 22
const MOUSE = 12
const STILL = 4 // px that a pointer may move during a click

// `markNear` returns the row of the nearest mark within so many pixels of a point of the surface,
// and `objectAt` whatever takes the clicks there.
export function createPointer({ surface, tip, pick, markNear, objectAt, signal }) {
  let hovered, pressed

  // In pixels of the surface.
  function showAt(object, { x, y }) {
    const { left, top } = surface.getBoundingClientRect()
    tip.show(object, { x: left + x, y: top + y })
  }

  function hover({ object, x, y }, { srcEvent } = {}) {
    if (!object || srcEvent?.pointerType === "touch") return leave()
    hovered = markNear(x, y, MOUSE) ?? object
    showAt(hovered, { x, y })
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
    const [x, y] = [clientX - left, clientY - top]
    const reach = pointerType === "touch" ? FINGER : MOUSE
    const id = idOf(markNear(x, y, reach) ?? objectAt(x, y))
    if (id !== undefined) pick(id)
  }

  const press = ({ clientX, clientY }) => {
    pressed = { x: clientX, y: clientY }
  }
  surface.addEventListener("pointerdown", press, { capture: true, signal })
  surface.addEventListener("click", click, { signal })
  window.addEventListener("scroll", tip.hide, { capture: true, passive: true, signal })
  const escape = ({ key }) => key === "Escape" && leave()
  window.addEventListener("keydown", escape, { signal })
  return {
    hover,
    leave,
    showAt,
    isOnMark: () => idOf(hovered) !== undefined,
    cursor: ({ isDragging, isHovering }) =>
      isDragging ? "grabbing" : isHovering ? "pointer" : "grab",
  }
}
