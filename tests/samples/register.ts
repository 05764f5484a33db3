import { paths } from '../fixture.ts'
import { placeAt } from './sample.ts'
import type { About, Samples } from './sample.ts'

/** The register of households: read, changed, imported, exported, printed. */

/** The only building of the fixture. */
const building = `${paths.inside.unit.split('/').slice(0, 5).join('/')}/`

export const registerSamples = ({ records, id, etag }: About): Samples => ({
  'GET /api/dwellings': () => ({ url: `/api/dwellings?unit=${paths.inside.unit}` }),
  'GET /api/households': () => ({ url: '/api/households' }),
  'GET /api/households/:id': (side) => ({ url: `/api/households/${records[side].household}`, bound: true }),
  'POST /api/households/:id/entries': (side) => ({
    url: `/api/households/${records[side].household}/entries`,
    body: { id: id(), base: 1, deviceAt: '2026-11-20T02:00:00Z', fields: { note: '先打电话' } },
    bound: true,
  }),
  'POST /api/households': (side) => ({
    url: '/api/households',
    body: {
      id: id(),
      household: id(),
      dwelling: records[side].dwelling,
      on: '2026-11-20',
      deviceAt: '2026-11-20T02:00:00Z',
      shared: true,
      members: [{ id: id(), name: '孙大爷', relation: 'head' }],
    },
  }),
  'POST /api/households/:id/events': (side) => ({
    url: `/api/households/${records[side].household}/events`,
    body: { id: id(), kind: 'merge', on: '2026-11-20', deviceAt: '2026-11-20T02:00:00Z', into: id() },
    bound: true,
  }),
  'POST /api/households/:id/entries/:entry/undo': (side) => ({
    url: `/api/households/${records[side].household}/entries/${id()}/undo`,
    body: { id: id(), deviceAt: '2026-11-20T02:00:00Z' },
  }),
  'GET /api/households/:id/history': (side) => ({
    url: `/api/households/${records[side].household}/history`,
    bound: true,
  }),
  'GET /api/dwellings/:id/households': (side) => ({
    url: `/api/dwellings/${records[side].dwelling}/households`,
  }),
  'GET /api/register/duplicates': () => ({ url: '/api/register/duplicates?rule=phone_name' }),
  'POST /api/register/duplicates/decisions': (side) => ({
    url: '/api/register/duplicates/decisions',
    body: {
      id: id(),
      kind: 'resident',
      decision: 'different',
      keep: records[side].resident,
      other: records[side].resident.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    },
  }),
  'GET /api/care': () => ({ url: '/api/care' }),
  'GET /api/handbook/building': () => ({ url: `/api/handbook/building?path=${building}` }),
  'GET /api/handbook/households/:id': (side) => ({
    url: `/api/handbook/households/${records[side].household}`,
    bound: true,
  }),
  'GET /api/handbook/acquaintance': (side) => ({ url: `/api/handbook/acquaintance?path=${placeAt(side)}` }),
  'GET /api/handbook/cards': (side) => ({ url: `/api/handbook/cards?path=${placeAt(side)}` }),
  'POST /api/handbook/prints': () => ({
    url: '/api/handbook/prints',
    body: { id: id(), building, reason: '上门核对' },
  }),
  'POST /api/residents/:id/reveals': (side) => ({
    url: `/api/residents/${records[side].resident}/reveals`,
    body: { field: 'phone', reason: '约上门时间' },
    bound: true,
  }),
  'POST /api/exports': () => ({
    url: '/api/exports',
    body: { id: id(), query: { queue: 'all' }, format: 'csv', reason: '月度汇总' },
  }),
  'GET /api/exports': () => ({ url: '/api/exports' }),
  'POST /api/exports/:id/decision': () => ({
    url: `/api/exports/${id()}/decision`,
    body: { agree: true },
  }),
  'GET /api/exports/:id/file': () => ({ url: `/api/exports/${id()}/file` }),
  'POST /api/imports': (side) => ({
    url: '/api/imports',
    body: { id: id(), kind: 'households', path: placeAt(side), fileName: '居民.csv', bytes: 1000 },
  }),
  'GET /api/imports': () => ({ url: '/api/imports' }),
  'GET /api/imports/empty.xlsx': () => ({ url: '/api/imports/empty.xlsx' }),
  'GET /api/imports/:id': () => ({ url: `/api/imports/${id()}` }),
  'POST /api/imports/:id/parts': () => ({ url: `/api/imports/${id()}/parts` }),
  'PUT /api/imports/:id/mapping': () => ({
    url: `/api/imports/${id()}/mapping`,
    body: { mapping: ['name', 'relation'] },
    headers: etag,
  }),
  'GET /api/imports/:id/errors': () => ({ url: `/api/imports/${id()}/errors` }),
  'GET /api/imports/:id/errors.xlsx': () => ({ url: `/api/imports/${id()}/errors.xlsx` }),
  'POST /api/imports/:id/application': () => ({
    url: `/api/imports/${id()}/application`,
    body: { mode: 'good' },
    headers: etag,
  }),
  'POST /api/imports/:id/undo': () => ({ url: `/api/imports/${id()}/undo`, headers: etag }),
  'GET /api/imports/:id/kept': () => ({ url: `/api/imports/${id()}/kept` }),
  'DELETE /api/imports/:id': () => ({ url: `/api/imports/${id()}`, headers: etag }),
})
