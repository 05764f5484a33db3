import { randomBytes } from 'node:crypto'
import type { Actor as AccessActor } from '#access/actor.ts'
import { postsFor } from '#access/actor.ts'
import { reporterFor } from '#access/reporters.ts'
import { stepsAt } from '#catalogue/service.ts'
import { calendarOf } from '#deadlines/service.ts'
import { tellAll } from '#notify/service.ts'
import type { Message } from '#notify/service.ts'
import { areaExists, desksAmong, organisationNames } from '#org/service.ts'
import { personNames, servesIn } from '#people/service.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { isProblemCode, refuse } from '#kernel/problem.ts'
import type { Call } from '#access/route.ts'
import { claim } from './attachments.ts'
import { genesis, linkHash, seal } from './chain.ts'
import type { Command, Receipt, Submit } from './contract.ts'
import { entries as entryTable, levels } from './lifecycle.ts'
import { makePlan, triageTerm } from './plan.ts'
import { decide, deskAbove } from './rules.ts'
import type { Actor, Refused, World } from './rules.ts'
import { apply, isOverdue } from './standing.ts'
import type { Entry, Maker, Standing } from './standing.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'
import { holderView } from './view.ts'

/** Use cases of service requests. Each runs in the caller's transaction; what it refuses rolls everything back. */

/** The actor in the words of the rules: which organisations the person acts for, and at which desks. */
export function actorOf(actor: AccessActor): Actor {
  if (actor.kind === 'system') return { kind: 'system' }
  if (actor.kind !== 'staff') return { kind: 'reporter' }
  const posts = postsFor(actor, 'request.enter').map(({ post }) => post)
  return {
    kind: 'staff',
    person: actor.id,
    organisations: posts.map((post) => post.organisation),
    desks: posts.flatMap((post) =>
      post.deskLevel && post.role.endsWith('_desk')
        ? [{ level: post.deskLevel, path: post.path, organisation: post.organisation }]
        : [],
    ),
  }
}

/** Who is named in an entry: the person for the organisation that holds the request, else for the desk acted from. */
function makerOf(actor: Actor, standing: Standing | null): Maker {
  if (actor.kind !== 'staff') return { kind: actor.kind }
  const holder = standing?.holder?.organisation
  const organisation =
    holder && actor.organisations.includes(holder)
      ? holder
      : (actor.desks[0]?.organisation ?? actor.organisations[0])
  return { kind: 'staff', person: actor.person, organisation }
}

/** The desks over a place; the lowest one takes up what is said there. */
export async function desksOver(trx: Trx, path: string): Promise<World['desks']> {
  return (await desksAmongPaths(trx, [path])).get(path) ?? {}
}

/** The desks over each of several places. */
export async function desksAmongPaths(
  trx: Trx,
  paths: readonly string[],
): Promise<Map<string, World['desks']>> {
  const places = await desksAmong(trx, paths)
  return new Map(
    [...places].map(([path, desks]) => [
      path,
      Object.fromEntries(Object.entries(desks).map(([level, desk]) => [level, desk.organisation])),
    ]),
  )
}

/** What the rules need to know to decide about a request at this place and time. */
async function worldFor(trx: Trx, path: string, now: string): Promise<World> {
  const limits = await stepsAt(trx, now)
  return {
    now,
    path,
    desks: await desksOver(trx, path),
    plan: makePlan(await calendarOf(trx), (category) => limits.get(category) ?? []),
  }
}

const titleLength = 24

/** A short name out of the words: the first clause, as a person would say it. */
function titleOf(words: string): string {
  const first = words.trim().split(/[\n。！？；!?;]/)[0] ?? ''
  const clause = first.length > titleLength ? (first.split(/[，,、]/)[0] ?? first) : first
  return [...clause].slice(0, titleLength).join('') || [...words.trim()].slice(0, titleLength).join('')
}

type SubmitDeps = { keys: Keys }
/** `isNewReporter`: nobody but this caller knows the reporter. `isTheirs`: the caller made it, or knows what only its maker knows. */
type Submitted = { receipt: Receipt; reporter: string; isNewReporter: boolean; isTheirs: boolean }

/**
 * Takes in what somebody says. The same id twice is one request and one notice (RQ3); it has a holder, the desk of its
 * place, from the first moment (RQ1).
 *
 * @returns the receipt, with the session grant for a browser without an account.
 */
