// Panels: slots of the page whose content has an address of its own, with the parameters that it
// follows. A click sends one request for all the panels that it changes.

import { currentQuery, fieldsOf, inOrder } from "./address.js"
import { FILTERS, PARAMETERS } from "./constants.js"
import { canvasName, showMap, themeName } from "./maps.js"
import { pageName } from "./streamlit.js"

const RETRY_AFTER = [300, 1000, 2000, 4000, 8000] // ms before a failed request is repeated
const MOST_ANSWERS = 400 // panels in memory, without the browser's own cache
const RELOADED = "atlas-reloaded" // key in the session storage: the edition that caused a reload
const SETTINGS = ["theme", "size", "embed"] // what contents depend on besides the view
const WHEEL_STEP = 200 // px
export const LAST_STAGE = 2
const GONE = 410 // the server has another edition

const answers = new Map() // contents of panels by key, which is name and followed parameters
const currentKeys = new WeakMap() // the key of the content of a slot
let baseAddress = "" // address of the panels of this edition, without page
let nextPage = {} // the page requested in advance: its address, and a promise of its panels
let isFetching = false
let failures = 0
let whenSettled = () => {}

export function beginPanels(address, settled) {
  baseAddress = address
  whenSettled = settled
}

// The slots of the current page. Those of the page before stay until Streamlit's next run.
export function slots() {
  return allSlots().filter(({ dataset }) => !("later" in dataset) || "filled" in dataset)
}

function allSlots() {
  return [...document.querySelectorAll(`.atlas[data-page=${pageName()}] [data-panel]`)]
}

// Takes the panels that came with the page as answers for its view, except maps, which need a deck.
// But behind a proxy that silently removes a part of the path, the links in them are wrong; the
// server learns of the path only from requests of the page, so everything is fetched again.
export function takeOver(root) {
  const [statedPath, realPath] = [root || ".", "."].map((path) => new URL(path, location).pathname)
  if (statedPath !== realPath) return
  const filledSlots = slots().filter((slot) => !isMap(slot))
  for (const [slot, key] of keysOf(filledSlots, currentQuery())) {
    answers.set(key, slot.innerHTML)
    currentKeys.set(slot, key)
  }
}

// Makes every slot show the view. While a request is under way, further clicks wait for it, so a
// series of quick clicks ends with one request for the last. Slots in sight are filled first, and
// those of a later stage after the stage before has been painted.
export function update({ stage = 0 } = {}) {
  const keys = keysOf(slots(), currentQuery())
  const outdated = [...keys].filter(([slot, key]) => currentKeys.get(slot) !== key)
  const missing = new Map(outdated.filter(([, key]) => !answers.has(key)))
  const ready = outdated.filter(([, key]) => answers.has(key))
  const due = ready.filter(([slot]) => stageOf(slot) <= stage)
  for (const [slot, key] of due) show(slot, key)
  if (missing.size && !isFetching) fetchMissing(missing, currentQuery(), stage)
  if (due.length < ready.length) afterPaint(() => update({ stage: stage + 1 }))
  else if (!missing.size) whenSettled()
}

// A live map takes a tenth of a second to change, so it comes second. The last stage is what lies
// more than a turn of the wheel below the window.
function stageOf(slot) {
  if (isMap(slot)) return slot.querySelector(".map.live") ? 1 : 0
  return slot.getBoundingClientRect().top > innerHeight + WHEEL_STEP ? LAST_STAGE : 0
}

function afterPaint(act) {
  requestAnimationFrame(() => setTimeout(act))
}

// The pointer is pressed a tenth of a second before the click, which starts the request earlier.
export function fetchAhead(query) {
  const missing = new Map([...keysOf(slots(), query)].filter(([, key]) => !answers.has(key)))
  if (!isFetching && missing.size) fetchMissing(missing, query)
}

// Fetches a panel that the page begins without. From then on it follows the view.
export async function fetchLater(name) {
  const query = currentQuery()
  const [[slot, key]] = keysOf(allSlots().filter(({ dataset }) => dataset.panel === name), query)
  if ("filled" in slot.dataset) return
  const contents = await fetchJson(addressOf(new Map([[slot, key]]), query))
  remember(key, contents[name])
  show(slot, key)
}

// Fetches all panels of another page, whose slots do not exist yet.
export function fetchPage(page, query) {
  const address = addressOfPage(page, query)
  if (nextPage.address === address) return
  const contents = fetchJson(address)
  contents.catch(() => (nextPage = {}))
  nextPage = { address, contents }
}

// Fetches the contents of slots. `missing` maps the slots to the keys of these contents.
async function fetchMissing(missing, query, stage = 0) {
  isFetching = true
  try {
    const isUnderWay = nextPage.address === addressOfPage(pageName(), query)
    const contents = await (isUnderWay ? nextPage.contents : fetchJson(addressOf(missing, query)))
    for (const [slot, key] of missing) remember(key, contents[slot.dataset.panel])
    failures = 0
  } catch {
    await waitAfterFailure([...missing.keys()])
  }
  isFetching = false
  update({ stage })
}

