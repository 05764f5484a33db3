import { pageOf, readCursor } from '#kernel/cursor.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import type { Download } from '#kernel/route.ts'
import { placeOf } from '#org/service.ts'
import { personNames } from '#people/service.ts'
import * as confirm from './confirm-store.ts'
import { versions } from './rule-store.ts'
import * as store from './view-store.ts'
import type { VisitLine } from './view-store.ts'
import type { VisitRow, VisitsQuery, VisitView } from './visit-contract.ts'
import { needsOf } from './visit-store.ts'

/** Visits as they are read: lists, and one with all that came of it. */

export type VisitReaders = {
  codesOf(trx: Trx, ids: readonly string[]): Promise<Map<string, string>>
  voicesOf(trx: Trx, visit: string): Promise<string[]>
  openVoice(trx: Trx, visit: string, id: string): Promise<Download>
}

const isDay = (key: string) => /^\d{4}-\d\d-\d\d$/.test(key)

/** One page within reach, latest first. */
export async function visitPage(
  trx: Trx,
  query: VisitsQuery,
): Promise<{ items: VisitRow[]; next: string | null }> {
  const after = query.after ? readCursor(query.after, isDay) : null
  const found = await store.visitPage(trx, query, after)
  const { rows, next } = pageOf(found, query.limit, ({ onDay, id }) => ({ key: onDay, id }))
  return { items: await rowsOf(trx, rows), next }
}

async function rowsOf(trx: Trx, lines: readonly VisitLine[]): Promise<VisitRow[]> {
  const ids = lines.map(({ id }) => id)
  const people = await personNames(
    trx,
    lines.flatMap((line) => [line.person, ...(line.for ? [line.for] : [])]),
  )
  const places = await placeOf(
    trx,
    lines.map(({ path }) => path),
  )
  const needs = await needsOf(trx, ids)
  const confirmed = await confirm.ofVisits(trx, ids)
  const named = (id: string) => ({ id, name: people.get(id)?.name ?? '' })
  return lines.map((line) => {
    const asked = confirmed.get(line.id)
    return {
      id: line.id,
      household: line.household,
      door: line.door,
      path: line.path,
      place: places.get(line.path) ?? '',
      person: named(line.person),
      for: line.for === null ? null : named(line.for),
      visitor: line.visitor,
      outcome: line.outcome,
      how: line.how,
      onDay: line.onDay,
      at: line.at,
      needs: needs.get(line.id) ?? [],
      confirmed: asked ? (asked.answer ?? 'asked') : null,
    }
  })
}

/** One visit with all that came of it. */
export async function visitView(trx: Trx, id: string, readers: VisitReaders): Promise<VisitView> {
  const line = (await store.visitLine(trx, id)) ?? refuse('record.not_found')
  const [row] = await rowsOf(trx, [line])
  if (!row) refuse('record.not_found')
  const names = new Map((await versions(trx)).map((rule) => [rule.id, rule.name]))
  const codes = await readers.codesOf(trx, row.needs)
  const asked = (await confirm.ofVisits(trx, [id])).get(id)
  return {
    ...row,
    words: line.words,
    opinion: line.opinion,
    deviceAt: line.deviceAt,
    voices: await readers.voicesOf(trx, id),
    tasks: (await store.answeredBy(trx, id)).map((task) => ({ ...task, rule: names.get(task.rule) ?? '' })),
    requests: row.needs.flatMap((need) => {
      const code = codes.get(need)
      return code === undefined ? [] : [{ id: need, code }]
    }),
    promise: (await store.promiseOf(trx, id)) ?? null,
    confirmation: asked
      ? {
          way: asked.way,
          askedAt: asked.askedAt,
          answer: asked.answer,
          words: asked.words,
          answeredAt: asked.answeredAt,
        }
      : null,
    spot: (await store.spotOf(trx, id)) ?? null,
  }
}
