import { paths, personOf } from '../fixture.ts'
import { planOf } from '../plans.ts'
import { placeAt } from './sample.ts'
import type { About, Samples } from './sample.ts'

/** Visits and who visits whom: rules, tasks, spot checks, plans. */

const visitRule = {
  name: '冬季入户',
  who: 'all',
  rhythm: 'monthly',
  visitor: 'liaison',
  basis: '区里的通知',
  validFrom: '2027-01-01',
}

export const visitSamples = ({ server, records, id, etag }: About): Samples => ({
  'GET /api/liaison/plans': () => ({ url: '/api/liaison/plans' }),
  'POST /api/liaison/plans': (side) => ({
    url: '/api/liaison/plans',
    body: { id: id(), path: placeAt(side), name: '12月的方案', startsOn: '2026-12-01' },
  }),
  'GET /api/liaison/people': (side) => ({
    url: `/api/liaison/people?path=${placeAt(side)}&day=2026-12-01`,
  }),
  'GET /api/liaison/plans/:id': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}`,
    bound: true,
  }),
  'PATCH /api/liaison/plans/:id': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}`,
    body: { name: '路灯不亮' },
    headers: etag,
    bound: true,
  }),
  'POST /api/liaison/plans/:id/solve': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/solve`,
    headers: etag,
    bound: true,
  }),
  'POST /api/liaison/plans/:id/reopening': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/reopening`,
    headers: etag,
    bound: true,
  }),
  'POST /api/liaison/plans/:id/publication': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/publication`,
    headers: etag,
    bound: true,
  }),
  'POST /api/liaison/plans/:id/approval': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/approval`,
    body: {},
    headers: etag,
    bound: true,
  }),
  'POST /api/liaison/plans/:id/stop': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/stop`,
    bound: true,
  }),
  'POST /api/liaison/plans/:id/cancellation': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/cancellation`,
    bound: true,
  }),
  'POST /api/liaison/plans/:id/price': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/price`,
    body: { unit: paths.inside.unit, from: null, to: personOf('liaison'), households: 1 },
    bound: true,
  }),
  'POST /api/liaison/plans/:id/moves': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/moves`,
    body: {
      id: id(),
      unit: paths.inside.unit,
      from: null,
      to: personOf('liaison'),
      households: 1,
      reason: '都熟',
    },
    bound: true,
  }),
  'POST /api/liaison/plans/:id/moves/:move/undo': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/moves/${id()}/undo`,
    body: { id: id() },
    bound: true,
  }),
  'GET /api/liaison/plans/:id/people': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/people`,
    bound: true,
  }),
  'GET /api/liaison/plans/:id/units': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/units`,
    bound: true,
  }),
  'GET /api/liaison/plans/:id/doors': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/doors`,
    bound: true,
  }),
  'GET /api/liaison/plans/:id/map': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/map`,
    bound: true,
  }),
  'GET /api/liaison/plans/:id/people/:person': (side) => ({
    url: `/api/liaison/plans/${planOf(side)}/people/${personOf('liaison')}`,
    bound: true,
  }),
  'GET /api/visit-tasks': (side) => ({ url: `/api/visit-tasks?path=${placeAt(side)}` }),
  'POST /api/visit-tasks/:id/entries': (side) => ({
    url: `/api/visit-tasks/${records[side].visitTask}/entries`,
    body: { id: id(), kind: 'excuse', words: '住院了' },
    bound: true,
  }),
  'POST /api/visit-events': (side) => ({
    url: '/api/visit-events',
    body: { id: id(), household: records[side].household, kind: 'on_request' },
  }),
  'POST /api/promises/:id/end': (side) => ({
    url: `/api/promises/${records[side].promise}/end`,
    body: { state: 'kept' },
    bound: true,
  }),
  'POST /api/visits': (side) => ({
    url: '/api/visits',
    body: {
      id: id(),
      household: records[side].household,
      outcome: 'met',
      deviceAt: server.clock.now().toString(),
    },
    bound: true,
  }),
  'POST /api/walks': (side) => ({
    url: '/api/walks',
    body: { id: id(), path: placeAt(side), deviceAt: server.clock.now().toString() },
  }),
  'GET /api/visits': (side) => ({ url: `/api/visits?household=${records[side].household}` }),
  'GET /api/visits/:id': (side) => ({ url: `/api/visits/${records[side].visit}`, bound: true }),
  'GET /api/visits/:id/voices/:voice': (side) => ({
    url: `/api/visits/${records[side].visit}/voices/${id()}`,
  }),
  'POST /api/visits/:id/confirmation': (side) => ({
    url: `/api/visits/${records[side].visit}/confirmation`,
    body: { way: 'qr' },
    bound: true,
  }),
  'GET /api/visit-confirmations/:token': () => ({ url: `/api/visit-confirmations/${'x'.repeat(32)}` }),
  'POST /api/visit-confirmations/:token': () => ({
    url: `/api/visit-confirmations/${'x'.repeat(32)}`,
    body: { answer: 'yes' },
  }),
  'GET /api/visit-figures': (side) => ({
    url: `/api/visit-figures?path=${placeAt(side)}&from=2026-11-01&until=2026-12-01`,
  }),
  'GET /api/spot-checks': () => ({ url: '/api/spot-checks' }),
  'POST /api/spot-checks/:visit/result': (side) => ({
    url: `/api/spot-checks/${records[side].visit}/result`,
    body: { result: 'visited' },
  }),
  'POST /api/spot-checks/:visit/reveals': (side) => ({
    url: `/api/spot-checks/${records[side].visit}/reveals`,
    body: { reason: '回访核实' },
  }),
  'PUT /api/spot-rate': () => ({
    url: '/api/spot-rate',
    body: { percent: 5 },
    headers: { 'if-match': '"0"' },
  }),
  'GET /api/spot-draws/:day': () => ({ url: '/api/spot-draws/2026-11-16' }),
  'GET /api/visit-rules': () => ({ url: '/api/visit-rules' }),
  'GET /api/visit-rules/:id/history': () => ({ url: `/api/visit-rules/${id()}/history` }),
  'POST /api/visit-rules/:id/preview': () => ({ url: `/api/visit-rules/${id()}/preview`, body: visitRule }),
  'PUT /api/visit-rules/:id': () => ({
    url: `/api/visit-rules/${id()}`,
    body: visitRule,
    headers: { 'if-match': '"0"' },
  }),
})