function addressOfPage(page, query) {
  return address(page, "all", followedQuery(query, [...PARAMETERS, ...SETTINGS], settings()))
}

function addressOf(missing, query) {
  const slots = [...missing.keys()]
  const names = slots.map((slot) => slot.dataset.panel).join(",")
  const followed = [...new Set(slots.flatMap(parametersOf))]
  return address(pageName(), names, followedQuery(query, followed, settings()))
}

async function fetchJson(address) {
  const response = await fetch(address)
  if (response.status === GONE) reloadOnce()
  if (!response.ok) throw new Error(`${response.status} ${response.url}`)
  return response.json()
}

// The server has another edition by now, and a page never mixes two.
function reloadOnce() {
  try {
    if (sessionStorage.getItem(RELOADED) === baseAddress) return
    sessionStorage.setItem(RELOADED, baseAddress)
  } catch {
    return // A sandboxed frame has no storage.
  }
  location.reload()
}

async function waitAfterFailure(slots) {
  if (failures) slots.filter((slot) => slot.checkVisibility() && !isMap(slot)).forEach(showFailure)
  const pause = RETRY_AFTER[Math.min(failures, RETRY_AFTER.length - 1)]
  failures += 1
  await new Promise((resolve) => setTimeout(resolve, pause))
}

// A message is better than the figures of another view.
function showFailure(slot) {
  const note = document.createElement("p")
  note.className = "note"
  note.dataset.told = ""
  note.textContent = words().torn
  slot.replaceChildren(note)
  slot.dataset.filled = ""
  currentKeys.delete(slot)
}

// The messages of this JavaScript, in the language of the page.
export function words() {
  return JSON.parse(document.querySelector("[data-panel='pages.words']")?.textContent || "{}")
}

function remember(key, content) {
  answers.set(key, content)
  while (answers.size > MOST_ANSWERS) answers.delete(answers.keys().next().value)
}

function show(slot, key) {
  currentKeys.set(slot, key)
  if (isMap(slot)) showMap(slot, answers.get(key))
  else put(slot, answers.get(key))
}

function put(slot, markup) {
  const active = slot.contains(document.activeElement) ? document.activeElement : null
  // While Streamlit adopts the page, the field that the reader types in may lose focus for a
  // moment.
  const isTyping = active?.matches("input") || slot.querySelector("input[data-typing]")
  if (isTyping) return updateOtherFields(markup)
  const openIds = [...slot.querySelectorAll("details[open][id]")].map((details) => details.id)
  slot.innerHTML = markup
  slot.dataset.filled = ""
  for (const id of openIds) document.getElementById(id)?.setAttribute("open", "")
  if (active?.id) document.getElementById(active.id)?.focus({ preventScroll: true })
}

// While the reader types, only values change that were set elsewhere.
function updateOtherFields(markup) {
  const template = document.createElement("template")
  template.innerHTML = markup
  for (const { id, value } of template.content.querySelectorAll("input[id]")) {
    const field = document.getElementById(id)
    if (!("typing" in field.dataset) && field.value.trim() !== value) field.value = value
  }
}

function isMap(slot) {
  return "picks" in slot.dataset
}

// The names of the parameters and settings that the content of a slot depends on.
function parametersOf(slot) {
  const follows = slot.dataset.follows.split(" ")
  const names = follows.includes("*") ? PARAMETERS : ["lang", ...follows]
  const filters = follows.includes("filters") ? FILTERS : []
  return [...names, ...filters, "embed", ...(isMap(slot) ? ["theme", "size"] : [])]
}

// The keys of contents by slot. The settings are read once for all slots, since they force a
// layout.
function keysOf(slots, query) {
  const current = settings(slots.some(isMap))
  const queryOfSlot = (slot) => followedQuery(query, parametersOf(slot), current)
  const key = (slot) => `${pageName()}/${slot.dataset.panel}?${queryOfSlot(slot)}`
  return new Map(slots.map((slot) => [slot, key(slot)]))
}

function settings(hasMap = true) {
  const embed = /[?&]embed=true\b/i.test(location.search) ? "true" : ""
  return hasMap ? { theme: themeName(), size: canvasName(), embed } : { embed }
}

// Sorted, so that equal views have one address.
function followedQuery(query, names, settings) {
  const fields = new Map([...fieldsOf(query), ...Object.entries(settings)])
  const followed = [...fields].filter(([name, value]) => value && names.includes(name))
  const sorted = followed.map(([name, value]) => [name, inOrder(name, value)]).sort()
  return new URLSearchParams(sorted).toString().replaceAll("%2C", ",")
}

function address(page, names, fields) {
  return `${baseAddress}/${page}/${names}?${fields}`
}
