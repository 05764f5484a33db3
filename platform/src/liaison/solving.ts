import { setImmediate as breathe, setTimeout as sleep } from 'node:timers/promises'
import type { Plan } from '#engines/liaison/contract.ts'
import type { Clock } from '#kernel/clock.ts'
import { wholeOf } from '#kernel/db.ts'
import type { Database, Trx } from '#kernel/db.ts'
import type { Log } from '#kernel/log.ts'
import { solveApart } from './apart.ts'
import type { Progress } from './contract.ts'
import { putDoors } from './door-store.ts'
import { dealDoors, problemOf } from './problem.ts'
import type { Beside, Door } from './problem.ts'
import { materialOf } from './register.ts'
import type { Material } from './register.ts'
import type { PlannedDoor } from './rules.ts'
import * as store from './store.ts'

/**
 * A run: read the register, work the plan out in a thread, have it judged, keep it (LP3). A job like any other: whoever restarts the
 * server finds it taken up again from the start, or marked as interrupted once it has failed three times.
 */

export const solveTask = 'liaison'

type Deps = { database: Database; clock: Clock; log?: Log | undefined }
type Run = { district: string; scenario: string; run: number }

const mostTries = 3
/** How often a run says where it is and asks whether to stop, milliseconds. */
const beat = 400

/** Runs one job. */
export async function solveScenario(deps: Deps, payload: Record<string, string>): Promise<void> {
  const run = {
    district: payload['district'] ?? '',
    scenario: payload['scenario'] ?? '',
    run: Number(payload['run']),
  }
  const within = <T>(work: (trx: Trx) => Promise<T>) => deps.database.within(wholeOf(run.district), work)
  const tries = await within((trx) => store.takeUpRun(trx, run.scenario, run.run))
  if (tries === undefined) return
  const end = (failed: 'cancelled' | 'interrupted' | 'unproven') =>
    within((trx) => store.endRun(trx, run.scenario, run.run, { state: 'draft', failed }))
  if (tries > mostTries) {
    await end('interrupted')
    return
  }
  const material = await within((trx) => prepared(trx, run))
  if (!material) return
  const outcome = await solved(deps, run, material)
  if (outcome === 'cancelled') {
    await end('cancelled')
    return
  }
  if (outcome.findings.length > 0) {
    deps.log?.error({ task: solveTask, findings: outcome.findings }, 'a plan did not hold')
    await end('unproven')
    return
  }
  await kept(deps, run, material, outcome.plan)
  const { status, stats } = outcome.plan
  deps.log?.info({ task: solveTask, status, seconds: stats.seconds, pivots: stats.pivots }, 'plan worked out')
}

type Prepared = Material & {
  problem: ReturnType<typeof problemOf>['problem']
  beside: Beside
}

/** The register as it is, kept with the plan so that it stays explicable. */
async function prepared(trx: Trx, { scenario, run }: Run): Promise<Prepared | undefined> {
  const row = await store.scenarioById(trx, scenario)
  if (!row) return undefined
  await store.reportRun(trx, scenario, run, { step: 'preparing', share: 0, pivots: 0 })
  const material = await materialOf(trx, row.path, row.startsOn)
  const everybody = [...material.liaisons, ...material.gone]
  const leaving = [...row.leaving, ...material.gone.map(({ id }) => id)]
  const { problem, beside } = problemOf(material.stairwells, material.doors, everybody, { ...row, leaving })
  await store.keepSolution(trx, scenario, { problem, beside, plan: null, solvedAt: null })
  return { ...material, problem, beside }
}

/** Waits for the thread, telling meanwhile how far it is and asking whether somebody stopped it. */
async function solved({ database }: Deps, { district, scenario, run }: Run, { problem }: Prepared) {
  const working = solveApart(problem)
  const over = new AbortController()
  const watch = async () => {
    while (!over.signal.aborted) {
      const { stop } = await database.within(wholeOf(district), (trx) =>
        store.reportRun(trx, scenario, run, working.progress()),
      )
      if (stop) working.stop()
      await sleep(beat, undefined, { signal: over.signal }).catch(() => {})
    }
  }
  const watching = watch().catch(() => working.stop())
  try {
    return await working.outcome
  } finally {
    over.abort()
    await watching
  }
}

/** Stairwells dealt before others get a turn on the event loop. */
const dealtAtOnce = 500

async function doorsDealt(doors: readonly Door[], plan: Plan): Promise<PlannedDoor[]> {
  const shares = Map.groupBy(plan.assignments, ({ unit }) => unit)
  const dealt: PlannedDoor[] = []
  let done = 0
  for (const [unit, here] of Map.groupBy(doors, (door) => door.unit)) {
    const whose = dealDoors(here, shares.get(unit) ?? [])
    for (const door of here) {
      const person = whose.get(door.id) ?? null
      dealt.push({ ...door, was: door.person, solved: person, person })
    }
    done += 1
    if (done % dealtAtOnce === 0) await breathe()
  }
  return dealt
}

async function kept(
  { database, clock }: Deps,
  { district, scenario, run }: Run,
  given: Prepared,
  plan: Plan,
) {
  const doors = await doorsDealt(given.doors, plan)
  const solvedAt = clock.now().toString({ smallestUnit: 'millisecond' })
  const progress: Omit<Progress, 'since'> = { step: 'keeping', share: 1, pivots: plan.stats.pivots }
  await database.within(wholeOf(district), async (trx) => {
    await store.reportRun(trx, scenario, run, progress)
    const state = plan.status === 'optimal' ? 'solved' : 'infeasible'
    if (!(await store.endRun(trx, scenario, run, { state, failed: null }))) return
    await store.keepSolution(trx, scenario, { problem: given.problem, beside: given.beside, plan, solvedAt })
    await putDoors(trx, scenario, doors)
  })
}
