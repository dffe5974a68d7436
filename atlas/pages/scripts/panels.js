// Panels: places on the page whose markup the browser fetches from the panel's own address, which
// holds what the panel follows of the view. A click is followed here before the server has run.

const PAUSES = [300, 1000, 2000, 4000, 8000] // ms before a panel that could not be had is asked again
const GATHERING = 20 // ms in which the places of a new page come, to be asked for together
const KEPT = 400 // panels that are at hand without asking the browser's own cache

const known = new Map() // promise of the markup, by panel and view
let gathering = 0

// Fill every place that does not show the view yet.
function fill() {
  for (const [view, slots] of behind(latest())) {
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
    const view = `${current.data.panels}?${what(query, slot.dataset.follows.split(" "))}`
    if (slot.atlasView !== view) found.set(view, [...(found.get(view) ?? []), slot])
  }
  return found
}

// Sorted, so that the browser's own reckoning and the server's lead to one address.
function what(query, names) {
  const given = new URLSearchParams(query)
  if (new URLSearchParams(location.search).get("embed") === "true") given.set("embed", "true")
  const followed = ["lang", "embed", ...names, ...(names.includes("filters") ? FILTERS : [])]
  const kept = [...given].filter(([name]) => followed.includes(name))
  const listed = kept.map(([name, value]) => [name, name === "q" ? value : inOrder(value)])
  return new URLSearchParams(listed.sort()).toString().replaceAll("%2C", ",")
}

function inOrder(value) {
  return value.split(",").sort().join(",")
}

// The markup of each place, in a promise.
function answer(view, slots) {
  const names = slots.map((slot) => slot.dataset.panel)
  const missing = names.filter((name) => !known.has(`${name} ${view}`))
  if (missing.length) keep(view, missing, fetched(view, missing))
  return Promise.all(names.map((name) => known.get(`${name} ${view}`)))
}

async function fetched(view, names) {
  const [base, query] = view.split("?")
  const answer = await fetch(`${base}/${names}?${query}`)
  if (!answer.ok) throw new Error(`${answer.status} ${answer.url}`)
  return answer.json()
}

function keep(view, names, asked) {
  for (const name of names) {
    const markup = asked.then((found) => found[name])
    known.set(`${name} ${view}`, markup)
    markup.catch(() => known.delete(`${name} ${view}`))
  }
  while (known.size > KEPT) known.delete(known.keys().next().value)
}

async function draw(view, slots, failures) {
  const waits = (slot) => slot.isConnected && slot.atlasView === view
  if (!slots.some(waits)) return
  try {
    const markup = await answer(view, slots)
    slots.forEach((slot, at) => waits(slot) && put(slot, markup[at]))
  } catch {
    if (failures && current) slots.filter(waits).forEach(confess)
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
  note.dataset.told = ""
  note.textContent = current.data.torn
  slot.replaceChildren(note)
  slot.atlasMarkup = undefined
}

// On the way to another page, its places come before it is known what they are to show.
function gather() {
  const there = () => current && page === location.pathname
  if (gathering || !there() || !document.querySelector("[data-panel]:not([data-filled])")) return
  gathering = setTimeout(() => {
    gathering = 0
    if (there()) fill()
  }, GATHERING)
}
new MutationObserver(gather).observe(document, { subtree: true, childList: true })
