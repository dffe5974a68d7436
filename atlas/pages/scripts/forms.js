// Fields to type into. A form works without script, as a link to the view that it describes; with
// it, a search follows what is typed.

import { currentQuery, fieldsOf, written } from "./address.js"

const TYPING_PAUSES = 250 // ms without a key after which what is typed is searched for

export function followForms(open) {
  let typing = 0 // timer
  let isTyping = false // a search under way changes its one entry of the history
  document.addEventListener("submit", (event) => {
    const form = event.target.closest(".atlas form")
    if (!form) return
    event.preventDefault()
    clearTimeout(typing)
    open(described(form), { replaces: isTyping, anchor: form.getAttribute("action").slice(1) })
    isTyping = false
  })
  document.addEventListener("input", (event) => {
    const field = event.target
    if (!field.closest(".atlas form[role=search]") || event.isComposing) return
    clearTimeout(typing)
    field.dataset.typing = ""
    typing = setTimeout(() => {
      delete field.dataset.typing
      open(described(field.form), { replaces: isTyping })
      isTyping = true
    }, TYPING_PAUSES)
  })
  document.addEventListener("focusout", () => (isTyping = false))
}

function described(form) {
  const fields = fieldsOf(currentQuery())
  for (const { name, value, type } of form.elements) {
    if (name && type !== "hidden") fields.set(name, value.trim())
  }
  return written(fields)
}
