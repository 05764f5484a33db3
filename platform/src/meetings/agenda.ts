import type { Call } from '#access/route.ts'
import { derivedId } from '#kernel/ids.ts'
import { refuse } from '#kernel/problem.ts'
import { areaExists, desksFor, organisationNames } from '#org/service.ts'
import { canBeTabled, decisionsNow, requestOfCode, stuckUnder, tableable } from '#requests/agenda.ts'
import { enterTable } from '#requests/ladder.ts'
import type { Level } from '#requests/lifecycle-rule.ts'
import { factsOf } from '#requests/travels.ts'
import type { MeetingView, NewItem, Proposals, Reason } from './contract.ts'
import * as items from './item-store.ts'
import { text } from './joint.ts'
import { kept, makerOf } from './kept.ts'
import { propose } from './rules.ts'
import type { LeftOver, Proposed } from './rules.ts'
import * as store from './store.ts'
import type { Meeting } from './store.ts'
import { decideEntry, meetingView, paperOf } from './view.ts'

/** The agenda: proposed by rule from what is stuck, chosen by whoever keeps the meeting, put into each request's story. */

/** How many stuck requests are looked at, and how many of them are shown; the most stuck come first. */
const mostLooked = 400
const mostShown = 40

/** When a whistle is late and since when, by request; handed in, because whistles stand beside meetings. */
export type LateWhistles = (call: Call, path: string) => Promise<ReadonlyMap<string, string>>

/** The entry by which an item stands in the story of its request. */
const tableEntry = (item: string) => derivedId('meeting tables', item)

/** MT2: what the rule proposes for this meeting's agenda, each with why. */
export async function proposals(call: Call, id: string, lateWhistles: LateWhistles): Promise<Proposals> {
  const { trx } = call
  const meeting = await kept(call, id)
  const found = await proposed(call, meeting, lateWhistles)
  const shown = found.slice(0, mostShown)
  const facts = await factsOf(
    trx,
    shown.map(({ stuck }) => stuck.id),
    { language: call.language, confided: true, story: false },
  )
  return {
    items: shown.flatMap(({ stuck, reasons }) => {
      const one = facts.get(stuck.id)
      return one ? [{ paper: paperOf(one, true), reasons }] : []
    }),
    more: found.length > mostShown,
  }
}

async function proposed(call: Call, meeting: Meeting, lateWhistles: LateWhistles): Promise<Proposed[]> {
  const { trx } = call
  const { level, top } = await levelAt(call, meeting.path)
  const late = await lateWhistles(call, meeting.path)
  const { left, running } = await leftOver(call, meeting)
  const also = [...new Set([...late.keys(), ...left.map(({ request }) => request)])]
  const stuck = await stuckUnder(trx, { path: meeting.path, level, also }, mostLooked)
  const taken = await items.onAgenda(
    trx,
    stuck.map((one) => one.id),
  )
  const candidates = stuck
    .filter((one) => !taken.has(one.id) && !running.has(one.id))
    .map((one) => ({
      ...one,
      isTop: one.level === top,
      whistleLateSince: late.get(one.id) ?? null,
    }))
  return propose(candidates, level, left, text(call.now))
}

/** MT3: the level of the nearest desk over the area, whose requests the meeting takes up, and the highest there is. */
async function levelAt({ trx }: Call, path: string): Promise<{ level: Level; top: Level }> {
  const desks = await desksFor(trx, path)
  const known = await organisationNames(
    trx,
    Object.values(desks).map(({ organisation }) => organisation),
  )
  const line = (Object.entries(desks) as [Level, { organisation: string }][]).toSorted(
    ([, a], [, b]) =>
      (known.get(b.organisation)?.path.length ?? 0) - (known.get(a.organisation)?.path.length ?? 0),
  )
  const [first, last] = [line[0]?.[0], line.at(-1)?.[0]]
  return first && last ? { level: first, top: last } : refuse('request.no_such_area')
}

/** The level at which a decision of this meeting may be ended. */
export const levelOfMeeting = async (call: Call, path: string) => (await levelAt(call, path)).level

