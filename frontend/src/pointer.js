// The mark under the pointer: its tooltip, and clicks on it.
import { idOf } from "./tooltip.js"

// Pixels around a point within which the nearest mark is meant, since marks overlap.
const FINGER_REACH = 22
const MOUSE_REACH = 12
const MOST_MOVEMENT = 4 // px that a pointer may move during a click

// `markNear` returns the row of the nearest mark within some pixels of a point of the surface, and
// `objectAt` the pickable object at a point.
export function createPointer({ surface, tip, pick, markNear, objectAt, signal }) {
  let hoverObject, pressPoint

  // Takes a point in pixels of the surface.
  function showAt(object, { x, y }) {
    const { left, top } = surface.getBoundingClientRect()
    tip.show(object, { x: left + x, y: top + y })
  }

  function hover({ object, x, y }, { srcEvent } = {}) {
    if (!object || srcEvent?.pointerType === "touch") return leave()
    hoverObject = markNear(x, y, MOUSE_REACH) ?? object
    showAt(hoverObject, { x, y })
  }

  function leave() {
    if (hoverObject) tip.hide()
    hoverObject = undefined
  }

  // deck.gl's own click event waits 300 ms for a double click.
  function click({ clientX, clientY, detail, pointerType, target }) {
    const isSecond = detail > 1
    const { x: startX, y: startY } = pressPoint ?? { x: clientX, y: clientY }
    const isDrag = Math.hypot(clientX - startX, clientY - startY) > MOST_MOVEMENT
    if (isSecond || isDrag || target.tagName !== "CANVAS") return
    const { left, top } = surface.getBoundingClientRect()
    const [x, y] = [clientX - left, clientY - top]
    const reach = pointerType === "touch" ? FINGER_REACH : MOUSE_REACH
    const id = idOf(markNear(x, y, reach) ?? objectAt(x, y))
    if (id !== undefined) pick(id)
  }

  const press = ({ clientX, clientY }) => {
    pressPoint = { x: clientX, y: clientY }
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
    isOnMark: () => idOf(hoverObject) !== undefined,
    cursor: ({ isDragging, isHovering }) =>
      isDragging ? "grabbing" : isHovering ? "pointer" : "grab",
  }
}
