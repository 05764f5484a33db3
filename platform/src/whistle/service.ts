import type { Call } from '#access/route.ts'
import { postsFor } from '#access/actor.ts'
import type { Actor as AccessActor } from '#access/actor.ts'
import { calendarOf } from '#deadlines/service.ts'
import { termOf } from '#deadlines/rules.ts'
import type { Calendar, Term } from '#deadlines/rules.ts'
import type { Trx } from '#kernel/db.ts'
import { isProblemCode, refuse } from '#kernel/problem.ts'
import { tellAll } from '#notify/service.ts'
import { organisationNames } from '#org/service.ts'
import { servesIn } from '#people/service.ts'
import { cacheOf } from './caches.ts'
import type { Command } from './commands.ts'
import { enterInRequests, requestsIn } from './ledger.ts'
import type { OfRequest } from './ledger.ts'
import { judgeLimit, rateLimit, reportLimit, urgentReportLimit } from './lists.ts'
import { decide, partsOf } from './rules.ts'
import type { Actor, Refused, World } from './rules.ts'
import type { Entry, Maker, Standing } from './standing.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'
import { notices } from './telling.ts'

/** Use cases of whistles. Each runs in the caller's transaction; what it refuses rolls everything back. */

export const textOf = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

type Plan = World['plan'] & { judge(): Term }

/** Limits worked out by the calendar, from now. */
function planOf(calendar: Calendar, now: string): Plan {
  return {
    judge: () => termOf(now, judgeLimit, calendar),
    report: (urgent) => termOf(now, urgent ? urgentReportLimit : reportLimit, calendar),
    rate: () => termOf(now, rateLimit, calendar),
  }
}

export async function worldAt(trx: Trx, now: string): Promise<World & { plan: Plan }> {
  return { now, plan: planOf(await calendarOf(trx, now), now) }
}

/** The organisations a person acts for, and whether they are the town of this whistle: at its desk, or at one above it. */
export async function actorIn(
  trx: Trx,
  actor: AccessActor,
  { path, standing }: Pick<Stored, 'path' | 'standing'>,
): Promise<Actor> {
  const posts = postsFor(actor, 'whistle.enter').map(({ post }) => post)
  const town = (await organisationNames(trx, [standing.town])).get(standing.town)
  const isTown = posts.some(
    (post) =>
      post.organisation === standing.town ||
      (post.deskLevel !== null &&
        post.role.endsWith('_desk') &&
        path.startsWith(post.path) &&
        post.path.length < (town?.path.length ?? 0)),
  )
  return {
    person: actor.kind === 'staff' ? actor.id : '',
    organisations: [...new Set(posts.map(({ organisation }) => organisation))],
    town: isTown,
  }
}

/** For which organisation the person acts: their department in this whistle, the town, or whoever blew it. */
function makerOf(standing: Standing, command: Command, actor: Actor): Maker {
  const { person, organisations } = actor
  const own = partsOf(standing, actor)
  const named = 'organisation' in command && own.find((part) => part.organisation === command.organisation)
  const byTown = ['here', 'send_back', 'blow', 'release', 'insist'].includes(command.kind) && actor.town
  const organisation = byTown
    ? organisations.includes(standing.town)
      ? standing.town
      : organisations[0]
    : command.kind === 'rate'
      ? standing.blower
      : ((named || own[0])?.organisation ??
        [standing.blower, standing.town].find((one) => organisations.includes(one)) ??
        organisations[0])
  return { kind: 'staff', person, organisation }
}

function refuseBy({ refused, field, params }: Refused): never {
  if (!isProblemCode(refused)) throw new Error(`no such problem: ${refused}`)
  refuse(refused, { ...(field && { field: `body.${field}` }), ...(params && { params }) })
}

/** Whether this very entry was made before, by the same one. A taken id of somebody else's is refused. */
async function isEntered(trx: Trx, command: Command, whistle: string, person: string): Promise<boolean> {
  const already = await store.entryAt(trx, command.id)
  if (!already) return false
  const kinds = command.kind === 'report_in' ? ['report_in', 'join'] : [command.kind]
  const isSame = already.whistle === whistle && kinds.includes(already.kind) && already.by === person
  return isSame || refuse('id_taken', { field: 'body.id' })
}

/** Enters what a person decided about a whistle, and into its requests what follows for them. */
export async function enter(call: Call, id: string, command: Command): Promise<Stored> {
  const { trx } = call
  const whistle = (await store.find(trx, id, { lock: true })) ?? refuse('whistle.not_found')
  const actor = await actorIn(trx, call.actor, whistle)
  if (await isEntered(trx, command, id, actor.person)) return whistle
  const now = textOf(call.now)
  await checkReferences(trx, whistle.standing, command, actor, now)
  const maker = makerOf(whistle.standing, command, actor)
  const decided = decide(whistle.standing, command, actor, maker, await worldAt(trx, now))
  if ('refused' in decided) refuseBy(decided)
  const requests = await requestsIn(trx, decided.standing.requests)
  const after = await enterInRequests(call, { whistle, ...decided, command, requests })
  const [kept] = await write(trx, [{ whistle, ...decided, requests: after }])
  return kept!
}

/** What a command names must exist and be at work; a wrong id is said at its field. */
async function checkReferences(
  trx: Trx,
  standing: Standing,
  command: Command,
  actor: Actor,
  now: string,
): Promise<void> {
  if (command.kind === 'report_in' && command.person !== undefined) {
    const organisation = command.organisation ?? partsOf(standing, actor)[0]?.organisation
    if (organisation === undefined || !(await servesIn(trx, command.person, organisation, now)))
      refuse('record.invalid_reference', { field: 'body.person' })
  }
  const named =
    command.kind === 'blow'
      ? [command.lead, ...command.assisting]
      : command.kind === 'release' && command.instead !== undefined
        ? [command.instead]
        : []
  if (named.length === 0) return
  const known = await organisationNames(trx, named)
  const field = command.kind === 'blow' ? 'body.lead' : 'body.instead'
  // One that is no more has nobody who could come.
  if (named.some((one) => !known.get(one)?.active)) refuse('record.invalid_reference', { field })
}

/** What was decided about a locked whistle, how it stands then, and how its requests stand. */
export type Change = {
  whistle: Stored
  entry: Entry
  standing: Standing
  requests: readonly OfRequest[]
}

/** The first due time of requests that are still open. */
export function dueAmong(requests: readonly OfRequest[]): string | null {
  const due = requests.flatMap(({ dueAt, over }) => (dueAt !== null && !over ? [dueAt] : []))
  return due.toSorted()[0] ?? null
}

/** Appends decided entries, keeps the caches and tells people. */
export async function write(trx: Trx, changes: readonly Change[]): Promise<Stored[]> {
  const kept = changes.map(({ whistle, entry, standing, requests }) => ({
    id: whistle.id,
    path: whistle.path,
    seq: whistle.seq,
    standing,
    entry,
    due: dueAmong(requests),
  }))
  await store.append(trx, kept)
  await tellAll(
    trx,
    changes.flatMap(({ entry, standing, requests: [first] }) =>
      first ? notices(standing, entry, { request: first.id, code: first.code, title: first.title }) : [],
    ),
  )
  return changes.map(({ whistle, entry, standing, requests }) => {
    const cached = cacheOf(standing, dueAmong(requests))
    return {
      ...whistle,
      standing,
      seq: whistle.seq + 1,
      dueAt: cached.dueAt,
      late: cached.late,
      lastEntryAt: entry.at,
    }
  })
}
