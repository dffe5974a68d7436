// Where the eye and the keyboard go after a click: to the part that the link names.

export function focusPart(id, isJump) {
  const part = id && document.getElementById(id)
  if (!part) return
  // Streamlit may take the page in on the way, which would end there.
  const isMoving = document.getElementById("atlas-first")
  const isCalm = isJump || isMoving || matchMedia("(prefers-reduced-motion: reduce)").matches
  for (let node = part.parentElement; node; node = node.parentElement) {
    if (node.localName === "details") node.open = true
  }
  part.scrollIntoView({ behavior: isCalm ? "instant" : "smooth", block: "nearest" })
  if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1")
  part.focus({ preventScroll: true })
}
