// Links that open in place, chips that count on from the last click, buttons that copy or share.
// Runs anew with every change of the view; `view` is what Streamlit hands to a component.

const PATIENCE = 3000 // ms within which the server has answered a click, or it is lost
const RESIZED = 150 // ms after which a window has its new size
const REDRAWN = 2000 // ms after the answer within which the page has been drawn anew

// What the address will be once the clicks under way are answered: a quick reader's next click
// starts from there. Empty when the server has caught up.
let ahead = { query: "", until: 0 }
let wanted = { anchor: "", focus: "" }
let page = ""
let map = null
let measured = 0
let measuring = 0
let current
const webgl = Boolean(document.createElement("canvas").getContext("webgl2"))
const torn = new Set() // files of the map that could not be had

// A page may outlive its server. The script of the next version takes over from the one it finds,
// which would go on following the same clicks.
window.atlasRouter?.retire()
window.atlasRouter = { retire: () => (current = undefined) }

export function mount(view) {
  current = view
  const { lang, query } = view.data
  document.documentElement.lang = lang
  dress()
  keepAddress(query)
  if (sorted(query) === sorted(ahead.query)) ahead = { query: "", until: 0 }
  describeBrowser()
  if (!webgl) illustrate()
  fill()
  if (page !== location.pathname) arrive()
  else refocus(wanted.focus, Date.now() + REDRAWN)
}

document.addEventListener("click", (event) => {
  if (!current) return // Not drawn yet: the link is followed as a link.
  const button = event.target.closest?.(".stHtml button[data-link], .stHtml button[data-copy]")
  if (button) press(button)
  const link = event.target.closest?.(".stHtml a")
  if (link) follow(event, link)
})

