// Where the eye and the keyboard go after a click: to the part that the link names.

export function focusPart(id, isJump) {
  const part = id && document.getElementById(id)
  if (!part) return
  const isCalm = isJump || matchMedia("(prefers-reduced-motion: reduce)").matches
  for (let node = part.parentElement; node; node = node.parentElement) {
    if (node.localName === "details") node.open = true
  }
  part.scrollIntoView({ behavior: isCalm ? "instant" : "smooth", block: "nearest" })
  if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1")
  part.focus({ preventScroll: true })
}
