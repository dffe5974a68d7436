// What the page says of its view is told to screen readers when it changes. They pass over a live
// region that comes together with its text, as markup that is replaced does; this one stands before.

const SETTLES = 150 // ms without a change after which the page has been drawn
const UNFINISHED = "[data-test-script-state=running], [data-panel]:not([data-filled])"

const liveRegion = document.createElement("p")
let last = { page: "", text: "" }
let settling = 0 // timer

export function announce(text) {
  liveRegion.textContent = text
}

export function announceChanges() {
  liveRegion.className = "announcer"
  liveRegion.setAttribute("role", "status")
  document.body.append(liveRegion)
  new MutationObserver(() => {
    clearTimeout(settling)
    settling = setTimeout(announceView, SETTLES)
  }).observe(document.getElementById("root"), {
    subtree: true,
    childList: true,
    attributeFilter: ["data-test-script-state"],
  })
}

// A page just opened is silent: its title is read already.
function announceView() {
  if (document.querySelector(UNFINISHED) || !document.querySelector(".foot")) return
  const marked = [...document.querySelectorAll("[data-told]")]
  const sentences = new Set(marked.map((element) => element.textContent.trim()))
  const present = { page: location.pathname, text: [...sentences].join(" ") }
  if (present.page === last.page && present.text !== last.text) announce(present.text)
  last = present
}