export async function submit(call: Call, input: Submit, deps: SubmitDeps): Promise<Submitted> {
  const { trx, scope } = call
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const actor = actorOf(call.actor)
  await reachRequests(trx, [...(scope.requests ?? []), input.id])
  const before = await store.find(trx, input.id)
  if (before) return again(call, before, input)
  if (input.category && !(await stepsAt(trx, now)).has(input.category))
    refuse('request.no_such_category', { field: 'body.category' })
  const kind = await areaExists(trx, input.path)
  if (!kind || kind === 'district' || kind === 'subdistrict')
    refuse('request.no_such_area', { field: 'body.path' })
  const desks = await desksOver(trx, input.path)
  const level = levels.find((one) => desks[one])
  if (!level) refuse('request.no_such_area', { field: 'body.path' })

  const who =
    call.actor.kind === 'reporter'
      ? { id: call.actor.id, created: false }
      : await reporterFor(trx, input.reporter ?? { id: unnamed(input.id) }, call.now, deps.keys)
  const term = triageTerm(await calendarOf(trx), now)
  const entry: Entry = {
    id: derivedId('submit', input.id),
    kind: 'submit',
    at: now,
    channel: saidBy(call, input),
    by: actor.kind === 'staff' ? { ...makerOf(actor, null) } : { kind: 'reporter' },
    visible: true,
    words: input.words,
    data: {
      holder: { organisation: desks[level]! },
      level,
      term,
      ...(input.category && { category: input.category }),
    },
  }
  const standing = apply(null, entry)
  const facts: store.Facts = {
    id: input.id,
    code: await store.nextCode(trx, yearMonth(call.now)),
    path: input.path,
    place: input.place,
    lon: input.lon ?? null,
    lat: input.lat ?? null,
    channel: saidBy(call, input),
    title: input.title ?? titleOf(input.words),
    words: input.words,
    confidential: false,
    reporter: who.id,
    submittedAt: now,
  }
  const link = chained(facts.id, 1, genesis, entry)
  if (!(await store.add(trx, facts, standing, link.hash))) {
    // The same one arrived twice at once, and the other was faster.
    const first = await store.find(trx, facts.id)
    return first ? again(call, first, input) : refuse('id_taken', { field: 'body.id' })
  }
  await store.append(trx, [link])
  await store.addParties(trx, [{ request: facts.id, organisation: desks[level]!, role: 'desk', since: now }])
  await claim(trx, input.attachments, facts.id, entry.id, ownerOf(call))
  const request = { ...facts, standing, seq: 1, hash: link.hash, overdue: false, lastEntryAt: now }
  await tellAll(trx, notices(request, [entry], desks))
  return {
    receipt: await receiptOf(trx, request),
    reporter: who.id,
    isNewReporter: who.created,
    isTheirs: true,
  }
}

/** RQ3: the same submission again gets the same receipt; a taken id of somebody else's tells nothing. */
/** The reporter of a submission that brings no id of its own. Anybody can work it out. */
function unnamed(request: string): string {
  return derivedId('reporter', request)
}

async function again(call: Call, before: Stored, input: Submit): Promise<Submitted> {
  return (await isSame(call, before, input))
    ? {
        receipt: await receiptOf(call.trx, before),
        reporter: before.reporter,
        isNewReporter: false,
        // Staff read id and words of a request, but never the id that the reporter's browser made for its owner.
        isTheirs: input.reporter?.id === before.reporter && before.reporter !== unnamed(before.id),
      }
    : refuse('id_taken', { field: 'body.id' })
}

/** Somebody without an account whose first answer was lost is known by having said the very same. */
async function isSame({ trx, actor }: Call, before: Stored, input: Submit): Promise<boolean> {
  if (actor.kind === 'staff')
    return (await store.entryAt(trx, derivedId('submit', before.id)))?.person === actor.id
  if (actor.kind === 'reporter' && before.reporter === actor.id) return true
  if ('requests' in actor && actor.requests.includes(before.id)) return true
  return (
    actor.kind !== 'reporter' &&
    before.words === input.words &&
    before.path === input.path &&
    before.place === input.place
  )
}

function yearMonth(now: Temporal.Instant): string {
  const { year, month } = now.toZonedDateTimeISO('Asia/Shanghai')
  return `${String(year % 100).padStart(2, '0')}${String(month).padStart(2, '0')}`
}

