import { uuidv7 } from '#kernel/ids.ts'
import { ids, paths, personOf } from './fixture.ts'
import { callerOf, itemOf, jointOf, meetingOf } from './meetings.ts'
import { planOf } from './plans.ts'
import type { TestServer } from './server.ts'

/** A call of every route that would be right for somebody, about a record inside or outside the fixture's area. */

export type Side = 'inside' | 'outside'
export type Sample = {
  url: string
  body?: unknown
  headers?: Record<string, string>
  /** The body goes out as a form. */ form?: Record<string, string>
  /** The route is about a record with an area. */ bound?: true
}

/** Records that the samples are about, by side. */
export type Records = Record<
  Side,
  {
    request: string
    attachment: string
    code: string
    message: string
    household: string
    resident: string
    dwelling: string
    visit: string
    visitTask: string
    promise: string
    whistle: string
  }
>

const visitRule = {
  name: '冬季入户',
  who: 'all',
  rhythm: 'monthly',
  visitor: 'liaison',
  basis: '区里的通知',
  validFrom: '2027-01-01',
}

const routingRule = {
  category: 'B04',
  group: null,
  path: paths.district,
  organisation: null,
  functions: ['城管局'],
  deskLevel: null,
  basis: '区里的职责清单',
}

/** The only building of the fixture. */
const building = `${paths.inside.unit.split('/').slice(0, 5).join('/')}/`

const path = (side: Side) => (side === 'inside' ? paths.inside.community : paths.outside.community)

