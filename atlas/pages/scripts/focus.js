// Where the eye and the keyboard go after a click: to the part that the link names, or back to the
// link itself, whose markup may have been drawn anew meanwhile.

const RUN_SETTLES = 2000 // ms after a run within which its markup has replaced the one before
const PART_COMES = 10000 // ms within which a part of this page has come
const PAGE_COMES = 20000 // ms within which a part of another page has come

let clicked = { anchor: "", id: "" } // part of the next page, and what to focus on this one

export function focusAfterClick({ anchor, id, staysHere }) {
  clicked = { anchor: staysHere ? "" : anchor, id: anchor || id }
  if (!staysHere || !anchor) return
  // What is not there yet is jumped to: the page still grows, which would end a smooth way.
  scrollToPart(anchor, Date.now() + PART_COMES, !document.getElementById(anchor))
}

export function focusAfterArrival() {
  const anchor = clicked.anchor || location.hash.slice(1)
  clicked = { anchor: "", id: "" }
  if (anchor) scrollToPart(anchor, Date.now() + PAGE_COMES, true)
}

export function focusAfterRun() {
  keepFocus(clicked.id, Date.now() + RUN_SETTLES)
}

function scrollToPart(id, until, isJump) {
  const part = document.getElementById(id)
  if (!part) {
    if (Date.now() < until) setTimeout(scrollToPart, 60, id, until, isJump)
    return
  }
  const isCalm = isJump || matchMedia("(prefers-reduced-motion: reduce)").matches
  part.scrollIntoView({ behavior: isCalm ? "auto" : "smooth", block: "nearest" })
  part.setAttribute("tabindex", "-1")
  part.focus({ preventScroll: true })
}

function keepFocus(id, until) {
  if (!id || Date.now() > until) return
  const isLost = document.activeElement === document.body || !document.activeElement
  if (isLost) document.getElementById(id)?.focus({ preventScroll: true })
  setTimeout(keepFocus, 50, id, until)
}
