import { randomBytes } from 'node:crypto'
import { reporterFor } from '#access/reporters.ts'
import type { Call } from '#access/route.ts'
import { contactOf } from '#households/contact.ts'
import { sha256 } from '#kernel/canonical.ts'
import type { Trx } from '#kernel/db.ts'
import { derivedId } from '#kernel/ids.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { tellAll } from '#notify/service.ts'
import { desksAmong } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import type { Answer, Question } from './confirm-contract.ts'
import * as store from './confirm-store.ts'
import { visitById } from './visit-store.ts'
import type { StoredVisit } from './visit-store.ts'

/**
 * The resident's word (boundary 13): a link that is good once and shows who came and when. It proves a visit, or tells the
 * desk that there was none; nobody is tracked for it.
 */

/** How long a link can be answered. */
const goodDays = 14

const digestOf = (token: string) => sha256(`visit ${token}`)
const text = (now: Temporal.Instant) => now.toString({ smallestUnit: 'millisecond' })

/** Keeps the digest of a token that was shown or sent. */
export async function askByToken(
  trx: Trx,
  visit: Pick<StoredVisit, 'id' | 'household' | 'path'>,
  { token, way, now }: { token: string; way: 'qr' | 'sms'; now: Temporal.Instant },
): Promise<{ expiresAt: string }> {
  const expiresAt = text(now.add({ hours: 24 * goodDays }))
  const asked = await store.ask(trx, {
    visit: visit.id,
    household: visit.household ?? refuse('visit.nobody_met'),
    path: visit.path,
    digest: digestOf(token),
    way,
    at: text(now),
    expiresAt,
  })
  if (!asked) refuse('visit.answered')
  return { expiresAt }
}

/** Asks the household about a visit: by a code on the visitor's own phone, or by a message to the known number. */
export async function askHousehold(
  call: Call,
  id: string,
  way: 'qr' | 'sms',
  keys: Keys,
): Promise<{ url: string | null; expiresAt: string }> {
  const { trx, now } = call
  const visit = (await visitById(trx, id)) ?? refuse('record.not_found')
  if (visit.outcome !== 'met' || visit.household === null) refuse('visit.nobody_met')
  const token = randomBytes(24).toString('base64url')
  const { expiresAt } = await askByToken(trx, visit, { token, way, now })
  const url = `${call.origin}/visit/${token}`
  if (way === 'qr') return { url, expiresAt }
  const contact = await contactOf(trx, visit.household, null, keys)
  if (!contact?.mobile) refuse('visit.no_phone')
  const reporter = await reporterFor(
    trx,
    {
      id: derivedId('reporter', 'household', visit.household, contact.resident),
      name: contact.name,
      phone: contact.mobile,
    },
    now,
    keys,
  )
  const names = await personNames(trx, [visit.person])
  await tellAll(trx, [
    {
      id: derivedId('visit.confirm', visit.id, text(now)),
      to: { reporter: reporter.id },
      template: 'visit.confirm',
      params: { name: names.get(visit.person)?.name ?? '', day: dayWords(visit.onDay), link: url },
      at: text(now),
      channels: ['in_app', 'sms'],
    },
  ])
  return { url: null, expiresAt }
}

const dayWords = (day: string) => day.replace(/^\d+-0?(\d+)-0?(\d+)$/, '$1-$2')

/** What the page shows of a link; a link that never was, or whose time is over, looks alike. */
export async function questionOf(trx: Trx, token: string, now: Temporal.Instant): Promise<Question> {
  const found = (await store.ofLink(trx, digestOf(token))) ?? refuse('visit.no_such_link')
  if (found.answer === null && found.expiresAt <= text(now)) refuse('visit.no_such_link')
  const { visitor, onDay, answer, expiresAt } = found
  return { visitor, onDay, answer, expiresAt }
}

/** Enters the one answer. The same answer again is the same; another is refused, the link was good once. */
export async function answerQuestion(
  trx: Trx,
  token: string,
  said: Answer,
  now: Temporal.Instant,
): Promise<Question> {
  const before = await questionOf(trx, token, now)
  if (before.answer !== null) return before.answer === said.answer ? before : refuse('visit.answered')
  const entered = await store.answer(trx, digestOf(token), {
    answer: said.answer,
    words: said.words ?? null,
    at: text(now),
  })
  if (!entered) return questionOf(trx, token, now)
  if (said.answer === 'no' || said.words) await tellDesk(trx, entered, said.answer, text(now))
  return { ...before, answer: said.answer }
}

/** Whoever says nobody came, or has something to say, is heard by the desk of the community. */
async function tellDesk(
  trx: Trx,
  entered: { visit: string; path: string; visitor: string; onDay: string },
  answer: 'yes' | 'no',
  at: string,
): Promise<void> {
  const desks = (await desksAmong(trx, [entered.path])).get(entered.path)
  const desk = desks?.community ?? desks?.subdistrict ?? desks?.district
  if (!desk) return
  await tellAll(trx, [
    {
      id: derivedId('visit.answer', entered.visit),
      to: { organisation: desk.organisation },
      template: answer === 'no' ? 'visit.denied' : 'visit.words',
      params: { name: entered.visitor, day: dayWords(entered.onDay) },
      at,
    },
  ])
}
