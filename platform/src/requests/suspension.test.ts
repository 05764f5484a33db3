import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Role } from '#access/permissions.ts'
import { workedBetween } from '#deadlines/rules.ts'
import { calendarOf } from '#deadlines/service.ts'
import { district, ids, personOf } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import {
  accept,
  answered,
  asOwner,
  assign,
  enter,
  entered,
  newId,
  said,
  startDistrict,
  whole,
} from '#tests/story.ts'
import { ringAlarms } from './clock.ts'
import { story } from './store.ts'

/** RQ4, RQ5, RQ14 through the server's front door: the clock stands still by agreement, and goes on by itself. */

let server: TestServer
beforeAll(async () => {
  ;({ server } = await startDistrict())
})
afterAll(() => server.close())

const ring = () => ringAlarms(server.database, district, server.clock.now())
const at = (time: string) => server.clock.set(time)
/** A session lasts half a day; these stories last weeks. */
const as = (role: Role) => server.session(role)
const kindsOf = async (id: string) =>
  (await server.database.within(whole, (trx) => story(trx, id))).map(({ entry }) => entry.kind)

/** Said and taken on Monday at 9:00; C04 is counted in working days. */
async function taken() {
  at('2026-11-23T01:00:00.000Z')
  const request = await said(server, { reporter: { id: newId(server), phone: '10012340201' } })
  await entered(server, await as('community_desk'), request.id, {
    kind: 'accept',
    category: 'C04',
    urgency: 'by_date',
  })
  await entered(server, await as('community_desk'), request.id, assign())
  const after = await entered(server, await as('handler'), request.id, { kind: 'take' })
  return { ...request, term: after.term as { dueAt: string; halfAt: string; mostAt: string } }
}

const proposal = { kind: 'propose', what: 'suspend', reason: 'season', words: '零下不能刷漆' } as const

async function suspended(until: string) {
  const request = await taken()
  const { proposal: open } = await entered(server, await as('handler'), request.id, { ...proposal, until })
  const after = await entered(server, await as('community_desk'), request.id, {
    kind: 'review',
    proposal: open.id,
    agree: true,
    words: '同意',
  })
  return { ...request, after }
}

describe('RQ4 a suspension', () => {
  test('moves the due time by the working time it stood still, and says who approved it', async () => {
    const { term, after } = await suspended('2026-11-30T09:30:00.000Z')
    expect(after).toMatchObject({
      state: 'suspended',
      proposal: null,
      suspended: { until: '2026-11-30T09:30:00.000Z', reason: 'season' },
    })
    const [entry] = after.entries
    expect(entry.data.approved.organisation).toBe(ids.community)
    expect(entry.names[ids.community]).toBe('西后街社区居民委员会')
    const calendar = await server.database.within(whole, (trx) =>
      calendarOf(trx, server.clock.now().toString()),
    )
    // From Monday 9:00 to the next Monday's closing: six days of 7.5 hours but for the first half hour, no night, no weekend.
    expect(workedBetween(term.dueAt, after.term.dueAt, calendar)).toBe((6 * 7.5 - 0.5) * 3_600_000)
  })

  test('RQ5 rings nothing meanwhile, goes on by itself at its end, once, and each share then once', async () => {
    const { id, after } = await suspended('2026-11-30T09:30:00.000Z')
    at('2026-11-30T09:29:00.000Z')
    await ring()
    expect((await kindsOf(id)).at(-1)).toBe('suspend')
    at('2026-11-30T09:31:00.000Z')
    await Promise.all([ring(), ring()])
    await ring()
    expect((await kindsOf(id)).filter((kind) => kind === 'resume')).toHaveLength(1)
    const request = await server.call('GET', `/api/requests/${id}`, { token: await as('community_desk') })
    expect(request.json).toMatchObject({ state: 'in_progress', suspended: null })
    // Told and shown was this due time; that the clock came a minute late changes nothing.
    expect(request.json.term.dueAt).toBe(after.term.dueAt)
    at('2027-03-01T02:00:00.000Z')
    await ring()
    await ring()
    const rung = (await kindsOf(id)).filter((kind) => kind === 'remind' || kind === 'supervise')
    // The second is the next level up (RQ14).
    expect(rung).toEqual(['remind', 'remind', 'supervise', 'supervise'])
  })

  test('ended by hand moves the due time by less', async () => {
    const { id, term } = await suspended('2026-11-30T09:30:00.000Z')
    at('2026-11-25T01:00:00.000Z')
    const after = await entered(server, await as('handler'), id, { kind: 'resume', words: '回暖了' })
    const calendar = await server.database.within(whole, (trx) =>
      calendarOf(trx, server.clock.now().toString()),
    )
    expect(workedBetween(term.dueAt, after.term.dueAt, calendar)).toBe(2 * 7.5 * 3_600_000)
    const told = await asOwner<{ template: string }>(
      server,
      `select template from message where request_id = $1 and channel = 'in_app' and to_reporter_id is not null order by created_at`,
      [id],
    )
    expect(told.map(({ template }) => template)).toEqual(
      expect.arrayContaining(['request.suspend', 'request.resume']),
    )
  })

  test('waits in the queue of those who review it, and in that of nobody below', async () => {
    const { id } = await taken()
    await entered(server, await as('handler'), id, { ...proposal, until: '2026-11-30T09:30:00.000Z' })
    const queue = async (token: string) =>
      (await server.call('GET', '/api/requests?queue=review', { token })).json.items.map(
        (item: { id: string }) => item.id,
      )
    expect(await queue(await as('community_desk'))).toContain(id)
    expect(await queue(await as('subdistrict_desk'))).toContain(id)
    expect(await queue(await as('handler'))).not.toContain(id)
  })

  test('says at its field what does not fit', async () => {
    const { id } = await taken()
    const past = await enter(server, await as('handler'), id, {
      ...proposal,
      until: '2026-11-20T09:30:00.000Z',
    })
    expect(past).toMatchObject({ status: 422, json: { field: 'body.until' } })
    const wrong = await enter(server, await as('handler'), id, {
      ...proposal,
      reason: 'several_units',
      until: '2026-11-30T09:30:00.000Z',
    })
    expect(wrong).toMatchObject({ status: 422, json: { field: 'body.reason' } })
  })
})