/** Who brought an upload: only they may attach it. Someone without an account is known by the upload's unguessable id alone. */
export function ownerOf(call: Pick<Call, 'actor'>): string {
  const { actor } = call
  return actor.kind === 'staff' || actor.kind === 'reporter' ? `${actor.kind}:${actor.id}` : 'anyone'
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

function chained(request: string, seq: number, before: Buffer, entry: Entry): store.Link {
  const sealed = seal(entry, randomBytes(16))
  return { request, seq, entry, sealed, hash: linkHash(before, request, seq, entry, sealed) }
}

/** Enters what a person decided. The same entry id twice is one entry (RQ3). */
export async function enter(call: Call, id: string, command: Command): Promise<Stored> {
  const { trx } = call
  const request = (await store.find(trx, id, { lock: true })) ?? refuse('request.not_found')
  const actor = actorOf(call.actor)
  const already = await store.entryAt(trx, command.id)
  if (already) {
    const person = actor.kind === 'staff' ? actor.person : null
    const isSame = already.request === id && already.kind === command.kind && already.person === person
    return isSame ? request : refuse('id_taken', { field: 'body.id' })
  }
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const world = await worldFor(trx, request.path, now)
  await checkReferences(trx, command, now)
  let follower = 0
  const decided = decide(
    request.standing,
    command,
    actor,
    { ...makerOf(actor, request.standing), channel: channelOf(call) },
    world,
    () => derivedId('follows', command.id, String((follower += 1))),
  )
  if ('refused' in decided) refuseBy(decided)
  const [after] = await write(trx, [{ request, ...decided, desks: world.desks }])
  if ('attachments' in command) await claim(trx, command.attachments, id, command.id, ownerOf(call))
  return after!
}

/** What was decided about a locked request, and how it stands then. */
export type Change = {
  request: Stored
  entries: readonly Entry[]
  standing: Standing
  desks: World['desks']
}

/**
 * Appends decided entries, keeps the caches, remembers who has a hand in them, and tells people: for one request or for
 * many, in the same few statements.
 */
export async function write(trx: Trx, changes: readonly Change[]): Promise<Stored[]> {
  const links: store.Link[] = []
  const parties: store.Party[] = []
  const messages: Message[] = []
  const after = changes.map(({ request, entries, standing, desks }): Stored => {
    let { seq, hash } = request
    for (const entry of entries) {
      seq += 1
      const link = chained(request.id, seq, hash, entry)
      links.push(link)
      ;({ hash } = link)
    }
    const lastEntryAt = entries.at(-1)?.at ?? request.lastEntryAt
    const now = { ...request, standing, seq, hash, lastEntryAt, overdue: isOverdue(standing) }
    parties.push(
      ...partiesTo(entries).map((party) => ({ ...party, request: request.id, since: lastEntryAt })),
    )
    messages.push(...notices(now, entries, desks))
    return now
  })
  await store.addParties(trx, parties)
  await store.append(trx, links)
  await store.keep(
    trx,
    after.map(({ id, standing, seq, hash, lastEntryAt: at }) => ({ id, standing, last: { seq, hash, at } })),
  )
  await tellAll(trx, messages)
  return after
}

/** Every organisation that an entry brings in: the new holder, those that help, and whoever is told of an overdue one. */
function partiesTo(decided: readonly Entry[]): Pick<store.Party, 'organisation' | 'role'>[] {
  return decided.flatMap((entry): Pick<store.Party, 'organisation' | 'role'>[] => {
    switch (entry.kind) {
      case 'assign':
        return [
          { organisation: entry.data.holder.organisation, role: 'lead' },
          ...entry.data.assisting
            .filter((organisation) => organisation !== entry.data.holder.organisation)
            .map((organisation) => ({ organisation, role: 'assisting' as const })),
        ]
      case 'transfer':
        return [{ organisation: entry.data.holder.organisation, role: 'lead' }]
      case 'return':
      case 'escalate':
        return [{ organisation: entry.data.holder.organisation, role: 'desk' }]
      case 'supervise':
        return entry.data.above ? [{ organisation: entry.data.above, role: 'desk' }] : []
      default:
        return []
    }
  })
}

/** Whom the lifecycle table names is told, once an entry: the message's id comes from the entry's (RQ3, RQ5). */
function notices(request: Stored, decided: readonly Entry[], desks: World['desks']): Message[] {
  const { holder, level } = request.standing
  const above = deskAbove(level, desks)
  return decided.flatMap((entry) => {
    const rule: { tells: readonly string[] } = entryTable[entry.kind]
    const message = {
      template: `request.${entry.kind}`,
      params: { code: request.code, title: request.title },
      request: request.id,
      at: entry.at,
    }
    const to = (party: string, address: Message['to'] | null, channels?: Message['channels']): Message[] =>
      rule.tells.includes(party) && address
        ? [{ ...message, id: derivedId(party, entry.id), to: address, ...(channels && { channels }) }]
        : []
    return [
      ...to('holder', holder && { organisation: holder.organisation }),
      ...to('reporter', { reporter: request.reporter }, ['in_app', 'sms']),
      ...to('above', above && { organisation: above.organisation }),
    ]
  })
}

/** What a command names must exist and be at work; a wrong id is said at its field. */
async function checkReferences(trx: Trx, command: Command, now: string): Promise<void> {
  if (command.kind === 'accept' && !(await stepsAt(trx, now)).has(command.category))
    refuse('request.no_such_category', { field: 'body.category' })
  if (command.kind !== 'assign' && command.kind !== 'transfer') return
  const ids = [command.lead.organisation, ...(command.kind === 'assign' ? command.assisting : [])]
  const known = await organisationNames(trx, ids)
  // One that is no more has nobody who could take it or send it back.
  if (ids.some((id) => !known.get(id)?.active)) refuse('request.no_such_lead', { field: 'body.lead' })
  const { organisation, person } = command.lead
  if (person && !(await servesIn(trx, person, organisation, now)))
    refuse('request.no_such_lead', { field: 'body.lead.person' })
}

function refuseBy({ refused, field, params }: Refused): never {
  if (!isProblemCode(refused)) throw new Error(`no such problem: ${refused}`)
  refuse(refused, { ...(field && { field: `body.${field}` }), ...(params && { params }) })
}

/** Ways in which residents say something themselves; how else it came is for whoever records it to say. */
const ownChannels: readonly string[] = ['phone_page', 'spot_code']

function saidBy(call: Call, input: Submit): string {
  return call.actor.kind === 'staff' || ownChannels.includes(input.channel) ? input.channel : 'phone_page'
}

function channelOf(call: Call): string {
  return call.actor.kind === 'staff' ? 'console' : 'phone_page'
}
