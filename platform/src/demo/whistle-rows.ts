import { cacheOf, partRows } from '#whistle/caches.ts'
import { notices } from '#whistle/telling.ts'
import type { Row } from './copy.ts'
import type { DemoRequest } from './demo-request.ts'

/** The rows of a whistle; its caches come from the fold alone. */

export const whistleColumns = {
  whistle: [
    'district_code',
    'id',
    'path',
    'blower_organisation_id',
    'blower_person_id',
    'town_organisation_id',
    'urgent',
    'state',
    'turn_organisation_id',
    'due_at',
    'next_alarm_at',
    'late',
    'formed_at',
    'blown_at',
    'done_at',
    'over_at',
    'last_entry_at',
    'standing',
    'seq',
  ],
  whistle_request: ['district_code', 'whistle_id', 'request_id', 'place', 'open'],
  whistle_part: [
    'district_code',
    'whistle_id',
    'organisation_id',
    'role',
    'awaited',
    'blown_at',
    'due_at',
    'reported_at',
    'person_id',
    'released_at',
    'done_at',
    'rating',
  ],
  whistle_entry: [
    'district_code',
    'whistle_id',
    'seq',
    'id',
    'kind',
    'at',
    'by_person_id',
    'by_organisation_id',
    'words',
    'data',
  ],
} as const

export type WhistleRows = Record<keyof typeof whistleColumns, Row[]>

export function noWhistles(): WhistleRows {
  return { whistle: [], whistle_request: [], whistle_part: [], whistle_entry: [] }
}

/** @returns notices of its last days, as rows of `message`. */
export function addWhistle(rows: WhistleRows, district: string, request: DemoRequest, since: number): Row[] {
  const { whistle } = request
  if (!whistle) return []
  const { id, path, standing, entries } = whistle
  const cached = cacheOf(standing, request.standing.term?.dueAt ?? null)
  const last = entries.at(-1)?.at ?? standing.formedAt
  rows.whistle.push([
    district,
    id,
    path,
    standing.blower,
    standing.blowerPerson,
    standing.town,
    standing.urgent,
    cached.state,
    cached.turn,
    cached.dueAt,
    cached.nextAlarmAt,
    cached.late,
    standing.formedAt,
    cached.blownAt,
    cached.doneAt,
    cached.overAt,
    last,
    standing,
    entries.length,
  ])
  rows.whistle_request.push([district, id, request.id, 1, standing.overAt === null])
  for (const part of partRows(id, standing))
    rows.whistle_part.push([
      district,
      id,
      part.organisation,
      part.role,
      part.awaited,
      part.blownAt,
      part.dueAt,
      part.reportedAt,
      part.person,
      part.releasedAt,
      part.doneAt,
      part.rating,
    ])
  entries.forEach((entry, index) => {
    const { person = null, organisation = null } = entry.by
    rows.whistle_entry.push([
      district,
      id,
      index + 1,
      entry.id,
      entry.kind,
      entry.at,
      person,
      organisation,
      entry.words,
      entry.data,
    ])
  })
  const name = { request: request.id, code: request.code, title: request.title }
  return entries
    .filter(({ at }) => Date.parse(at) >= since)
    .flatMap((entry) => notices(standing, entry, name))
    .map(({ id: message, to, template, params, at }) => [
      district,
      message,
      'in_app',
      null,
      'organisation' in to ? to.organisation : null,
      template,
      params,
      request.id,
      'sent',
      0,
      at,
      at,
      null,
    ])
}
