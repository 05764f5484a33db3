import type { AdminAction } from '#kernel/admin.ts'
import { homeDistricts } from '#org/service.ts'
import { wholeOf } from '#kernel/db.ts'
import { figuresOf } from './figures.ts'
import { steps, unexplained } from './report-store.ts'

const percent = (share: number | null) => (share === null ? '-' : `${(share * 100).toFixed(1)}%`)

const worstShown = 8

/** `admin dispatch report`: how good the routing was over a year, and that every request can say who gets it and why (DP11). */
export const report: AdminAction = async ({ database, clock, print }) => {
  for (const { district } of await homeDistricts(database.pool)) {
    const scope = wholeOf(district)
    await database.within(scope, async (trx) => {
      const figures = await figuresOf({ trx, now: clock.now(), language: 'en' }, {})
      const { total } = figures
      print(`${district}: ${figures.since} to ${figures.until}`)
      print(
        `  dispatched ${total.dispatched}, with a proposal ${total.proposed}, given to somebody else ${total.unfollowed}`,
      )
      print(
        `  routing accuracy ${percent(total.accuracy)}: of ${total.answered} answered, ${total.wrong} by somebody else than proposed`,
      )
      print(
        `  sent back ${total.returned}, a second time ${total.returned_twice}: ${percent(total.secondReturns)} of the dispatched`,
      )
      for (const { why, dispatched, accuracy } of figures.whys)
        print(`  ground ${why}: ${dispatched}, right ${percent(accuracy)}`)
      for (const one of figures.categories.filter(({ wrong }) => wrong > 0).slice(0, worstShown))
        print(
          `  ${one.code} ${one.name}: right ${percent(one.accuracy)}, ${one.wrong} wrong of ${one.answered}`,
        )
      const open = await steps(trx, clock.now().toString())
      print(
        `  waiting now: ${open.dispatch} to be dispatched (${open.dispatchLate} late), ${open.take} to be taken (${open.takeLate} late)`,
      )
      const { explained, without } = await unexplained(trx)
      print(`  explained: ${explained} dispatches; without an explanation: ${without}`)
    })
  }
  return 0
}
