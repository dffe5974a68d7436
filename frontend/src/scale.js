// The scale bar: a round length on the ground, and its length in pixels at the centre of the map.
import { element } from "./element.js"

const WIDEST = 110 // px
const TILE = 512 // px, the world at zoom 0
// The ellipsoid of WGS 84: its radius at the equator, and the square of its eccentricity.
const RADIUS = 6_378_137 // m
const ECCENTRICITY_SQUARED = 0.00669437999014

// Metres per pixel along the parallel, on the ellipsoid.
export function metresPerPixel(latitude, zoom) {
  const angle = (latitude * Math.PI) / 180
  const parallel = (RADIUS * Math.cos(angle)) / Math.sqrt(1 - ECCENTRICITY_SQUARED * Math.sin(angle) ** 2)
  return (2 * Math.PI * parallel) / (TILE * 2 ** zoom)
}

// The largest of 1, 2, 5, 10, 20 ... metres that does not exceed a length.
export function roundLength(metres) {
  const power = 10 ** Math.floor(Math.log10(metres))
  const factor = [5, 2].find((candidate) => candidate * power <= metres) ?? 1
  return factor * power
}

export function scaleBar(latitude, zoom, widest = WIDEST) {
  const perPixel = metresPerPixel(latitude, zoom)
  const metres = roundLength(widest * perPixel)
  return { metres, pixels: metres / perPixel }
}

export function lengthInWords(metres, locale) {
  const [value, unit] = metres >= 1_000 ? [metres / 1_000, "kilometer"] : [metres, "meter"]
  const style = { style: "unit", unit, unitDisplay: "short", maximumFractionDigits: 2 }
  return new Intl.NumberFormat(locale, style).format(value)
}

export function createScale(locale) {
  const bar = element("div", "atlas-scale")
  let view
  return {
    node: bar,
    update({ latitude, zoom }) {
      view = { latitude, zoom }
      const { metres, pixels } = scaleBar(latitude, zoom)
      bar.style.width = `${pixels}px`
      bar.textContent = lengthInWords(metres, locale)
    },
    setLocale(newLocale) {
      locale = newLocale
      if (view) this.update(view)
    },
  }
}