// Before a link can be followed, copied or opened elsewhere, it is pointed at or focused.
for (const kind of ["pointerover", "pointerdown", "focusin"]) {
  document.addEventListener(kind, (event) => {
    const link = current && event.target.closest?.(".stHtml a[data-carry], .stHtml a[data-toggle]")
    if (!link) return
    link.setAttribute("href", stepped(link) ?? carried(link))
    const [page, query] = link.getAttribute("href").split(/[?#]/)
    if (kind === "pointerdown" && !page) prepare(query)
  })
}

// The map fetches its data and its own parts by itself, and keeps silent about what it does not get.
new PerformanceObserver((fetched) => {
  for (const { name, responseStatus } of fetched.getEntries()) {
    if (!/\/(assets\/[^?]*json|static\/js\/[^?]*js)$/.test(name)) continue
    if (responseStatus === 0 || responseStatus >= 400) torn.add(name)
    else torn.delete(name)
  }
  document.documentElement.classList.toggle("map-torn", torn.size > 0)
}).observe({ type: "resource", buffered: true })

// The style of this version: the page may have come from another.
function dress() {
  const link = document.querySelector('link[rel="stylesheet"][href*="assets/"][href$="/style.css"]')
  if (link && !link.href.endsWith(STYLE)) link.href = "./" + STYLE
}

function keepAddress(query) {
  const embed = location.search.slice(1).split("&").filter((one) => one.startsWith("embed"))
  const own = "?" + [query, ...embed].join("&")
  if (location.search !== own) history.replaceState(history.state, "", own + location.hash)
}

function sorted(query) {
  const fields = [...new URLSearchParams(query)]
  return fields.map(([name, value]) => `${name}=${value.split(",").sort()}`).sort().join("&")
}

function describeBrowser() {
  const root = document.documentElement.classList
  root.toggle("can-share", Boolean(navigator.share))
  root.toggle("no-webgl", !webgl)
}

// The server fits the map to the width it has here, once that is known, and again when it changes.
function measure() {
  if (!current || !map?.clientWidth) return
  const { width, widths: { least, most, step } } = current.data
  const whole = Math.floor(map.clientWidth / step) * step
  const fitting = Math.min(Math.max(whole, least), most)
  if (fitting === (measured || width)) return
  measured = fitting
  current.setStateValue("width", fitting)
}
const resized = new ResizeObserver(() => {
  clearTimeout(measuring)
  measuring = setTimeout(measure, RESIZED)
})
new MutationObserver(() => {
  const present = document.querySelector(".st-key-map [data-testid=stDeckGlJsonChart]")
  if (present === map) return
  resized.disconnect()
  map = present
  if (map) resized.observe(map)
}).observe(document.body, { subtree: true, childList: true })

// The picture is drawn below the map after this component, and anew with every view.
function illustrate() {
  if (!current) return
  const address = "map.svg?" + current.data.query
  for (const picture of document.querySelectorAll(".without-map img")) {
    if (picture.getAttribute("src") !== address) picture.src = address
  }
}
if (!webgl) {
  new MutationObserver(illustrate).observe(document, { subtree: true, childList: true })
}

function arrive() {
  page = location.pathname
  measured = 0
  const anchor = wanted.anchor || location.hash.slice(1)
  wanted = { anchor: "", focus: "" }
  if (anchor) show(anchor, Date.now() + 20000, true)
}

function follow(event, link) {
  const href = link.getAttribute("href") ?? ""
  const held = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey
  const own = /^(\.\/|[a-z]+)?\?/.test(href) && !link.target && !link.hasAttribute("download")
  if (!own || event.button || held) return
  event.preventDefault()
  const [address, anchor] = (stepped(link) ?? carried(link)).split("#")
  wanted = { anchor: "", focus: anchor || link.id }
  const moves = address !== "?" + latest()
  if (address.startsWith("?")) ahead = { query: address.slice(1), until: Date.now() + PATIENCE }
  if (moves) current.setTriggerValue("link", address)
  // Once that is sent: the panels take 15 ms to draw, and the map waits for the server's answer.
  setTimeout(() => current && fill())
  // What is not there yet is jumped to: the page still grows, which would end a smooth way.
  const absent = !document.getElementById(anchor)
  if (address.startsWith("?") && anchor) show(anchor, Date.now() + 10000, absent)
  else wanted.anchor = anchor ?? ""
}

// The view that the reader is on, or will be once the clicks under way are answered.
function latest() {
  return ahead.query && Date.now() < ahead.until ? ahead.query : current.data.query
}

// A chip's own link starts from the view it was drawn for; with clicks under way, that is behind.
function stepped({ dataset }) {
  const [name, value] = (dataset.toggle ?? dataset.set ?? "").split(" ")
  if (!name) return null
  const fields = new URLSearchParams(latest())
  const chosen = new Set((fields.get(name) ?? "").split(",").filter(Boolean))
  if (dataset.set) chosen.clear()
  if (!chosen.delete(value)) chosen.add(value)
  fields.delete(name)
  if (chosen.size) fields.set(name, [...chosen].join(","))
  return `?${fields}`.replaceAll("%2C", ",")
}

// A link that is the same whatever the filters takes the rest of the view along.
function carried(link) {
  const { carry } = link.dataset
  const href = (link.atlasHref ??= link.getAttribute("href"))
  if (carry === undefined) return href
  const [, address, query, anchor] = href.match(/^([^?#]*)\??([^#]*)(.*)$/)
  const fields = new URLSearchParams(latest())
  for (const name of carry.split(" ")) fields.delete(name)
  for (const [name, value] of new URLSearchParams(query)) fields.set(name, value)
  return `${address}?${fields}`.replaceAll("%2C", ",") + anchor
}

function show(id, until, arriving) {
  const target = document.getElementById(id)
  if (!target) return Date.now() < until && setTimeout(show, 60, id, until, arriving)
  const calm = arriving || matchMedia("(prefers-reduced-motion: reduce)").matches
  target.scrollIntoView({ behavior: calm ? "auto" : "smooth", block: "nearest" })
  target.setAttribute("tabindex", "-1")
  target.focus({ preventScroll: true })
}

// The markup that held the link clicked is drawn anew, and takes the focus with it.
function refocus(id, until) {
  if (!id || Date.now() > until) return
  const lost = document.activeElement === document.body || !document.activeElement
  if (lost) document.getElementById(id)?.focus({ preventScroll: true })
  setTimeout(refocus, 50, id, until)
}

function press(button) {
  const { send } = button.dataset
  // The reader may close the share sheet; that is no error.
  if (send === undefined) copy(button)
  else navigator.share({ title: document.title, url: absolute(button) }).catch(() => {})
}

async function copy(button) {
  const { copy, done } = button.dataset
  const said = copy ? document.getElementById(copy).textContent : absolute(button)
  const label = button.textContent
  try {
    await navigator.clipboard.writeText(said)
  } catch {
    // Without a secure context there is no clipboard: the reader copies by hand.
    return prompt(label, said)
  }
  button.textContent = announcer.textContent = done
  setTimeout(() => (button.textContent = label), 2000)
}

// A button without a link of its own shares the page it stands on.
function absolute({ dataset }) {
  return new URL(dataset.link || "?" + current.data.query, location).href
}
