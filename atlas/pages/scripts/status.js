// What the page says of its view is told to screen readers when it changes. They pass over a live
// region that comes together with its text, as markup that is replaced does; this one stands before.

const SETTLED = 150 // ms without a change after which the page has been drawn
const UNFINISHED = "[data-test-script-state=running], [data-panel]:not([data-filled])"

const announcer = document.createElement("p")
announcer.className = "announcer"
announcer.setAttribute("role", "status")
document.body.append(announcer)

let told = { page: "", text: "" }
let settling = 0

new MutationObserver(() => {
  clearTimeout(settling)
  settling = setTimeout(tell, SETTLED)
}).observe(document.getElementById("root"), {
  subtree: true,
  childList: true,
  attributeFilter: ["data-test-script-state"],
})

// A page just opened is silent: its title is read already.
function tell() {
  if (document.querySelector(UNFINISHED) || !document.querySelector(".foot")) return
  const said = [...document.querySelectorAll("[data-told]")].map((one) => one.textContent.trim())
  const now = { page: location.pathname, text: [...new Set(said)].join(" ") }
  if (now.page === told.page && now.text !== told.text) announcer.textContent = now.text
  told = now
}
