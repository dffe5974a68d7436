// After a click: where focus goes, and what screen readers are told.
//
// Screen readers ignore a live region that is added together with its text, as replaced markup is.
// So one empty region is added at the start.

const liveRegion = document.createElement("p")
let lastView = { page: "", text: "" }

export function addLiveRegion() {
  liveRegion.className = "announcer atlas-unseen"
  liveRegion.setAttribute("role", "status")
  document.body.append(liveRegion)
}

export function announce(text) {
  liveRegion.textContent = text
}

// Announces what the page says about its view, if that has changed. A page that has just opened is
// silent, since screen readers have read its title.
export function announceView() {
  const elements = [...document.querySelectorAll(".atlas [data-told]")]
  const sentences = new Set(elements.map((element) => element.textContent.trim()))
  const view = { page: location.pathname, text: [...sentences].join(" ") }
  if (view.page !== lastView.page) announce("")
  else if (view.text !== lastView.text) announce(view.text)
  lastView = view
}

// Scrolls to the part that a link names, and focuses it.
export function focusPart(id, isJump) {
  const part = id && document.getElementById(id)
  if (!part) return
  // A smooth scroll would end where Streamlit adopts the page.
  const isNotAdopted = document.getElementById("atlas-first")
  const isInstant = isJump || isNotAdopted || matchMedia("(prefers-reduced-motion: reduce)").matches
  for (let node = part.parentElement; node; node = node.parentElement) {
    if (node.localName === "details") node.open = true
  }
  part.scrollIntoView({ behavior: isInstant ? "instant" : "smooth", block: "nearest" })
  if (!part.hasAttribute("tabindex")) part.setAttribute("tabindex", "-1")
  part.focus({ preventScroll: true })
}
