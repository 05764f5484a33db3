import { route } from '#access/route.ts'
import type { Call, Route } from '#access/route.ts'
import type { Keys } from '#kernel/keys.ts'
import { bulk } from './bulk.ts'
import {
  bulkQuerySchema,
  definitionPathSchema,
  definitionSchema,
  discoverySchema,
  formatSchema,
  jurisdictionSchema,
  postedSchema,
  postSchema,
  requestPathSchema,
  requestsQuerySchema,
  requestsSchema,
  servicesSchema,
  tokenPathSchema,
  tokenSchema,
  updatePostedSchema,
  updatePostSchema,
  updatesQuerySchema,
  updatesSchema,
} from './contract.ts'
import { bulkWindowOf } from './rules.ts'
import { checkJurisdiction, readWindow, requestOf, requestsFor, updatesFor } from './service.ts'
import { changeset, definitionOf, servicesOf } from './services.ts'
import { codeOf, receive, receiveUpdate } from './submission.ts'
import { wire } from './wire.ts'
import { words } from './words.ts'

/**
 * Open311 GeoReport v2 (https://wiki.open311.org/GeoReport_v2), with mySociety's servicerequestupdates. Whoever asks is
 * counted by address or key; everything that is read here is public.
 */

const base = '/open311/v2'
const specification = 'http://wiki.open311.org/GeoReport_v2'

type Deps = { keys: Keys; mode: 'demo' | 'production' }

export function open311Routes(deps: Deps): Route[] {
  return [...serviceRoutes(deps), ...requestRoutes(deps), ...updateRoutes()]
}

function serviceRoutes({ mode }: Pick<Deps, 'mode'>): Route[] {
  return [
    route({
      method: 'GET',
      path: `${base}/discovery.:format`,
      allow: 'open311.read',
      summary: 'Where Open311 is spoken here, and how to get a key',
      params: formatSchema,
      output: discoverySchema,
      wire: wire('discovery'),
      run: async ({ language, origin }) => ({
        changeset,
        ...words[language].discovery,
        endpoints: [
          {
            specification,
            url: `${origin}${base}`,
            changeset,
            type: mode === 'production' ? ('production' as const) : ('test' as const),
            formats: ['text/xml', 'application/json'],
          },
        ],
      }),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: `${base}/services.:format`,
      allow: 'open311.read',
      summary: 'Services: the categories in use',
      params: formatSchema,
      query: jurisdictionSchema,
      output: servicesSchema,
      wire: wire('services'),
      run: async (call, { query }) => {
        checkJurisdiction(call, query.jurisdiction_id)
        return servicesOf(call)
      },
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: `${base}/services/:id.:format`,
      allow: 'open311.read',
      summary: 'What a service asks',
      params: definitionPathSchema,
      query: jurisdictionSchema,
      output: definitionSchema,
      wire: wire('service_definition'),
      run: async (call, { params, query }) => {
        checkJurisdiction(call, query.jurisdiction_id)
        return definitionOf(call, params.id)
      },
      audit: 'public',
    }),
  ]
}

/** What the ledger keeps of a program's call. */
const sent = (call: Call, request: { id: string; path?: string } | undefined) => ({
  subjectKind: 'request',
  ...(request && { subject: request.id }),
  ...(request?.path && { path: request.path }),
  detail: { client: call.actor.kind === 'client' ? call.actor.name : null },
})

function requestRoutes({ keys }: Pick<Deps, 'keys'>): Route[] {
  /** Which request a call made, for its line in the ledger. */
  const made = new WeakMap<Call, { id: string; path: string }>()
  return [
    route({
      method: 'POST',
      path: `${base}/requests.:format`,
      allow: 'open311.submit',
      summary: 'Say something for a resident, by a program with a key',
      params: formatSchema,
      body: postSchema,
      form: true,
      keyed: true,
      output: postedSchema,
      status: 201,
      wire: wire('service_requests'),
      run: async (call, { body }) => {
        const request = await receive(call, body, keys)
        made.set(call, request)
        const answer = {
          service_notice: words[call.language].notice,
          account_id: body.account_id ?? null,
        }
        return call.actor.kind === 'client' && call.actor.answers === 'token'
          ? [{ token: request.id, ...answer }]
          : [{ service_request_id: request.code, ...answer }]
      },
      audit: (_, __, call) => sent(call, made.get(call)),
    }),
    route({
      method: 'GET',
      path: `${base}/tokens/:id.:format`,
      allow: 'open311.read',
      summary: 'The id of a request that was answered with a token',
      params: tokenPathSchema,
      query: jurisdictionSchema,
      output: tokenSchema,
      wire: wire('service_requests'),
      run: async (call, { params, query }) => {
        checkJurisdiction(call, query.jurisdiction_id)
        return [{ service_request_id: await codeOf(call, params.id), token: params.id }]
      },
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: `${base}/requests.:format`,
      allow: 'open311.read',
      summary: 'Requests as everybody may know them, newest first; the last 90 days unless told',
      params: formatSchema,
      query: requestsQuerySchema,
      output: requestsSchema,
      wire: wire('service_requests'),
      run: (call, { query }) => requestsFor(call, query),
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: `${base}/requests.csv`,
      allow: 'open311.read',
      summary: 'All public requests as one CSV',
      query: bulkQuerySchema,
      perMinute: 6,
      perAddress: true,
      wire: wire('service_requests'),
      run: async (call, { query }) => {
        checkJurisdiction(call, query.jurisdiction_id)
        return bulk(call, readWindow(bulkWindowOf(query, call.now.epochMilliseconds)))
      },
      audit: 'public',
    }),
    route({
      method: 'GET',
      path: `${base}/requests/:id.:format`,
      allow: 'open311.read',
      summary: 'One request as everybody may know it',
      params: requestPathSchema,
      query: jurisdictionSchema,
      output: requestsSchema,
      wire: wire('service_requests'),
      run: async (call, { params, query }) => {
        checkJurisdiction(call, query.jurisdiction_id)
        return [await requestOf(call, params.id)]
      },
      audit: 'public',
    }),
  ]
}

function updateRoutes(): Route[] {
  const added = new WeakMap<Call, { id: string }>()
  return [
    route({
      method: 'GET',
      path: `${base}/servicerequestupdates.:format`,
      allow: 'open311.read',
      summary: 'What happened to public requests, oldest first; the last 90 days unless told',
      params: formatSchema,
      query: updatesQuerySchema,
      output: updatesSchema,
      wire: wire('service_request_updates'),
      run: async (call, { query }) => {
        checkJurisdiction(call, query.jurisdiction_id)
        return updatesFor(call, query)
      },
      audit: 'public',
    }),
    route({
      method: 'POST',
      path: `${base}/servicerequestupdates.:format`,
      allow: 'open311.update',
      summary: 'Add what the reporter says to a request that the same program sent',
      params: formatSchema,
      body: updatePostSchema,
      form: true,
      keyed: true,
      output: updatePostedSchema,
      status: 201,
      wire: wire('service_request_updates'),
      run: async (call, { body }) => {
        const { update, request } = await receiveUpdate(call, body)
        added.set(call, { id: request })
        return [{ update_id: update }]
      },
      audit: (_, __, call) => sent(call, added.get(call)),
    }),
  ]
}
