// The search field with suggestions, as in the combobox pattern of the ARIA Authoring Practices:
// focus stays in the field, arrow keys go through the list, Enter opens a suggestion, Escape closes
// the list.

const FIELD = ".atlas form[role=search] input[type=search]"
let field = null // the search field in use
let active = null // the suggestion that the arrow keys have reached

export function offerSuggestions() {
  document.addEventListener("focusin", ({ target }) => target.matches?.(FIELD) && addRoles(target))
  document.addEventListener("input", ({ target }) => target.matches(FIELD) && open(target))
  document.addEventListener("focusout", ({ target, relatedTarget }) => {
    if (target === field && !relatedTarget?.closest("#suggestions")) close()
  })
  document.addEventListener("keydown", onKeyDown, true)
  document.addEventListener("click", ({ target }) => target.closest("#suggestions a") && close())
}

// Panels have been filled, so the list may be another one. If it has the active suggestion too,
// that one stays active.
export function updateSuggestions() {
  if (!field) return
  const isActive = ({ href }) => href === active?.href
  if (!active?.isConnected) activate(options().find(isActive) ?? null, field)
  updateExpanded()
}

function addRoles(searchField) {
  searchField.setAttribute("role", "combobox")
  searchField.setAttribute("aria-autocomplete", "list")
  searchField.setAttribute("aria-controls", "suggestions")
  if (!searchField.hasAttribute("aria-expanded")) searchField.setAttribute("aria-expanded", "false")
}

function open(searchField) {
  field = searchField
  addRoles(searchField)
  activate(null, searchField)
  updateExpanded()
}

function close() {
  if (!field) return
  activate(null, field)
  field.setAttribute("aria-expanded", "false")
  field = null
  document.documentElement.classList.remove("suggesting")
}

function updateExpanded() {
  const hasOptions = options().length > 0
  field.setAttribute("aria-expanded", `${hasOptions}`)
  document.documentElement.classList.toggle("suggesting", hasOptions)
}

function options() {
  return [...document.querySelectorAll("#suggestions [role=option]")]
}

function onKeyDown(event) {
  // During composition, Enter chooses a candidate of the input method.
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
  const index = all.indexOf(active)
  const isBeforeFirst = index < 0 && by < 0
  activate(all.at(isBeforeFirst ? -1 : (index + by) % all.length), field)
}

function activate(option, searchField) {
  active?.setAttribute("aria-selected", "false")
  active = option
  option?.setAttribute("aria-selected", "true")
  option?.scrollIntoView({ block: "nearest" })
  if (option) searchField.setAttribute("aria-activedescendant", option.id)
  else searchField.removeAttribute("aria-activedescendant")
}
