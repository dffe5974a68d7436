// The map component as a Streamlit component: created once, and updated with every run.

const maps = new WeakMap() // promises of maps, by the element of the Streamlit component

export default function ({ data, parentElement, setTriggerValue }) {
  if (!maps.has(parentElement)) maps.set(parentElement, create(parentElement, data.script))
  const creation = maps.get(parentElement)
  creation.then(({ node, map, listener }) => {
    listener.onPick = (id) => setTriggerValue("picked", id)
    const height = data.height
    node.style.height = `${height}px`
    map.updateWords({ ...wordsOfThePage(), map: data.label }, document.documentElement.lang)
    map.show(data.deck, { width: node.clientWidth, height })
  })
  return () => {
    maps.delete(parentElement)
    creation.then(({ map }) => map.destroy())
  }
}

async function create(parentElement, script) {
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
