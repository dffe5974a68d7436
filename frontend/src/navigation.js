// Where the map is: the description's view on this canvas, and wherever the reader takes it.
import { fitted, panned, rescaled, sameLimits, sameView, zoomed } from "./camera.js"

const GLIDE_MS = 250

// `setView` is given a view to go to; `size` says how large the canvas is, in pixels.
export function createNavigation({ setView, size }) {
  const stillness = matchMedia("(prefers-reduced-motion: reduce)")
  let described, home // the description's view, as it is written and on this canvas
  let view // where the map is, or is going
  let hasMoved = false // by the reader
  let lastWidth = 0
  let steps = 0

  function go(to, milliseconds = GLIDE_MS) {
    view = to
    const transitionDuration = stillness.matches ? 0 : milliseconds
    // The number tells it from the view set before: deck.gl would ignore the same one again.
    setView({ ...to, transitionDuration, step: ++steps })
  }

  function goTo(to) {
    hasMoved = true
    go(to)
  }

  function aim() {
    lastWidth = size().width
    home = fitted(described.view, described.canvas, size())
  }

  // The limits are always those of the description on this canvas.
  function limited(to) {
    return zoomed({ ...to, minZoom: home.minZoom, maxZoom: home.maxZoom }, 0)
  }

  return {
    // A later description leaves a reader where she has gone.
    describe(next, canvas) {
      const before = home
      described = { view: next, canvas }
      aim()
      if (!before) go(home, 0)
      else if (!hasMoved && !sameView(before, home)) go(home)
      else if (!sameLimits(view, home)) go(limited(view), 0)
    },
    fit() {
      hasMoved = false
      if (home) go(home)
    },
    pan: (right, down) => view && goTo(panned(view, right, down)),
    zoomBy: (by) => view && goTo(zoomed(view, by)),
    resized() {
      const before = lastWidth
      if (!described || !size().width) return
      aim()
      go(hasMoved && before ? limited(rescaled(view, before, lastWidth)) : home, 0)
    },
    // Takes note of where the reader drags or zooms the map.
    follow({ viewState, interactionState = {} }) {
      const { isDragging, isZooming, isPanning, inTransition } = interactionState
      if (isPanning || isZooming || (isDragging && !sameView(viewState, view))) hasMoved = true
      if (!inTransition) view = { ...view, ...viewState }
    },
    limits: (zoom) => ({ zoom, minZoom: home?.minZoom, maxZoom: home?.maxZoom }),
    // For a deck that has just been made.
    resume: () => view && go(view, 0),
  }
}
