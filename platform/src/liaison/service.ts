import { may } from '#access/actor.ts'
import type { Actor } from '#access/actor.ts'
import type { Call } from '#access/route.ts'
import { isInstant, pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { enqueue } from '#kernel/enqueue.ts'
import { refuse } from '#kernel/problem.ts'
import { areaExists, placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import type {
  Adjusted,
  NewScenario,
  Scenario,
  ScenarioAbility,
  ScenarioChange,
  Scenarios,
  ScenarioSummary,
} from './contract.ts'
import { adjustmentsOf } from './door-store.ts'
import { pictureOf } from './picture.ts'
import type { Picture } from './picture.ts'
import { abilitiesOf, allowedIn } from './rules.ts'
import { solveTask } from './solving.ts'
import type { ScenarioRow } from './store.ts'
import * as store from './store.ts'

/** Plans from the first draft to their end (LP1). What hands change is in adjusting.ts, what a plan causes in publishing.ts. */

export const instantText = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Plans are made by people who serve; the permission table lets nobody else here. */
export function staffId(actor: Actor): string {
  return actor.kind === 'staff' ? actor.id : refuse('access.not_allowed')
}

/** A plan that may be changed that way now. With `version`, only as the caller has seen it. */
export async function lockedFor(
  trx: Trx,
  id: string,
  ability: ScenarioAbility,
  version?: number | null,
): Promise<ScenarioRow> {
  const row = (await store.lockScenario(trx, id)) ?? refuse('record.not_found')
  if (version != null && row.version !== version) refuse('changed_meanwhile')
  return allowedIn[ability].includes(row.state) ? row : refuse('liaison.not_in_this_state')
}

type NameOf = (id: string) => { id: string; name: string }

export async function namesFor(trx: Trx, ids: Iterable<string | null>): Promise<NameOf> {
  const wanted = [...ids].filter((id) => id !== null)
  const names = wanted.length > 0 ? await personNames(trx, wanted) : new Map<string, { name: string }>()
  return (id) => ({ id, name: names.get(id)?.name ?? '' })
}

function summaryOf(row: ScenarioRow, nameOf: NameOf, places: ReadonlyMap<string, string>): ScenarioSummary {
  return {
    id: row.id,
    path: row.path,
    place: places.get(row.path) ?? '',
    name: row.name,
    state: row.state,
    startsOn: row.startsOn,
    until: row.until,
    draftedBy: nameOf(row.draftedBy),
    draftedAt: row.draftedAt,
    approvedBy: row.approvedBy === null ? null : nameOf(row.approvedBy),
    publishedAt: row.publishedAt,
  }
}

/** Plans within reach, newest first. */
export async function scenarios(
  trx: Trx,
  query: { path?: string | undefined; after?: string | undefined; limit: number },
): Promise<Scenarios> {
  const after = query.after ? readCursor(query.after, isInstant) : null
  const { rows, next } = pageOf(
    await store.scenarioPage(trx, query.path, after, query.limit),
    query.limit,
    ({ draftedAt, id }) => ({ key: draftedAt, id }),
  )
  const nameOf = await namesFor(
    trx,
    rows.flatMap(({ draftedBy, approvedBy }) => [draftedBy, approvedBy]),
  )
  const places = await placeOf(
    trx,
    rows.map(({ path }) => path),
  )
  return { items: rows.map((row) => summaryOf(row, nameOf, places)), next }
}

/** What hands changed and nobody took back, oldest first. */
async function standingMoves(trx: Trx, { id, run }: ScenarioRow) {
  const entries = await adjustmentsOf(trx, id)
  const undone = new Set(entries.flatMap(({ undoes }) => undoes ?? []))
  return entries.filter((entry) => entry.run === run && entry.undoes === null && !undone.has(entry.id))
}

/** The areas an engine's reason is about, by the names of their compounds; the largest first. */
async function lacksOf(trx: Trx, picture: Picture): Promise<Scenario['lacks']> {
  const reasons = picture.solution.plan?.explanation ?? []
  const compoundOf = (unit: string) => unit.split('/').slice(0, 4).join('/') + '/'
  const households = new Map(picture.solution.problem.units.map((unit) => [unit.id, unit.households]))
  const weighed = reasons.map(({ units }) => {
    const weights = new Map<string, number>()
    for (const unit of units)
      weights.set(compoundOf(unit), (weights.get(compoundOf(unit)) ?? 0) + (households.get(unit) ?? 0))
    return [...weights].toSorted(([, a], [, b]) => b - a).map(([compound]) => compound)
  })
  const places = await placeOf(trx, weighed.flat())
  return reasons.map(({ kind, households: there, places: taken, by, people }, at) => ({
    kind,
    households: there,
    places: taken,
    by,
    where: (weighed[at] ?? []).flatMap((compound) => places.get(compound) ?? []),
    people:
      kind === 'places-short' || kind === 'minimum-too-high' ? picture.world.bounds.size : people.length,
  }))
}

async function viewOf(trx: Trx, row: ScenarioRow, actor: Actor): Promise<Scenario> {
  const picture = await pictureOf(trx, row)
  const moves = picture ? await standingMoves(trx, row) : []
  const nameOf = await namesFor(trx, [
    row.draftedBy,
    row.approvedBy,
    ...row.leaving,
    ...moves.flatMap(({ from, to, by }) => [from, to, by]),
  ])
  const places = await placeOf(trx, [row.path, ...moves.map(({ unit }) => unit)])
  const adjustments = moves.map(
    ({ id, unit, from, to, dwellings, metresMore, reason, by, at }): Adjusted => ({
      id,
      unit,
      place: places.get(unit) ?? '',
      from: from === null ? null : nameOf(from),
      to: nameOf(to ?? ''),
      households: dwellings.length,
      metresMore,
      reason,
      by: nameOf(by),
      at,
    }),
  )
  const stands = {
    id: actor.kind === 'staff' ? actor.id : '',
    plans: may(actor, 'liaison.plan'),
    approves: may(actor, 'liaison.approve'),
  }
  const { version, least, most, ruralLeast, ruralMost, stability, approvedWords, approvedAt } = row
  return {
    ...summaryOf(row, nameOf, places),
    ...{ version, least, most, ruralLeast, ruralMost, stability, approvedWords, approvedAt },
    leaving: row.leaving.map(nameOf),
    takingPart: picture?.world.bounds.size ?? 0,
    progress:
      row.state === 'solving'
        ? {
            ...(row.runProgress ?? { step: 'waiting' as const, share: 0, pivots: 0 }),
            since: row.runAt ?? row.draftedAt,
          }
        : null,
    failed: row.runFailed,
    proven: picture?.solution.plan?.status === 'optimal',
    seconds: picture?.solution.plan?.stats.seconds ?? null,
    solvedAt: picture?.solution.solvedAt ?? null,
    lacks: picture ? await lacksOf(trx, picture) : [],
    comparison: picture?.comparison ?? null,
    adjustments,
    abilities: abilitiesOf(row, stands),
  }
}

/** A plan with its figures. */
export async function scenario(trx: Trx, id: string, actor: Actor): Promise<Scenario> {
  return viewOf(trx, (await store.scenarioById(trx, id)) ?? refuse('record.not_found'), actor)
}

/** A plan as it was read a moment ago, for lists of it. */
export async function seen(trx: Trx, id: string): Promise<{ row: ScenarioRow; picture: Picture }> {
  const row = (await store.scenarioById(trx, id)) ?? refuse('record.not_found')
  const picture = await pictureOf(trx, row)
  return picture ? { row, picture } : refuse('liaison.not_in_this_state')
}

/** LP1: a bound that no person can keep is not a bound. */
function checkBounds({ least, most, ruralLeast, ruralMost }: Omit<ScenarioChange, 'name'>): void {
  if ((least ?? 0) > (most ?? 500)) refuse('input.invalid', { field: 'body.least' })
  if ((ruralLeast ?? 0) > (ruralMost ?? 500)) refuse('input.invalid', { field: 'body.ruralLeast' })
}

/** Drafts a plan; the same id twice is one plan. */
export async function draft({ trx, actor, scope, now }: Call, one: NewScenario): Promise<Scenario> {
  checkBounds(one)
  const kind = await areaExists(trx, one.path)
  const inReach = scope.reach === 'district' || scope.paths.some((path) => one.path.startsWith(path))
  if (kind === null || kind === 'building' || kind === 'unit' || !inReach)
    refuse('record.invalid_reference', { field: 'body.path' })
  const people = await personNames(trx, one.leaving)
  if (one.leaving.some((id) => !people.has(id))) refuse('record.invalid_reference', { field: 'body.leaving' })
  await store.addScenario(trx, one, staffId(actor), instantText(now))
  const known = await store.scenarioById(trx, one.id)
  if (!known || known.path !== one.path || known.draftedBy !== staffId(actor))
    refuse('id_taken', { field: 'body.id' })
  return viewOf(trx, known, actor)
}

/** Changes the settings of a plan; what was worked out with the old ones is void. */
export async function changeSettings(
  { trx, actor, version }: Call,
  id: string,
  change: ScenarioChange,
): Promise<Scenario> {
  const row = await lockedFor(trx, id, 'change', version)
  checkBounds({ ...row, ...change })
  await store.changeScenario(trx, row, change)
  const renamed = Object.keys(change).every((field) => field === 'name')
  if (!renamed && row.state !== 'draft') await store.setStanding(trx, id, { state: 'draft' })
  return scenario(trx, id, actor)
}

/** LP3: has a plan worked out, from the register as it is then. What hands changed before is void, and stays in the entries. */
export async function startSolving({ trx, actor, scope, now, version }: Call, id: string): Promise<Scenario> {
  await lockedFor(trx, id, 'solve', version)
  const run = await store.beginRun(trx, id, instantText(now))
  await enqueue(trx, solveTask, { district: scope.district, scenario: id, run: String(run) })
  return scenario(trx, id, actor)
}

/** Stops a run. One that nobody has taken up yet ends at once, any other within a moment. */
export async function stopSolving({ trx, actor }: Call, id: string): Promise<Scenario> {
  const row = await lockedFor(trx, id, 'stop')
  await store.askToStop(trx, id)
  if (row.runTries === 0) await store.endRun(trx, id, row.run, { state: 'draft', failed: 'cancelled' })
  return scenario(trx, id, actor)
}

/** Gives a plan up. It stays in the ledger and in the tables, and in no list. */
export async function giveUp({ trx, actor }: Call, id: string): Promise<Scenario> {
  await lockedFor(trx, id, 'cancel')
  await store.setStanding(trx, id, { state: 'cancelled', approvedBy: null })
  return scenario(trx, id, actor)
}
