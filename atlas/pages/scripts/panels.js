// Panels: slots of the page whose markup is fetched from an address of its own, which holds what
// the panel follows of the view. So a click is answered before the server's script has run.

import { FILTERS } from "./constants.js"
import { inOrder, isArrived, isMounted, latestQuery, viewData } from "./view.js"

const RETRY_AFTER = [300, 1000, 2000, 4000, 8000] // ms before a failed fetch is tried again
const SLOTS_COME_WITHIN = 20 // ms in which the slots of a new page come, to be filled by one fetch
const MARKUPS_KEPT = 400 // panels at hand without asking the browser's own cache

const markups = new Map() // promise of the markup, by panel and address
const addresses = new WeakMap() // address that a slot shows, or waits for
const shown = new WeakMap() // markup that a slot shows
let comingSlots = 0 // timer

// The slots of another page come before it is known what they are to show.
export function watchPanels() {
  const fillNewSlots = () => {
    const isDue = isMounted() && isArrived()
    if (comingSlots || !isDue || !document.querySelector("[data-panel]:not([data-filled])")) return
    comingSlots = setTimeout(() => {
      comingSlots = 0
      if (isMounted() && isArrived()) fillPanels()
    }, SLOTS_COME_WITHIN)
  }
  new MutationObserver(fillNewSlots).observe(document, { subtree: true, childList: true })
}

// Fill every slot that does not show the view yet.
export function fillPanels() {
  for (const [address, slots] of outdatedSlots(latestQuery())) {
    for (const slot of slots) addresses.set(slot, address)
    fill(address, slots, 0)
  }
}

// A press comes a tenth of a second before its click: so long the answer is on its way already.
export function fetchAhead(query) {
  for (const [address, slots] of outdatedSlots(query)) markupsOf(address, slots).catch(() => {})
}

// The slots that do not show a view yet, by the address they would show.
function outdatedSlots(query) {
  const outdated = new Map()
  for (const slot of document.querySelectorAll("[data-panel]")) {
    const followed = followedFields(query, slot.dataset.follows.split(" "))
    const address = `${viewData().panels}?${followed}`
    if (addresses.get(slot) === address) continue
    outdated.set(address, [...(outdated.get(address) ?? []), slot])
  }
  return outdated
}

// What a panel follows of a view; sorted, so that equal views have one address.
function followedFields(query, names) {
  const given = new URLSearchParams(query)
  if (new URLSearchParams(location.search).get("embed") === "true") given.set("embed", "true")
  const followed = ["lang", "embed", ...names, ...(names.includes("filters") ? FILTERS : [])]
  const fields = [...given]
    .filter(([name]) => followed.includes(name))
    .map(([name, value]) => [name, name === "q" ? value : inOrder(value)])
  return new URLSearchParams(fields.sort()).toString().replaceAll("%2C", ",")
}

// The markup of each slot, in a promise.
function markupsOf(address, slots) {
  const names = slots.map((slot) => slot.dataset.panel)
  const missing = names.filter((name) => !markups.has(`${name} ${address}`))
  if (missing.length) keep(address, missing, fetchMarkups(address, missing))
  return Promise.all(names.map((name) => markups.get(`${name} ${address}`)))
}

async function fetchMarkups(address, names) {
  const [base, query] = address.split("?")
  const response = await fetch(`${base}/${names}?${query}`)
  if (!response.ok) throw new Error(`${response.status} ${response.url}`)
  return response.json()
}

function keep(address, names, response) {
  for (const name of names) {
    const key = `${name} ${address}`
    const markup = response.then((markupByName) => markupByName[name])
    markups.set(key, markup)
    markup.catch(() => markups.delete(key))
  }
  while (markups.size > MARKUPS_KEPT) markups.delete(markups.keys().next().value)
}

async function fill(address, slots, failures) {
  const isWaiting = (slot) => slot.isConnected && addresses.get(slot) === address
  if (!slots.some(isWaiting)) return
  try {
    const fetched = await markupsOf(address, slots)
    slots.forEach((slot, index) => isWaiting(slot) && show(slot, fetched[index]))
  } catch {
    if (failures && isMounted()) slots.filter(isWaiting).forEach(showFailure)
    const pause = RETRY_AFTER[Math.min(failures, RETRY_AFTER.length - 1)]
    setTimeout(fill, pause, address, slots, failures + 1)
  }
}

function show(slot, markup) {
  if (shown.get(slot) === markup) return
  const focused = slot.contains(document.activeElement) ? document.activeElement.id : ""
  slot.innerHTML = markup
  shown.set(slot, markup)
  slot.dataset.filled = ""
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true })
}

// Rather nothing than the figures of another view.
function showFailure(slot) {
  const note = document.createElement("p")
  note.className = "note"
  note.dataset.told = ""
  note.textContent = viewData().torn
  slot.replaceChildren(note)
  shown.delete(slot)
}
