import { randomBytes } from 'node:crypto'
import type { Actor as AccessActor } from '#access/actor.ts'
import { isAtDesk, postsFor } from '#access/actor.ts'
import { stepsAt } from '#catalogue/service.ts'
import { calendarOf } from '#deadlines/service.ts'
import { tellAll } from '#notify/service.ts'
import type { Message } from '#notify/service.ts'
import { desksAmong, organisationNames } from '#org/service.ts'
import { servesIn } from '#people/service.ts'
import type { Trx } from '#kernel/db.ts'
import { isProblemCode, refuse } from '#kernel/problem.ts'
import type { Call } from '#access/route.ts'
import { settle } from './calls/store.ts'
import { claim, clearAttachments } from './files/attachments.ts'
import { followingId, linkHash, seal } from './chain.ts'
import type { Command } from './commands.ts'
import { isGivenInConfidence } from './confidence/rules.ts'
import { tellMatter } from './confidence/store.ts'
import { followOf, followersAmong } from './together/followers.ts'
import { signalChanged } from './live.ts'
import { makePlan } from './plan.ts'
import { isHeard } from './resident-word.ts'
import { commonLevel, keepPrecedents } from './precedents.ts'
import { decide } from './rules.ts'
import type { Actor, PlainCommand, Refused, World } from './rules.ts'
import { indexEntered } from './search/searchable.ts'
import { isOverdue } from './standing.ts'
import type { Entry, Holder, Maker } from './entry.ts'
import type { Standing } from './standing.ts'
import * as store from './store.ts'
import type { Stored } from './store.ts'
import { notices, partiesTo } from './telling.ts'
import { titleOf } from './title.ts'

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
      post.deskLevel && isAtDesk(post)
        ? [{ level: post.deskLevel, path: post.path, organisation: post.organisation }]
        : [],
    ),
  }
}

/** Who is named in an entry: the person for the organisation that holds the request or the part it is about, else for the desk acted from. */
export function makerOf(actor: Actor, standing: Standing | null, part?: string): Maker {
  if (actor.kind === 'follower') return { kind: 'reporter', follower: actor.follower }
  if (actor.kind !== 'staff') return { kind: actor.kind }
  const about = part === undefined ? undefined : standing?.parts.find(({ id }) => id === part)
  const holder = (about?.to ?? standing?.holder)?.organisation
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
export async function worldFor(trx: Trx, path: string, now: string): Promise<World> {
  return (await worldsFor(trx, [path], now))(path)
}

/** The same for requests at several places. */
export async function worldsFor(
  trx: Trx,
  paths: readonly string[],
  now: string,
): Promise<(path: string) => World> {
  const limits = await stepsAt(trx, now)
  const plan = makePlan(await calendarOf(trx, now), (category) => limits.get(category) ?? [])
  const desks = await desksAmongPaths(trx, paths)
  return (path) => ({ now, path, desks: desks.get(path) ?? {}, plan })
}

/** Who brought an upload: only they may attach it. Someone without an account is known by the upload's unguessable id alone. */
export function ownerOf(call: Pick<Call, 'actor'>): string {
  const { actor } = call
  return actor.kind === 'staff' || actor.kind === 'reporter' ? `${actor.kind}:${actor.id}` : 'anyone'
}

export function chained(request: string, seq: number, before: Buffer, entry: Entry): store.Link {
  const sealed = seal(entry, randomBytes(16))
  return { request, seq, entry, sealed, hash: linkHash(before, request, seq, entry, sealed) }
}

/** Enters what a person decided. The same entry id twice is one entry (RQ3). */
export async function enter(call: Call, id: string, command: PlainCommand): Promise<Stored> {
  const { trx } = call
  // RQ13: what a follower says goes to the request that stands for theirs.
  const following = await followOf(call, id)
  const request =
    (await store.find(trx, following?.request ?? id, { lock: true })) ?? refuse('request.not_found')
  const actor: Actor = following ? { kind: 'follower', follower: following.id } : actorOf(call.actor)
  if (await isEntered(trx, command, request.id, actor)) return request
  const now = call.now.toString({ smallestUnit: 'millisecond' })
  const world = await worldFor(trx, request.path, now)
  if (command.kind === 'return') world.common = await commonLevel(trx, request, world.desks)
  await checkReferences(trx, command, now)
  const filled = await withNames(trx, command)
  let follower = 0
  const decided = decide(
    request.standing,
    filled,
    actor,
    {
      ...makerOf(actor, request.standing, 'part' in command ? command.part : undefined),
      channel: channelOf(call),
    },
    world,
    () => followingId(command.id, (follower += 1)),
  )
  if ('refused' in decided) refuseBy(decided)
  await giveInConfidence(trx, request, command, world.desks)
  const [after] = await write(trx, [{ request, ...decided, desks: world.desks }])
  await keepPrecedents(trx, after!, decided.entries)
  if ('attachments' in command) await claim(trx, command.attachments, request.id, command.id, ownerOf(call))
  // A call that was drawn is done once somebody spoke, or three tries found nobody.
  const isCalled =
    command.kind === 'follow_up' &&
    (isHeard(after!.standing) || after!.standing.reopens > request.standing.reopens)
  if (isCalled) await settle(trx, request.id, now)
  return after!
}

/** RQ3: whether this very entry was made before, by the same one. A taken id of somebody else's is refused. */
export async function isEntered(
  trx: Trx,
  { id, kind }: { id: string; kind: string },
  request: string,
  actor: Actor,
): Promise<boolean> {
  const already = await store.entryAt(trx, id)
  if (!already) return false
  const by = actor.kind === 'staff' ? actor.person : actor.kind === 'follower' ? actor.follower : null
  const isSame = already.request === request && already.kind === kind && already.by === by
  return isSame || refuse('id_taken', { field: 'body.id' })
}

/** RQ10: whoever may not know the reporter reads what the desk wrote for them, and sees what it cleared; nothing else. */
async function giveInConfidence(
  trx: Trx,
  { id, confided, standing }: Stored,
  command: Command,
  desks: World['desks'],
): Promise<void> {
  if (!confided) return
  if (
    command.kind !== 'assign' &&
    command.kind !== 'transfer' &&
    command.kind !== 'hand_over' &&
    command.kind !== 'split'
  )
    return
  if (!isGivenInConfidence(standing, command, desks)) return
  await tellMatter(trx, id, titleOf(command.words), command.words)
  await clearAttachments(trx, id, command.clear ?? [])
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
  const followers = await followersAmong(trx, changes)
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
    messages.push(
      ...notices(now, entries, desks, {
        before: request.standing.holder,
        followers: followers.get(request.id),
      }),
    )
    return now
  })
  await store.addParties(trx, parties)
  await store.append(trx, links)
  await store.keep(
    trx,
    after.map(({ id, standing, seq, hash, lastEntryAt: at }) => ({ id, standing, last: { seq, hash, at } })),
  )
  await indexEntered(
    trx,
    changes.map(({ request, entries, standing }) => ({
      id: request.id,
      standing,
      entries,
      parties: partiesTo(entries).map(({ organisation }) => organisation),
    })),
  )
  await tellAll(trx, messages)
  signalChanged(
    trx,
    after,
    changes.map(({ request }) => request),
  )
  return after
}

