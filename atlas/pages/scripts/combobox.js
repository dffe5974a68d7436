// The search with its suggestions, as the combobox pattern of the ARIA Authoring Practices has it: the
// focus stays in the field, arrow keys go through the list, Enter opens, Escape closes.

const FIELD = ".atlas form[role=search] input[type=search]"
let field = null // that is typed into
let active = null // suggestion

export function offerSuggestions() {
  document.addEventListener("focusin", ({ target }) => target.matches?.(FIELD) && describe(target))
  document.addEventListener("input", ({ target }) => target.matches(FIELD) && opened(target))
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (target === field && !relatedTarget?.closest("#suggestions")) close()
  })
  document.addEventListener("keydown", pressed, true)
  // The list is drawn anew with every search; what it holds is told once it is there.
  document.addEventListener("click", ({ target }) => target.closest("#suggestions a") && close())
}

// Panels have been filled; the list of the suggestions may be another one. The one that was gone to
// stays the active one where the new list has it too.
export function suggestionsDrawn() {
  if (!field) return
  const same = ({ href }) => href === active?.href
  if (!active?.isConnected) activate(options().find(same) ?? null, field)
  reflect()
}

function describe(target) {
  const attributes = { role: "combobox", "aria-autocomplete": "list", "aria-controls": "suggestions" }
  for (const [name, value] of Object.entries(attributes)) target.setAttribute(name, value)
  if (!target.hasAttribute("aria-expanded")) target.setAttribute("aria-expanded", "false")
}

function opened(target) {
  field = target
  describe(target)
  activate(null, target)
  reflect()
}

function close() {
  if (!field) return
  const closed = field
  field = null
  activate(null, closed)
  closed.setAttribute("aria-expanded", "false")
  document.documentElement.classList.remove("suggesting")
}

function reflect() {
  const hasSome = options().length > 0
  field.setAttribute("aria-expanded", `${hasSome}`)
  document.documentElement.classList.toggle("suggesting", hasSome)
}

function options() {
  return [...document.querySelectorAll("#suggestions [role=option]")]
}

function pressed(event) {
  // Enter that ends the work of an input method chooses one of its candidates.
  if (!field || event.target !== field || event.isComposing || event.keyCode === 229) return
  const steps = { ArrowDown: 1, ArrowUp: -1 }
  if (event.key in steps) step(event, steps[event.key])
  else if (event.key === "Escape" && document.documentElement.matches(".suggesting")) {
    event.preventDefault()
    close()
  } else if (event.key === "Enter" && active) {
    event.preventDefault()
    event.stopPropagation()
    active.click()
  }
}

function step(event, by) {
  const all = options()
  if (!all.length) return
  event.preventDefault()
  const now = all.indexOf(active)
  activate(all[now < 0 && by < 0 ? all.length - 1 : (now + by + all.length) % all.length], field)
}

function activate(option, of) {
  active?.setAttribute("aria-selected", "false")
  active = option
  option?.setAttribute("aria-selected", "true")
  option?.scrollIntoView({ block: "nearest" })
  if (option) of.setAttribute("aria-activedescendant", option.id)
  else of.removeAttribute("aria-activedescendant")
}
