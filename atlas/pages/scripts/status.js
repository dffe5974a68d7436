// What the page says of its view is told to screen readers when it changes. They pass over a live
// region that comes together with its text, as markup that is replaced does; this one stands before.

const liveRegion = document.createElement("p")
let last = { page: "", text: "" }

export function announce(text) {
  liveRegion.textContent = text
}

export function beginStatus() {
  liveRegion.className = "announcer atlas-unseen"
  liveRegion.setAttribute("role", "status")
  document.body.append(liveRegion)
}

// A page just opened is silent: its title is read already.
export function announceView() {
  const marked = [...document.querySelectorAll(".atlas [data-told]")]
  const sentences = new Set(marked.map((element) => element.textContent.trim()))
  const present = { page: location.pathname, text: [...sentences].join(" ") }
  if (present.page !== last.page) announce("")
  else if (present.text !== last.text) announce(present.text)
  last = present
}
