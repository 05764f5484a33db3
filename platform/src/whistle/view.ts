import type { Call } from '#access/route.ts'
import { postsFor } from '#access/actor.ts'
import { refuse } from '#kernel/problem.ts'
import { organisationNames, placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import type { ListQuery, PartView, WhistleList, WhistleSummary, WhistleView } from './contract.ts'
import { answerId, photosOf, requestsIn } from './ledger.ts'
import type { OfRequest } from './ledger.ts'
import { states } from './lifecycle.ts'
import * as lists from './list-store.ts'
import type { PartOutcome } from './lists.ts'
import { abilitiesOf, partsOf } from './rules.ts'
import { actorIn, textOf } from './service.ts'
import { isAwaited, turnOf } from './standing.ts'
import type { Part, Standing } from './standing.ts'
import * as store from './store.ts'
import type { EntryRow, Stored } from './store.ts'

/** What a whistle looks like to whoever asks: names instead of ids. */

type Organisations = Awaited<ReturnType<typeof organisationNames>>
type People = Awaited<ReturnType<typeof personNames>>

/** How a department came, as figures count it (`list-store.ts` says the same in SQL). */
function outcomeOf(standing: Standing, part: Part, now: string): PartOutcome {
  if (part.releasedAt !== null) return 'released'
  const due = Date.parse(part.term.dueAt)
  if (part.reported) return Date.parse(part.reported.at) <= due ? 'in_time' : 'late'
  // What ended before it came: it was neither in time nor, unless its time was over, late.
  return isAwaited(standing, part) && due < Date.parse(now) ? 'late' : 'waiting'
}

const leadFirst = (a: Part, b: Part) => Number(b.role === 'lead') - Number(a.role === 'lead')

function organisationsIn({ standing }: Stored): string[] {
  const { blower, town, parts } = standing
  return [blower, town, ...parts.map(({ organisation }) => organisation)]
}

const namedBy = (organisations: Organisations) => (id: string) => ({
  id,
  name: organisations.get(id)?.shortName ?? '',
})

type Context = {
  organisations: Organisations
  requests: ReadonlyMap<string, OfRequest>
  places: ReadonlyMap<string, string>
  own: readonly string[]
  now: string
}

/** The due time that binds: of the requests while it is worked on, else of what the whistle itself waits for. */
function dueNow({ standing, dueAt }: Stored, items: readonly OfRequest[]): string | null {
  if (standing.state !== 'handling') return dueAt
  const due = items.flatMap((one) => (one.over || one.dueAt === null ? [] : [one.dueAt]))
  return due.toSorted()[0] ?? dueAt
}

function summaryOf(whistle: Stored, { organisations, requests, places, own, now }: Context): WhistleSummary {
  const { standing } = whistle
  const named = namedBy(organisations)
  const items = standing.requests.flatMap((one) => requests.get(one) ?? [])
  const [first] = items
  const turn = turnOf(standing)
  const awaited = standing.parts.filter((part) => isAwaited(standing, part))
  return {
    id: whistle.id,
    code: first?.code ?? '',
    title: first?.title ?? '',
    requests: standing.requests.length,
    place: places.get(whistle.path) ?? '',
    state: standing.state,
    step: states[standing.state].step,
    urgent: standing.urgent,
    blower: named(standing.blower),
    town: named(standing.town),
    turn: turn === null ? null : named(turn),
    mine:
      (turn !== null && own.includes(turn)) || awaited.some(({ organisation }) => own.includes(organisation)),
    dueAt: dueNow(whistle, items),
    late: whistle.late,
    parts: standing.parts.toSorted(leadFirst).map((part) => ({
      organisation: named(part.organisation),
      role: part.role,
      outcome: outcomeOf(standing, part, now),
    })),
    formedAt: standing.formedAt,
  }
}

const ownOf = (call: Call) => [
  ...new Set(postsFor(call.actor, 'whistle.read').map(({ post }) => post.organisation)),
]

async function contextOf(call: Call, whistles: readonly Stored[]): Promise<Context> {
  const { trx } = call
  const requests = await requestsIn(trx, [...new Set(whistles.flatMap(({ standing }) => standing.requests))])
  return {
    organisations: await organisationNames(trx, whistles.flatMap(organisationsIn)),
    requests: new Map(requests.map((one) => [one.id, one])),
    places: await placeOf(
      trx,
      whistles.map(({ path }) => path),
    ),
    own: ownOf(call),
    now: textOf(call.now),
  }
}

/** One page of a queue; names and requests are fetched once for all of it. */
export async function listOf(call: Call, query: ListQuery): Promise<WhistleList> {
  const own = ownOf(call)
  const { rows, next } = await lists.page(call.trx, query, own, textOf(call.now))
  const context = await contextOf(call, rows)
  return {
    items: rows.map((row) => summaryOf(row, context)),
    next,
    counts: await lists.counts(call.trx, own),
  }
}

function partView(
  standing: Standing,
  part: Part,
  organisations: Organisations,
  people: People,
  now: string,
): PartView {
  const named = namedBy(organisations)
  const person = part.reported && people.get(part.reported.person)
  return {
    organisation: named(part.organisation),
    phone: organisations.get(part.organisation)?.phone ?? null,
    role: part.role,
    blownAt: part.blownAt,
    term: part.term,
    awaited: isAwaited(standing, part),
    outcome: outcomeOf(standing, part, now),
    reported: part.reported && {
      at: part.reported.at,
      person: { id: part.reported.person, name: person?.name ?? '' },
      phone: person?.workPhone ?? null,
    },
    objection: part.objection,
    decided: part.decided,
    releasedAt: part.releasedAt,
    rating: part.rating,
  }
}

/** Ids of organisations and people that an entry mentions. */
function mentioned({ data, by }: EntryRow): { organisations: string[]; people: string[] } {
  const told = data as {
    organisation?: string
    person?: string
    town?: string
    instead?: { organisation: string }
    parts?: { organisation: string }[]
    ratings?: { organisation: string }[]
  }
  const of = (...ids: (string | undefined)[]) => ids.filter((id) => id !== undefined)
  return {
    organisations: of(
      by.organisation,
      told.organisation,
      told.town,
      told.instead?.organisation,
      ...(told.parts ?? []).map(({ organisation }) => organisation),
      ...(told.ratings ?? []).map(({ organisation }) => organisation),
    ),
    people: of(by.person, told.person),
  }
}

function itemOf(one: OfRequest, organisations: Organisations): WhistleView['items'][number] {
  const { id, code, title, state, place, dueAt, overdue, points, people, holder } = one
  const name = holder === null ? null : (organisations.get(holder)?.shortName ?? '')
  return { id, code, title, state, place, dueAt, overdue, points, people, holder: name }
}

/** The whole whistle: the loop, who was called, the requests, and the shared page. */
export async function whistleView(call: Call, id: string): Promise<WhistleView> {
  const { trx } = call
  const whistle = (await store.find(trx, id)) ?? refuse('whistle.not_found')
  const { standing } = whistle
  const entries = await store.story(trx, id)
  const ids = entries.map(mentioned)
  const context = await contextOf(call, [whistle])
  const items = standing.requests.flatMap((one) => context.requests.get(one) ?? [])
  const organisations = await organisationNames(trx, [
    ...organisationsIn(whistle),
    ...ids.flatMap((one) => one.organisations),
    ...items.flatMap(({ holder }) => holder ?? []),
  ])
  const people = await personNames(trx, [
    ...ids.flatMap((one) => one.people),
    ...(standing.blowerPerson ? [standing.blowerPerson] : []),
    ...standing.parts.flatMap(({ reported }) => reported?.person ?? []),
  ])
  const photos = await photosOf(trx, standing.requests)
  const actor = await actorIn(trx, call.actor, whistle)
  const summary = summaryOf(whistle, { ...context, organisations })
  return {
    ...summary,
    parts: standing.parts
      .toSorted(leadFirst)
      .map((part) => partView(standing, part, organisations, people, context.now)),
    items: items.map((one) => itemOf(one, organisations)),
    blowerPerson:
      standing.blowerPerson === null
        ? null
        : { id: standing.blowerPerson, name: people.get(standing.blowerPerson)?.name ?? '' },
    term: standing.term,
    judgedAt: standing.judgedAt,
    doneAt: standing.doneAt,
    overAt: standing.overAt,
    lapsed: standing.lapsed,
    advice: entries.find(({ kind }) => kind === 'send_back')?.words ?? null,
    words: entries[0]?.words ?? null,
    entries: entries
      .toReversed()
      .map((entry) => entryView(entry, standing.requests, organisations, people, photos)),
    abilities: abilitiesOf(standing, actor),
    own: partsOf(standing, actor)
      .filter((part) => isAwaited(standing, part))
      .map(({ organisation }) => organisation),
    version: whistle.seq,
  }
}

function entryView(
  entry: EntryRow,
  requests: readonly string[],
  organisations: Organisations,
  people: People,
  photos: Awaited<ReturnType<typeof photosOf>>,
): WhistleView['entries'][number] {
  const ids = mentioned(entry)
  const { person, organisation } = entry.by
  return {
    id: entry.id,
    kind: entry.kind,
    at: entry.at,
    by: {
      person: (person && people.get(person)?.name) ?? null,
      organisation: (organisation && organisations.get(organisation)?.shortName) ?? null,
    },
    words: entry.words,
    data: entry.data,
    names: Object.fromEntries([
      ...ids.organisations.map((one) => [one, organisations.get(one)?.shortName ?? ''] as const),
      ...ids.people.map((one) => [one, people.get(one)?.name ?? ''] as const),
    ]),
    attachments: [entry.id, ...requests.map((one) => answerId(entry.id, one))].flatMap(
      (one) => photos.get(one) ?? [],
    ),
  }
}
