import { personOf } from '../fixture.ts'
import type { About, Samples } from './sample.ts'

/** The field phone: devices, feed, entries. */

export const fieldSamples = ({ server, id }: About): Samples => ({
  'POST /api/field/devices': () => ({ url: '/api/field/devices', body: { id: id(), label: '红米' } }),
  'GET /api/field/feed': () => ({ url: `/api/field/feed?device=${id()}` }),
  'POST /api/field/entries': () => ({
    url: '/api/field/entries',
    body: {
      device: id(),
      now: server.clock.now().toString({ smallestUnit: 'millisecond' }),
      entries: [
        {
          id: id(),
          kind: 'reads',
          deviceAt: server.clock.now().toString({ smallestUnit: 'millisecond' }),
          data: { reads: [{ household: id(), at: '2026-11-20T02:00:00Z' }] },
        },
      ],
    },
  }),
  'GET /api/field/left-over': () => ({ url: '/api/field/left-over' }),
  'POST /api/field/left-over/:id/decision': () => ({
    url: `/api/field/left-over/${id()}/decision`,
    body: { decision: 'set_aside', words: '已经办过' },
  }),
  'GET /api/field/entries': () => ({ url: '/api/field/entries' }),
  'GET /api/field/devices': () => ({ url: '/api/field/devices' }),
  'POST /api/field/devices/:id/unlocking': () => ({ url: `/api/field/devices/${id()}/unlocking` }),
  'POST /api/field/devices/:id/withdrawal': () => ({
    url: `/api/field/devices/${id()}/withdrawal`,
    body: { reason: 'lost' },
  }),
  'GET /api/field/people/:id/devices': () => ({
    url: `/api/field/people/${personOf('liaison')}/devices`,
  }),
  'POST /api/field/people/:id/devices/:device/withdrawal': () => ({
    url: `/api/field/people/${personOf('liaison')}/devices/${id()}/withdrawal`,
    body: { reason: 'lost' },
  }),
})
