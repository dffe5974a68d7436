// A map that draws what pydeck describes, for mouse, finger and keyboard.
import { createControls } from "./controls.js"
import { element } from "./element.js"
import { fontsToCome } from "./fonts.js"
import { createGestures } from "./gestures.js"
import { createKeyboard } from "./keyboard.js"
import { createLayers } from "./layers.js"
import { marksOf, nearest } from "./marks.js"
import { createNavigation } from "./navigation.js"
import { createPointer } from "./pointer.js"
import { createScale } from "./scale.js"
import { createSurface } from "./surface.js"
import { createTooltip } from "./tooltip.js"
import { WORDS, zoomKey } from "./words.js"

const ROOM = 20 // px from the edge within which a mark counts as out of sight
let maps = 0

// Puts a map into a positioned element. `show` takes a description as pydeck writes it, and the
// size in CSS pixels of the canvas that its view was made for.
export function createMap(node, options = {}) {
  const listening = new AbortController()
  const { signal } = listening
  const words = { ...WORDS }
  const fullScreenNode = options.fullScreenNode ?? node
  const parts = createParts(++maps)
  const { surface, hint, help } = parts
  const tip = createTooltip()
  node.append(surface, tip.node)

  const broken = new Set() // ids of layers whose data did not come
  const layersOf = createLayers((id, error) => {
    if (!broken.has(id)) console.error(`The map has no data for layer "${id}": ${error.message}`)
    broken.add(id)
    drawing.deck?.redraw("a layer is broken")
  })
  let description
  let marks = []
  let turn = 0 // of `draw`: only the latest goes on
  let isWhole = false // all layers are with the deck, or only those without text
  let isLive = false
  let wasLive = false

  const size = () => ({ width: surface.clientWidth, height: surface.clientHeight })
  const viewport = () => (drawing.deck?.isInitialized ? drawing.deck.getViewports()[0] : undefined)
  const navigation = createNavigation({
    size,
    setView: (initialViewState) => drawing.deck?.setProps({ initialViewState }),
  })
  const pointer = createPointer({ surface, tip, pick, markNear, objectAt, signal })
  const scale = createScale(options.locale)
  const controls = createControls({ words, ...navigation, fullScreenNode, signal })
  const keyboard = createKeyboard({
    surface,
    signal,
    places,
    map: { ...navigation, reveal, pick, showTip: pointer.showAt, hideTip: tip.hide },
  })
  if (options.controls ?? true) node.append(controls.node, scale.node)
  const gestures = createGestures({
    surface,
    hint,
    words,
    signal,
    isFull: () => Boolean(document.fullscreenElement?.contains(node)),
    isOnMark: pointer.isOnMark,
  })
  updateWords(options.words)

  const drawing = createSurface(surface, {
    controller: gestures,
    props: {
      initialViewState: { longitude: 0, latitude: 0, zoom: 0 },
      touchAction: "pan-x pan-y",
      getCursor: pointer.cursor,
      onViewStateChange: navigation.follow,
      onHover: pointer.hover,
      onAfterRender,
    },
    onLost() {
      setLive(false)
      options.onLost?.()
    },
    onRestored() {
      broken.clear()
      navigation.resume()
      if (description) draw()
    },
  })
  const resizing = new ResizeObserver(navigation.resized)
  resizing.observe(surface)

  // Letters are drawn once their font is there; at first the rest does not wait for that.
  async function draw() {
    const mine = ++turn
    const layers = layersOf(description.layers)
    const fonts = fontsToCome(layers)
    if (!fonts) return put(layers, true)
    const rest = layers.filter(({ props }) => !props.getText)
    if (!isLive) put(rest, false)
    await fonts
    if (mine === turn && !signal.aborted) put(layersOf(description.layers), true)
  }

  function put(layers, whole) {
    isWhole = whole
    marks = marksOf(layers)
    drawing.deck?.setProps({ layers })
  }

  function onAfterRender() {
    const view = viewport()
    scale.update(view)
    controls.update(navigation.limits(view.zoom))
    keyboard.refresh()
    const isDrawn = ({ id, isLoaded }) => isLoaded || broken.has(id)
    if (!isLive && isWhole && drawing.deck.props.layers.every(isDrawn)) setLive(true)
  }

  function setLive(live) {
    isLive = live
    node.classList.toggle("live", live)
    if (!live) return keyboard.leave()
    const tell = wasLive ? options.onRestored : options.onLive
    wasLive = true
    tell?.()
  }

  // Pixels of the surface, once there is a map.
  function project([longitude, latitude]) {
    return viewport()?.project([longitude, latitude])
  }

  function places() {
    if (!viewport()) return []
    return marks.map(({ id, row, at, offset }) => {
      const [x, y] = project(at)
      return { id, row, x: x + offset[0], y: y + offset[1] }
    })
  }

  function markNear(x, y, reach) {
    const place = nearest(places(), { x, y })
    return place && Math.hypot(place.x - x, place.y - y) <= reach ? place.row : undefined
  }

  function objectAt(x, y) {
    return viewport() && drawing.deck.pickObject({ x, y })?.object
  }

  function pick(id) {
    options.onPick?.(id)
  }

  // A mark out of sight is brought to the middle.
  function reveal({ x, y }) {
    const { width, height } = size()
    const isInside = x > ROOM && y > ROOM && x < width - ROOM && y < height - ROOM
    if (!isInside) navigation.pan(x - width / 2, y - height / 2)
  }

  function updateWords(given, locale = options.locale) {
    Object.assign(words, given)
    words.wheel = words.wheel.replace("{key}", zoomKey(navigator.platform))
    surface.setAttribute("aria-label", words.map)
    help.textContent = words.keys
    controls.label()
    scale.setLocale(locale)
  }

  return {
    show(next, canvas) {
      description = next
      pointer.leave()
      navigation.describe(next.initialViewState, canvas)
      draw()
    },
    fit: navigation.fit,
    project,
    updateWords,
    get deck() {
      return drawing.deck
    },
    destroy() {
      listening.abort()
      resizing.disconnect()
      drawing.destroy()
      for (const part of [surface, tip.node, controls.node, scale.node]) part.remove()
      node.classList.remove("live")
    },
  }
}

function createParts(number) {
  const help = element("div", "atlas-unseen", { id: `atlas-map-keys-${number}` })
  const hint = element("div", "atlas-wheel-hint", { "aria-hidden": "true" })
  const surface = element("div", "atlas-deck", {
    tabindex: "0",
    role: "application",
    "aria-describedby": help.id,
  })
  surface.append(hint, help)
  return { surface, hint, help }
}
