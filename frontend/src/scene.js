// The layers of a description on their way to the deck, and whether they are drawn.
import { fontsToCome } from "./fonts.js"
import { createLayers } from "./layers.js"

// `put` is given the layers to draw.
export function createScene({ put, onBroken, signal }) {
  const broken = new Set() // ids of layers whose data did not come
  const layersOf = createLayers((id, error) => {
    if (!broken.has(id)) console.error(`The map has no data for layer "${id}": ${error.message}`)
    broken.add(id)
    onBroken()
  })
  let description
  let layers = []
  let isWhole = false // or without those layers that wait for a font
  let turn = 0 // only the latest call goes on

  function place(next, whole) {
    layers = next
    isWhole = whole
    put(layers)
  }

  // Letters are drawn once, when their font is there. At first the rest does not wait for that.
  async function draw(isLive) {
    if (!description) return
    const mine = ++turn
    const all = layersOf(description.layers)
    const fonts = fontsToCome(all)
    if (!fonts) return place(all, true)
    const withoutText = all.filter(({ props }) => !props.getText)
    if (!isLive) place(withoutText, false)
    await fonts
    if (mine === turn && !signal.aborted) place(layersOf(description.layers), true)
  }

  return {
    describe(next, isLive) {
      description = next
      draw(isLive)
    },
    // Onto a deck that has just been made.
    again() {
      broken.clear()
      draw(false)
    },
    isDrawn: () => isWhole && layers.every(({ id, isLoaded }) => isLoaded || broken.has(id)),
  }
}
