// The script of the pages: links open in place, and panels come without a run of the server's
// script. Streamlit's component calls `mount` after every run.

import { STYLESHEET } from "./constants.js"
import { focusAfterArrival, focusAfterRun } from "./focus.js"
import { followLinks } from "./links.js"
import { forgetMapWidth, showMapPictures, watchMap } from "./map.js"
import { fillPanels, watchPanels } from "./panels.js"
import { offerSharing } from "./sharing.js"
import { announceChanges } from "./status.js"
import { arrive, isArrived, keepAddress, setComponent } from "./view.js"

// A page may outlive its server. The script of the next version takes over from the one it finds,
// which would go on following the same clicks.
window.atlasRouter?.retire()
window.atlasRouter = { retire: () => setComponent(null) }

followLinks()
offerSharing()
watchPanels()
watchMap()
announceChanges()

// `component` is what Streamlit hands over: the data of the view, and ways to answer.
export function mount(component) {
  setComponent(component)
  document.documentElement.lang = component.data.lang
  useStylesheet()
  keepAddress()
  showMapPictures()
  fillPanels()
  if (isArrived()) return focusAfterRun()
  arrive()
  forgetMapWidth()
  focusAfterArrival()
}

// The page may have come from another version, with another style.
function useStylesheet() {
  const link = document.querySelector('link[rel="stylesheet"][href*="assets/"][href$="/style.css"]')
  if (link && !link.href.endsWith(STYLESHEET)) link.href = `./${STYLESHEET}`
}
