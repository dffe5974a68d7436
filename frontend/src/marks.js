// The marks that a reader can reach by keyboard: the rows of layers that take clicks.
import { idOf } from "./tooltip.js"

// The marks of the layers shown, in pixels of the surface. `project` takes degrees.
export function createMarks(project) {
  let marks = []

  function places() {
    return marks.flatMap(({ id, row, at, offset }) => {
      const spot = project(at)
      return spot ? [{ id, row, x: spot[0] + offset[0], y: spot[1] + offset[1] }] : []
    })
  }

  return {
    places,
    take: (layers) => (marks = marksOf(layers)),
    // The row of the nearest mark within so many pixels of a point.
    near(x, y, reach) {
      const place = nearest(places(), { x, y })
      return place && Math.hypot(place.x - x, place.y - y) <= reach ? place.row : undefined
    },
  }
}

// Rows with an id and a position, each id once, with where they stand.
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

// The point that an arrow key leads to: the nearest that way, those aside counting for further off.
export function neighbour(points, from, [right, down]) {
  let best, least = Infinity
  for (const point of points) {
    const [x, y] = [point.x - from.x, point.y - from.y]
    const ahead = x * right + y * down
    const aside = Math.abs(x * down) + Math.abs(y * right)
    if (ahead <= 0 || aside > 2.5 * ahead) continue
    const cost = ahead + 2 * aside
    if (cost < least) [best, least] = [point, cost]
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
