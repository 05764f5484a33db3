import { reporterFor, reportersByIds } from '#access/reporters.ts'
import type { Call } from '#access/route.ts'
import { stepsAt } from '#catalogue/service.ts'
import { calendarOf } from '#deadlines/service.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { tellAll } from '#notify/service.ts'
import { lineOf } from '#org/rules.ts'
import { areaExists, organisationNames } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import { reporterMarks } from '#search/reporters.ts'
import { claim } from './files/attachments.ts'
import { genesis } from './chain.ts'
import { desksBeside, levelOver } from './confidence/rules.ts'
import { parties } from './confidence/store.ts'
import type { Confided } from './confidence/store.ts'
import type { Complaint, Receipt, Submit } from './contract.ts'
import { levels } from './lifecycle-rule.ts'
import type { Level } from './lifecycle-rule.ts'
import zh from './messages/zh-CN.json' with { type: 'json' }
import { signalChanged } from './live.ts'
import { triageTerm } from './plan.ts'
import type { World } from './rules.ts'
import { indexSaid } from './search/searchable.ts'
import { actorOf, chained, desksOver, makerOf, ownerOf } from './service.ts'
import { notices } from './telling.ts'
import { apply } from './standing.ts'
import type { Entry } from './entry.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'
import { titleOf } from './title.ts'
import { holderView } from './view.ts'

/** What is said for the first time: a request by a resident or recorded for one, and a complaint about handling. */

/** Work-style and efficiency: the catalogue's category for complaints about how something was handled. */
const categoryOfComplaints = 'J05'

type SubmitDeps = { keys: Keys }
/** `isNewReporter`: nobody but this caller knows the reporter. `isTheirs`: the caller made it, or knows what only its maker knows. */
type Submitted = { receipt: Receipt; reporter: string; isNewReporter: boolean; isTheirs: boolean }

/** What is said, whose it is and to whom it goes first. */
type Taken = Pick<
  Submit,
  'id' | 'words' | 'path' | 'place' | 'lon' | 'lat' | 'title' | 'category' | 'attachments'
> & {
  confidential: boolean
  complainedOf: string[]
  about: string | null
  channel: string
  reporter: string
  foundBy: string[]
  level: Level
  desks: World['desks']
}

/**
 * Takes in what somebody says. The same id twice is one request and one notice (RQ3); it has a holder, the desk of its
 * place, from the first moment (RQ1). A desk complained of is passed over.
 *
 * @returns the receipt, with the session grant for a browser without an account.
 */
export async function submit(call: Call, input: Submit, deps: SubmitDeps): Promise<Submitted> {
  const { trx, scope } = call
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  await reachRequests(trx, [...(scope.requests ?? []), input.id])
  const before = await store.find(trx, input.id)
  if (before) return again(call, before, input)
  if (input.category && !(await stepsAt(trx, now)).has(input.category))
    refuse('request.no_such_category', { field: 'body.category' })
  const kind = await areaExists(trx, input.path)
  if (!kind || kind === 'district' || kind === 'subdistrict')
    refuse('request.no_such_area', { field: 'body.path' })
  const complainedOf = [...new Set(input.complainedOf ?? [])]
  if ((await organisationNames(trx, complainedOf)).size !== complainedOf.length)
    refuse('record.invalid_reference', { field: 'body.complainedOf' })
  const desks = await desksOver(trx, input.path)
  const open = desksBeside(desks, complainedOf)
  const level = levels.find((one) => open[one])
  if (!level) refuse('request.no_such_area', { field: 'body.path' })

  const who =
    call.actor.kind === 'reporter'
      ? { id: call.actor.id, created: false }
      : await reporterFor(trx, input.reporter ?? { id: unnamed(input.id) }, call.now, deps.keys)
  const taken = {
    ...input,
    confidential: input.confidential ?? false,
    complainedOf,
    about: null,
    channel: saidBy(call, input),
    reporter: who.id,
    foundBy: await foundBy(call, input, deps.keys),
    level,
    desks,
  }
  const receipt = await takeIn(call, taken)
  if (!receipt) {
    // The same one arrived twice at once, and the other was faster.
    const first = await store.find(trx, input.id)
    return first ? again(call, first, input) : refuse('id_taken', { field: 'body.id' })
  }
  return { receipt, reporter: who.id, isNewReporter: who.created, isTheirs: true }
}

