import type { Call } from '#access/route.ts'
import { oneAtATime } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import { lineOf } from '#org/rules.ts'
import type { Form } from './commands.ts'
import { recordProblem, requestsIn, whistleRequest } from './ledger.ts'
import type { OfRequest } from './ledger.ts'
import { notices } from './telling.ts'
import { tellAll } from '#notify/service.ts'
import { apply } from './standing.ts'
import type { EntryOf } from './standing.ts'
import { dueAmong, textOf, worldAt } from './service.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'

/**
 * The first step: a whistle formed from one request, several, or a problem that is recorded as a request in the same
 * step. Each request goes to the town that judges, in its own ledger (RQ1, RQ11).
 */

/** The same id twice is one whistle. @returns the whistle as it stands. */
export async function form(call: Call, input: Form, deps: { keys: Keys }): Promise<Stored> {
  const { trx, actor } = call
  const person = actor.kind === 'staff' ? actor.id : refuse('access.not_allowed')
  await oneAtATime(trx, input.id)
  const before = await store.find(trx, input.id)
  if (before)
    return before.standing.blowerPerson === person ? before : refuse('id_taken', { field: 'body.id' })
  if (input.requests.length > 0 === (input.problem !== undefined))
    refuse('whistle.nothing_to_blow', { field: 'body.requests' })
  const ids = input.problem
    ? [await recordProblem(call, input.problem, deps)]
    : [...new Set(input.requests)].toSorted()
  const towns = new Set<string>()
  let blower: string | undefined
  for (const id of ids) {
    const made = await whistleRequest(call, id, {
      id: derivedId('whistle', input.id, id),
      whistle: input.id,
      words: input.words,
    })
    towns.add(made.town)
    blower ??= made.blower
  }
  const [town] = towns
  if (town === undefined || towns.size !== 1) refuse('whistle.several_towns', { field: 'body.requests' })
  // In the order in which they were named: the first gives the whistle its name.
  const order = input.problem ? ids : [...new Set(input.requests)]
  const known = new Map((await requestsIn(trx, ids)).map((one) => [one.id, one]))
  const requests = order.flatMap((id) => known.get(id) ?? [])
  const now = textOf(call.now)
  const world = await worldAt(trx, now)
  const entry: EntryOf<'form'> = {
    id: derivedId('whistle_form', input.id),
    kind: 'form',
    at: now,
    by: { kind: 'staff', person, organisation: blower ?? town },
    words: input.words,
    data: { requests: order, urgent: input.urgent, town, term: world.plan.judge() },
  }
  const standing = apply(null, entry)
  const path = commonPath(requests)
  const due = dueAmong(requests)
  if (!(await store.add(trx, { id: input.id, path, standing, due }, entry)))
    refuse('id_taken', { field: 'body.id' })
  const [first] = requests
  if (first)
    await tellAll(trx, notices(standing, entry, { request: first.id, code: first.code, title: first.title }))
  return (await store.find(trx, input.id)) ?? refuse('whistle.not_found')
}

/** The smallest area that holds all of them; doors are not named, the compound is near enough. */
function commonPath(requests: readonly OfRequest[]): string {
  const lines = requests.map(({ path }) => lineOf(path).slice(0, 4))
  const [first = []] = lines
  return first.findLast((path) => lines.every((line) => line.includes(path))) ?? first[0] ?? ''
}
