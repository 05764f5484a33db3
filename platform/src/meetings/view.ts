import type { Call } from '#access/route.ts'
import { categoryNames } from '#catalogue/service.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import { organisationNames } from '#org/service.ts'
import { decisionsNow, tableable } from '#requests/agenda.ts'
import type { DecisionNow } from '#requests/agenda.ts'
import { factsOf } from '#requests/travels.ts'
import type { Facts } from '#requests/travels.ts'
import type { ItemView, MeetingRow, MeetingView, Paper } from './contract.ts'
import * as items from './item-store.ts'
import type { Item } from './item-store.ts'
import { keeps, text } from './joint.ts'
import { abilitiesIn, fateOf } from './rules.ts'
import * as store from './store.ts'
import type { Joint, Meeting } from './store.ts'

/**
 * A meeting as its reader may see it (MT6): the requests on its agenda with all that is known of them (RQ11), to whoever sits
 * in it; what lies in confidence only to whoever reaches it by themselves (RQ10), and on paper never.
 */

/** The entry by which a decision stands in the story of its request; the same however often it is entered. */
export const decideEntry = (item: string) => derivedId('meeting decides', item)

type Reader = {
  /** For a paper that travels: what a row says to everybody, in Chinese, without the story. */
  onPaper: boolean
  language: string
  now: string
}

type Known = {
  facts: Map<string, Facts>
  /** Requests that the reader reaches without the meeting. */
  own: ReadonlySet<string>
  decisions: Map<string, DecisionNow>
  organisations: Awaited<ReturnType<typeof organisationNames>>
  categories: Awaited<ReturnType<typeof categoryNames>>
}

/**
 * Reads what the items need, each kind at once. Members reach the requests of an agenda through it, but for those that are
 * in confidence or about somebody: with the request's id in reach row security would tell who said it.
 */
async function readItems(call: Call, all: readonly Item[], reader: Reader): Promise<Known> {
  const { trx, scope } = call
  const requests = all.flatMap(({ request }) => request ?? [])
  const own = new Set((await tableable(trx, requests)).keys())
  const options = { language: reader.language, story: !reader.onPaper }
  const confided = await factsOf(trx, [...own], { ...options, confided: !reader.onPaper })
  const lent = all.flatMap(({ request, guarded }) =>
    request !== null && !guarded && !own.has(request) ? [request] : [],
  )
  if (lent.length > 0) await reachRequests(trx, [...(scope.requests ?? []), ...lent])
  const facts = new Map([...confided, ...(await factsOf(trx, lent, { ...options, confided: false }))])
  const decisions = await decisionsNow(
    trx,
    all.flatMap(({ id, request, effect }) =>
      request !== null && effect === 'entered' ? [{ request, entry: decideEntry(id) }] : [],
    ),
  )
  const organisations = await organisationNames(
    trx,
    all.flatMap(({ lead, assisting }) => [...(lead === null ? [] : [lead]), ...assisting]),
  )
  return { facts, own, decisions, organisations, categories: await categoryNames(trx, reader.language) }
}

export function paperOf({ path: _, ...facts }: Facts, opens: boolean): Paper {
  return { ...facts, opens }
}

function itemView(item: Item, known: Known, reader: Reader): ItemView {
  const facts = item.request === null ? undefined : known.facts.get(item.request)
  const withheld = item.request !== null && facts === undefined
  const decision = known.decisions.get(decideEntry(item.id))
  const named = (id: string) => ({ id, name: known.organisations.get(id)?.shortName ?? '' })
  const category = item.category === null ? undefined : known.categories.get(item.category)
  return {
    id: item.id,
    seq: item.seq,
    title: facts?.title ?? item.title ?? '',
    words: facts ? '' : (item.words ?? ''),
    withheld,
    paper: facts ? paperOf(facts, known.own.has(facts.id)) : null,
    reasons: item.reasons,
    decision:
      item.outcome === null || withheld
        ? null
        : {
            outcome: item.outcome,
            lead: item.lead === null ? null : named(item.lead),
            assisting: item.assisting.map(named),
            demand: item.demand ?? '',
            dueAt: item.dueAt,
            category: category ? { code: category.code, name: category.name } : null,
            precedent: item.precedent,
          },
    fate: withheld
      ? 'open'
      : fateOf({ effect: item.effect, dueAt: item.dueAt, endedAt: decision?.endedAt ?? null }, reader.now),
    holder: decision?.holder ?? facts?.holder ?? null,
    endedAt: decision?.endedAt ?? null,
    supervisedAt: decision?.supervisedAt ?? null,
  }
}

