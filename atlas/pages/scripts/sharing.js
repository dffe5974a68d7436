// Buttons that copy a text or a link, or hand a link to the device's share sheet.

import { currentQuery } from "./address.js"
import { announce } from "./status.js"

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
  // The reader may close the share sheet; that is no error.
  navigator.share({ title: document.title, url: linkOf(button) }).catch(() => {})
}

async function copy(button) {
  const { copy: source, done } = button.dataset
  const text = source ? document.getElementById(source).textContent : linkOf(button)
  const label = button.textContent
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    // Without a secure context there is no clipboard: the reader copies by hand.
    return prompt(label, text)
  }
  button.textContent = done
  announce(done)
  setTimeout(() => (button.textContent = label), DONE_SHOWS)
}

// A button without a link of its own shares the page it stands on.
function linkOf({ dataset }) {
  return new URL(dataset.link || `?${currentQuery()}`, location).href
}
