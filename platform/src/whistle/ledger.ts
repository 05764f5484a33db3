import type { Call } from '#access/route.ts'
import { postsFor } from '#access/actor.ts'
import type { Keys } from '#kernel/keys.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { organisationNames } from '#org/service.ts'
import { attachmentsOf, claim } from '#requests/files/attachments.ts'
import type { AttachmentView } from '#requests/files/attachments.ts'
import {
  enterBlow,
  enterJoin,
  enterLift,
  enterReportIn,
  enterSendBack,
  enterSupervise,
  enterWhistle,
} from '#requests/ladder.ts'
import type { Entering } from '#requests/ladder.ts'
import { entries as requestEntries } from '#requests/lifecycle.ts'
import { submitRecorded } from '#requests/recorded.ts'
import { enter as enterRequest, ownerOf } from '#requests/service.ts'
import { standsOf } from '#requests/stands.ts'
import type { Stands } from '#requests/stands.ts'
import type { Command, Problem } from './commands.ts'
import { ringId, supervisionId } from './alarm-id.ts'
import zh from './messages/zh-CN.json' with { type: 'json' }
import { leadOf, partOf } from './standing.ts'
import type { Entry, EntryOf, Part, Standing } from './standing.ts'
import type { Stored } from './store.ts'

/**
 * What a whistle enters into the ledgers of its requests, in the same transaction: who holds each of them stands there and
 * nowhere else (RQ1), and its due time does not move (RQ4). The only file of this folder that enters anything there.
 */

export type OfRequest = Stands & {
  /** Nobody works on it any more: answered, or over. */
  over: boolean
}

export async function requestsIn(trx: Trx, ids: readonly string[]): Promise<OfRequest[]> {
  return (await standsOf(trx, ids)).map((one) => ({ ...one, over: one.final || one.state === 'answered' }))
}

/** Photos of the shared page hang on one of the requests, by the entry they came with. */
export async function photosOf(
  trx: Trx,
  requests: readonly string[],
): Promise<Map<string, AttachmentView[]>> {
  const found = new Map<string, AttachmentView[]>()
  for (const request of requests)
    for (const [entry, photos] of await attachmentsOf(trx, request)) found.set(entry, photos)
  return found
}

/** The answer to a request that follows from "done". */
export const answerId = (command: string, request: string) => derivedId('whistle_answer', command, request)

/** A problem becomes a request, accepted by whoever records it. @returns its id. */
export async function recordProblem(
  call: Call,
  { id, words, path, place, category }: Problem,
  { keys }: { keys: Keys },
): Promise<string> {
  const said = { id, words, path, place, category, urgency: 'by_date' as const }
  await submitRecorded(call, { ...said, channel: 'patrol', attachments: [] }, keys)
  return id
}

/** The request goes to the town that judges. @returns the town, and for whom it was blown. */
export async function whistleRequest(
  call: Call,
  request: string,
  step: { id: string; whistle: string; words: string },
): Promise<{ town: string; blower: string }> {
  const { standing } = await enterWhistle(call, request, step)
  const town = standing.holder?.organisation ?? standing.desk
  const own = postsFor(call.actor, 'whistle.form').map(({ post }) => post.organisation)
  const desk = standing.whistled?.desk
  return { town, blower: own.find((one) => one === desk) ?? own[0] ?? town }
}

type Decided = {
  whistle: Stored
  entry: Entry
  standing: Standing
  command: Command
  requests: readonly OfRequest[]
}

/** What follows for the requests from what was entered about the whistle. @returns how they stand then. */
export async function enterInRequests(call: Call, decided: Decided): Promise<readonly OfRequest[]> {
  const { entry, standing, requests } = decided
  const { trx, now } = call
  const by = { now, by: entry.by }
  const judged = ['here', 'send_back', 'blow'].includes(entry.kind)
  if (judged) await liftAll(trx, decided, undefined, by)
  for (const request of requests) await enterOne(call, decided, request, by)
  const part = came(entry, decided.whistle.standing)
  if (part) await liftAll(trx, decided, part, by)
  if (entry.kind === 'note') await claimPhotos(call, decided)
  return requestsIn(trx, standing.requests)
}

/** The department whose arrival the entry is. */
function came(entry: Entry, before: Standing): Part | undefined {
  if (entry.kind !== 'report_in' && entry.kind !== 'join' && entry.kind !== 'release') return undefined
  return partOf(before, entry.data.organisation)
}

