// The layers of a description on their way to the deck, and whether they are drawn.
//
// deck.gl draws each letter once, with the font that is loaded at that time. So layers with text
// wait for their fonts; at first the other layers do not wait for them.
import { createLayers } from "./layers.js"

const FONT_TIMEOUT = 3_000 // ms

// `put` takes the layers to draw.
export function createScene({ put, onBroken, signal }) {
  const broken = new Set() // ids of layers whose data could not be loaded
  const layersOf = createLayers((id, error) => {
    if (!broken.has(id)) console.error(`The map has no data for layer "${id}": ${error.message}`)
    broken.add(id)
    onBroken()
  })
  let description
  let layers = []
  let isComplete = false // false while layers wait for a font
  let calls = 0 // only the latest call of `draw` goes on

  function set(newLayers, complete) {
    layers = newLayers
    isComplete = complete
    put(layers)
  }

  async function draw(isLive) {
    if (!description) return
    const call = ++calls
    const all = layersOf(description.layers)
    const fonts = missingFonts(all)
    if (!fonts.length) return set(all, true)
    const withoutText = all.filter(({ props }) => !props.getText)
    if (!isLive) set(withoutText, false)
    await loaded(fonts)
    if (call === calls && !signal.aborted) set(layersOf(description.layers), true)
  }

  return {
    describe(next, isLive) {
      description = next
      draw(isLive)
    },
    // For a deck that has just been created.
    again() {
      broken.clear()
      draw(false)
    },
    isDrawn: () => isComplete && layers.every(({ id, isLoaded }) => isLoaded || broken.has(id)),
  }
}

// Returns the fonts of text layers that are not loaded, each with the letters that the layer needs.
function missingFonts(layers) {
  const fonts = layers.flatMap(({ props }) => (props.getText ? [fontOf(props)] : []))
  return fonts.filter(({ font, text }) => text && !document.fonts.check(font, text))
}

function fontOf({ data, getText, fontFamily, fontWeight }) {
  const rows = Array.isArray(data) ? data : []
  const texts = rows.map((row) => (typeof getText === "function" ? getText(row) : getText))
  return { font: `${fontWeight} 16px ${fontFamily}`, text: [...new Set(texts.join(""))].join("") }
}

// A font that fails or is late is replaced by the next one in its family list.
function loaded(fonts) {
  const loads = fonts.map(({ font, text }) => document.fonts.load(font, text))
  const timeout = new Promise((resolve) => setTimeout(resolve, FONT_TIMEOUT))
  return Promise.race([Promise.allSettled(loads), timeout])
}
