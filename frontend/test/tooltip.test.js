import assert from "node:assert/strict"
import { test } from "node:test"
import { idOf, positionOf, rowsOf } from "../src/tooltip.js"

const ROOM = { width: 390, height: 800 }
const SIZE = { width: 280, height: 120 }

test("a tooltip stands right below its point where there is room", () => {
  assert.deepEqual(positionOf({ x: 20, y: 30 }, SIZE, ROOM), { left: 32, top: 42 })
})

test("near an edge it stands on the other side of its point", () => {
  assert.deepEqual(positionOf({ x: 380, y: 790 }, SIZE, ROOM), { left: 88, top: 658 })
})

test("it lies in the window wherever its point is", () => {
  for (let x = 0; x <= ROOM.width; x += 13) {
    for (let y = 0; y <= ROOM.height; y += 17) {
      const { left, top } = positionOf({ x, y }, SIZE, ROOM)
      assert.ok(left >= 4 && left + SIZE.width <= ROOM.width - 4)
      assert.ok(top >= 4 && top + SIZE.height <= ROOM.height - 4)
    }
  }
})

test("it says what a row or a feature says, in order, and nothing else", () => {
  const row = { what: "City", id: "deyang", name: "Deyang", grade: "" }
  assert.deepEqual(rowsOf(row), [["name", "Deyang"], ["what", "City"]])
  assert.deepEqual(rowsOf({ properties: row }), rowsOf(row))
  assert.equal(idOf({ properties: row }), "deyang")
  assert.equal(idOf(undefined), undefined)
})
