// The badge of a source, such as S38, opens a box with the source's details. In another tab or
// without JavaScript its link leads to the list of sources.

import { isPlain } from "./links.js"
import { fetchLater } from "./panels.js"

const GAP = 6 // px between badge and box, and between box and edge of the window

export function openSources() {
  document.addEventListener("click", (event) => {
    event.target.closest?.(".source-box a")?.closest("[popover]").hidePopover()
    const badge = event.target.closest?.(".atlas a:is(.ref, .cited)")
    if (!badge || !isPlain(event)) return
    event.preventDefault()
    open(badge)
  })
}

async function open(badge) {
  try {
    await fetchLater("sources.boxes")
  } catch {
    return location.assign(badge.href)
  }
  const box = document.getElementById(badge.hash.replace("#source-", "box-"))
  box.showPopover()
  moveNextTo(box, badge.getBoundingClientRect())
  box.focus({ preventScroll: true })
}

function moveNextTo(box, { left, top, bottom }) {
  const { offsetWidth: width, offsetHeight: height } = box
  const isBelow = bottom + GAP + height <= innerHeight
  box.style.left = `${Math.max(GAP, Math.min(left, innerWidth - width - GAP))}px`
  box.style.top = `${Math.max(GAP, isBelow ? bottom + GAP : top - GAP - height)}px`
}
