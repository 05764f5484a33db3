import { randomBytes } from 'node:crypto'
import { phoneColumns } from '#access/reporters.ts'
import type { Keys } from '#kernel/keys.ts'
import { genesis, linkHash, seal } from '#requests/chain.ts'
import { nextAlarm } from '#requests/next-alarm.ts'
import { isOverdue } from '#requests/standing.ts'
import type { Entry } from '#requests/entry.ts'
import type { Level } from '#requests/lifecycle-rule.ts'
import { holderOfPart, isPartOverdue } from '#requests/parts.ts'
import type { Row } from './copy.ts'
import { messageColumns, messagesAbout } from './messages.ts'
import type { Reporter } from './reporters.ts'
import type { DemoRequest } from './demo-request.ts'
import { iso } from './simulation.ts'

export const requestColumns = {
  reporter: [
    'district_code',
    'id',
    'name',
    'phone_sealed',
    'phone_index',
    'phone_tail_index',
    'home_path',
    'home_household_id',
    'proven',
    'created_at',
  ],
  service_request: [
    'district_code',
    'id',
    'code',
    'path',
    'place',
    'lon',
    'lat',
    'channel',
    'title',
    'words',
    'confidential',
    'reporter_id',
    'submitted_at',
    'state',
    'level',
    'holder_organisation_id',
    'holder_person_id',
    'category_code',
    'urgency',
    'due_at',
    'next_alarm_at',
    'overdue',
    'satisfaction',
    'proposed',
    'excluded',
    'heard_by_person_id',
    'last_entry_at',
    'standing',
    'seq',
    'hash',
  ],
  request_party: ['district_code', 'request_id', 'organisation_id', 'role', 'since'],
  request_entry: [
    'district_code',
    'request_id',
    'seq',
    'id',
    'kind',
    'at',
    'channel',
    'by_kind',
    'by_person_id',
    'by_organisation_id',
    'visible',
    'words',
    'texts',
    'words_salt',
    'words_digest',
    'data',
    'hash',
  ],
  request_part: [
    'district_code',
    'request_id',
    'id',
    'state',
    'organisation_id',
    'person_id',
    'due_at',
    'overdue',
  ],
  precedent: [
    'district_code',
    'id',
    'category_code',
    'path',
    'organisation_id',
    'request_id',
    'basis',
    'words',
    'by_person_id',
    'by_organisation_id',
    'at',
  ],
  message: messageColumns,
  search_document: ['district_code', 'request_id', 'at', 'guarded', 'lexemes'],
} as const

export type RequestRows = Record<keyof typeof requestColumns, Row[]>

export function reporterRow(district: string, reporter: Reporter, keys: Keys): Row {
  const { id, name, phone, homePath, household, proven, createdAt } = reporter
  const columns = phone === null ? null : phoneColumns(keys, id, phone)
  return [
    district,
    id,
    name,
    columns?.sealed ?? null,
    columns?.index ?? null,
    columns?.tail ?? null,
    homePath,
    household,
    proven,
    iso(createdAt),
  ]
}

