// Runs before a page's own scripts, and notes when the reader can see something new (ms since the
// page was asked for): `figures` when the key figures' text has changed, `picture` when a map in
// markup has, `canvas` when the pixels of a map drawn by WebGL have. See browser.py.
((figuresAt) => {
  const watch = (window.readerSees = { figures: [], picture: [], canvas: [], clicks: [] })
  const roots = [document] // and all shadow roots, into which no selector looks
  const MARKS_AND_GROUND = 15 // paths of a map in markup, when it is more than its frame
  let drawing = null
  let text = ""
  let isDue = false

  // What stands in the document before a frame is painted is on the screen after it: the first task
  // from then on, before what the page itself has put off until then.
  const seen = (times) => {
    scheduler.postTask(() => times.push(performance.now()), { priority: "user-blocking" })
  }
  const all = (selector) => roots.flatMap((root) => [...root.querySelectorAll(selector)])
  const isVisible = (node) => node.checkVisibility({ visibilityProperty: true })
  const pathOf = (path) => `${path.getAttribute("d")} ${path.getAttribute("stroke-opacity")}`

  const look = () => {
    isDue = false
    const said = all(figuresAt).filter(isVisible).map((node) => node.textContent).join()
    if (/\d/.test(said) && said !== text) seen(watch.figures)
    text = said || text
    const paths = all(".leaflet-pane path").filter(isVisible).map(pathOf)
    const isDrawn = paths.length >= MARKS_AND_GROUND || all(".atlas-picture svg").some(isVisible)
    if (isDrawn && paths.join() !== drawing) seen(watch.picture)
    if (isDrawn) drawing = paths.join()
  }
  // Once a frame: a page that changes a hundred times before it is not looked at a hundred times.
  const lookSoon = () => {
    if (!isDue) requestAnimationFrame(look)
    isDue = true
  }
  const observe = (root) => {
    const everything = { subtree: true, childList: true, characterData: true, attributes: true }
    new MutationObserver(lookSoon).observe(root, everything)
  }
  observe(document)
  const { attachShadow } = Element.prototype
  Element.prototype.attachShadow = function (options) {
    const root = attachShadow.call(this, options)
    roots.push(root)
    observe(root)
    return root
  }
  addEventListener("load", lookSoon)
  addEventListener("click", () => watch.clicks.push(performance.now()), true)

  // Pixels are compared in a worker: the page waits neither for the copy nor for the sum.
  const compare = () => {
    const sums = {}
    onmessage = ({ data: { bitmap, time, canvas } }) => {
      const copy = new OffscreenCanvas(bitmap.width, bitmap.height)
      const context = copy.getContext("2d", { willReadFrequently: true })
      context.drawImage(bitmap, 0, 0)
      bitmap.close()
      const data = context.getImageData(0, 0, copy.width, copy.height).data
      const pixels = new Uint32Array(data.buffer)
      let sum = 0
      for (let at = 0; at < pixels.length; at += 1) sum = (Math.imul(sum, 31) + pixels[at]) | 0
      const isBlank = pixels.every((pixel) => pixel === pixels[0])
      if (sum !== sums[canvas] && !isBlank) postMessage(time)
      sums[canvas] = sum
    }
  }
  let worker
  const canvases = []
  const picture = async (canvas) => {
    const time = new Promise((resolve) => setTimeout(() => resolve(performance.now())))
    if (canvas.width < 300 || !canvas.height) return
    if (!canvases.includes(canvas)) canvases.push(canvas)
    if (!worker) {
      worker = new Worker(URL.createObjectURL(new Blob([`(${compare})()`])))
      worker.onmessage = ({ data }) => {
        watch.canvas.push(data)
        watch.canvas.sort((one, other) => one - other)
      }
    }
    const bitmap = await createImageBitmap(canvas)
    worker.postMessage({ bitmap, time: await time, canvas: canvases.indexOf(canvas) }, [bitmap])
  }
  const drawn = new Set()
  for (const kind of [WebGLRenderingContext, WebGL2RenderingContext]) {
    for (const name of ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]) {
      const draw = kind.prototype[name]
      if (!draw) continue
      kind.prototype[name] = function (...values) {
        const { canvas } = this
        // After the last draw of the frame, while its picture is still there.
        if (!drawn.has(canvas)) queueMicrotask(() => (drawn.delete(canvas), picture(canvas)))
        drawn.add(canvas)
        return draw.apply(this, values)
      }
    }
  }
})(FIGURES)
