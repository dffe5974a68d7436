import assert from "node:assert/strict"
import { mock, test } from "node:test"
import { createLayers, equal } from "../src/layers.js"

const marks = () => ({
  "@@type": "ScatterplotLayer",
  id: "marks",
  data: [{ at: [104, 30], name: "@@=1+1" }, { at: [106, 29], name: "__proto__" }],
  getPosition: "@@=at",
  getFillColor: "@@=([[1, 2, 3], [4, 5, 6]])[('01')[number]]",
  pickable: true,
})

test("accessors are computed, data are not", () => {
  const [{ props }] = createLayers()([marks()])
  assert.deepEqual(props.getPosition({ at: [1, 2] }), [1, 2])
  assert.deepEqual(props.getFillColor({ number: 1 }), [4, 5, 6])
  assert.deepEqual(props.data, marks().data)
})

test("what has not changed keeps its identity from one description to the next", () => {
  const layersOf = createLayers()
  const [before] = layersOf([marks()])
  const [after] = layersOf([marks()])
  assert.equal(after.props.data, before.props.data)
  assert.equal(after.props.getPosition, before.props.getPosition)
})

test("other data are new, and another expression is asked again", () => {
  const layersOf = createLayers()
  const [before] = layersOf([marks()])
  const [after] = layersOf([{ ...marks(), data: [], getFillColor: "@@=colour" }])
  assert.deepEqual(after.props.data, [])
  assert.notDeepEqual(after.props.updateTriggers, before.props.updateTriggers)
})

test("a layer of an unknown class is left out, with a word on the console", () => {
  const words = mock.method(console, "error", () => {})
  const layers = createLayers()([{ "@@type": "HexagonLayer", id: "bins" }, marks()])
  assert.deepEqual(layers.map(({ id }) => id), ["marks"])
  assert.match(words.mock.calls[0].arguments[0], /"bins".*HexagonLayer/)
  mock.restoreAll()
})

test("a layer that asks for a function call is left out, and the others are drawn", () => {
  const words = mock.method(console, "error", () => {})
  const calling = { ...marks(), id: "calling", getRadius: "@@=alert(1)" }
  const layers = createLayers()([calling, marks()])
  assert.deepEqual(layers.map(({ id }) => id), ["marks"])
  assert.match(words.mock.calls[0].arguments[0], /"calling".*not allowed/)
  mock.restoreAll()
})

test("values are compared by what they hold", () => {
  assert.ok(equal({ a: [1, { b: null }] }, { a: [1, { b: null }] }))
  for (const [a, b] of [[[1], [1, 2]], [[], {}], [null, {}], [{ a: 1 }, { b: 1 }], [0, "0"]]) {
    assert.ok(!equal(a, b))
  }
})
