import type { Call } from '#access/route.ts'
import { calendarOf } from '#deadlines/service.ts'
import { closingOf } from '#deadlines/rules.ts'
import { civilDay } from '#kernel/clock.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { stepsAt } from '#catalogue/service.ts'
import { canBeTabled, tableable } from '#requests/agenda.ts'
import { enterDecide } from '#requests/ladder.ts'
import { keepPrecedent } from '#requests/precedents.ts'
import { submitRecorded } from '#requests/recorded.ts'
import { submitSchema } from '#requests/contract.ts'
import { levelOfMeeting } from './agenda.ts'
import type { Decision, MeetingView } from './contract.ts'
import official from './data/official.json' with { type: 'json' }
import { filled } from './document/words.ts'
import * as items from './item-store.ts'
import type { Decided, Item } from './item-store.ts'
import { activeOnes, staffOf, text } from './joint.ts'
import { farthestDays } from './rules.ts'
import { kept, makerOf } from './kept.ts'
import * as store from './store.ts'
import type { Meeting } from './store.ts'
import { decideEntry, meetingView } from './view.ts'

/**
 * What a meeting decides. On the day a decision is written down and may be changed; it counts when the meeting is closed: then
 * each becomes an entry of its request, in one transaction (MT5). From there on the request's own clock and ladder run.
 */

/** MT5: writes down what was decided about an item. */
export async function decideItem(
  call: Call,
  id: string,
  item: string,
  decision: Decision,
): Promise<MeetingView> {
  const { trx } = call
  await kept(call, id, 'decide')
  const known = await items.item(trx, item)
  if (known?.meeting !== id) refuse('record.not_found')
  const decided = await checked(call, known, decision)
  await items.writeDecision(trx, item, decided, { person: staffOf(call).id, at: text(call.now) })
  await store.touch(trx, id)
  return meetingView(call, await kept(call, id))
}

/** Takes a decision back, as long as the meeting lasts. */
export async function undecide(call: Call, id: string, item: string): Promise<MeetingView> {
  const { trx } = call
  await kept(call, id, 'decide')
  const known = await items.item(trx, item)
  if (known?.meeting !== id) refuse('record.not_found')
  await items.writeDecision(trx, item, null, { person: staffOf(call).id, at: text(call.now) })
  await store.touch(trx, id)
  return meetingView(call, await kept(call, id))
}

/** What it names has to be there and at work now, so that closing the meeting does not fail for one of its items. */
async function checked(call: Call, item: Item, decision: Decision): Promise<Decided> {
  const { trx } = call
  const none = { lead: null, assisting: [], dueAt: null, category: null, precedent: false }
  if (decision.outcome === 'next_time') return { ...none, outcome: 'next_time', demand: decision.demand }
  const { lead, demand } = decision
  const assisting = decision.outcome === 'task' ? decision.assisting.filter((one) => one !== lead) : []
  await activeOnes(trx, [lead, ...assisting], 'body.lead')
  const request = item.request === null ? undefined : (await tableable(trx, [item.request])).get(item.request)
  if (request && [lead, ...assisting].some((one) => request.complainedOf.includes(one)))
    refuse('request.is_complained_of', { field: 'body.lead' })
  const category = decision.category ?? request?.category ?? null
  const needs = decision.outcome === 'precedent' || decision.precedent || item.request === null
  if (needs && category === null) refuse('request.no_such_category', { field: 'body.category' })
  if (category !== null && !(await stepsAt(trx, text(call.now))).has(category))
    refuse('request.no_such_category', { field: 'body.category' })
  if (decision.outcome === 'precedent')
    return { ...none, outcome: 'precedent', lead, demand, category, precedent: true }
  return {
    outcome: 'task',
    lead,
    assisting,
    demand,
    dueAt: await dueAt(call, decision.dueOn),
    category,
    precedent: decision.precedent,
  }
}

/** The end of office hours on a day to come. */
async function dueAt({ trx, now }: Call, day: string): Promise<string> {
  const first = civilDay(now)
  const last = Temporal.PlainDate.from(first).add({ days: farthestDays }).toString()
  if (day <= first || day > last)
    refuse('input.invalid', {
      field: 'body.dueOn',
      expected: `${first} < … ≤ ${last}`,
      params: { count: 1 },
    })
  return closingOf(day, await calendarOf(trx, text(now)))
}

/** Ends the meeting: it gets its number, and what it decided is entered, in the order of the agenda. */
export async function close(call: Call, meeting: Meeting, keys: Keys): Promise<void> {
  const { trx, now } = call
  // Locked, so that two meetings that end at once get two numbers.
  await store.joint(trx, meeting.joint, true)
  const { year } = now.toZonedDateTimeISO('Asia/Shanghai')
  await store.hold(trx, meeting, year, text(now))
  const held = await kept(call, meeting.id)
  for (const item of await items.itemsOf(trx, [meeting.id]))
    await items.settle(trx, item.id, await settled(call, held, item, keys))
}

type Settled = { effect: NonNullable<Item['effect']>; request: string | null }

async function settled(call: Call, meeting: Meeting, item: Item, keys: Keys): Promise<Settled> {
  const { request } = item
  if (item.outcome === null || item.outcome === 'next_time') return { effect: 'put_off', request }
  if (item.precedent) await keepRule(call, meeting, item)
  if (item.outcome === 'precedent') return { effect: 'kept', request }
  const own = request ?? (await record(call, item, keys))
  const known = (await tableable(call.trx, [own])).get(own)
  // Answered, withdrawn or merged while the meeting sat: nobody is owed anything more.
  if (!known || !canBeTabled(known.state)) return { effect: 'overtaken', request: own }
  const { trx, now } = call
  await enterDecide(
    trx,
    own,
    {
      id: decideEntry(item.id),
      meeting: meeting.id,
      level: await levelOfMeeting(call, meeting.path),
      lead: { organisation: item.lead ?? '' },
      assisting: item.assisting,
      demand: item.demand ?? '',
      due: item.dueAt ?? undefined,
      // Whoever may not know who said it reads the matter in the words of the decision (RQ10).
      words: item.guarded ? item.demand : null,
    },
    { now, by: await makerOf(call, meeting), channel: 'meeting' },
  )
  return { effect: 'entered', request: own }
}

/** MT5: a matter that nobody had said becomes a request, with a code, a holder and a due time like every other (RQ1). */
async function record(call: Call, { id, title, words, path, category }: Item, keys: Keys): Promise<string> {
  const said = submitSchema.parse({
    id: derivedId('meeting records', id),
    title: title ?? undefined,
    words: words ?? '',
    path,
    channel: 'meeting',
  })
  const recorded = await submitRecorded(call, { ...said, category: category ?? '', urgency: 'by_date' }, keys)
  return recorded.id
}

/** Such matters are given out so from now on: a precedent that dispatch proposes (RQ6), with the meeting as its ground. */
async function keepRule(call: Call, meeting: Meeting, item: Item): Promise<void> {
  const { trx, now } = call
  const of = (await store.joint(trx, meeting.joint)) ?? refuse('record.not_found')
  await keepPrecedent(trx, {
    id: derivedId('meeting keeps', item.id),
    category: item.category ?? '',
    path: meeting.path,
    organisation: item.lead ?? '',
    request: item.request,
    basis: filled(official.basis, {
      name: of.name,
      year: meeting.year ?? '',
      number: meeting.number ?? '',
    }),
    words: item.guarded ? null : item.demand,
    byPerson: staffOf(call).id,
    byOrganisation: of.organisation,
    at: text(now),
  })
}
