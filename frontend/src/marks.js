// The marks that readers can reach by keyboard: the rows of pickable layers.
import { idOf } from "./tooltip.js"

// `project` converts longitude and latitude in degrees to pixels of the surface.
export function createMarks(project) {
  let marks = []

  function places() {
    return marks.flatMap(({ id, row, at, offset }) => {
      const pixels = project(at)
      return pixels ? [{ id, row, x: pixels[0] + offset[0], y: pixels[1] + offset[1] }] : []
    })
  }

  return {
    places,
    take: (layers) => (marks = marksOf(layers)),
    // Returns the row of the mark nearest to a point, if it is within `reach` pixels.
    near(x, y, reach) {
      const place = nearest(places(), { x, y })
      return place && Math.hypot(place.x - x, place.y - y) <= reach ? place.row : undefined
    },
  }
}

// Returns the rows with an id and a position, each id once, with position and offset in pixels.
export function marksOf(layers) {
  const marks = new Map()
  for (const { props } of layers) {
    if (!props.pickable || !Array.isArray(props.data) || !props.getPosition) continue
    for (const row of props.data) {
      const id = idOf(row)
      if (id === undefined || marks.has(id)) continue
      marks.set(id, { id, row, at: valueOf(props.getPosition, row), offset: offsetOf(props, row) })
    }
  }
  return [...marks.values()]
}

function valueOf(accessor, row) {
  return typeof accessor === "function" ? accessor(row) : accessor
}

function offsetOf({ getPixelOffset = [0, 0] }, row) {
  return valueOf(getPixelOffset, row) ?? [0, 0]
}

// Returns the point that an arrow key leads to: the nearest in its direction. Distance to the side
// counts twice.
export function neighbour(points, from, [right, down]) {
  let best, lowestCost = Infinity
  for (const point of points) {
    const [x, y] = [point.x - from.x, point.y - from.y]
    const ahead = x * right + y * down
    const aside = Math.abs(x * down) + Math.abs(y * right)
    if (ahead <= 0 || aside > 2.5 * ahead) continue
    const cost = ahead + 2 * aside
    if (cost < lowestCost) [best, lowestCost] = [point, cost]
  }
  return best
}

export function nearest(points, { x, y }) {
  const distance = (point) => Math.hypot(point.x - x, point.y - y)
  return points.reduce(
    (best, point) => (!best || distance(point) < distance(best) ? point : best),
    undefined,
  )
}
