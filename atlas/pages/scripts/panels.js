// Panels: slots of the page whose content is fetched from an address of its own, which holds what
// they follow of the view. A click is answered by one request for all that it changes.

import { currentQuery, fieldsOf, inOrder } from "./address.js"
import { FILTERS, PARAMETERS } from "./constants.js"
import { canvasName, showMap, themeName } from "./maps.js"
import { pageName } from "./streamlit.js"

const RETRY_AFTER = [300, 1000, 2000, 4000, 8000] // ms before a failed fetch is tried again
const ANSWERS_KEPT = 400 // panels at hand without asking the browser's own cache
const RELOADED = "atlas-reloaded" // in the session: the edition that a page was loaded anew for
const GONE = 410 // the server has another edition

const answers = new Map() // what a panel answers, by its name and what it follows
const shown = new WeakMap() // key of what a slot shows
let panelsAt = "" // address of the panels of this edition, without page
let pageAhead = {} // the page asked for ahead, and its panels
let asking = false
let failures = 0
let whenSettled = () => {}

export function beginPanels(address, settled) {
  panelsAt = address
  whenSettled = settled
}

// The slots of the page that the address names: those of the page before go only with the next run.
export function slots() {
  return [...document.querySelectorAll(`.atlas[data-page=${pageName()}] [data-panel]`)]
}

// The markup that came with the page is that of its view; a map still waits for its deck.
export function takeOver() {
  for (const slot of slots()) {
    if (isMap(slot)) continue
    answers.set(keyOf(slot, currentQuery()), slot.innerHTML)
    shown.set(slot, keyOf(slot, currentQuery()))
  }
}

// Have every slot show the view. While an answer is on its way, a further click waits for it: so
// many quick ones end with one request for the last.
export function update() {
  const outdated = slots().filter((slot) => shown.get(slot) !== keyOf(slot, currentQuery()))
  const known = outdated.filter((slot) => answers.has(keyOf(slot, currentQuery())))
  for (const slot of known) show(slot, keyOf(slot, currentQuery()))
  const missing = outdated.filter((slot) => !known.includes(slot))
  if (!missing.length) return whenSettled()
  if (!asking) ask(missing, currentQuery())
}

// A press comes a tenth of a second before its click: so long the answer is on its way already.
export function fetchAhead(query) {
  const missing = slots().filter((slot) => !answers.has(keyOf(slot, query)))
  if (!asking && missing.length) ask(missing, query)
}

// Another page, whose slots are still to come, is asked for as a whole.
export function fetchPage(page, query) {
  if (pageAhead.page === page && pageAhead.query === query) return
  const everything = [...PARAMETERS, "theme", "size", "embed"]
  const fetched = answer(address(page, "all", fieldsFollowed(query, everything)))
  fetched.catch(() => (pageAhead = {}))
  pageAhead = { page, query, fetched }
}

async function ask(missing, query) {
  asking = true
  try {
    const fetched = await (isAhead(query) ? pageAhead.fetched : answer(addressOf(missing, query)))
    for (const slot of missing) keep(keyOf(slot, query), fetched[slot.dataset.panel])
    failures = 0
  } catch {
    await failed(missing)
  }
  asking = false
  update()
}

function isAhead(query) {
  return pageAhead.page === pageName() && pageAhead.query === query
}

function addressOf(missing, query) {
  const names = missing.map((slot) => slot.dataset.panel).join(",")
  const followed = [...new Set(missing.flatMap(parameters))]
  return address(pageName(), names, fieldsFollowed(query, followed))
}

async function answer(address) {
  const response = await fetch(address)
  if (response.status === GONE) reloadOnce()
  if (!response.ok) throw new Error(`${response.status} ${response.url}`)
  return response.json()
}

// The server has another edition by now. A page never mixes two.
function reloadOnce() {
  if (sessionStorage.getItem(RELOADED) === panelsAt) return
  sessionStorage.setItem(RELOADED, panelsAt)
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
  if (active?.matches("input")) return keepTyping(slot, markup)
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

function keyOf(slot, query) {
  return `${pageName()}/${slot.dataset.panel}?${fieldsFollowed(query, parameters(slot))}`
}

// Sorted, so that equal views have one address.
function fieldsFollowed(query, names) {
  const isEmbedded = /[?&]embed=true\b/i.test(location.search)
  const settings = { theme: themeName(), size: canvasName(), embed: isEmbedded ? "true" : "" }
  const fields = new Map([...fieldsOf(query), ...Object.entries(settings)])
  const followed = [...fields].filter(([name, value]) => value && names.includes(name))
  const sorted = followed.map(([name, value]) => [name, inOrder(name, value)]).sort()
  return new URLSearchParams(sorted).toString().replaceAll("%2C", ",")
}

function address(page, names, fields) {
  return `${panelsAt}/${page}/${names}?${fields}`
}
