import { Readable } from 'node:stream'
import type { Call } from '#access/route.ts'
import { csvValue } from '#kernel/csv.ts'
import { Download } from '#kernel/route.ts'
import type { PublicRequest } from './contract.ts'
import { publicViews } from './service.ts'
import type { Window } from './rules.ts'
import { guarded } from './services.ts'
import * as store from './store.ts'

/** OP10: all public requests as one CSV (https://wiki.open311.org/GeoReport/bulk), read and sent a page at a time. */

const pageSize = 1000
/** Before every id of the same instant. */
const lowestId = '00000000-0000-0000-0000-000000000000'

const columns = {
  service_request_id: (one) => one.service_request_id,
  requested_datetime: (one) => one.requested_datetime,
  updated_datetime: (one) => one.updated_datetime,
  closed_date: (one) => (one.status === 'closed' ? one.updated_datetime : null),
  expected_datetime: (one) => one.expected_datetime,
  status_description: (one) => one.status,
  status_notes: (one) => one.status_notes,
  agency_responsible: (one) => one.agency_responsible,
  service_code: (one) => one.service_code,
  service_name: (one) => one.service_name,
  service_subtype: () => null,
  description: (one) => one.description,
  address: (one) => one.address,
  address_id: (one) => one.address_id,
  lat: (one) => one.lat,
  long: (one) => one.long,
  media_url: (one) => one.media_url,
} as const satisfies Record<string, (one: PublicRequest) => string | number | null>

const row = (values: readonly (string | number | null)[]) => `${values.map(csvValue).join(',')}\r\n`

async function* rows({ again, language }: Call, { since, until }: Window): AsyncGenerator<string> {
  // The mark tells spreadsheets that this is UTF-8.
  yield `\uFEFF${Object.keys(columns).join(',')}\r\n`
  let after = { at: since, id: lowestId }
  for (;;) {
    const from = after
    const page = await again(async (trx) => {
      const found = await store.publicRequestsAfter(trx, from, until, guarded, pageSize)
      return { found, views: await publicViews(trx, found, language) }
    })
    for (const view of page.views) yield row(Object.values(columns).map((column) => column(view)))
    const last = page.found.at(-1)
    if (!last || page.found.length < pageSize) return
    after = { at: last.submittedAt, id: last.id }
  }
}

export function bulk(call: Call, window: Window): Download {
  return new Download(Readable.from(rows(call, window)), 'text/csv; charset=utf-8', 'requests.csv')
}
