import type { AdminAction } from '#kernel/admin.ts'
import { homeDistricts } from '#org/service.ts'
import { wholeOf } from '#kernel/db.ts'
import { checkGrids } from './grid-check.ts'

const mostShown = 50

/** `grids check`: exit code 0 when every household is in exactly one residential grid (O2), else 1 and where it is not. */
export const checkAllGrids: AdminAction = async ({ database, clock, print }) => {
  let wrong = 0
  for (const { district } of await homeDistricts(database.pool)) {
    const scope = wholeOf(district)
    const findings = await database.within(scope, (trx) => checkGrids(trx, district, clock.now()))
    for (const { what, place, path, households, grids } of findings.slice(0, mostShown))
      print(
        `${what}: ${place} (${path}), ${households} households${grids.length > 1 ? `, in ${grids.join(' ')}` : ''}`,
      )
    print(`${district}: ${findings.length} places where households are not in exactly one residential grid`)
    wrong += findings.length
  }
  return wrong > 0 ? 1 : 0
}
