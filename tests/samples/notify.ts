import { ids } from '../fixture.ts'
import type { About, Samples } from './sample.ts'

/** Messages: read, asked for, sent, worded. */

export const notifySamples = ({ records, id }: About): Samples => ({
  'GET /api/notices': () => ({ url: '/api/notices' }),
  'POST /api/notices/:id/read': (side) => ({
    url: `/api/notices/${records[side].message}/read`,
    bound: true,
  }),
  'GET /api/notices/failed': () => ({ url: '/api/notices/failed' }),
  'POST /api/notices/:id/repeat': (side) => ({ url: `/api/notices/${records[side].message}/repeat` }),
  'GET /api/notices/stream': () => ({ url: '/api/notices/stream?once=true' }),
  'POST /api/notices/read': () => ({ url: '/api/notices/read' }),
  'POST /api/notices/failed/repeat': () => ({
    url: '/api/notices/failed/repeat',
    body: { reason: 'provider', channel: 'sms' },
  }),
  'GET /api/contact': () => ({ url: '/api/contact' }),
  'PUT /api/contact': () => ({
    url: '/api/contact',
    body: { bySms: true, byEmail: false, language: 'zh-CN' },
  }),
  'POST /api/contact/email': () => ({ url: '/api/contact/email', body: { email: 'a@example.org' } }),
  'POST /api/contact/email/proof': () => ({ url: '/api/contact/email/proof', body: { code: '000000' } }),
  'DELETE /api/contact/email': () => ({ url: '/api/contact/email' }),
  'POST /api/contact/push': () => ({
    url: '/api/contact/push',
    body: {
      id: id(),
      door: 'phone',
      endpoint: 'https://push.example.org/x',
      p256dh: `B${'A'.repeat(86)}`,
      auth: 'A'.repeat(22),
    },
  }),
  'DELETE /api/contact/push/:id': () => ({ url: `/api/contact/push/${id()}` }),
  'GET /api/sending': () => ({ url: '/api/sending' }),
  'PUT /api/sending/quiet': () => ({
    url: '/api/sending/quiet',
    body: { from: '22:00', until: '07:00' },
    headers: { 'if-match': '"0"' },
  }),
  'GET /api/robots': () => ({ url: '/api/robots' }),
  'PUT /api/robots/:id': () => ({
    url: `/api/robots/${id()}`,
    body: {
      organisation: ids.bureau,
      kind: 'wecom',
      name: '值班群',
      url: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1',
      shape: null,
      accepted: null,
      language: 'zh-CN',
      declined: [],
      active: true,
    },
    headers: { 'if-match': '"0"' },
  }),
  'POST /api/robots/:id/trial': () => ({ url: `/api/robots/${id()}/trial`, body: { id: id() } }),
  'GET /api/message-templates': () => ({ url: '/api/message-templates' }),
  'GET /api/message-templates/:template/history': () => ({
    url: '/api/message-templates/request.answer/history?channel=sms&audience=reporter&language=en',
  }),
  'PUT /api/message-templates/:template': () => ({
    url: '/api/message-templates/request.answer',
    body: { channel: 'in_app', audience: 'reporter', language: 'en', words: '{code}' },
    headers: { 'if-match': '"0"' },
  }),
})