/**
 * "How this was handled is not right": a request of its own, with its own clock and answer (boundary 16), held by the desk
 * above the organisation complained of. What was confidential stays so.
 */
export async function complain(call: Call, about: string, input: Complaint): Promise<Submitted> {
  const { trx, scope, actor } = call
  await reachRequests(trx, [...(scope.requests ?? []), input.id])
  const first = (await store.find(trx, about)) ?? refuse('request.not_found')
  const before = await store.find(trx, input.id)
  const reporter =
    actor.kind === 'reporter' && !call.scope.requests?.includes(about) ? actor.id : first.reporter
  // Once who said it is erased, nobody is left who could complain.
  if (reporter === null) refuse('request.not_found')
  const said = { ...first, ...first.confided }
  const result = (receipt: Receipt): Submitted => ({
    receipt,
    reporter,
    isNewReporter: false,
    isTheirs: true,
  })
  if (before) {
    const isSame = before.about === about && { ...before, ...before.confided }.words === input.words
    return isSame ? result(await receiptOf(trx, before)) : refuse('id_taken', { field: 'body.id' })
  }
  const { holder, answerer, desk } = first.standing
  const organisation = input.organisation ?? holder?.organisation ?? answerer?.organisation ?? desk
  if (!(await parties(trx, about)).includes(organisation))
    refuse('record.invalid_reference', { field: 'body.organisation' })
  const complainedOf = [...new Set([organisation, ...first.complainedOf])]
  const desks = await desksOver(trx, said.path)
  const known = (await organisationNames(trx, [organisation])).get(organisation)!
  const level = levelOver(known, lineOf(said.path), desksBeside(desks, complainedOf))
  if (!level) refuse('request.no_such_area')
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const receipt = await takeIn(call, {
    ...said,
    id: input.id,
    title: undefined,
    words: input.words,
    lon: said.lon ?? undefined,
    lat: said.lat ?? undefined,
    category: (await stepsAt(trx, now)).has(categoryOfComplaints) ? categoryOfComplaints : undefined,
    attachments: [],
    confidential: first.confidential || (input.confidential ?? false),
    complainedOf,
    about,
    channel: 'phone_page',
    reporter,
    // A complaint is found by what it says and about what, not by who complains.
    foundBy: [],
    level,
    desks,
  })
  return receipt ? result(receipt) : refuse('id_taken', { field: 'body.id' })
}

/** Writes a new request down and tells its first holder. @returns null when its id is there already. */
async function takeIn(call: Call, input: Taken): Promise<Receipt | null> {
  const { trx } = call
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const actor = actorOf(call.actor)
  const { level, desks, complainedOf, confidential } = input
  const holder = { organisation: desks[level]! }
  const term = triageTerm(await calendarOf(trx, now), now)
  const entry: Entry = {
    id: derivedId('submit', input.id),
    kind: 'submit',
    at: now,
    channel: input.channel,
    by: actor.kind === 'staff' ? { ...makerOf(actor, null) } : { kind: 'reporter' },
    visible: true,
    words: input.words,
    data: {
      holder,
      level,
      term,
      ...(input.category && { category: input.category }),
      ...(confidential && { confidential }),
      ...(complainedOf.length > 0 && { complainedOf }),
      ...(input.about && { about: input.about }),
    },
  }
  const standing = apply(null, entry)
  const told: Confided = {
    title: input.title ?? titleOf(input.words),
    words: input.words,
    path: input.path,
    place: input.place,
    lon: input.lon ?? null,
    lat: input.lat ?? null,
  }
  const facts: store.Facts = {
    id: input.id,
    code: await store.nextCode(trx, yearMonth(call.now)),
    channel: input.channel,
    confidential,
    complainedOf,
    about: input.about,
    reporter: input.reporter,
    submittedAt: now,
    ...(confidential ? withheldFrom(told) : told),
    confided: confidential ? told : null,
  }
  const link = chained(facts.id, 1, genesis, entry)
  if (!(await store.add(trx, facts, standing, link.hash))) return null
  await store.append(trx, [link])
  await store.addParties(trx, [
    { request: facts.id, organisation: holder.organisation, role: 'desk', since: now },
  ])
  await claim(trx, input.attachments, facts.id, entry.id, ownerOf(call))
  const request: Stored = {
    ...facts,
    standing,
    seq: 1,
    hash: link.hash,
    overdue: false,
    erased: null,
    erasedAt: null,
    lastEntryAt: now,
  }
  await indexSaid(trx, request, { standing, entries: [entry], parties: [holder.organisation] }, input.foundBy)
  await tellAll(trx, notices(request, [entry], desks))
  signalChanged(trx, [request])
  return receiptOf(trx, request)
}

