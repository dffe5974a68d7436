// Converts the layers of a pydeck description to layers of deck.gl.
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

// Returns a function that converts layers. It reuses objects that equal those of its last call:
// deck.gl decides by identity which buffers to fill again. `onBroken` takes the id of a layer whose
// data cannot be loaded.
export function createLayers(onBroken = () => {}) {
  let parts = new Map() // props and data of each layer, by id

  function partsOf({ id, data, ...props }) {
    const before = parts.get(id)
    const hasSameProps = before && equal(before.props, props)
    return {
      props: hasSameProps ? before.props : props,
      deckProps: hasSameProps ? before.deckProps : convert(props),
      data: before && equal(before.data, data) ? before.data : data,
    }
  }

  function layer({ id, "@@type": type }) {
    const { deckProps, data } = parts.get(id)
    const onError = (error) => {
      onBroken(id, error)
      return true // otherwise deck.gl reports it too
    }
    return new CLASSES[type]({ ...deckProps, onError, id, data })
  }

  return (descriptions) => {
    const newParts = new Map()
    const drawable = descriptions.filter((description) => {
      if (!isKnown(description)) return false
      try {
        return newParts.set(description.id, partsOf(description))
      } catch (error) {
        return leaveOut(description, error.message)
      }
    })
    parts = newParts
    return drawable.map(layer)
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

// Converts props without data: deck.gl's converter would copy data, and evaluate texts in them that
// start with @@=.
export function convert({ "@@type": _type, updateTriggers, ...props }) {
  const expressions = Object.entries(props).filter(
    ([, value]) => typeof value === "string" && value.startsWith(EXPRESSION),
  )
  // deck.gl calls an accessor again only if an update trigger changes.
  const triggers = { ...Object.fromEntries(expressions), ...updateTriggers }
  // A converter caches its last conversion, so each layer has its own.
  const converter = new JSONConverter({ configuration: {} })
  return { ...converter.convert(props), updateTriggers: triggers }
}

// Returns whether two JSON values are the same.
export function equal(a, b) {
  if (a === b) return true
  if (typeof a !== "object" || typeof b !== "object" || !a || !b) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = Object.keys(a)
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
  )
}
