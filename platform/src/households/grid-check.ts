import { civilDay } from '#kernel/clock.ts'
import type { Trx } from '#kernel/db.ts'
import { gridsOn } from '#org/grids.ts'
import { gridsOver, isInSpecial } from '#org/hierarchy.ts'
import { lineOf } from '#org/rules.ts'
import { placeOf } from '#org/service.ts'
import { homesByPath } from './store.ts'

/** O2: every household is in exactly one residential grid, and nobody lives in a special one. */

export type GridFinding = {
  path: string
  place: string
  /** Households there. */
  households: number
  what: 'none' | 'several' | 'special'
  grids: string[]
}

/** Where that does not hold, by stairwell or whatever the doors lie in; empty when all is well. */
export async function checkGrids(trx: Trx, district: string, now: Temporal.Instant): Promise<GridFinding[]> {
  const day = civilDay(now)
  const grids = await gridsOn(trx, `${district}/`, day)
  const findings: Omit<GridFinding, 'place'>[] = []
  for (const { path, households } of await homesByPath(trx, day)) {
    const line = lineOf(path)
    const over = gridsOver(line, grids)
    if (isInSpecial(line, grids)) findings.push({ path, households, what: 'special', grids: over })
    else if (over.length !== 1)
      findings.push({ path, households, what: over.length === 0 ? 'none' : 'several', grids: over })
  }
  const places = await placeOf(
    trx,
    findings.map(({ path }) => path),
  )
  return findings.map((finding) => ({ ...finding, place: places.get(finding.path) ?? '' }))
}
