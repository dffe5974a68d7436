// Who gets a wheel, a finger or a double click: the page, or the map.
import { MapController } from "@deck.gl/core"

const HINT_MS = 1_500

// The page scrolls with a wheel or a finger; the map is moved by mouse, two fingers, Ctrl and wheel.
export function createGestures({ surface, hint, words, isFull, isOnMark, signal }) {
  class Controller extends MapController {
    handleEvent(event) {
      return isRefused(event) ? false : super.handleEvent(event)
    }
  }

  function isRefused(event) {
    // A double click on a mark opens it, and should not zoom the map from under the reader.
    if (event.type === "dblclick") return isOnMark()
    if (event.type !== "panstart" || isFull() || !isOneFinger(event)) return false
    say(words.fingers)
    return true
  }

  let hiding
  function say(text) {
    hint.textContent = text
    hint.classList.add("shown")
    clearTimeout(hiding)
    hiding = setTimeout(() => hint.classList.remove("shown"), HINT_MS)
  }

  function onWheel(event) {
    if (event.ctrlKey || event.metaKey || isFull()) return hint.classList.remove("shown")
    event.stopPropagation() // deck.gl never hears of it, and the page scrolls
    say(words.wheel)
  }

  // The browser may scroll with one finger; of two it would take the first, and end the pinch.
  function onTouchMove(event) {
    if (event.touches.length > 1 && event.cancelable) event.preventDefault()
  }

  surface.addEventListener("wheel", onWheel, { capture: true, passive: true, signal })
  surface.addEventListener("touchmove", onTouchMove, { passive: false, signal })
  signal.addEventListener("abort", () => clearTimeout(hiding))
  return { type: Controller, dragRotate: false, touchRotate: false, keyboard: false }
}

function isOneFinger({ pointerType, pointers }) {
  return pointerType === "touch" && pointers.length < 2
}
