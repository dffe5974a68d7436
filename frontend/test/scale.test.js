import assert from "node:assert/strict"
import { test } from "node:test"
import { lengthInWords, metresPerPixel, roundLength, scaleBar } from "../src/scale.js"

test("a degree at 30° north is as long as on the ellipsoid", () => {
  // 96.486 km: the length of a degree of longitude at 30° on WGS 84.
  const pixels = (512 * 2 ** 7) / 360
  assert.ok(Math.abs(metresPerPixel(30, 7) * pixels - 96_486) < 1)
})

test("lengths step by 1, 2 and 5", () => {
  assert.deepEqual([1, 1.9, 2, 4.9, 5, 99, 100, 230_000].map(roundLength), [
    1, 1, 2, 2, 5, 50, 100, 200_000,
  ])
})

test("the bar is the longest that has room, at any zoom and latitude", () => {
  for (const zoom of [0, 3.3, 6.49, 11.9]) {
    for (const latitude of [-80, 0, 30.127]) {
      const { metres, pixels } = scaleBar(latitude, zoom, 110)
      assert.ok(pixels <= 110 && pixels > 110 / 2.6, `${metres} m take ${pixels} px`)
    }
  }
})

test("a length is told in the reader's language", () => {
  assert.equal(lengthInWords(50_000, "en"), "50 km")
  assert.equal(lengthInWords(500, "id"), "500 m")
  assert.match(lengthInWords(200_000, "zh"), /200\s?公里/)
})
