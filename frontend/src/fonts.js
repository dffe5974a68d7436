// Letters are drawn once, with the font that is there: so the map's text waits for its font.
const LONGEST_MS = 3_000

// Returns a promise for the fonts of text layers that have yet to come, or undefined.
export function fontsToCome(layers) {
  const wanted = layers.flatMap(({ props }) => (props.getText ? [fontOf(props)] : []))
  const missing = wanted.filter(({ font, text }) => text && !document.fonts.check(font, text))
  if (!missing.length) return undefined
  const loaded = missing.map(({ font, text }) => document.fonts.load(font, text))
  const tooLate = new Promise((resolve) => setTimeout(resolve, LONGEST_MS))
  // A font that fails leaves the text to the next one in the list.
  return Promise.race([Promise.allSettled(loaded), tooLate])
}

function fontOf({ data, getText, fontFamily, fontWeight }) {
  const rows = Array.isArray(data) ? data : []
  const texts = rows.map((row) => (typeof getText === "function" ? getText(row) : getText))
  return { font: `${fontWeight} 16px ${fontFamily}`, text: [...new Set(texts.join(""))].join("") }
}