/** The rows of one request, its entries chained as live ones are (RQ2); the cache comes from the fold alone. */
export function addRequest(rows: RequestRows, district: string, request: DemoRequest, now: number): void {
  let hash: Buffer = genesis
  request.entries.forEach((entry, index) => {
    const seq = index + 1
    const sealed = seal(entry, randomBytes(16))
    hash = linkHash(hash, request.id, seq, entry, sealed)
    const { id, kind, at, channel, by, visible } = entry
    const maker = [by.kind, by.person ?? null, by.organisation ?? null] as const
    rows.request_entry.push([
      district,
      request.id,
      seq,
      id,
      kind,
      at,
      channel,
      ...maker,
      visible,
      sealed.words,
      sealed.texts,
      sealed.salt,
      sealed.digest,
      sealed.data,
      hash,
    ])
  })
  const { standing, entries } = request
  const { lon, lat, channel, title, words, path, place, code } = request
  rows.service_request.push([
    district,
    request.id,
    code,
    path,
    place,
    lon,
    lat,
    channel,
    title,
    words,
    false,
    request.reporter.id,
    request.submittedAt,
    standing.state,
    standing.level,
    standing.holder?.organisation ?? null,
    standing.holder?.person ?? null,
    standing.category,
    standing.urgency,
    standing.term?.dueAt ?? null,
    nextAlarm(standing)?.at ?? null,
    isOverdue(standing),
    standing.satisfaction,
    standing.proposal?.what ?? null,
    standing.excluded !== null,
    standing.heardBy?.person ?? null,
    entries.at(-1)?.at ?? request.submittedAt,
    standing,
    entries.length,
    hash,
  ])
  for (const [organisation, { role, since }] of partiesOf(entries)) {
    rows.request_party.push([district, request.id, organisation, role, since])
  }
  for (const part of standing.parts) {
    const holder = holderOfPart(part, standing.holder)
    rows.request_part.push([
      district,
      request.id,
      part.id,
      part.state,
      holder?.organisation ?? null,
      holder?.person ?? null,
      part.term.dueAt,
      isPartOverdue(part),
    ])
  }
  rows.precedent.push(...precedentsOf(district, request))
  rows.message.push(...messagesAbout(district, request, now))
}

/** How many codes the path of each desk's area has. */
const codesOf: Partial<Record<Level, number>> = { district: 1, subdistrict: 2, community: 3 }

/** RQ6: what a desk decided after a second return, for its own area. */
function precedentsOf(district: string, { id, path, standing, entries }: DemoRequest): Row[] {
  let level: Level = 'district'
  return entries.flatMap((entry): Row[] => {
    if (entry.kind === 'return') ({ level } = entry.data)
    if (entry.kind !== 'assign' || !entry.data.binding || !standing.category) return []
    const area = path.split('/').slice(0, codesOf[level] ?? 1)
    const { person = null, organisation = null } = entry.by
    return [
      [
        district,
        entry.id,
        standing.category,
        `${area.join('/')}/`,
        entry.data.holder.organisation,
        id,
        entry.data.authority ?? '',
        entry.words,
        person,
        organisation,
        entry.at,
      ],
    ]
  })
}

/** Every organisation that had a hand in it, with its last part. */
export function partiesOf(
  entries: readonly Entry[],
): Map<string, { role: 'desk' | 'lead' | 'assisting'; since: string }> {
  const parties = new Map<string, { role: 'desk' | 'lead' | 'assisting'; since: string }>()
  for (const entry of entries) {
    const since = entry.at
    if (
      entry.kind === 'submit' ||
      entry.kind === 'return' ||
      entry.kind === 'escalate' ||
      entry.kind === 'climb' ||
      entry.kind === 'whistle' ||
      entry.kind === 'send_back' ||
      entry.kind === 'appeal'
    ) {
      parties.set(entry.data.holder.organisation, { role: 'desk', since })
    } else if (
      entry.kind === 'assign' ||
      entry.kind === 'transfer' ||
      entry.kind === 'hand_over' ||
      entry.kind === 'blow' ||
      entry.kind === 'decide'
    ) {
      parties.set(entry.data.holder.organisation, { role: 'lead', since })
      const helpers = 'assisting' in entry.data ? entry.data.assisting : []
      for (const helper of helpers) parties.set(helper, { role: 'assisting', since })
    } else if (entry.kind === 'split') {
      for (const helper of entry.data.assisting) parties.set(helper, { role: 'assisting', since })
    } else if (entry.kind === 'supervise' && entry.data.above) {
      parties.set(entry.data.above, { role: 'desk', since })
    }
  }
  return parties
}

export function emptyRows(): RequestRows {
  return {
    reporter: [],
    service_request: [],
    request_party: [],
    request_entry: [],
    request_part: [],
    precedent: [],
    message: [],
    search_document: [],
  }
}