/** What desks find the reporter by: as they name themselves here, or as they are known. */
async function foundBy({ trx, actor }: Call, input: Submit, keys: Keys): Promise<string[]> {
  if (input.confidential) return []
  const known =
    actor.kind === 'reporter' ? (await reportersByIds(trx, [actor.id], keys)).get(actor.id) : input.reporter
  return known ? reporterMarks(keys, known) : []
}

/** What stands in the place of a confidential request's words for whoever may not know who said it: no words, no door. */
function withheldFrom({ path }: Confided): Confided {
  return { title: zh.confidential.title, words: '', path: aroundOf(path), place: '', lon: null, lat: null }
}

/** The compound a place lies in, or the community where there is none: near enough to find a desk, too far to find a door. */
export function aroundOf(path: string): string {
  const line = lineOf(path)
  return line[3] ?? line.at(-1) ?? path
}

/** RQ3: the same submission again gets the same receipt; a taken id of somebody else's tells nothing. */
/** The reporter of a submission that brings no id of its own. Anybody can work it out. */
function unnamed(request: string): string {
  return derivedId('reporter', request)
}

async function again(call: Call, before: Stored, input: Submit): Promise<Submitted> {
  const { reporter } = before
  return reporter !== null && (await isSame(call, before, input))
    ? {
        receipt: await receiptOf(call.trx, before),
        reporter,
        isNewReporter: false,
        // Staff read id and words of a request, but never the id that the reporter's browser made for its owner.
        isTheirs: input.reporter?.id === reporter && reporter !== unnamed(before.id),
      }
    : refuse('id_taken', { field: 'body.id' })
}

/** Somebody without an account whose first answer was lost is known by having said the very same. */
async function isSame({ trx, actor }: Call, before: Stored, input: Submit): Promise<boolean> {
  if (actor.kind === 'staff')
    return (await store.entryAt(trx, derivedId('submit', before.id)))?.by === actor.id
  if (actor.kind === 'reporter' && before.reporter === actor.id) return true
  if ('requests' in actor && actor.requests.includes(before.id)) return true
  const said = { ...before, ...before.confided }
  return (
    actor.kind !== 'reporter' &&
    said.words === input.words &&
    said.path === input.path &&
    said.place === input.place
  )
}

export function yearMonth(now: Temporal.Instant): string {
  const { year, month } = now.toZonedDateTimeISO('Asia/Shanghai')
  return `${String(year % 100).padStart(2, '0')}${String(month).padStart(2, '0')}`
}

async function receiptOf(trx: Trx, request: Pick<Stored, 'id' | 'code' | 'standing'>): Promise<Receipt> {
  const { standing } = request
  const holder = standing.holder ?? { organisation: standing.desk }
  const [organisations, people] = [
    await organisationNames(trx, [holder.organisation]),
    await personNames(trx, holder.person ? [holder.person] : []),
  ]
  return {
    id: request.id,
    code: request.code,
    holder: holderView(holder, organisations, people),
    triageDueAt: standing.term?.dueAt ?? '',
    followToken: true,
  }
}

/** Ways in which residents say something themselves; how else it came is for whoever records it to say. */
const ownChannels: readonly string[] = ['phone_page', 'spot_code']

function saidBy(call: Call, input: Submit): string {
  if (call.actor.kind === 'client') return 'open311'
  return call.actor.kind === 'staff' || ownChannels.includes(input.channel) ? input.channel : 'phone_page'
}
