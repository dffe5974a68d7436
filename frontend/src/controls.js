// The buttons of the map: zoom in and out, whole map, full screen.
import { element } from "./element.js"

const SVG = "http://www.w3.org/2000/svg"
// SVG paths in a square of 24 units.
const PATHS = {
  zoomIn: "M12 5v14M5 12h14",
  zoomOut: "M5 12h14",
  fit: "M4 12 12 5l8 7M6.5 10.5V19h11v-8.5",
  fullScreen: "M9 4H4v5M15 4h5v5M9 20H4v-5M15 20h5v-5",
}

export function createControls({ words, zoomBy, fit, fullScreenNode, signal }) {
  const node = element("div", "atlas-controls")
  const buttons = {
    zoomIn: button("zoomIn", () => zoomBy(1)),
    zoomOut: button("zoomOut", () => zoomBy(-1)),
    fit: button("fit", fit),
    fullScreen: button("fullScreen", () => toggle(fullScreenNode)),
  }
  // On iPhones only videos can fill the screen.
  buttons.fullScreen.hidden = !document.fullscreenEnabled
  node.append(...Object.values(buttons))

  function label() {
    const isFull = document.fullscreenElement === fullScreenNode
    for (const [name, node] of Object.entries(buttons)) {
      const text = words[name === "fullScreen" && isFull ? "leaveFullScreen" : name]
      node.title = text
      node.setAttribute("aria-label", text)
    }
  }
  label()
  document.addEventListener("fullscreenchange", label, { signal })
  return {
    node,
    label,
    // At a limit the button is disabled for screen readers, but keeps the focus.
    update({ zoom, minZoom, maxZoom }) {
      buttons.zoomIn.setAttribute("aria-disabled", zoom >= maxZoom - 0.01)
      buttons.zoomOut.setAttribute("aria-disabled", zoom <= minZoom + 0.01)
    },
  }
}

function button(name, onClick) {
  const node = element("button", `atlas-${name}`, { type: "button" })
  node.append(icon(PATHS[name]))
  node.addEventListener("click", onClick)
  return node
}

function icon(data) {
  const svg = document.createElementNS(SVG, "svg")
  svg.setAttribute("viewBox", "0 0 24 24")
  svg.setAttribute("aria-hidden", "true")
  const path = document.createElementNS(SVG, "path")
  path.setAttribute("d", data)
  svg.append(path)
  return svg
}

function toggle(node) {
  const change = document.fullscreenElement ? document.exitFullscreen() : node.requestFullscreen()
  change.catch(() => {}) // refused, for instance in a frame: the map stays as it is
}
