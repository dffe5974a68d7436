// The canvas that deck.gl draws on, made anew when the browser has taken its context away.
import { Deck, MapView } from "@deck.gl/core"
import { element } from "./element.js"

// What is drawn is kept, for those who print the page or save it as a picture.
const CONTEXT = { preserveDrawingBuffer: true, powerPreference: "high-performance" }

// `props` are those of a Deck; where there is no WebGL there is no deck.
export function createSurface(parent, { props, controller, onLost, onRestored }) {
  const listening = new AbortController()
  let canvas, deck

  function make() {
    canvas = element("canvas", "")
    parent.prepend(canvas)
    // deck.gl would take this very context; asked for here, its absence is no error for the page.
    if (!canvas.getContext("webgl2", CONTEXT)) return queueMicrotask(onLost)
    deck = new Deck({
      ...props,
      parent,
      canvas,
      // luma.gl would wait for the load event, and so for everything that the page loads.
      deviceProps: { type: "webgl", waitForPageLoad: false },
      // Land goes on beyond 180 degrees.
      views: new MapView({ id: "map", controller, repeat: true }),
      layers: [],
      onError: ({ message }) => console.error(`The map: ${message}`),
    })
  }

  // luma.gl would only write to the console; caught on the way to the canvas, it does not hear.
  function listen(type, handle) {
    const options = { capture: true, signal: listening.signal }
    const caught = (event) => {
      event.stopPropagation()
      if (event.target === canvas) handle(event)
    }
    parent.addEventListener(type, caught, options)
  }
  listen("webglcontextlost", (event) => {
    event.preventDefault() // else it is never restored
    deck?.finalize()
    deck = undefined
    onLost()
  })
  listen("webglcontextrestored", () => {
    canvas.remove()
    make()
    onRestored()
  })

  make()
  return {
    get deck() {
      return deck
    },
    destroy() {
      listening.abort()
      deck?.finalize()
      // A browser keeps some sixteen contexts, and takes its time to collect those left behind.
      canvas.getContext("webgl2")?.getExtension("WEBGL_lose_context")?.loseContext()
      canvas.remove()
    },
  }
}
