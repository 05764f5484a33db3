import type { Call } from '#access/route.ts'
import { giveDuties } from '#households/duties.ts'
import { endDutiesOfDoors } from '#households/planned.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import { tellAll } from '#notify/service.ts'
import type { Message } from '#notify/service.ts'
import { liaisonPosts } from '#people/walking.ts'
import type { Scenario } from './contract.ts'
import { doorsOf } from './door-store.ts'
import { pictureOf } from './picture.ts'
import type { PlannedDoor } from './rules.ts'
import { needsWords } from './rules.ts'
import { instantText, lockedFor, scenario, staffId } from './service.ts'
import * as store from './store.ts'
import type { ScenarioRow } from './store.ts'

/** A plan becomes what holds: approved by a second person, published with its day, told to whom it concerns (LP6, LP7). */

/** A door whose liaison is another one from a day on. `to` null: nobody. */
export type MovedDoor = { dwelling: string; from: string | null; to: string | null }

/**
 * What is open about a door moves with its duty (VR4): visits hand this in, because neither folder sees the other. Called in the
 * transaction that publishes, once; `startsOn` may lie ahead.
 */
export type HandOver = (
  trx: Trx,
  moved: readonly MovedDoor[],
  at: { plan: string; startsOn: string; now: Temporal.Instant },
) => Promise<void>

/** LP6: a second person approves what they have seen, and no other version of it. */
export async function approve(
  { trx, actor, now, version }: Call,
  id: string,
  words: string | undefined,
): Promise<Scenario> {
  const row = await lockedFor(trx, id, 'approve', version)
  if (row.draftedBy === staffId(actor)) refuse('liaison.second_person')
  const picture = (await pictureOf(trx, row)) ?? refuse('liaison.not_in_this_state')
  const { planned } = picture.comparison
  if (planned && needsWords(planned) && words === undefined)
    refuse('liaison.words_needed', { field: 'body.words' })
  await store.setStanding(trx, id, {
    state: 'approved',
    approvedBy: staffId(actor),
    approvedAt: instantText(now),
    approvedWords: words ?? null,
  })
  return scenario(trx, id, actor)
}

/** LP6: what was approved is opened again; the approval is gone with it. */
export async function reopen({ trx, actor, version }: Call, id: string): Promise<Scenario> {
  const row = await lockedFor(trx, id, 'reopen', version)
  const stats = await store.statsOf(trx, id)
  const state = stats?.status === 'optimal' ? 'solved' : 'infeasible'
  await store.setStanding(trx, row.id, { state, approvedBy: null })
  return scenario(trx, id, actor)
}

/** LP7: whoever gets doors must still be there on the day; a plan for people who have left since is worked out anew. */
async function checkStillThere(
  trx: Trx,
  row: ScenarioRow,
  doors: readonly PlannedDoor[],
  day: string,
): Promise<void> {
  const serving = new Set((await liaisonPosts(trx, row.path, day)).map(({ person }) => person))
  const gone = new Set(
    doors.flatMap(({ person }) => (person === null || serving.has(person) ? [] : [person])),
  )
  if (gone.size > 0) refuse('liaison.people_left', { params: { count: gone.size } })
}

/** LP7: publishes a plan: duties from its day on, what is open handed over, everybody concerned told. */
export async function publish(call: Call, id: string, handOver: HandOver): Promise<Scenario> {
  const { trx, actor, now, version } = call
  const row = await lockedFor(trx, id, 'publish', version)
  const today = now.toZonedDateTimeISO('Asia/Shanghai').toPlainDate().toString()
  // A plan never changes what was: late by a day, it holds from today on.
  const startsOn = row.startsOn < today ? today : row.startsOn
  if (startsOn !== row.startsOn) await store.changeScenario(trx, row, { startsOn })
  const doors = await doorsOf(trx, id)
  await checkStillThere(trx, row, doors, startsOn)
  const given = doors.flatMap(({ id: dwelling, person }) => (person === null ? [] : [{ dwelling, person }]))
  const nobodys = doors.filter(({ person, was }) => person === null && was !== null)
  await giveDuties(trx, given, { from: startsOn, plan: id })
  await endDutiesOfDoors(
    trx,
    nobodys.map((door) => door.id),
    startsOn,
  )
  const moved = doors
    .filter(({ was, person }) => was !== person)
    .map((door): MovedDoor => ({ dwelling: door.id, from: door.was, to: door.person }))
  await handOver(trx, moved, { plan: id, startsOn, now })
  await tellAll(trx, messagesOf(row, doors, startsOn, instantText(now)))
  await store.setStanding(trx, id, {
    state: 'published',
    publishedBy: staffId(actor),
    publishedAt: instantText(now),
  })
  return scenario(trx, id, actor)
}

/** One message for everybody whose households change, in numbers; which ones, the plan and the phone say. */
function messagesOf(
  { id, name }: Pick<ScenarioRow, 'id' | 'name'>,
  doors: readonly PlannedDoor[],
  startsOn: string,
  at: string,
): Message[] {
  const lots = new Map<string, { given: number; taken: number; all: number }>()
  const lot = (person: string) => {
    const known = lots.get(person) ?? { given: 0, taken: 0, all: 0 }
    lots.set(person, known)
    return known
  }
  for (const { livedIn, was, person } of doors) {
    if (!livedIn) continue
    if (was !== null && was !== person) lot(was).given += 1
    if (person !== null) {
      lot(person).all += 1
      if (was !== person) lot(person).taken += 1
    }
  }
  const [, month = '', day = ''] = startsOn.split('-')
  return [...lots]
    .filter(([, { given, taken }]) => given + taken > 0)
    .map(([person, { given, taken, all }]) => ({
      id: derivedId('liaison.published', id, person),
      to: { person },
      template: 'liaison.published',
      params: { plan: name, month: Number(month), date: Number(day), given, taken, households: all },
      at,
    }))
}
