// Which gestures move the map, and which the page.
import { MapController } from "@deck.gl/core"

const HINT_MS = 1_500

// A wheel or one finger scrolls the page; mouse, two fingers, and Ctrl with the wheel move the map.
export function createGestures({ surface, hint, words, isFull, isOnMark, signal }) {
  class Controller extends MapController {
    handleEvent(event) {
      return isRefused(event) ? false : super.handleEvent(event)
    }
  }

  function isRefused(event) {
    // A double click on a mark opens it, and should not zoom the map.
    if (event.type === "dblclick") return isOnMark()
    if (event.type !== "panstart" || isFull() || !isOneFinger(event)) return false
    showHint(words.fingers)
    return true
  }

  let timer
  function showHint(text) {
    hint.textContent = text
    hint.classList.add("shown")
    clearTimeout(timer)
    timer = setTimeout(() => hint.classList.remove("shown"), HINT_MS)
  }

  function onWheel(event) {
    if (event.ctrlKey || event.metaKey || isFull()) return hint.classList.remove("shown")
    event.stopPropagation() // so that deck.gl does not prevent the page from scrolling
    showHint(words.wheel)
  }

  // The browser may scroll with one finger; with two it would end the pinch.
  function onTouchMove(event) {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault()
  }

  surface.addEventListener("wheel", onWheel, { capture: true, passive: true, signal })
  surface.addEventListener("touchmove", onTouchMove, { passive: false, signal })
  signal.addEventListener("abort", () => clearTimeout(timer))
  return { type: Controller, dragRotate: false, touchRotate: false, keyboard: false }
}

function isOneFinger({ pointerType, pointers }) {
  return pointerType === "touch" && pointers.length < 2
}