/** The whole meeting, and what became of the last one's decisions. */
export async function meetingView(
  call: Call,
  meeting: Meeting,
  { onPaper = false }: { onPaper?: boolean } = {},
): Promise<MeetingView> {
  const { trx, actor } = call
  const reader: Reader = { onPaper, language: onPaper ? 'zh-CN' : call.language, now: text(call.now) }
  const of = (await store.joint(trx, meeting.joint)) ?? refuse('record.not_found')
  const before = await store.heldBefore(trx, meeting)
  const members = await store.members(trx, meeting.id)
  const all = await items.itemsOf(trx, [meeting.id, ...(before ? [before.id] : [])])
  const known = await readItems(call, all, reader)
  const names = await organisationNames(trx, [
    of.organisation,
    ...members.map(({ organisation }) => organisation),
  ])
  const named = (id: string) => ({ id, name: names.get(id)?.shortName ?? '' })
  const viewsOf = (id: string) =>
    all.filter((item) => item.meeting === id).map((item) => itemView(item, known, reader))
  return {
    ...about(meeting, of),
    organisation: named(of.organisation),
    chair: of.chair,
    mark: of.mark,
    heldAt: meeting.heldAt,
    members: members.map(({ organisation, ...member }) => ({ ...member, organisation: named(organisation) })),
    items: viewsOf(meeting.id),
    before: before
      ? {
          id: before.id,
          at: before.at,
          number: before.number ?? 0,
          year: before.year ?? 0,
          items: viewsOf(before.id),
        }
      : null,
    abilities: abilitiesIn(meeting.state, keeps(actor, meeting.path)),
    version: meeting.version,
  }
}

function about({ id, path, at, place, state, year, number }: Meeting, of: Joint) {
  return {
    id,
    joint: { id: of.id, name: of.name },
    level: of.level,
    path,
    at,
    place,
    state,
    year,
    number,
  }
}

/** Rows of a list, with how far their decisions are; read for the whole page at once. */
export async function meetingRows(call: Call, page: readonly Meeting[]): Promise<MeetingRow[]> {
  const { trx } = call
  const all = await items.itemsOf(
    trx,
    page.map(({ id }) => id),
  )
  const reader: Reader = { onPaper: true, language: call.language, now: text(call.now) }
  const known = await readItems(call, all, reader)
  const byMeeting = Map.groupBy(all, (item) => item.meeting)
  const of = await jointsOf(trx, page)
  return page.flatMap((meeting) => {
    const one = of.get(meeting.joint)
    if (!one) return []
    const own = byMeeting.get(meeting.id) ?? []
    const fates = own.map((item) => itemView(item, known, reader).fate)
    const count = (fate: string) => fates.filter((each) => each === fate).length
    const [running, late, done] = [count('running'), count('late'), count('done')]
    return [
      { ...about(meeting, one), items: own.length, decided: running + late + done, running, late, done },
    ]
  })
}

async function jointsOf(trx: Trx, page: readonly Meeting[]): Promise<Map<string, Joint>> {
  const ids = new Set(page.map((meeting) => meeting.joint))
  const found = await store.jointsOf(trx, [...ids])
  return new Map(found.map((one) => [one.id, one]))
}
