import assert from "node:assert/strict"
import { test } from "node:test"
import { marksOf, nearest, neighbour } from "../src/marks.js"

const [RIGHT, LEFT, DOWN, UP] = [[1, 0], [-1, 0], [0, 1], [0, -1]]
const points = [
  { id: "west", x: 0, y: 50 },
  { id: "middle", x: 60, y: 60 },
  { id: "east", x: 120, y: 40 },
  { id: "south", x: 70, y: 160 },
]
const pointWith = (id) => points.find((point) => point.id === id)
const to = (id, direction) => neighbour(points, pointWith(id), direction)?.id

test("an arrow leads to the nearest mark that way", () => {
  assert.equal(to("west", RIGHT), "middle")
  assert.equal(to("middle", RIGHT), "east")
  assert.equal(to("middle", DOWN), "south")
  assert.equal(to("south", UP), "middle")
  assert.equal(to("east", LEFT), "middle")
})

test("where no mark lies that way, none is chosen", () => {
  assert.equal(to("west", LEFT), undefined)
})

test("arrows reach every mark from every other", () => {
  const scattered = Array.from({ length: 60 }, (_, n) => ({ x: (n * 137) % 400, y: (n * 89) % 300 }))
  for (const start of scattered.slice(0, 5)) {
    const reached = new Set([start])
    for (const point of reached) {
      for (const direction of [RIGHT, LEFT, DOWN, UP]) {
        const next = neighbour(scattered, point, direction)
        if (next) reached.add(next)
      }
    }
    assert.equal(reached.size, scattered.length)
  }
})

test("the first mark is the one nearest to the middle", () => {
  assert.equal(nearest(points, { x: 65, y: 80 }).id, "middle")
  assert.equal(nearest([], { x: 0, y: 0 }), undefined)
})

test("marks are the rows of pickable layers that have an id and a position, each once", () => {
  const layer = (props) => ({ props })
  const row = { id: "deyang", at: [104, 31], offset: [3, -4] }
  const getPosition = ({ at }) => at
  const layers = [
    layer({ data: [row], getPosition }),
    layer({ data: "members.geojson", pickable: true }),
    layer({ data: [row], getPosition, getPixelOffset: ({ offset }) => offset, pickable: true }),
    layer({ data: [row, { at: [1, 1] }], getPosition, pickable: true }),
  ]
  assert.deepEqual(marksOf(layers), [{ id: "deyang", row, at: [104, 31], offset: [3, -4] }])
})
