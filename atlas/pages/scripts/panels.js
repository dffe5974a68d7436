// Panels: slots of the page whose content is fetched from an address of its own, which holds what
// they follow of the view. A click is answered by one request for all that it changes.

import { currentQuery, fieldsOf, inOrder } from "./address.js"
import { FILTERS, PARAMETERS } from "./constants.js"
import { canvasName, showMap, themeName } from "./maps.js"
import { pageName } from "./streamlit.js"

const RETRY_AFTER = [300, 1000, 2000, 4000, 8000] // ms before a failed fetch is tried again
const ANSWERS_KEPT = 400 // panels at hand without asking the browser's own cache
const RELOADED = "atlas-reloaded" // in the session: the edition that a page was loaded anew for
const SETTINGS = ["theme", "size", "embed"] // besides the view, what a content depends on
const TURN_OF_WHEEL = 200 // px
export const LAST_STAGE = 2
const GONE = 410 // the server has another edition

const answers = new Map() // what a panel answers, by its name and what it follows
const shown = new WeakMap() // key of what a slot shows
let panelsAt = "" // address of the panels of this edition, without page
let pageAhead = {} // the page asked for ahead: its address, and its panels
let asking = false
let failures = 0
let whenSettled = () => {}

export function beginPanels(address, settled) {
  panelsAt = address
  whenSettled = settled
}

// The slots of the page that the address names: those of the page before go only with the next run.
export function slots() {
  return allSlots().filter(({ dataset }) => !("later" in dataset) || "filled" in dataset)
}

function allSlots() {
  return [...document.querySelectorAll(`.atlas[data-page=${pageName()}] [data-panel]`)]
}

// The markup that came with the page is that of its view; a map still waits for its deck. Behind a
// proxy that takes a part of the path without a word, the server learns of it only from the requests
// of the page, so everything is fetched anew.
export function takeOver(root) {
  const [stated, real] = [root || ".", "."].map((address) => new URL(address, location).pathname)
  if (stated !== real) return
  const drawn = slots().filter((slot) => !isMap(slot))
  for (const [slot, key] of keysOf(drawn, currentQuery())) {
    answers.set(key, slot.innerHTML)
    shown.set(slot, key)
  }
}

// Have every slot show the view. While an answer is on its way, a further click waits for it: so
// many quick ones end with one request for the last. What the reader sees comes first, and each
// further stage when the one before has been painted.
export function update({ stage = 0 } = {}) {
  const keys = keysOf(slots(), currentQuery())
  const outdated = [...keys].filter(([slot, key]) => shown.get(slot) !== key)
  const missing = new Map(outdated.filter(([, key]) => !answers.has(key)))
  const ready = outdated.filter(([, key]) => answers.has(key))
  const due = ready.filter(([slot]) => stageOf(slot) <= stage)
  for (const [slot, key] of due) show(slot, key)
  if (missing.size && !asking) ask(missing, currentQuery(), stage)
  if (due.length < ready.length) afterPaint(() => update({ stage: stage + 1 }))
  else if (!missing.size) whenSettled()
}

// A map that is there takes a tenth of a second to change; the last is what lies further below the
// window than a turn of the wheel reaches.
function stageOf(slot) {
  if (isMap(slot)) return slot.querySelector(".map.live") ? 1 : 0
  return slot.getBoundingClientRect().top > innerHeight + TURN_OF_WHEEL ? LAST_STAGE : 0
}

function afterPaint(act) {
  requestAnimationFrame(() => setTimeout(act))
}

// A press comes a tenth of a second before its click: so long the answer is on its way already.
export function fetchAhead(query) {
  const missing = new Map([...keysOf(slots(), query)].filter(([, key]) => !answers.has(key)))
  if (!asking && missing.size) ask(missing, query)
}

// What the page begins without is fetched when the reader asks for it, and then follows the view.
export async function fetchLater(name) {
  const query = currentQuery()
  const [[slot, key]] = keysOf(allSlots().filter(({ dataset }) => dataset.panel === name), query)
  if ("filled" in slot.dataset) return
  const fetched = await answer(addressOf(new Map([[slot, key]]), query))
  keep(key, fetched[name])
  show(slot, key)
}

// Another page, whose slots are still to come, is asked for as a whole.
export function fetchPage(page, query) {
  const whole = addressOfPage(page, query)
  if (pageAhead.address === whole) return
  const fetched = answer(whole)
  fetched.catch(() => (pageAhead = {}))
  pageAhead = { address: whole, fetched }
}

// Ask for the content of slots, which are given with its keys.
async function ask(missing, query, stage = 0) {
  asking = true
  try {
    const isAhead = pageAhead.address === addressOfPage(pageName(), query)
    const fetched = await (isAhead ? pageAhead.fetched : answer(addressOf(missing, query)))
    for (const [slot, key] of missing) keep(key, fetched[slot.dataset.panel])
    failures = 0
  } catch {
    await failed([...missing.keys()])
  }
  asking = false
  update({ stage })
}

