// Runs before the page's own scripts; see browser.py.
(() => {
  const watch = (window.atlasWatch = { figures: [], map: [], clicks: [] })
  const context = HTMLCanvasElement.prototype.getContext
  HTMLCanvasElement.prototype.getContext = function (kind, options) {
    const picture = String(kind).startsWith("webgl")
    return context.call(this, kind, picture ? { ...options, preserveDrawingBuffer: true } : options)
  }
  let due = false
  const look = (gl) => {
    due = false
    const { drawingBufferWidth: width, drawingBufferHeight: height } = gl
    const bound = gl.getParameter(gl.READ_FRAMEBUFFER_BINDING)
    const pixels = new Uint32Array(width * height)
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, null)
    gl.readPixels(0, 0, width, height, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(pixels.buffer))
    gl.bindFramebuffer(gl.READ_FRAMEBUFFER, bound)
    let sum = 0
    for (let at = 0; at < pixels.length; at += 3) sum = (Math.imul(sum, 31) + pixels[at]) | 0
    if (sum !== watch.sum && sum !== 0) watch.map.push(performance.now())
    watch.sum = sum
  }
  const draws = ["drawArrays", "drawElements", "drawArraysInstanced", "drawElementsInstanced"]
  for (const name of draws) {
    const draw = WebGL2RenderingContext.prototype[name]
    WebGL2RenderingContext.prototype[name] = function (...values) {
      if (!due && this.canvas.id === "deckgl-overlay") {
        due = true
        queueMicrotask(() => look(this))
      }
      return draw.apply(this, values)
    }
  }
  const read = () => {
    const found = [...document.querySelectorAll("dl.key-figures, [data-testid=stMetric]")]
    const said = found.map((one) => one.textContent).join()
    if (said && said !== watch.said) watch.figures.push(performance.now())
    watch.said = said || watch.said
  }
  const everything = { subtree: true, childList: true, characterData: true }
  new MutationObserver(read).observe(document, everything)
  document.addEventListener("click", () => watch.clicks.push(performance.now()), true)
})()
