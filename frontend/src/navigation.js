// The view of the map: the description's, fitted to the canvas, until the reader moves it.
import { fitted, panned, rescaled, sameLimits, sameView, zoomed } from "./camera.js"

const GLIDE_MS = 250

// `setView` takes the view to go to; `size` returns the size of the canvas in pixels.
export function createNavigation({ setView, size }) {
  const reducedMotion = matchMedia("(prefers-reduced-motion: reduce)")
  let description, home // the description's view and its canvas, and the view on this canvas
  let view // the current view, or the target of a transition
  let hasMoved = false // by the reader
  let lastWidth = 0
  let steps = 0

  function go(to, milliseconds = GLIDE_MS) {
    view = to
    const transitionDuration = reducedMotion.matches ? 0 : milliseconds
    // The number makes it a new view, since deck.gl ignores a view equal to the one set before.
    setView({ ...to, transitionDuration, step: ++steps })
  }

  function goTo(to) {
    hasMoved = true
    go(to)
  }

  function updateHome() {
    lastWidth = size().width
    home = fitted(description.view, description.canvas, size())
  }

  // Returns a view with the limits of the description on this canvas.
  function limited(to) {
    return zoomed({ ...to, minZoom: home.minZoom, maxZoom: home.maxZoom }, 0)
  }

  return {
    // A new description does not move the map of a reader who has moved it herself.
    describe(newView, canvas) {
      const before = home
      description = { view: newView, canvas }
      updateHome()
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
      if (!description || !size().width) return
      updateHome()
      go(hasMoved && before ? limited(rescaled(view, before, lastWidth)) : home, 0)
    },
    // Follows the reader's dragging and zooming.
    follow({ viewState, interactionState = {} }) {
      const { isDragging, isZooming, isPanning, inTransition } = interactionState
      if (isPanning || isZooming || (isDragging && !sameView(viewState, view))) hasMoved = true
      if (!inTransition) view = { ...view, ...viewState }
    },
    limits: (zoom) => ({ zoom, minZoom: home?.minZoom, maxZoom: home?.maxZoom }),
    // For a deck that has just been created.
    resume: () => view && go(view, 0),
  }
}