function addressOfPage(page, query) {
  return address(page, "all", fieldsFollowed(query, [...PARAMETERS, ...SETTINGS], settings()))
}

function addressOf(missing, query) {
  const slots = [...missing.keys()]
  const names = slots.map((slot) => slot.dataset.panel).join(",")
  const followed = [...new Set(slots.flatMap(parameters))]
  return address(pageName(), names, fieldsFollowed(query, followed, settings()))
}

async function answer(address) {
  const response = await fetch(address)
  if (response.status === GONE) reloadOnce()
  if (!response.ok) throw new Error(`${response.status} ${response.url}`)
  return response.json()
}

// The server has another edition by now. A page never mixes two.
function reloadOnce() {
  try {
    if (sessionStorage.getItem(RELOADED) === panelsAt) return
    sessionStorage.setItem(RELOADED, panelsAt)
  } catch {
    return // A sandboxed frame has no storage.
  }
  location.reload()
}

async function failed(missing) {
  if (failures) missing.filter((slot) => slot.checkVisibility() && !isMap(slot)).forEach(showFailure)
  const pause = RETRY_AFTER[Math.min(failures, RETRY_AFTER.length - 1)]
  failures += 1
  await new Promise((resolve) => setTimeout(resolve, pause))
}

// Rather nothing than the figures of another view.
function showFailure(slot) {
  const note = document.createElement("p")
  note.className = "note"
  note.dataset.told = ""
  note.textContent = words().torn
  slot.replaceChildren(note)
  slot.dataset.filled = ""
  shown.delete(slot)
}

// What the script says, in the language of the page.
export function words() {
  return JSON.parse(document.querySelector("[data-panel='pages.words']")?.textContent || "{}")
}

function keep(key, content) {
  answers.set(key, content)
  while (answers.size > ANSWERS_KEPT) answers.delete(answers.keys().next().value)
}

function show(slot, key) {
  shown.set(slot, key)
  if (isMap(slot)) showMap(slot, answers.get(key))
  else put(slot, answers.get(key))
}

function put(slot, markup) {
  const active = slot.contains(document.activeElement) ? document.activeElement : null
  // While Streamlit takes the page in, a field may be without focus under the hands of who types.
  const isTyped = active?.matches("input") || slot.querySelector("input[data-typing]")
  if (isTyped) return keepTyping(slot, markup)
  const opened = [...slot.querySelectorAll("details[open][id]")].map((details) => details.id)
  slot.innerHTML = markup
  slot.dataset.filled = ""
  for (const id of opened) document.getElementById(id)?.setAttribute("open", "")
  if (active?.id) document.getElementById(active.id)?.focus({ preventScroll: true })
}

// Under the hands of who types, only what has come from elsewhere changes.
function keepTyping(slot, markup) {
  const template = document.createElement("template")
  template.innerHTML = markup
  for (const next of template.content.querySelectorAll("input[id]")) {
    const field = document.getElementById(next.id)
    if (!("typing" in field.dataset) && field.value.trim() !== next.value) field.value = next.value
  }
}

function isMap(slot) {
  return "picks" in slot.dataset
}

// The parameters that a slot follows, and what else its content depends on.
function parameters(slot) {
  const follows = slot.dataset.follows.split(" ")
  const names = follows.includes("*") ? PARAMETERS : ["lang", ...follows]
  const filters = follows.includes("filters") ? FILTERS : []
  return [...names, ...filters, "embed", ...(isMap(slot) ? ["theme", "size"] : [])]
}

// By slot, what its content is kept under. The settings are read once for all: they ask the layout.
function keysOf(slots, query) {
  const present = settings(slots.some(isMap))
  const key = (slot) => fieldsFollowed(query, parameters(slot), present)
  return new Map(slots.map((slot) => [slot, `${pageName()}/${slot.dataset.panel}?${key(slot)}`]))
}

function settings(hasMap = true) {
  const embed = /[?&]embed=true\b/i.test(location.search) ? "true" : ""
  return hasMap ? { theme: themeName(), size: canvasName(), embed } : { embed }
}

// Sorted, so that equal views have one address.
function fieldsFollowed(query, names, settings) {
  const fields = new Map([...fieldsOf(query), ...Object.entries(settings)])
  const followed = [...fields].filter(([name, value]) => value && names.includes(name))
  const sorted = followed.map(([name, value]) => [name, inOrder(name, value)]).sort()
  return new URLSearchParams(sorted).toString().replaceAll("%2C", ",")
}

function address(page, names, fields) {
  return `${panelsAt}/${page}/${names}?${fields}`
}
