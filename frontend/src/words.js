// The texts of the map, in English unless a page provides others. `{key}` is Ctrl, or ⌘ on a Mac.
export const WORDS = {
  map: "Map",
  keys:
    "Arrow keys move the map, plus and minus zoom, Home shows everything. " +
    "Enter goes to the marks: arrows then choose one, Enter opens it, Escape goes back.",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  fit: "Show everything",
  fullScreen: "Full screen",
  leaveFullScreen: "Leave full screen",
  wheel: "Hold {key} and turn the wheel to zoom the map",
  fingers: "Use two fingers to move the map",
}

export function zoomKey(platform) {
  return /mac|iphone|ipad/i.test(platform) ? "⌘" : "Ctrl"
}
