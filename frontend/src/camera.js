// Where the map looks: arithmetic of views, without a map.
const TILE = 512 // px, the world at zoom 0
const LIMIT = 85 // degrees north and south, where Web Mercator ends

// The view of a description, made for a canvas of one size in CSS pixels, on one of another. A
// canvas that is not laid out yet counts as one pixel.
export function fitted(view, madeFor, { width, height }) {
  const across = Math.max(width, 1) / madeFor.width
  const down = Math.max(height, 1) / madeFor.height
  const zoom = view.zoom + Math.log2(Math.min(across, down))
  const { maxZoom = 20, minZoom = 0 } = view
  // A small canvas may need to look from further away than the description allows.
  return { ...view, zoom: Math.min(zoom, maxZoom), minZoom: Math.min(minZoom, zoom), maxZoom }
}

// The same land, as wide as the canvas is now.
export function rescaled(view, oldWidth, newWidth) {
  return { ...view, zoom: view.zoom + Math.log2(newWidth / oldWidth) }
}

export function zoomed(view, steps) {
  return { ...view, zoom: within(view.zoom + steps, view) }
}

// Moved by so many pixels, right and down.
export function panned(view, right, down) {
  const world = TILE * 2 ** view.zoom
  const longitude = view.longitude + (right / world) * 360
  const y = northing(view.latitude) - (down / world) * 2 * Math.PI
  const latitude = (Math.atan(Math.sinh(y)) * 180) / Math.PI
  const limited = Math.max(-LIMIT, Math.min(LIMIT, latitude))
  return { ...view, longitude: ((longitude + 540) % 360) - 180, latitude: limited }
}

// A longitude as near to another as it can be written: 181 for -179.
export function near(longitude, other) {
  return longitude + 360 * Math.round((other - longitude) / 360)
}

// How far north a latitude lies on a Web Mercator world that is 2π wide.
function northing(latitude) {
  return Math.asinh(Math.tan((latitude * Math.PI) / 180))
}

function within(zoom, { minZoom = 0, maxZoom = 20 }) {
  return Math.max(minZoom, Math.min(maxZoom, zoom))
}

export function sameView(one, other) {
  return same(["longitude", "latitude", "zoom"], one, other)
}

export function sameLimits(one, other) {
  return same(["minZoom", "maxZoom"], one, other)
}

function same(names, one, other) {
  return names.every((name) => one?.[name] === other?.[name])
}
