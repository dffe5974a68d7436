// The canvas that deck.gl draws on, created again after the browser has lost its WebGL context.
import { Deck, MapView } from "@deck.gl/core"
import { element } from "./element.js"

// The drawing buffer is preserved for readers who print the page or save the map as a picture.
const CONTEXT = { preserveDrawingBuffer: true, powerPreference: "high-performance" }

// `props` are those of a Deck. Without WebGL there is no deck.
export function createSurface(parent, { props, controller, onLost, onRestored }) {
  const listening = new AbortController()
  let canvas, deck

  function create() {
    canvas = element("canvas", "")
    parent.prepend(canvas)
    // deck.gl uses this same context. Requested here, a missing WebGL is no error of the page.
    if (!canvas.getContext("webgl2", CONTEXT)) return queueMicrotask(onLost)
    deck = new Deck({
      ...props,
      parent,
      canvas,
      // Otherwise luma.gl waits for the page's load event, and so for everything it loads.
      deviceProps: { type: "webgl", waitForPageLoad: false },
      // Repeats the land beyond 180 degrees.
      views: new MapView({ id: "map", controller, repeat: true }),
      layers: [],
      onError: ({ message }) => console.error(`The map: ${message}`),
    })
  }

  // Catches events before luma.gl, which would only log them.
  function listen(type, handle) {
    const options = { capture: true, signal: listening.signal }
    const listener = (event) => {
      event.stopPropagation()
      if (event.target === canvas) handle(event)
    }
    parent.addEventListener(type, listener, options)
  }
  listen("webglcontextlost", (event) => {
    event.preventDefault() // otherwise it is never restored
    deck?.finalize()
    deck = undefined
    onLost()
  })
  listen("webglcontextrestored", () => {
    canvas.remove()
    create()
    onRestored()
  })

  create()
  return {
    get deck() {
      return deck
    },
    destroy() {
      listening.abort()
      deck?.finalize()
      // Browsers allow some sixteen contexts, and are slow to collect unused ones.
      canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext()
      canvas.remove()
    },
  }
}