/** What a command names must exist and be at work; a wrong id is said at its field. */
async function checkReferences(trx: Trx, command: Command, now: string): Promise<void> {
  if (command.kind === 'accept' && !(await stepsAt(trx, now)).has(command.category))
    refuse('request.no_such_category', { field: 'body.category' })
  for (const { leads, field } of namedIn(command)) await checkNamed(trx, leads, field, now)
}

/** Who is named to solve it, with the field of the command. */
function namedIn(command: Command): { leads: readonly Holder[]; field: string }[] {
  if (command.kind === 'split')
    return command.parts.map(({ lead }, index) => ({ leads: [lead], field: `body.parts.${index}.lead` }))
  if (command.kind === 'assign') {
    const assisting = command.assisting.map((organisation) => ({ organisation }))
    return [{ leads: [command.lead, ...assisting], field: 'body.lead' }]
  }
  return command.kind === 'transfer' || command.kind === 'hand_over'
    ? [{ leads: [command.lead], field: 'body.lead' }]
    : []
}

/** Each must exist and be at work, and a person named must serve there. */
export async function checkNamed(
  trx: Trx,
  leads: readonly Holder[],
  field: string,
  now: string,
): Promise<void> {
  const known = await organisationNames(
    trx,
    leads.map(({ organisation }) => organisation),
  )
  // One that is no more has nobody who could take it or send it back.
  if (leads.some(({ organisation }) => !known.get(organisation)?.active))
    refuse('request.no_such_lead', { field })
  for (const { organisation, person } of leads)
    if (person && !(await servesIn(trx, person, organisation, now)))
      refuse('request.no_such_lead', { field: `${field}.person` })
}

/** An organisation known here is named as it is called now, with the phone it has now: that is what the reporter is told. */
async function withNames(trx: Trx, command: PlainCommand): Promise<PlainCommand> {
  if (command.kind !== 'decline' || !command.instead.organisation) return command
  const { organisation } = command.instead
  const known = (await organisationNames(trx, [organisation])).get(organisation)
  if (!known?.active) refuse('request.no_such_lead', { field: 'body.instead.organisation' })
  const { name, phone } = known
  return { ...command, instead: { organisation, name, ...(phone && { phone }) } }
}

export function refuseBy({ refused, field, params }: Refused): never {
  if (!isProblemCode(refused)) throw new Error(`no such problem: ${refused}`)
  refuse(refused, { ...(field && { field: `body.${field}` }), ...(params && { params }) })
}

export function channelOf(call: Call): string {
  if (call.actor.kind === 'client') return 'open311'
  return call.actor.kind === 'staff' ? 'console' : 'phone_page'
}
