import assert from "node:assert/strict"
import { test } from "node:test"
import { fitted, near as nearby, panned, rescaled, sameView, zoomed } from "../src/camera.js"

const VIEW = { longitude: 105.2, latitude: 30.1, zoom: 6.5, minZoom: 4, maxZoom: 12 }
const CANVAS = { width: 720, height: 500 }
const near = (actual, expected) =>
  assert.ok(Math.abs(actual - expected) < 1e-9, `${actual} is not ${expected}`)

test("a view is fitted by the side that is short of room", () => {
  near(fitted(VIEW, CANVAS, { width: 1440, height: 1000 }).zoom, 7.5)
  near(fitted(VIEW, CANVAS, { width: 360, height: 1000 }).zoom, 5.5)
  near(fitted(VIEW, CANVAS, { width: 1440, height: 250 }).zoom, 5.5)
})

test("a view on the canvas that it was made for stays as it is", () => {
  assert.deepEqual(fitted(VIEW, CANVAS, CANVAS), VIEW)
})

test("a canvas without a size yet gets a view all the same", () => {
  assert.ok(Number.isFinite(fitted(VIEW, CANVAS, { width: 0, height: 0 }).zoom))
})

test("limits hold, but never keep a small canvas from showing everything", () => {
  const small = fitted({ ...VIEW, minZoom: 6.5 }, CANVAS, { width: 360, height: 250 })
  near(small.zoom, 5.5)
  near(small.minZoom, 5.5)
  near(fitted({ ...VIEW, maxZoom: 7 }, CANVAS, { width: 1440, height: 1000 }).zoom, 7)
  near(zoomed(VIEW, 9).zoom, 12)
  near(zoomed(VIEW, -9).zoom, 4)
})

test("a canvas twice as wide shows the same land", () => {
  near(rescaled(VIEW, 400, 800).zoom, 7.5)
})

test("panning goes there and back again, and around the world", () => {
  const back = panned(panned(VIEW, 120, -80), -120, 80)
  near(back.longitude, VIEW.longitude)
  near(back.latitude, VIEW.latitude)
  const east = panned({ longitude: 179, latitude: 0, zoom: 0 }, 512 / 360 * 2, 0)
  near(east.longitude, -179)
})

test("panning down looks further south, and stops where the map ends", () => {
  assert.ok(panned(VIEW, 0, 100).latitude < VIEW.latitude)
  assert.equal(panned({ ...VIEW, zoom: 0 }, 0, -5_000).latitude, 85)
})

test("two views are the same where they look at the same", () => {
  assert.ok(sameView(VIEW, { ...VIEW, minZoom: 1 }))
  assert.ok(!sameView(VIEW, { ...VIEW, zoom: 6 }))
  assert.ok(!sameView(undefined, VIEW))
})

test("a longitude is written as near to another as it can be", () => {
  near(nearby(-179, 178), 181)
  near(nearby(179, -178), -181)
  near(nearby(105, 100), 105)
})
