import type { Call } from '#access/route.ts'
import { categoryNames } from '#catalogue/service.ts'
import type { Trx } from '#kernel/db.ts'
import { refuse } from '#kernel/problem.ts'
import type { Language } from '#kernel/problem.ts'
import { spots } from '#org/nearby.ts'
import { organisationNames } from '#org/service.ts'
import type { PublicRequest, RequestsQuery, UpdatesQuery } from './contract.ts'
import { dateTime, publicKinds, stateAfter, updateStatusOf, windowOf } from './rules.ts'
import type { Window } from './rules.ts'
import { guarded } from './services.ts'
import * as store from './store.ts'
import type { PublicRow } from './store.ts'
import { say, stateWords, updateWords, words } from './words.ts'

/** What everybody may read of requests (boundary 7), in the words of Open311. */

/** OP1: this installation's district is the only jurisdiction there is here. */
export function checkJurisdiction({ scope }: Call, jurisdiction: string | undefined): void {
  if (jurisdiction !== undefined && jurisdiction !== '' && jurisdiction !== scope.district)
    refuse('open311.no_such_jurisdiction', { field: 'jurisdiction_id', params: { code: jurisdiction } })
}

/** @throws Refusal when a date cannot be read. */
export function readWindow(window: Window | null): Window {
  return window ?? refuse('input.invalid', { field: 'query.start_date', params: { count: 1 } })
}

export async function requestsFor(call: Call, query: RequestsQuery): Promise<PublicRequest[]> {
  checkJurisdiction(call, query.jurisdiction_id)
  return publicViews(call.trx, await rowsFor(call, query), call.language)
}

async function rowsFor({ trx, now }: Call, query: RequestsQuery): Promise<PublicRow[]> {
  if (query.service_request_id)
    return store.publicRequestsByCode(trx, listed(query.service_request_id), guarded)
  return store.publicRequests(trx, {
    ...readWindow(windowOf(query, now.epochMilliseconds)),
    services: query.service_code ? listed(query.service_code) : null,
    closed: query.status === 'open' || query.status === 'closed' ? query.status === 'closed' : null,
    guarded,
    most: query.page_size,
    skip: (query.page - 1) * query.page_size,
  })
}

const listed = (text: string) => text.split(',').map((part) => part.trim())

/** @throws Refusal when there is none that everybody may know of. */
export async function requestOf(call: Call, code: string): Promise<PublicRequest> {
  const rows = await store.publicRequestsByCode(call.trx, [code], guarded)
  const [view] = await publicViews(call.trx, rows, call.language)
  return view ?? refuse('request.not_found')
}

/** Rows with names instead of codes and paths; names are fetched once for all of them. */
export async function publicViews(
  trx: Trx,
  rows: readonly PublicRow[],
  language: Language,
): Promise<PublicRequest[]> {
  const services = await categoryNames(trx, language)
  const agencies = await organisationNames(
    trx,
    rows.flatMap(({ agency }) => agency ?? []),
  )
  const places = await spots(
    trx,
    rows.map(({ area }) => area),
  )
  return rows.map((row) => {
    const service = services.get(row.service)?.name ?? row.service
    const place = places.get(row.area)
    return {
      service_request_id: row.code,
      status: row.closed ? ('closed' as const) : ('open' as const),
      status_notes: [
        stateWords(row.state, row.closed, language),
        row.mergedInto && say(words[language].merged, { code: row.mergedInto }),
      ]
        .filter(Boolean)
        .join(' '),
      service_name: service,
      service_code: row.service,
      title: row.title,
      description:
        row.description ?? say(words[language].description, { service, place: place?.name ?? row.area }),
      agency_responsible: (row.agency && agencies.get(row.agency)?.name) ?? null,
      service_notice: row.state === 'submitted' ? words[language].notice : null,
      requested_datetime: dateTime(row.submittedAt),
      updated_datetime: dateTime(row.updatedAt),
      expected_datetime: row.expectedAt && dateTime(row.expectedAt),
      address: place?.name ?? null,
      address_id: place?.code ?? null,
      zipcode: null,
      lat: place?.lat ?? null,
      long: place?.lon ?? null,
      media_url: null,
    }
  })
}

/** OP7: what happened to public requests, oldest first. */
export async function updatesFor({ trx, now, language }: Call, query: UpdatesQuery) {
  const window = readWindow(windowOf(query, now.epochMilliseconds))
  const rows = await store.publicUpdates(trx, window, publicKinds, {
    guarded,
    most: query.page_size,
    skip: (query.page - 1) * query.page_size,
  })
  return rows.map(({ id, code, kind, at, state, words: cleared }) => ({
    update_id: id,
    service_request_id: code,
    status: updateStatusOf(kind, state),
    updated_datetime: dateTime(at),
    description: cleared ?? updateWords(kind, language),
    external_status_code: stateAfter(kind, state),
  }))
}