/** By `METHOD path`, as the route table spells it. The test fails for a route that has no sample. */
export function samples(server: TestServer, records: Records): Record<string, (side: Side) => Sample> {
  const id = () => uuidv7(server.clock.now())
  const etag = { 'if-match': '"1"' }
  return {
    'POST /api/requests': (side) => ({
      url: '/api/requests',
      body: { id: id(), words: '楼道灯坏了', path: path(side), reporter: { id: id() } },
    }),
    'GET /api/joint-meetings': () => ({ url: '/api/joint-meetings' }),
    'PUT /api/joint-meetings/:id': () => ({
      url: `/api/joint-meetings/${id()}`,
      body: {
        path: path('inside'),
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
      body: { id: id(), title: '飞线', words: '楼前拉飞线', path: path(side) },
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
    'GET /api/requests': () => ({ url: '/api/requests?queue=all' }),
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
      body: { path: path(side), words: '楼道灯坏了，看不见' },
    }),
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
      body: { id: id(), words: '想要一个小凳子', path: path(side) },
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
      body: { words: '楼道灯不亮', path: path(side) },
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
    'GET /api/areas': () => ({ url: '/api/areas' }),
    'GET /api/areas/organisations': (side) => ({ url: `/api/areas/organisations?path=${path(side)}` }),
    'GET /api/areas/buildings': (side) => ({ url: `/api/areas/buildings?path=${path(side)}` }),
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
    'GET /api/handbook/acquaintance': (side) => ({ url: `/api/handbook/acquaintance?path=${path(side)}` }),
    'GET /api/handbook/cards': (side) => ({ url: `/api/handbook/cards?path=${path(side)}` }),
    'POST /api/handbook/prints': () => ({
      url: '/api/handbook/prints',
      body: { id: id(), building, reason: '上门核对' },
    }),
    'POST /api/residents/:id/reveals': (side) => ({
      url: `/api/residents/${records[side].resident}/reveals`,
      body: { field: 'phone', reason: '约上门时间' },
      bound: true,
    }),
    'GET /api/here': (side) => ({ url: `/api/here?path=${path(side)}` }),
    'GET /api/organisations': () => ({ url: '/api/organisations' }),
    'POST /api/organisations': () => ({
      url: '/api/organisations',
      body: { id: id(), kind: 'civic', name: '红十字会', shortName: '红十字会', path: paths.district },
    }),
    'PATCH /api/organisations/:id': () => ({
      url: `/api/organisations/${ids.bureau}`,
      body: { phone: null },
      headers: etag,
    }),
    'GET /api/people/:id': () => ({ url: `/api/people/${personOf('handler')}` }),
    'GET /api/people': () => ({ url: '/api/people' }),
    'GET /api/people/:id/profile': () => ({ url: `/api/people/${personOf('handler')}/profile` }),
    'PUT /api/people/:id/profile': () => ({
      url: `/api/people/${personOf('handler')}/profile`,
      body: { anchors: [], skills: ['law'], availability: [], mostHouseholds: 20, employer: ids.bureau },
      headers: etag,
    }),
    'GET /api/organisations/:id/pairs': () => ({ url: `/api/organisations/${ids.bureau}/pairs` }),
    'PUT /api/organisations/:id/pairs': () => ({
      url: `/api/organisations/${ids.bureau}/pairs`,
      body: { paths: [paths.inside.unit] },
    }),
    'GET /api/absences': () => ({ url: '/api/absences' }),
    'POST /api/absences': () => ({
      url: '/api/absences',
      body: {
        id: id(),
        person: personOf('handler'),
        backup: personOf('grid_worker'),
        from: '2026-12-01',
        until: '2026-12-08',
      },
    }),
    'POST /api/absences/:id/end': () => ({
      url: `/api/absences/${id()}/end`,
      body: { on: '2026-11-20' },
      headers: etag,
    }),
    'GET /api/duty': (side) => ({ url: `/api/duty?household=${records[side].household}`, bound: true }),
    'GET /api/rota': () => ({ url: `/api/rota?organisation=${ids.community}` }),
    'GET /api/rota/tonight': () => ({ url: '/api/rota/tonight' }),
    'PUT /api/rota/:organisation': () => ({
      url: `/api/rota/${ids.community}`,
      body: { phone: '12345' },
      headers: etag,
    }),
    'POST /api/rota/lines': () => ({
      url: '/api/rota/lines',
      body: {
        id: id(),
        organisation: ids.community,
        name: '夜班',
        weekdays: [1, 2, 3],
        days: 'every',
        from: '17:30',
        until: '08:30',
        person: personOf('community_desk'),
        backup: personOf('grid_worker'),
        validFrom: '2026-11-23',
        validUntil: null,
        instead: false,
      },
    }),
    'POST /api/rota/lines/:id/end': () => ({
      url: `/api/rota/lines/${id()}/end`,
      body: { on: '2026-11-23' },
      headers: etag,
    }),
    'POST /api/rota/swaps': () => ({
      url: '/api/rota/swaps',
      body: { id: id(), line: id(), on: '2026-11-23', person: personOf('grid_worker') },
    }),
    'GET /api/mediations': () => ({ url: '/api/mediations' }),
    'GET /api/mediations/:id': () => ({ url: `/api/mediations/${id()}` }),
    'POST /api/mediations': () => ({
      url: '/api/mediations',
      body: {
        id: id(),
        title: '晾衣杆',
        words: '两家为晾衣杆吵了三回',
        parties: [
          { id: id(), name: '楼上' },
          { id: id(), name: '楼下' },
        ],
        mediators: [personOf('building_head')],
      },
    }),
    'POST /api/mediations/:id/entries': () => ({
      url: `/api/mediations/${id()}/entries`,
      body: { id: id(), kind: 'session', on: '2026-11-20', words: '都说了说' },
    }),
    'PUT /api/mediations/:id/mediators': () => ({
      url: `/api/mediations/${id()}/mediators`,
      body: { mediators: [personOf('building_head')] },
      headers: etag,
    }),
    'GET /api/grid-matters': () => ({ url: '/api/grid-matters' }),
    'PUT /api/grid-matters': () => ({
      url: '/api/grid-matters',
      body: {
        groups: [
          {
            code: '01',
            zh: '巡查',
            en: 'Rounds',
            matters: [{ code: '01-01', zh: '楼道', en: 'Stairs', basis: '看楼道' }],
          },
        ],
      },
      headers: { 'if-match': '"9"' },
    }),
    'GET /api/grid-pushes': () => ({ url: '/api/grid-pushes' }),
    'POST /api/grid-pushes': (side) => ({
      url: '/api/grid-pushes',
      body: {
        id: id(),
        path: path(side),
        matter: null,
        title: '摸底',
        words: '逐户问一遍',
        purpose: '普查',
        hours: 40,
        startsOn: '2026-12-01',
        endsOn: '2026-12-20',
      },
    }),
    'POST /api/grid-pushes/:id/decision': () => ({
      url: `/api/grid-pushes/${id()}/decision`,
      body: { agree: true, words: '同意' },
      headers: etag,
    }),
    'POST /api/grid-pushes/:id/withdrawal': () => ({
      url: `/api/grid-pushes/${id()}/withdrawal`,
      headers: etag,
    }),
    'POST /api/people': () => ({ url: '/api/people', body: { id: id(), name: '试一试' } }),
    'PATCH /api/people/:id': () => ({
      url: `/api/people/${personOf('handler')}`,
      body: { name: '改个名' },
      headers: etag,
    }),
    'POST /api/posts': () => ({
      url: '/api/posts',
      body: {
        id: id(),
        person: personOf('handler'),
        organisation: ids.bureau,
        role: 'handler',
        path: paths.district,
      },
    }),
    'POST /api/posts/:id/end': () => ({ url: `/api/posts/${id()}/end`, body: {}, headers: etag }),
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
    'GET /api/requests/:id/messages': (side) => ({ url: `/api/requests/${records[side].request}/messages` }),
    'POST /api/requests/:id/messages/:message/repeat': (side) => ({
      url: `/api/requests/${records[side].request}/messages/${id()}/repeat`,
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
    'GET /api/calls': () => ({ url: '/api/calls' }),
    'GET /api/calls/draws/:day': () => ({ url: '/api/calls/draws/2026-11-20' }),
    'PUT /api/calls/rate': () => ({ url: '/api/calls/rate', body: { percent: 20 }, headers: etag }),
    'GET /api/audit': () => ({ url: '/api/audit' }),
    'POST /api/audit/verification': () => ({ url: '/api/audit/verification' }),
    'GET /api/me/copy': () => ({ url: '/api/me/copy' }),
    'PUT /api/me/name': () => ({ url: '/api/me/name', body: { name: '王秀英' } }),
    'PUT /api/me/phone': () => ({ url: '/api/me/phone', body: { phone: '10012340009', code: '000000' } }),
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
    'GET /api/liaison/plans': () => ({ url: '/api/liaison/plans' }),
    'POST /api/liaison/plans': (side) => ({
      url: '/api/liaison/plans',
      body: { id: id(), path: path(side), name: '12月的方案', startsOn: '2026-12-01' },
    }),
    'GET /api/liaison/people': (side) => ({
      url: `/api/liaison/people?path=${path(side)}&day=2026-12-01`,
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
    'GET /api/visit-tasks': (side) => ({ url: `/api/visit-tasks?path=${path(side)}` }),
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
      body: { id: id(), path: path(side), deviceAt: server.clock.now().toString() },
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
      url: `/api/visit-figures?path=${path(side)}&from=2026-11-01&until=2026-12-01`,
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
      url: `/api/routing/choice?category=B04&path=${encodeURIComponent(path(side))}`,
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
    'POST /api/visit-rules/:id/preview': () => ({ url: `/api/visit-rules/${id()}/preview`, body: visitRule }),
    'PUT /api/visit-rules/:id': () => ({
      url: `/api/visit-rules/${id()}`,
      body: visitRule,
      headers: { 'if-match': '"0"' },
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
      body: { id: id(), kind: 'households', path: path(side), fileName: '居民.csv', bytes: 1000 },
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
    'GET /api/looked': () => ({ url: '/api/looked' }),
    'GET /api/me': () => ({ url: '/api/me' }),
  }
}
