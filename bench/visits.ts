import { evaluate } from '#visits/evaluate.ts'
import { moveDuties } from '#visits/clock.ts'
import { openDatabase, wholeOf } from '#kernel/db.ts'
import { civilDay } from '#kernel/clock.ts'
import { startDistrict } from './district.ts'
import type { Figure, Options } from './figure.ts'

/**
 * VR1, VR3: every rule for every household of the district, from nothing; then the same again, as each minute, and each
 * night; then the duties of a whole district moved.
 */
export async function bench(_: Options): Promise<Figure[]> {
  const district = await startDistrict()
  const [home] = await district.asOwner<{ code: string }>('select district_code as code from district')
  const code = home?.code ?? ''
  await district.asOwner(
    'truncate visit_task, visit_task_entry, visit_run, visit_day, visit, visit_need, visit_confirmation, promise, spot_draw, spot_pick cascade',
  )
  await district.asOwner('analyze')
  const database = openDatabase(district.urls.app)
  const now = Temporal.Now.instant()
  const scope = { ...wholeOf(code), today: civilDay(now) }
  const timed = async <Result>(work: Promise<Result>) => {
    const start = performance.now()
    const result = await work
    return { seconds: Math.round(performance.now() - start) / 1000, result }
  }
  try {
    const full = await timed(evaluate(database, code, now))
    const again = await timed(evaluate(database, code, now))
    const night = await timed(evaluate(database, code, now, { again: true }))
    const moved = await timed(database.within(scope, (trx) => moveDuties(trx, now)))
    const [doors] = await district.asOwner<{ many: number }>('select count(*)::int as many from household')
    return [
      { name: 'households', value: doors?.many ?? 0, unit: 'households' },
      { name: 'tasks', value: full.result, unit: 'tasks' },
      { name: 'fullRun', value: full.seconds, unit: 's', target: 10 },
      { name: 'sameMinute', value: again.seconds, unit: 's' },
      { name: 'nightly', value: night.seconds, unit: 's' },
      { name: 'madeTwice', value: again.result + night.result, unit: 'tasks', target: 0 },
      { name: 'dutiesLookedThrough', value: moved.seconds, unit: 's' },
    ]
  } finally {
    await database.close()
    await district.close()
  }
}