/** What the meeting before put off, and what it decided that is late; and what it decided that still has time, which waits. */
async function leftOver(
  call: Call,
  meeting: Meeting,
): Promise<{ left: LeftOver[]; running: ReadonlySet<string> }> {
  const before = await store.heldBefore(call.trx, meeting)
  if (!before) return { left: [], running: new Set() }
  const all = await items.itemsOf(call.trx, [before.id])
  const now = text(call.now)
  const entered = all.flatMap(({ id, request, effect, dueAt }) =>
    request !== null && effect === 'entered' && dueAt !== null
      ? [{ request, entry: decideEntry(id), dueAt }]
      : [],
  )
  const decisions = await decisionsNow(call.trx, entered)
  const owed = entered.filter(({ entry }) => decisions.get(entry)?.endedAt === null)
  return {
    left: [
      ...all.flatMap(({ request, effect }): LeftOver[] =>
        request !== null && effect === 'put_off'
          ? [{ request, kind: 'put_off', since: before.heldAt ?? before.at }]
          : [],
      ),
      ...owed
        .filter(({ dueAt }) => dueAt <= now)
        .map(({ request, dueAt }): LeftOver => ({ request, kind: 'decision_late', since: dueAt })),
    ],
    running: new Set(owed.filter(({ dueAt }) => dueAt > now).map(({ request }) => request)),
  }
}

/** Puts something on the agenda, last; the same id twice is one item. Once the papers are out the request's story says so at once. */
export async function addItem(
  call: Call,
  id: string,
  given: NewItem,
  lateWhistles: LateWhistles,
): Promise<MeetingView> {
  const { trx } = call
  const meeting = await kept(call, id, 'change')
  const before = await items.item(trx, given.id)
  if (before) {
    if (before.meeting !== id) refuse('id_taken', { field: 'body.id' })
    return meetingView(call, meeting)
  }
  const made =
    'title' in given
      ? await ownMatter(call, meeting, given)
      : await ofRequest(call, meeting, given, lateWhistles)
  if (!(await items.addItem(trx, { ...made, id: given.id, meeting: id }))) refuse('meeting.on_it_already')
  await store.touch(trx, id)
  if (meeting.state !== 'preparing') await table(call, meeting)
  return meetingView(call, await kept(call, id))
}

async function ofRequest(
  call: Call,
  meeting: Meeting,
  given: { request: string } | { code: string },
  lateWhistles: LateWhistles,
) {
  const { trx } = call
  const field = 'code' in given ? 'body.code' : 'body.request'
  const request = 'code' in given ? await requestOfCode(trx, given.code) : given.request
  const known = request === undefined ? undefined : (await tableable(trx, [request])).get(request)
  if (request === undefined || !known?.path.startsWith(meeting.path)) refuse('request.not_found', { field })
  if (!canBeTabled(known.state)) refuse('meeting.cannot_be_tabled', { field })
  if ((await items.onAgenda(trx, [request])).has(request)) refuse('meeting.on_it_already', { field })
  const reasons: Reason[] =
    (await proposed(call, meeting, lateWhistles)).find(({ stuck }) => stuck.id === request)?.reasons ?? []
  return { path: meeting.path, request, guarded: known.guarded, title: null, words: null, reasons }
}

/** A matter that nobody has said becomes a request when it is decided, so it lies where a request can (a community or below). */
async function ownMatter(
  { trx }: Call,
  meeting: Meeting,
  { title, words, path = meeting.path }: { title: string; words: string; path?: string | undefined },
) {
  const kind = path.startsWith(meeting.path) ? await areaExists(trx, path) : null
  if (!kind || kind === 'district' || kind === 'subdistrict')
    refuse('request.no_such_area', { field: 'body.path' })
  return { path, request: null, guarded: false, title, words, reasons: [] }
}

/** Takes something off the agenda again, as long as the papers are not out: afterwards it can only be put off. */
export async function removeItem(call: Call, id: string, item: string): Promise<MeetingView> {
  const { trx } = call
  const meeting = await kept(call, id, 'change')
  const known = await items.item(trx, item)
  if (known && known.meeting !== id) refuse('record.not_found')
  if (known?.tabledAt) refuse('meeting.papers_are_out')
  if (known) {
    await items.removeItem(trx, item)
    await store.touch(trx, id)
  }
  return meetingView(call, await kept(call, meeting.id))
}

/** RQ11: each request's story says that it is on this meeting; one that was settled meanwhile is left alone. */
export async function table(call: Call, meeting: Meeting): Promise<void> {
  const { trx, now } = call
  const all = (await items.itemsOf(trx, [meeting.id])).filter(
    ({ request, tabledAt }) => request !== null && tabledAt === null,
  )
  const known = await tableable(
    trx,
    all.flatMap(({ request }) => request ?? []),
  )
  const by = await makerOf(call, meeting)
  for (const { id, request } of all) {
    const state = request === null ? undefined : known.get(request)?.state
    if (request === null || state === undefined || !canBeTabled(state)) continue
    await enterTable(
      trx,
      request,
      { id: tableEntry(id), meeting: meeting.id },
      { now, by, channel: 'meeting' },
    )
  }
  await items.markTabled(
    trx,
    all.map(({ id }) => id),
    text(now),
  )
}
