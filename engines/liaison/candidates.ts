import type { Network } from '#engines/flow/network.ts'
import type { Level } from './levels.ts'

/**
 * Pairs of a finer level that are likely to matter (LE8): members of pairs that the coarser level knows, of every person and every unit
 * those few that look best by the estimated prices. Pricing finds whatever is missing.
 */

export type Pairs = { columns: Int32Array; rows: Int32Array; count: number }

/** Best so many for each, kept sorted by insertion. */
type Best = { width: number; gain: Float64Array; other: Int32Array }

const perColumn = 8
const perRow = 6

function bests(count: number, width: number): Best {
  return {
    width,
    gain: new Float64Array(count * width).fill(Infinity),
    other: new Int32Array(count * width).fill(-1),
  }
}

function offer({ width, gain, other }: Best, whose: number, value: number, who: number): void {
  const from = whose * width
  let at = from + width - 1
  if (value >= gain[at]!) return
  while (at > from && gain[at - 1]! > value) {
    gain[at] = gain[at - 1]!
    other[at] = other[at - 1]!
    at -= 1
  }
  gain[at] = value
  other[at] = who
}

/** @param net the solved coarser level; its prices were turned into those of the finer one before. */
export function candidates(
  net: Network,
  coarse: Level,
  fine: Level,
  rowPrices: Float64Array,
  columnPrices: Float64Array,
): Pairs {
  const forColumns = bests(fine.columns.count, perColumn)
  const forRows = bests(fine.rows.count, perRow)
  const { tail, head, root } = net
  const { columnsBelow } = coarse
  const { rowsBelow } = coarse
  for (let arc = 0; arc < net.arcs; arc += 1) {
    if (head[arc] === root) continue
    const row = head[arc]!
    const column = tail[arc]! - net.rows
    for (let c = columnsBelow[column]!; c < columnsBelow[column + 1]!; c += 1) {
      const worstOfColumn = c * perColumn + perColumn - 1
      for (let r = rowsBelow[row]!; r < rowsBelow[row + 1]!; r += 1) {
        const x = fine.columns.x[c]! - fine.rows.x[r]!
        const y = fine.columns.y[c]! - fine.rows.y[r]!
        const z = fine.columns.z[c]! - fine.rows.z[r]!
        const value = Math.sqrt(x * x + y * y + z * z) - rowPrices[r]! + columnPrices[c]!
        if (value < forColumns.gain[worstOfColumn]!) offer(forColumns, c, value, r)
        if (value < forRows.gain[r * perRow + perRow - 1]!) offer(forRows, r, value, c)
      }
    }
  }
  return together(fine, forColumns, forRows)
}

/** Both lists as one, by columns, every pair once. */
function together(fine: Level, forColumns: Best, forRows: Best): Pairs {
  const columns = new Int32Array(forColumns.other.length + forRows.other.length)
  const rows = new Int32Array(columns.length)
  const starts = new Int32Array(fine.columns.count + 1)
  for (const column of forRows.other) if (column >= 0) starts[column + 1]! += 1
  for (let column = 0; column < fine.columns.count; column += 1) starts[column + 1]! += starts[column]!
  const byColumn = new Int32Array(starts[fine.columns.count]!)
  const at = starts.slice()
  forRows.other.forEach((column, index) => {
    if (column >= 0) byColumn[at[column]!++] = Math.floor(index / perRow)
  })
  let count = 0
  for (let column = 0; column < fine.columns.count; column += 1) {
    const from = count
    for (let k = column * perColumn; k < (column + 1) * perColumn && forColumns.other[k]! >= 0; k += 1) {
      columns[count] = column
      rows[count++] = forColumns.other[k]!
    }
    const own = count
    for (let k = starts[column]!; k < starts[column + 1]!; k += 1) {
      let isKnown = false
      for (let j = from; j < own && !isKnown; j += 1) isKnown = rows[j] === byColumn[k]
      if (isKnown) continue
      columns[count] = column
      rows[count++] = byColumn[k]!
    }
  }
  return { columns, rows, count }
}
