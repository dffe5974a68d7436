// Arithmetic of views, without a map. A view has longitude and latitude in degrees, and zoom.
const TILE = 512 // px, the world at zoom 0
const LIMIT = 85 // degrees north and south, where Web Mercator ends

// Returns the view of a description, made for a canvas of one size in CSS pixels, for another size.
// A canvas without a layout yet counts as one pixel.
export function fitted(view, canvas, { width, height }) {
  const widthRatio = Math.max(width, 1) / canvas.width
  const heightRatio = Math.max(height, 1) / canvas.height
  const zoom = view.zoom + Math.log2(Math.min(widthRatio, heightRatio))
  const { maxZoom = 20, minZoom = 0 } = view
  // A small canvas may need a smaller zoom than the description allows.
  return { ...view, zoom: Math.min(zoom, maxZoom), minZoom: Math.min(minZoom, zoom), maxZoom }
}

// Returns the view that shows the same land on a canvas of another width.
export function rescaled(view, oldWidth, newWidth) {
  return { ...view, zoom: view.zoom + Math.log2(newWidth / oldWidth) }
}

export function zoomed(view, steps) {
  return { ...view, zoom: within(view.zoom + steps, view) }
}

// Returns the view moved by pixels.
export function panned(view, right, down) {
  const world = TILE * 2 ** view.zoom
  const longitude = view.longitude + (right / world) * 360
  const y = northing(view.latitude) - (down / world) * 2 * Math.PI
  const latitude = (Math.atan(Math.sinh(y)) * 180) / Math.PI
  const limited = Math.max(-LIMIT, Math.min(LIMIT, latitude))
  return { ...view, longitude: ((longitude + 540) % 360) - 180, latitude: limited }
}

// Returns a longitude plus or minus full turns, as near to a reference as possible: -179 near 178
// is 181.
export function near(longitude, reference) {
  return longitude + 360 * Math.round((reference - longitude) / 360)
}

// The distance from the equator on a Web Mercator world that is 2π wide.
function northing(latitude) {
  return Math.asinh(Math.tan((latitude * Math.PI) / 180))
}

function within(zoom, { minZoom = 0, maxZoom = 20 }) {
  return Math.max(minZoom, Math.min(maxZoom, zoom))
}

export function sameView(viewA, viewB) {
  return same(["longitude", "latitude", "zoom"], viewA, viewB)
}

export function sameLimits(viewA, viewB) {
  return same(["minZoom", "maxZoom"], viewA, viewB)
}

function same(names, viewA, viewB) {
  return names.every((name) => viewA?.[name] === viewB?.[name])
}