describe('a hand-over', () => {
  const decline = {
    kind: 'decline',
    reason: 'other_units_duty',
    words: '红绿灯不归我们',
    instead: { organisation: ids.bureau },
  } as const

  test('fills in the name and the phone as they are now, and tells both sides once', async () => {
    at('2026-11-23T01:00:00.000Z')
    await asOwner(server, `update organisation set phone = '0316-2020202' where id = $1`, [ids.bureau])
    const { id } = await said(server, { reporter: { id: newId(server), phone: '10012340202' } })
    const after = await entered(server, await as('community_desk'), id, { ...decline, handOver: true })
    expect(after).toMatchObject({ state: 'assigned', holder: { organisation: { id: ids.bureau } } })
    expect(after.entries[1].data).toMatchObject({ instead: '城管局', phone: '0316-2020202' })
    const told = await asOwner<{ template: string; to: string | null }>(
      server,
      `select template, to_organisation_id as to from message where request_id = $1 and channel = 'in_app' and template <> 'request.submit' order by template, to_organisation_id`,
      [id],
    )
    expect(told).toEqual([
      { template: 'request.hand_over', to: ids.bureau },
      { template: 'request.hand_over', to: null },
    ])
  })

  test('to an organisation that is no more is refused at its field', async () => {
    const { id } = await said(server)
    const nobody = { ...decline, instead: { organisation: newId(server) }, handOver: true }
    expect(await enter(server, await as('community_desk'), id, nobody)).toMatchObject({
      status: 422,
      json: { field: 'body.instead.organisation' },
    })
  })
})

test('RQ7 a reply tells whoever asked; a note of staff tells nobody', async () => {
  at('2026-11-23T01:00:00.000Z')
  const { id, token } = await said(server)
  await entered(server, await as('community_desk'), id, accept)
  await entered(server, await as('community_desk'), id, assign())
  const asked = await entered(server, await as('handler'), id, { kind: 'ask', words: '几点在家？' })
  expect(asked.asked).toBe(true)
  await entered(server, await as('handler'), id, { kind: 'note', words: '打过电话' })
  const replied = await entered(server, token, id, { kind: 'note', words: '七点以后' })
  expect(replied.asked).toBe(false)
  const told = await asOwner(
    server,
    `select 1 from message where request_id = $1 and template = 'request.note'`,
    [id],
  )
  expect(told).toHaveLength(1)
})

test('RQ9 what left the figures says so in its column, and keeps the reporter’s word', async () => {
  at('2026-11-23T01:00:00.000Z')
  const { id, token } = await said(server)
  await entered(server, await as('community_desk'), id, answered)
  await entered(server, token, id, { kind: 'confirm', satisfaction: 'dissatisfied' })
  const photo = newId(server)
  await asOwner(
    server,
    `insert into attachment (district_code, id, kind, media_type, bytes, sha256, owner, created_at) values ($1, $2, 'photo', 'image/jpeg', 9, '', $3, now())`,
    [district, photo, `staff:${personOf('community_desk')}`],
  )
  const { proposal: open } = await entered(server, await as('community_desk'), id, {
    kind: 'propose',
    what: 'exclude',
    reason: 'facts_disproved',
    words: '现场查过',
    attachments: [photo],
  })
  const word = { kind: 'review', proposal: open.id, agree: true, words: '属实' } as const
  expect((await enter(server, await as('community_desk'), id, word)).status).toBe(403)
  const after = await entered(server, await as('subdistrict_desk'), id, word)
  expect(after).toMatchObject({ excluded: true, satisfaction: 'dissatisfied' })
  expect(
    await asOwner(server, `select excluded, satisfaction from service_request where id = $1`, [id]),
  ).toEqual([{ excluded: true, satisfaction: 'dissatisfied' }])
})
