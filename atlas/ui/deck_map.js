// A map of the atlas in a Streamlit component: made once, and shown anew with every run.

const maps = new WeakMap() // by the element of the component: a promise of its map

export default function ({ data, parentElement, setTriggerValue }) {
  if (!maps.has(parentElement)) maps.set(parentElement, made(parentElement, data.script))
  const making = maps.get(parentElement)
  making.then(({ node, map, listener }) => {
    listener.onPick = (id) => setTriggerValue("picked", id)
    const height = data.height
    node.style.height = `${height}px`
    map.updateWords({ ...wordsOfThePage(), map: data.label }, document.documentElement.lang)
    map.show(data.deck, { width: node.clientWidth, height })
  })
  return () => {
    maps.delete(parentElement)
    making.then(({ map }) => map.destroy())
  }
}

async function made(parentElement, script) {
  const node = document.createElement("div")
  node.className = "map"
  parentElement.querySelector(".deck-map").append(node)
  const { createMap } = await import(new URL(script, document.baseURI).href)
  const listener = {}
  return { node, listener, map: createMap(node, { onPick: (id) => listener.onPick(id) }) }
}

function wordsOfThePage() {
  const words = document.querySelector("[data-panel='pages.words']")?.textContent
  return JSON.parse(words || "{}").map
}
