// A map that draws pydeck's descriptions, for mouse, touch and keyboard.
import { near } from "./camera.js"
import { createControls } from "./controls.js"
import { element } from "./element.js"
import { createGestures } from "./gestures.js"
import { createKeyboard } from "./keyboard.js"
import { createMarks } from "./marks.js"
import { createNavigation } from "./navigation.js"
import { createPointer } from "./pointer.js"
import { createScale } from "./scale.js"
import { createScene } from "./scene.js"
import { createSurface } from "./surface.js"
import { createTooltip } from "./tooltip.js"
import { WORDS, zoomKey } from "./words.js"

const MARGIN = 20 // px from the edge within which a mark counts as out of sight
let maps = 0

// Puts a map into a positioned element. `show` takes a pydeck description, and the size in CSS
// pixels of the canvas that its view was made for.
export function createMap(node, options = {}) {
  const listening = new AbortController()
  const { signal } = listening
  const words = { ...WORDS }
  const fullScreenNode = options.fullScreenNode ?? node
  const parts = createParts(++maps)
  const { surface, hint, help } = parts
  const tip = createTooltip()
  node.append(surface, tip.node)

  let isLive = false
  let wasLive = false

  const size = () => ({ width: surface.clientWidth, height: surface.clientHeight })
  const viewport = () => (drawing.deck?.isInitialized ? drawing.deck.getViewports()[0] : undefined)
  const navigation = createNavigation({
    size,
    setView: (initialViewState) => drawing.deck?.setProps({ initialViewState }),
  })
  const marks = createMarks(project)
  const scene = createScene({
    signal,
    onBroken: () => drawing.deck?.redraw("a layer is broken"),
    put(layers) {
      marks.take(layers)
      drawing.deck?.setProps({ layers })
    },
  })
  const pointer = createPointer({ surface, tip, pick, markNear: marks.near, objectAt, signal })
  const scale = createScale(options.locale)
  const controls = createControls({ words, ...navigation, fullScreenNode, signal })
  const keyboard = createKeyboard({
    surface,
    signal,
    places: marks.places,
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
      navigation.resume()
      scene.again()
    },
  })
  const resizing = new ResizeObserver(navigation.resized)
  resizing.observe(surface)

  function onAfterRender() {
    const view = viewport()
    if (!view) return // Between two pages the map has no size.
    scale.update(view)
    controls.update(navigation.limits(view.zoom))
    keyboard.refresh()
    if (!isLive && scene.isDrawn()) setLive(true)
  }

  function setLive(live) {
    isLive = live
    node.classList.toggle("live", live)
    if (!live) return keyboard.leave()
    const callback = wasLive ? options.onRestored : options.onLive
    wasLive = true
    callback?.()
  }

  // Returns a position in pixels of the surface, or undefined while there is no map.
  function project([longitude, latitude]) {
    const view = viewport()
    return view?.project([near(longitude, view.longitude), latitude])
  }

  function objectAt(x, y) {
    return viewport() && drawing.deck.pickObject({ x, y })?.object
  }

  function pick(id) {
    options.onPick?.(id)
  }

  // Moves a mark that is out of sight to the middle.
  function reveal({ x, y }) {
    const { width, height } = size()
    const isInside = x > MARGIN && y > MARGIN && x < width - MARGIN && y < height - MARGIN
    if (!isInside) navigation.pan(x - width / 2, y - height / 2)
  }

  function updateWords(newWords, locale = options.locale) {
    Object.assign(words, newWords)
    words.wheel = words.wheel.replace("{key}", zoomKey(navigator.platform))
    surface.setAttribute("aria-label", words.map)
    help.textContent = words.keys
    controls.label()
    scale.setLocale(locale)
  }

  return {
    show(next, canvas) {
      pointer.leave()
      navigation.describe(next.initialViewState, canvas)
      scene.describe(next, isLive)
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
