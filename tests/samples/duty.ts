import { ids, paths, personOf } from '../fixture.ts'
import { placeAt } from './sample.ts'
import type { About, Samples } from './sample.ts'

/** Places, organisations and people: who is there, who stands in, who mediates, what grids are asked. */

export const dutySamples = ({ records, id, etag }: About): Samples => ({
  'GET /api/areas': () => ({ url: '/api/areas' }),
  'GET /api/areas/organisations': (side) => ({ url: `/api/areas/organisations?path=${placeAt(side)}` }),
  'GET /api/areas/buildings': (side) => ({ url: `/api/areas/buildings?path=${placeAt(side)}` }),
  'GET /api/here': (side) => ({ url: `/api/here?path=${placeAt(side)}` }),
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
      path: placeAt(side),
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
})
