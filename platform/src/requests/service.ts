import { randomBytes } from 'node:crypto'
import type { Actor as AccessActor } from '#access/actor.ts'
import { postsFor } from '#access/actor.ts'
import { reporterFor } from '#access/reporters.ts'
import { stepsAt } from '#catalogue/service.ts'
import { calendarOf } from '#deadlines/service.ts'
import { tell } from '#notify/service.ts'
import { areaExists, desksFor, organisationNames } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { isProblemCode, refuse } from '#kernel/problem.ts'
import type { Call } from '#access/route.ts'
import { claim } from './attachments.ts'
import { genesis, linkHash, sealWords } from './chain.ts'
import type { Command, Receipt, Submit } from './contract.ts'
import { entries as entryTable, levels } from './lifecycle.ts'
import type { Level } from './lifecycle.ts'
import { makePlan, triageTerm } from './plan.ts'
import { decide, deskAbove } from './rules.ts'
import type { Actor, Refused, World } from './rules.ts'
import { apply } from './standing.ts'
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
export async function desksOver(trx: Trx, path: string): Promise<Partial<Record<Level, string>>> {
  const desks = await desksFor(trx, path)
  return Object.fromEntries(Object.entries(desks).map(([level, desk]) => [level, desk.organisation]))
}

/** What the rules need to know to decide about a request at this place and time. */
export async function worldFor(trx: Trx, path: string, now: string): Promise<World> {
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

/**
 * Takes in what somebody says. The same id twice is one request and one notice (RQ3); it has a holder, the desk of its
 * place, from the first moment (RQ1).
 *
 * @returns the receipt, with the session grant for a browser without an account.
 */
export async function submit(
  call: Call,
  input: Submit,
  deps: SubmitDeps,
): Promise<{ receipt: Receipt; reporter: string; created: boolean; isNewReporter: boolean }> {
  const { trx, scope } = call
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const actor = actorOf(call.actor)
  await reachRequests(trx, [...(scope.requests ?? []), input.id])
  const before = await store.find(trx, input.id)
  if (before) {
    const mine =
      call.actor.kind === 'reporter' ? before.reporter === call.actor.id : before.words === input.words
    return mine
      ? {
          receipt: await receiptOf(trx, before),
          reporter: before.reporter,
          created: false,
          isNewReporter: false,
        }
      : refuse('id_taken', { field: 'body.id' })
  }
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
      : await reporterFor(trx, input.reporter ?? { id: derivedId('reporter', input.id) }, call.now, deps.keys)
  const term = triageTerm(await calendarOf(trx), now)
  const entry: Entry = {
    id: derivedId('submit', input.id),
    kind: 'submit',
    at: now,
    channel: input.channel,
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
    channel: input.channel,
    title: input.title ?? titleOf(input.words),
    words: input.words,
    confidential: false,
    reporter: who.id,
    submittedAt: now,
  }
  const link = chained(facts.id, 1, genesis, entry)
  if (!(await store.add(trx, facts, standing, link.hash))) refuse('id_taken', { field: 'body.id' })
  await store.append(trx, facts.id, [link])
  await store.addParties(trx, facts.id, [{ organisation: desks[level]!, role: 'desk' }], now)
  await claim(trx, input.attachments, facts.id, entry.id, ownerOf(call))
  await announce(
    trx,
    { ...facts, standing, seq: 1, hash: link.hash, overdue: false, lastEntryAt: now },
    [entry],
    desks,
  )
  const receipt = await receiptOf(trx, { ...facts, standing })
  return { receipt, reporter: who.id, created: true, isNewReporter: who.created }
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
  const sealed = sealWords(entry.words, randomBytes(16))
  return { seq, entry, sealed, hash: linkHash(before, request, seq, entry, sealed.digest) }
}

/** Enters what a person decided. The same entry id twice is one entry (RQ3). */
export async function enter(call: Call, id: string, command: Command): Promise<Stored> {
  const { trx } = call
  const request = (await store.find(trx, id, { lock: true })) ?? refuse('request.not_found')
  const already = await store.requestOfEntry(trx, command.id)
  if (already) return already === id ? request : refuse('id_taken', { field: 'body.id' })
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const actor = actorOf(call.actor)
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
  const after = await write(trx, request, decided.entries, decided.standing, world.desks)
  if ('attachments' in command) await claim(trx, command.attachments, id, command.id, ownerOf(call))
  return after
}

/** Appends decided entries to a locked request, keeps its cache, remembers who has a hand in it, and tells people. */
export async function write(
  trx: Trx,
  request: Stored,
  decided: readonly Entry[],
  standing: Standing,
  desks: World['desks'],
): Promise<Stored> {
  const links: store.Link[] = []
  let before = request.hash
  for (const [index, entry] of decided.entries()) {
    const link = chained(request.id, request.seq + 1 + index, before, entry)
    links.push(link)
    before = link.hash
  }
  const last = { seq: request.seq + links.length, hash: before, at: decided.at(-1)!.at }
  await store.addParties(trx, request.id, partiesTo(decided), last.at)
  await store.append(trx, request.id, links)
  await store.keep(trx, request.id, standing, last)
  const after = { ...request, standing, seq: last.seq, hash: last.hash, lastEntryAt: last.at }
  await announce(trx, after, decided, desks)
  return after
}

type Party = { organisation: string; role: 'desk' | 'lead' | 'assisting' }

/** Every organisation that an entry brings in: the new holder, those that help, and whoever is told of an overdue one. */
function partiesTo(decided: readonly Entry[]): Party[] {
  return decided.flatMap((entry): Party[] => {
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

/** Tells whom the lifecycle table names, once an entry: the message's id comes from the entry's (RQ3, RQ5). */
async function announce(
  trx: Trx,
  request: Stored,
  decided: readonly Entry[],
  desks: World['desks'],
): Promise<void> {
  for (const entry of decided) {
    const rule: { tells: readonly string[] } = entryTable[entry.kind]
    const message = {
      template: `request.${entry.kind}`,
      params: { code: request.code, title: request.title },
      request: request.id,
      at: entry.at,
    }
    const { holder } = request.standing
    if (rule.tells.includes('holder') && holder)
      await tell(trx, {
        ...message,
        id: derivedId('holder', entry.id),
        to: { organisation: holder.organisation },
      })
    if (rule.tells.includes('reporter'))
      await tell(trx, {
        ...message,
        id: derivedId('reporter', entry.id),
        to: { reporter: request.reporter },
        channels: ['in_app', 'sms'],
      })
    const above = rule.tells.includes('above') ? deskAbove(request.standing.level, desks) : null
    if (above)
      await tell(trx, {
        ...message,
        id: derivedId('above', entry.id),
        to: { organisation: above.organisation },
      })
  }
}

/** What a command names must exist; a wrong id is said at its field. */
async function checkReferences(trx: Trx, command: Command, now: string): Promise<void> {
  if (command.kind === 'accept' && !(await stepsAt(trx, now)).has(command.category))
    refuse('request.no_such_category', { field: 'body.category' })
  if (command.kind !== 'assign' && command.kind !== 'transfer') return
  const ids = [command.lead.organisation, ...(command.kind === 'assign' ? command.assisting : [])]
  const known = await organisationNames(trx, ids)
  if (ids.some((id) => !known.has(id))) refuse('request.no_such_lead', { field: 'body.lead' })
  const { person } = command.lead
  if (person && !(await personNames(trx, [person])).has(person))
    refuse('request.no_such_lead', { field: 'body.lead.person' })
}

function refuseBy({ refused, field, params }: Refused): never {
  if (!isProblemCode(refused)) throw new Error(`no such problem: ${refused}`)
  refuse(refused, { ...(field && { field: `body.${field}` }), ...(params && { params }) })
}

function channelOf(call: Call): string {
  return call.actor.kind === 'staff' ? 'console' : 'phone_page'
}
