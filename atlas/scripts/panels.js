// Panels: places on the page whose markup the browser fetches from the panel's own address, which
// holds what the panel follows of the view. A click is followed here before the server has run.

const PAUSES = [300, 1000, 2000, 4000, 8000] // ms before a panel that could not be had is asked again
const GATHERING = 20 // ms in which the places of a new page come, to be asked for together

const KEPT = 40 // answers that are at hand without asking the browser's own cache

const answers = new Map() // promise of the markup by panel, by address
let gathering = 0

// Fill every place that does not show the view yet.
function fill() {
  const query = ahead.query && Date.now() < ahead.until ? ahead.query : current.data.query
  for (const [view, slots] of behind(query)) {
    for (const slot of slots) slot.atlasView = view
    draw(view, slots, 0)
  }
}

// A press comes a tenth of a second before its click: so long the answer is on its way already.
function prepare(query) {
  for (const [view, slots] of behind(query)) answer(view, slots).catch(() => {})
}

// The places that do not show a view yet, by what they follow of it.
function behind(query) {
  const found = new Map()
  for (const slot of document.querySelectorAll("[data-panel]")) {
    const view = `${current.data.panels}?${followed(query, slot.dataset.follows.split(" ").filter(Boolean))}`
    if (slot.atlasView !== view) found.set(view, [...(found.get(view) ?? []), slot])
  }
  return found
}

// Sorted, so that the browser's own reckoning and the server's lead to one address.
function followed(query, names) {
  const given = new URLSearchParams(query)
  if (new URLSearchParams(location.search).get("embed") === "true") given.set("embed", "true")
  const known = ["lang", "embed", ...names, ...(names.includes("filters") ? FILTERS : [])]
  const kept = [...given].filter(([name]) => known.includes(name))
  const listed = kept.map(([name, value]) => [name, name === "q" ? value : inOrder(value)])
  return new URLSearchParams(listed.sort()).toString().replaceAll("%2C", ",")
}

function inOrder(value) {
  return value.split(",").sort().join(",")
}

function answer(view, slots) {
  const [base, query] = view.split("?")
  const address = `${base}/${slots.map((slot) => slot.dataset.panel)}?${query}`
  const known = answers.get(address)
  if (known) return known
  const asked = fetch(address).then((found) => {
    if (!found.ok) throw new Error(`${found.status} ${address}`)
    return found.json()
  })
  answers.set(address, asked)
  asked.catch(() => answers.delete(address))
  if (answers.size > KEPT) answers.delete(answers.keys().next().value)
  return asked
}

async function draw(view, slots, failures) {
  const waiting = () => slots.filter((slot) => slot.isConnected && slot.atlasView === view)
  if (!waiting().length) return
  try {
    const markup = await answer(view, slots)
    for (const slot of waiting()) put(slot, markup[slot.dataset.panel])
  } catch {
    if (failures) waiting().forEach(confess)
    setTimeout(draw, PAUSES[Math.min(failures, PAUSES.length - 1)], view, slots, failures + 1)
  }
}

function put(slot, markup) {
  if (slot.atlasMarkup === markup) return
  const focused = slot.contains(document.activeElement) ? document.activeElement.id : ""
  slot.innerHTML = slot.atlasMarkup = markup
  slot.dataset.filled = ""
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
}

// Rather nothing than the figures of another view.
function confess(slot) {
  const note = document.createElement("p")
  note.className = "note"
  note.setAttribute("role", "status")
  note.textContent = current.data.torn
  slot.replaceChildren(note)
  slot.atlasMarkup = undefined
}

function gather() {
  if (gathering || !current || !document.querySelector("[data-panel]:not([data-filled])")) return
  gathering = setTimeout(() => {
    gathering = 0
    fill()
  }, GATHERING)
}
new MutationObserver(gather).observe(document, { subtree: true, childList: true })
