import type { Trx } from '#kernel/db.ts'
import { comparisonOf, worldOf } from './compare.ts'
import type { Piece, World } from './compare.ts'
import type { Comparison } from './contract.ts'
import { piecesOf } from './door-store.ts'
import type { Beside } from './problem.ts'
import type { ScenarioRow, Solution } from './store.ts'
import { solutionOf } from './store.ts'

/** A plan as it stands, ready to be asked for its figures, its lists and its reasons. */

export type Picture = {
  pieces: readonly Piece[]
  world: World
  beside: Beside
  solution: Solution
  comparison: Comparison
}

/** A few are kept, because a page asks for one several times in a second; a version of a plan never changes what it says. */
const mostKept = 4
const kept = new Map<string, Picture>()

/** Everything about a plan that was worked out; undefined before. The caller has read `row` under its own row security. */
export async function pictureOf(trx: Trx, row: ScenarioRow): Promise<Picture | undefined> {
  if (row.state === 'draft' || row.state === 'solving') return undefined
  const key = `${row.id} ${row.version}`
  const known = kept.get(key)
  if (known) {
    kept.delete(key)
    kept.set(key, known)
    return known
  }
  const solution = await solutionOf(trx, row.id)
  if (!solution) return undefined
  const pieces = await piecesOf(trx, row.id)
  const world = worldOf(solution.problem, solution.beside)
  const comparison = comparisonOf(pieces, world, true)
  const picture = { pieces, world, beside: solution.beside, solution, comparison }
  kept.set(key, picture)
  for (const oldest of kept.keys()) {
    if (kept.size <= mostKept) break
    kept.delete(oldest)
  }
  return picture
}
