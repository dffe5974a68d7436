// The entry of the pages' JavaScript. A click changes the address and fetches the panels that
// follow the change; Streamlit runs no script for that.

import { begin, currentQuery, enter, fieldsOf, queryOf } from "./address.js"
import { readAddress, restoreScroll } from "./address.js"
import { MOST_ROWS } from "./constants.js"
import { offerSuggestions, updateSuggestions } from "./combobox.js"
import { addLiveRegion, announceView, focusPart } from "./focus.js"
import { followForms, followLinks } from "./links.js"
import { beginMaps } from "./maps.js"
import { beginPanels, LAST_STAGE, slots, takeOver, update, words } from "./panels.js"
import { dateCitations, offerSharing } from "./sharing.js"
import { openSources } from "./sources.js"
import { beginStreamlit, pageName, start, switchPage, tell } from "./streamlit.js"

const firstLayer = document.getElementById("atlas-first")
const { query, panels, order, root } = firstLayer.dataset
let nextAnchor = "" // the part to go to on the page that is loading
let destination = { anchor: location.hash.slice(1), isJump: true, restores: false } // on this page

document.documentElement.classList.add("scripted")
begin(query, JSON.parse(order))
beginPanels(panels, settled)
addLiveRegion()
beginMaps({ pick, words: () => words().map ?? {}, update, whenDrawn: start })
beginStreamlit({ arrived, adopted: update, moved, offline })
takeOver(root)
openSources()
followLinks({ open, openPage })
followForms(open)
offerSuggestions()
offerSharing()
afterFirstPaint(() => {
  update()
  if (!slots().some((slot) => "picks" in slot.dataset)) start()
})

// Text comes before the map: deck.gl occupies the main thread for a second.
function afterFirstPaint(act) {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(act)))
}

function open(nextQuery, { anchor = "", replaces = false } = {}) {
  // A part that is still missing is jumped to: the growing page would stop a smooth scroll.
  destination = { anchor, isJump: !document.getElementById(anchor), restores: false }
  const isMove = enter(nextQuery, replaces)
  update()
  if (isMove) tell()
}

function openPage(page, nextQuery, anchor) {
  if ((page || "map") === pageName()) return open(nextQuery, { anchor })
  nextAnchor = anchor
  return switchPage(page, nextQuery)
}

// A click on a mark of the map opens it, or closes it if it is open.
function pick(parameter, id) {
  const fields = fieldsOf(currentQuery())
  fields.set(parameter, fields.get(parameter) === id ? "" : id)
  open(queryOf(fields))
}

// The reader went back or forward within the page.
function moved() {
  destination = { anchor: location.hash.slice(1), isJump: true, restores: true }
  readAddress()
  // All stages at once: the old scroll position may exist only on the complete page.
  update({ stage: LAST_STAGE })
  tell()
}

// Streamlit has put the slots of another page.
function arrived() {
  destination = { anchor: nextAnchor || location.hash.slice(1), isJump: true, restores: true }
  nextAnchor = ""
  readAddress()
  update()
}

// Every slot shows the view.
function settled() {
  const title = document.querySelector("[data-panel='pages.page_title']")?.textContent
  const { tag } = words()
  // Setting even the same language would make the browser compute all styles again.
  if (title && title !== document.title) document.title = title
  if (tag && tag !== document.documentElement.lang) document.documentElement.lang = tag
  updateSuggestions()
  dateCitations()
  const { anchor, isJump, restores } = destination
  destination = { anchor: "", isJump: false, restores: false }
  if (isBeyondList(anchor)) return lengthenList(anchor)
  if (restores && !anchor) restoreScroll()
  focusPart(anchor, isJump)
  announceView()
}

// A link may lead to a claim further down than the list goes.
function isBeyondList(anchor) {
  const isMissing = anchor.startsWith("claim-") && !document.getElementById(anchor)
  return isMissing && document.querySelector(".ledger") && !fieldsOf(currentQuery()).has("rows")
}

function lengthenList(anchor) {
  open(queryOf(fieldsOf(currentQuery()).set("rows", `${MOST_ROWS}`)), { anchor, replaces: true })
}

// Streamlit has not started.
function offline() {
  const note = document.createElement("p")
  note.className = "note offline"
  note.setAttribute("role", "status")
  note.textContent = words().offline
  document.querySelector("#atlas-first .atlas").prepend(note)
}
