import type { About, Samples } from './sample.ts'

/** Oneself, the ledger and the settings: sign-in, own data, categories, calendar. */

export const ownSamples = ({ etag }: About): Samples => ({
  'GET /api/categories': () => ({ url: '/api/categories' }),
  'POST /api/categories/:code/preview': () => ({ url: '/api/categories/B03/preview', body: {} }),
  'POST /api/calendar/preview': () => ({
    url: '/api/calendar/preview',
    body: { year: 2026, off: [], working: [], published: true },
  }),
  'GET /api/settings/history': () => ({ url: '/api/settings/history' }),
  'GET /api/categories/:code/history': () => ({ url: '/api/categories/B03/history' }),
  'PUT /api/categories/:code': () => ({
    url: '/api/categories/B03',
    body: { active: true },
    headers: etag,
  }),
  'GET /api/calendar': () => ({ url: '/api/calendar?year=2026' }),
  'PUT /api/calendar/years/:year': () => ({
    url: '/api/calendar/years/2027',
    body: { off: ['2027-01-01'], working: [], published: false, notice: '区里的通知' },
    headers: etag,
  }),
  'PUT /api/calendar/hours': () => ({
    url: '/api/calendar/hours',
    body: { hours: [{ from: '09:00', until: '17:00' }] },
    headers: etag,
  }),
  'GET /api/audit': () => ({ url: '/api/audit' }),
  'POST /api/audit/verification': () => ({ url: '/api/audit/verification' }),
  'GET /api/me/copy': () => ({ url: '/api/me/copy' }),
  'PUT /api/me/name': () => ({ url: '/api/me/name', body: { name: '王秀英' } }),
  'PUT /api/me/phone': () => ({ url: '/api/me/phone', body: { phone: '10012340009', code: '000000' } }),
  'GET /api/looked': () => ({ url: '/api/looked' }),
  'GET /api/me': () => ({ url: '/api/me' }),
})
