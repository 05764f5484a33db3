import { ids } from '../fixture.ts'
import { placeAt } from './sample.ts'
import type { About, Samples } from './sample.ts'

/** Requests: said, worked on, searched, suggested, published, erased. */

export const requestSamples = ({ records, id, etag }: About): Samples => ({
  'POST /api/requests': (side) => ({
    url: '/api/requests',
    body: { id: id(), words: '楼道灯坏了', path: placeAt(side), reporter: { id: id() } },
  }),
  'GET /api/requests': () => ({ url: '/api/requests?queue=all' }),
  'GET /api/views': () => ({ url: '/api/views' }),
  'GET /api/views/counts': () => ({ url: '/api/views/counts' }),
  'PUT /api/views/:id': () => ({
    url: `/api/views/${id()}`,
    body: { name: '路灯', query: { queue: 'all', q: '路灯' } },
  }),
  'DELETE /api/views/:id': () => ({ url: `/api/views/${id()}` }),
  'GET /api/requests/search': () => ({ url: `/api/requests/search?q=${encodeURIComponent('路灯')}` }),
  'GET /api/requests/:id': (side) => ({ url: `/api/requests/${records[side].request}`, bound: true }),
  'POST /api/requests/:id/entries': (side) => ({
    url: `/api/requests/${records[side].request}/entries`,
    body: { id: id(), kind: 'note', words: '去看过' },
    bound: true,
  }),
  'POST /api/requests/assignments': (side) => ({
    url: '/api/requests/assignments',
    body: { requests: [{ id: records[side].request, entry: id() }], lead: { organisation: ids.firm } },
  }),
  'POST /api/requests/:id/reveals': (side) => ({
    url: `/api/requests/${records[side].request}/reveals`,
    body: { reason: '约上门时间' },
    bound: true,
  }),
  'POST /api/requests/:id/complaints': (side) => ({
    url: `/api/requests/${records[side].request}/complaints`,
    body: { id: id(), words: '没有人来过' },
    bound: true,
  }),
  'GET /api/requests/:id/duplicates': (side) => ({
    url: `/api/requests/${records[side].request}/duplicates`,
    bound: true,
  }),
  'POST /api/requests/:id/followers': (side) => ({
    url: `/api/requests/${records[side].request}/followers`,
    body: { id: id() },
  }),
  'POST /api/said-before': (side) => ({
    url: '/api/said-before',
    body: { path: placeAt(side), words: '楼道灯坏了，看不见' },
  }),
  'GET /api/requests/:id/handlers': (side) => ({
    url: `/api/requests/${records[side].request}/handlers`,
    bound: true,
  }),
  'GET /api/requests/:id/suggestion': (side) => ({
    url: `/api/requests/${records[side].request}/suggestion`,
    bound: true,
  }),
  'GET /api/requests/:id/alike': (side) => ({
    url: `/api/requests/${records[side].request}/alike`,
    bound: true,
  }),
  'POST /api/suggestions': (side) => ({
    url: '/api/suggestions',
    body: { words: '楼道灯不亮', path: placeAt(side) },
  }),
  'GET /api/suggestions/figures': () => ({ url: '/api/suggestions/figures' }),
  'POST /api/follow': (side) => ({
    url: '/api/follow',
    body: { code: records[side].code, phoneTail: '0000' },
  }),
  'GET /api/attachments/:id': (side) => ({
    url: `/api/attachments/${records[side].attachment}`,
    bound: true,
  }),
  'GET /api/requests/:id/publication': (side) => ({
    url: `/api/requests/${records[side].request}/publication`,
    bound: true,
  }),
  'POST /api/requests/:id/publication': (side) => ({
    url: `/api/requests/${records[side].request}/publication`,
    body: { id: id(), title: '路灯', description: '路灯不亮。' },
    bound: true,
  }),
  'POST /api/publications/:id/withdrawal': () => ({ url: `/api/publications/${id()}/withdrawal` }),
  'GET /open311/v2/discovery.:format': () => ({ url: '/open311/v2/discovery.json' }),
  'GET /open311/v2/services.:format': () => ({ url: '/open311/v2/services.json' }),
  'GET /open311/v2/services/:id.:format': () => ({ url: '/open311/v2/services/C01.json' }),
  'GET /open311/v2/requests.:format': () => ({ url: '/open311/v2/requests.json' }),
  'GET /open311/v2/requests.csv': () => ({ url: '/open311/v2/requests.csv' }),
  'GET /open311/v2/requests/:id.:format': (side) => ({
    url: `/open311/v2/requests/${records[side].code}.json`,
  }),
  'GET /open311/v2/tokens/:id.:format': () => ({ url: `/open311/v2/tokens/${id()}.json` }),
  'GET /open311/v2/servicerequestupdates.:format': () => ({
    url: '/open311/v2/servicerequestupdates.json',
  }),
  'POST /open311/v2/requests.:format': () => ({
    url: '/open311/v2/requests.json',
    form: { service_code: 'A01', description: '垃圾没人收', address_string: '和平小区' },
  }),
  'POST /open311/v2/servicerequestupdates.:format': (side) => ({
    url: '/open311/v2/servicerequestupdates.json',
    form: { update_id: '1', service_request_id: records[side].code, description: '还没收' },
  }),
  'GET /api/requests/:id/messages': (side) => ({ url: `/api/requests/${records[side].request}/messages` }),
  'POST /api/requests/:id/messages/:message/repeat': (side) => ({
    url: `/api/requests/${records[side].request}/messages/${id()}/repeat`,
  }),
  'GET /api/calls': () => ({ url: '/api/calls' }),
  'GET /api/calls/draws/:day': () => ({ url: '/api/calls/draws/2026-11-20' }),
  'PUT /api/calls/rate': () => ({ url: '/api/calls/rate', body: { percent: 20 }, headers: etag }),
  'POST /api/erasures': (side) => ({
    url: '/api/erasures',
    body: { id: id(), scope: 'all', request: records[side].request },
  }),
  'GET /api/erasures': () => ({ url: '/api/erasures' }),
  'GET /api/erasures/:id': () => ({ url: `/api/erasures/${id()}` }),
  'POST /api/erasures/:id/decision': () => ({
    url: `/api/erasures/${id()}/decision`,
    body: { decision: 'erase' },
  }),
  'GET /api/erasure-holds': () => ({ url: '/api/erasure-holds' }),
  'POST /api/erasure-holds': (side) => ({
    url: '/api/erasure-holds',
    body: { id: id(), code: records[side].code, ground: 'proceedings', words: '法院正在审理' },
  }),
  'POST /api/erasure-holds/:id/end': () => ({ url: `/api/erasure-holds/${id()}/end` }),
})
