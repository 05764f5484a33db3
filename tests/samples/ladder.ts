import { ids, paths } from '../fixture.ts'
import { callerOf, itemOf, jointOf, meetingOf } from '../meetings.ts'
import { placeAt } from './sample.ts'
import type { About, Samples } from './sample.ts'

/** What goes further: dispatch and its table, offers and wishes, whistles, meetings. */

const routingRule = {
  category: 'B04',
  group: null,
  path: paths.district,
  organisation: null,
  functions: ['城管局'],
  deskLevel: null,
  basis: '区里的职责清单',
}

export const ladderSamples = ({ records, id, etag }: About): Samples => ({
  'GET /api/joint-meetings': () => ({ url: '/api/joint-meetings' }),
  'PUT /api/joint-meetings/:id': () => ({
    url: `/api/joint-meetings/${id()}`,
    body: {
      path: placeAt('inside'),
      name: '联席会议',
      chair: '书记',
      seats: [{ organisation: ids.bureau, post: '副局长' }],
    },
    headers: { 'if-match': '"0"' },
  }),
  'GET /api/meetings': () => ({ url: '/api/meetings' }),
  'POST /api/meetings': (side) => ({
    url: '/api/meetings',
    body: { id: id(), joint: jointOf(side), at: '2027-01-05T01:00:00.000Z', place: '二楼会议室' },
  }),
  'GET /api/meetings/:id': (side) => ({ url: `/api/meetings/${meetingOf(side)}`, bound: true }),
  'PATCH /api/meetings/:id': (side) => ({
    url: `/api/meetings/${meetingOf(side)}`,
    body: { place: '三楼会议室' },
    headers: etag,
    bound: true,
  }),
  'GET /api/meetings/:id/proposals': (side) => ({
    url: `/api/meetings/${meetingOf(side)}/proposals`,
    bound: true,
  }),
  'POST /api/meetings/:id/items': (side) => ({
    url: `/api/meetings/${meetingOf(side)}/items`,
    body: { id: id(), title: '飞线', words: '楼前拉飞线', path: placeAt(side) },
    bound: true,
  }),
  'DELETE /api/meetings/:id/items/:item': (side) => ({
    url: `/api/meetings/${meetingOf(side)}/items/${id()}`,
    bound: true,
  }),
  'POST /api/meetings/:id/steps/:step': (side) => ({
    url: `/api/meetings/${meetingOf(side)}/steps/open`,
    bound: true,
  }),
  'PUT /api/meetings/:id/attendance/:organisation': (side) => ({
    url: `/api/meetings/${meetingOf(side)}/attendance/${callerOf(side)}`,
    body: { attendance: 'here' },
    bound: true,
  }),
  'PUT /api/meetings/:id/items/:item/decision': (side) => ({
    url: `/api/meetings/${meetingOf(side)}/items/${itemOf(side)}/decision`,
    body: { outcome: 'next_time' },
    bound: true,
  }),
  'DELETE /api/meetings/:id/items/:item/decision': (side) => ({
    url: `/api/meetings/${meetingOf(side)}/items/${itemOf(side)}/decision`,
    bound: true,
  }),
  'GET /api/meetings/:id/minutes': (side) => ({
    url: `/api/meetings/${meetingOf(side)}/minutes`,
    bound: true,
  }),
  'GET /api/meetings/:id/items/:item/notice': (side) => ({
    url: `/api/meetings/${meetingOf(side)}/items/${itemOf(side)}/notice`,
    bound: true,
  }),
  'POST /api/whistles': (side) => ({
    url: '/api/whistles',
    body: { id: id(), requests: [records[side].request], words: '几家要一起来' },
    bound: true,
  }),
  'GET /api/whistles': () => ({ url: '/api/whistles?queue=open' }),
  'GET /api/whistles/:id': (side) => ({ url: `/api/whistles/${records[side].whistle}`, bound: true }),
  'POST /api/whistles/:id/entries': (side) => ({
    url: `/api/whistles/${records[side].whistle}/entries`,
    body: { id: id(), kind: 'note', words: '去看过' },
    bound: true,
  }),
  'GET /api/whistle-figures': () => ({ url: '/api/whistle-figures?from=2026-11-01&until=2026-12-01' }),
  'GET /api/requests/:id/helpers': (side) => ({
    url: `/api/requests/${records[side].request}/helpers?skills=electrics`,
    bound: true,
  }),
  'GET /api/requests/:id/offers': (side) => ({ url: `/api/requests/${records[side].request}/offers` }),
  'POST /api/requests/:id/offers': (side) => ({
    url: `/api/requests/${records[side].request}/offers`,
    body: { id: id(), words: '帮忙换一个灯泡' },
    bound: true,
  }),
  'GET /api/offers': () => ({ url: '/api/offers' }),
  'POST /api/offers/:id/withdrawal': () => ({ url: `/api/offers/${id()}/withdrawal` }),
  'GET /api/wishes': () => ({ url: '/api/wishes' }),
  'POST /api/wishes': (side) => ({
    url: '/api/wishes',
    body: { id: id(), words: '想要一个小凳子', path: placeAt(side) },
  }),
  'GET /api/wishes/own': () => ({ url: '/api/wishes/own' }),
  'POST /api/wishes/:id/entries': () => ({
    url: `/api/wishes/${id()}/entries`,
    body: { id: id(), kind: 'claim' },
  }),
  'GET /api/wishes/desk': () => ({ url: '/api/wishes/desk' }),
  'POST /api/wishes/:id/decision': () => ({
    url: `/api/wishes/${id()}/decision`,
    body: { id: id(), kind: 'decline', words: '已经解决了' },
  }),
  'GET /api/routing/rules': () => ({ url: '/api/routing/rules' }),
  'GET /api/routing/rules/:id/history': () => ({ url: `/api/routing/rules/${id()}/history` }),
  'POST /api/routing/rules/:id/preview': () => ({
    url: `/api/routing/rules/${id()}/preview`,
    body: routingRule,
  }),
  'PUT /api/routing/rules/:id': () => ({
    url: `/api/routing/rules/${id()}`,
    body: routingRule,
    headers: { 'if-match': '"0"' },
  }),
  'GET /api/routing/choice': (side) => ({
    url: `/api/routing/choice?category=B04&path=${encodeURIComponent(placeAt(side))}`,
  }),
  'POST /api/dispatch/proposals': (side) => ({
    url: '/api/dispatch/proposals',
    body: { requests: [records[side].request] },
  }),
  'GET /api/requests/:id/choices': (side) => ({ url: `/api/requests/${records[side].request}/choices` }),
  'GET /api/dispatch/board': () => ({ url: '/api/dispatch/board' }),
  'GET /api/dispatch/board/requests': () => ({ url: '/api/dispatch/board/requests?due=overdue' }),
  'GET /api/dispatch/figures': () => ({ url: '/api/dispatch/figures' }),
  'GET /api/dispatch/figures/requests': () => ({ url: '/api/dispatch/figures/requests?figure=returned' }),
})