async function enterOne(call: Call, decided: Decided, request: OfRequest, by: Entering): Promise<void> {
  const { trx } = call
  const { whistle, entry, standing, command } = decided
  const step = {
    id: derivedId('whistle', entry.id, request.id),
    whistle: whistle.id,
    words: entry.words,
  }
  const isWaiting = request.state === 'whistled'
  switch (entry.kind) {
    case 'here':
      if (isWaiting) await enterReportIn(trx, request.id, { ...step, person: entry.data.person }, by)
      return
    case 'send_back':
      if (isWaiting) await enterSendBack(trx, request.id, step, by)
      return
    case 'blow':
      if (isWaiting) await enterBlow(trx, request.id, { ...step, ...givenTo(standing) }, by)
      return
    case 'release':
      if (isWaiting && entry.data.instead)
        await enterBlow(trx, request.id, { ...step, ...givenTo(standing) }, by)
      return
    case 'report_in':
      if (isWaiting) await enterReportIn(trx, request.id, { ...step, person: entry.data.person }, by)
      return
    case 'join':
      if (isIn(request, requestEntries.join.from))
        await enterJoin(trx, request.id, { ...step, ...entry.data }, by)
      return
    case 'done':
      // What was answered already stays as it was said there.
      if (command.kind === 'done' && !request.over)
        await enterRequest(call, request.id, answerTo(request, command, decided.requests))
      return
    default:
  }
}

const isIn = ({ state }: OfRequest, states: readonly string[]) => states.includes(state)

function givenTo(standing: Standing) {
  const lead = leadOf(standing)
  const assisting = standing.parts.filter(({ role, releasedAt }) => role === 'assist' && releasedAt === null)
  return {
    lead: { organisation: lead?.organisation ?? standing.town },
    assisting: assisting.map(({ organisation }) => organisation),
  }
}

/** The same words to everybody who said it, covering every point (RQ7); the photos go with the first. */
function answerTo(
  { id, points }: OfRequest,
  command: Extract<Command, { kind: 'done' }>,
  requests: readonly OfRequest[],
) {
  return {
    id: answerId(command.id, id),
    kind: 'answer' as const,
    words: command.words,
    points: Array.from({ length: Math.max(points.length, 1) }, (_, index) => ({ index, open: false })),
    attachments: requests.find(({ over }) => !over)?.id === id ? command.attachments : [],
  }
}

async function claimPhotos(call: Call, { entry, standing, command }: Decided): Promise<void> {
  const [first] = standing.requests
  if (first !== undefined && command.kind === 'note')
    await claim(call.trx, command.attachments, first, entry.id, ownerOf(call))
}

/** RQ18: an unanswered whistle supervises itself: a demand in the ledger of each request, told to the level above. */
export async function superviseRequests(
  trx: Trx,
  { standing }: Stored,
  entry: EntryOf<'supervise'>,
  requests: readonly OfRequest[],
): Promise<void> {
  const late = entry.data.organisation ?? standing.town
  const name = (await organisationNames(trx, [late])).get(late)?.shortName ?? ''
  const demand = zh.demand[entry.data.clock].replace('{name}', name)
  const by: Entering = { now: Temporal.Instant.from(entry.at), by: { kind: 'system' } }
  for (const request of requests)
    if (isIn(request, requestEntries.supervise.from))
      await enterSupervise(trx, request.id, { id: supervisionId(entry.id, request.id), demand }, by)
}

/** What was late has come: the supervision that the clock began ends with it. */
async function liftAll(
  trx: Trx,
  { whistle, requests }: Decided,
  part: Part | undefined,
  entering: Entering,
): Promise<void> {
  const { standing } = whistle
  const term = part?.term ?? standing.term
  if (!term || !(part ?? standing).told.includes('due')) return
  const organisation = part?.organisation
  const alarm = ringId(whistle.id, {
    clock: part ? 'report' : 'judge',
    since: term.startsAt,
    share: 'due',
    ...(organisation !== undefined && { organisation }),
  })
  const late = organisation ?? standing.town
  const name = (await organisationNames(trx, [late])).get(late)?.shortName ?? ''
  const words = (part ? zh.lifted : zh.judged).replace('{name}', name)
  for (const request of requests) {
    const supervision = supervisionId(alarm, request.id)
    if (request.supervisions.includes(supervision))
      await enterLift(
        trx,
        request.id,
        { id: derivedId('whistle_lift', supervision), supervision, words },
        { now: entering.now, by: { kind: 'system' } },
      )
  }
}
