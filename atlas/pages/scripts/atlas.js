// The script of the pages. A click changes the address and fetches what follows it; nothing of that
// needs a run of the server's script.

import { begin, currentQuery, enter, fieldsOf, readAddress, restoreScroll, written } from "./address.js"
import { dateCitations } from "./citations.js"
import { MOST_ROWS } from "./constants.js"
import { offerSuggestions, suggestionsDrawn } from "./combobox.js"
import { focusPart } from "./focus.js"
import { followForms } from "./forms.js"
import { followLinks } from "./links.js"
import { beginMaps } from "./maps.js"
import { beginPanels, LAST_STAGE, slots, takeOver, update, words } from "./panels.js"
import { offerSharing } from "./sharing.js"
import { openSources } from "./sources.js"
import { announceView, beginStatus } from "./status.js"
import { beginStreamlit, pageName, start, switchPage, tell } from "./streamlit.js"

const first = document.getElementById("atlas-first")
const { query, panels, order, root } = first.dataset
let nextAnchor = "" // part of the page that is on its way
let wanted = { anchor: location.hash.slice(1), isJump: true, restores: false } // once the view is shown

document.documentElement.classList.add("scripted")
begin(query, JSON.parse(order))
beginPanels(panels, settled)
beginStatus()
beginMaps({ pick, words: () => words().map ?? {}, update, whenDrawn: start })
beginStreamlit({ arrived, adopted: update, moved, offline })
takeOver(root)
openSources()
followLinks({ open, openPage })
followForms(open)
offerSuggestions()
offerSharing()
afterFirstPicture(() => {
  update()
  if (!slots().some((slot) => "picks" in slot.dataset)) start()
})

// What is read comes first, then what moves: deck.gl takes the main thread for a second.
function afterFirstPicture(act) {
  requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(act)))
}

function open(nextQuery, { anchor = "", replaces = false } = {}) {
  // What is not there yet is jumped to: the page still grows, which would end a smooth way.
  wanted = { anchor, isJump: !document.getElementById(anchor), restores: false }
  const isMove = enter(nextQuery, replaces)
  update()
  if (isMove) tell()
}

function openPage(page, nextQuery, anchor) {
  if ((page || "map") === pageName()) return open(nextQuery, { anchor })
  nextAnchor = anchor
  return switchPage(page, nextQuery)
}

// A mark on the map has been chosen: it opens, or closes if it is the open one.
function pick(parameter, id) {
  const fields = fieldsOf(currentQuery())
  fields.set(parameter, fields.get(parameter) === id ? "" : id)
  open(written(fields))
}

// The reader went back or forward within the page.
function moved() {
  wanted = { anchor: location.hash.slice(1), isJump: true, restores: true }
  readAddress()
  // She may have scrolled to where the page reaches only when it is whole.
  update({ stage: LAST_STAGE })
  tell()
}

// Streamlit has put the slots of another page.
function arrived() {
  wanted = { anchor: nextAnchor || location.hash.slice(1), isJump: true, restores: true }
  nextAnchor = ""
  readAddress()
  update()
}

function settled() {
  const title = document.querySelector("[data-panel='pages.page_title']")?.textContent
  const { tag } = words()
  // Set to what it is already, the language would have the whole page's styles computed again.
  if (title && title !== document.title) document.title = title
  if (tag && tag !== document.documentElement.lang) document.documentElement.lang = tag
  suggestionsDrawn()
  dateCitations()
  const { anchor, isJump, restores } = wanted
  wanted = { anchor: "", isJump: false, restores: false }
  if (isBeyondList(anchor)) return lengthenList(anchor)
  if (restores && !anchor) restoreScroll()
  focusPart(anchor, isJump)
  announceView()
}

// A link to a claim may name one further down than the list goes.
function isBeyondList(anchor) {
  const isMissing = anchor.startsWith("claim-") && !document.getElementById(anchor)
  return isMissing && document.querySelector(".ledger") && !fieldsOf(currentQuery()).has("rows")
}

function lengthenList(anchor) {
  open(written(fieldsOf(currentQuery()).set("rows", `${MOST_ROWS}`)), { anchor, replaces: true })
}

function offline() {
  const note = document.createElement("p")
  note.className = "note offline"
  note.setAttribute("role", "status")
  note.textContent = words().offline
  document.querySelector("#atlas-first .atlas").prepend(note)
}
