// Buttons that copy a text or a link, or open the device's share sheet; and the date of access in
// citations.

import { currentQuery } from "./address.js"
import { announce } from "./focus.js"

const DONE_SHOWS = 2000 // ms for which a button says that it has copied

export function offerSharing() {
  document.documentElement.classList.toggle("can-share", Boolean(navigator.share))
  document.addEventListener("click", ({ target }) => {
    const button = target.closest?.(".atlas button[data-link], .atlas button[data-copy]")
    if (!button) return
    if ("send" in button.dataset) send(button)
    else copy(button)
  })
}

function send(button) {
  // Closing the share sheet is no error.
  navigator.share({ title: document.title, url: linkOf(button) }).catch(() => {})
}

async function copy(button) {
  const { copy: source, done } = button.dataset
  const text = source ? document.getElementById(source).textContent : linkOf(button)
  const label = button.textContent
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Without a secure context there is no clipboard, and the reader copies by hand.
    return prompt(label, text)
  }
  button.textContent = done
  announce(done)
  setTimeout(() => (button.textContent = label), DONE_SHOWS)
}

// A button without a link of its own shares the current page.
function linkOf({ dataset }) {
  return new URL(dataset.link || `?${currentQuery()}`, location).href
}

// Replaces the server's date of access, the last date of each citation, by the reader's local date.
export function dateCitations() {
  const section = document.querySelector(".atlas [data-accessed]")
  if (!section) return
  const { accessed, asOf } = section.dataset
  const today = [localDate(), asOf].sort().at(-1) // The reader's clock may be behind.
  const newDates = dateInForms(today)
  for (const [index, oldDate] of dateInForms(accessed).entries()) {
    for (const citation of section.querySelectorAll("pre")) {
      replaceLast(citation, oldDate, newDates[index])
    }
  }
  section.dataset.accessed = today
}

function localDate() {
  const now = new Date()
  const parts = [now.getFullYear(), now.getMonth() + 1, now.getDate()]
  return parts.map((part) => `${part}`.padStart(2, "0")).join("-")
}

// An ISO date as the citations write it: in the reader's language, in APA style, for BibTeX, for
// CSL.
function dateInForms(isoDate) {
  const [date, style] = [new Date(`${isoDate}T12:00`), { dateStyle: "long" }]
  const tags = [document.documentElement.lang, "en-US"]
  const inWords = tags.map((tag) => date.toLocaleDateString(tag, style))
  return [...inWords, isoDate, isoDate.split("-").map(Number).join(",\n          ")]
}

function replaceLast(element, oldText, newText) {
  const text = element.textContent
  const start = text.lastIndexOf(oldText)
  if (start < 0) return
  element.textContent = text.slice(0, start) + newText + text.slice(start + oldText.length)
}
