// Layers of deck.gl from those of a description that pydeck wrote.
import { JSONConverter } from "@deck.gl/json"
import {
  ArcLayer,
  GeoJsonLayer,
  IconLayer,
  LineLayer,
  PolygonLayer,
  ScatterplotLayer,
  TextLayer,
} from "@deck.gl/layers"
import { equal } from "./equal.js"

const CLASSES = {
  ArcLayer,
  GeoJsonLayer,
  IconLayer,
  LineLayer,
  PolygonLayer,
  ScatterplotLayer,
  TextLayer,
}
const EXPRESSION = "@@="

// Returns a function from the layers of a description to those of deck.gl. It keeps what has not
// changed since its last call: deck.gl tells by identity which buffers it has to fill again.
// `onBroken` is called with the id of a layer whose data do not come.
export function createLayers(onBroken = () => {}) {
  let kept = new Map()

  function keep({ id, data, ...props }) {
    const before = kept.get(id)
    const sameProps = before && equal(before.props, props)
    return {
      props: sameProps ? before.props : props,
      converted: sameProps ? before.converted : convert(props),
      data: before && equal(before.data, data) ? before.data : data,
    }
  }

  function layer({ id, "@@type": type }) {
    const { converted, data } = kept.get(id)
    const onError = (error) => {
      onBroken(id, error)
      return true // else deck.gl says it again
    }
    return new CLASSES[type]({ ...converted, onError, id, data })
  }

  return (descriptions) => {
    const now = new Map()
    const known = descriptions.filter((description) => {
      if (!isKnown(description)) return false
      try {
        return now.set(description.id, keep(description))
      } catch (error) {
        return leaveOut(description, error.message)
      }
    })
    kept = now
    return known.map(layer)
  }
}

function isKnown(description) {
  const { "@@type": type } = description
  const classes = Object.keys(CLASSES).join(", ")
  return Object.hasOwn(CLASSES, type) || leaveOut(description, `it draws ${classes}, but no ${type}`)
}

function leaveOut({ id }, why) {
  console.error(`The map leaves layer "${id}" out: ${why}.`)
  return false
}

// Data never come here: the converter would copy them, and compute a name that starts with @@=.
export function convert({ "@@type": _type, updateTriggers, ...props }) {
  const expressions = Object.entries(props).filter(
    ([, value]) => typeof value === "string" && value.startsWith(EXPRESSION),
  )
  // deck.gl does not ask an accessor again unless it is told that it has changed.
  const triggers = { ...Object.fromEntries(expressions), ...updateTriggers }
  // A converter answers once for what it was asked last; each layer has its own.
  const converter = new JSONConverter({ configuration: {} })
  return { ...converter.convert(props), updateTriggers: triggers }
}
