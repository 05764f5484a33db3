import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ringAlarms } from '#requests/clock.ts'
import { confide } from '#tests/confided.ts'
import { district, ids, paths } from '#tests/fixture.ts'
import { accept, answered, asOwner, assign, entered, newId, said, startDistrict } from '#tests/story.ts'

/** R6 through the front door: the agenda from what is stuck, the day, the decisions, and what became of them. */

let at: Awaited<ReturnType<typeof startDistrict>>
beforeAll(async () => {
  at = await startDistrict()
})
afterAll(() => at.server.close())

const path = paths.inside.community
const seats = [
  { organisation: ids.firm, post: '经理' },
  { organisation: ids.bureau, post: '副局长' },
]
/** Sessions end with the days that pass. */
const asRole = (role: Parameters<typeof at.server.session>[0]) => at.server.session(role)

async function send(
  method: string,
  url: string,
  body?: unknown,
  more: { role?: 'community_desk' | 'handler' | 'subdistrict_desk'; version?: number } = {},
) {
  const { role = 'community_desk', version } = more
  return at.server.call(method, url, {
    token: await asRole(role),
    ...(body !== undefined && { body }),
    ...(version !== undefined && { headers: { 'if-match': `"${version}"` } }),
  })
}

async function done(method: string, url: string, body?: unknown, more: Parameters<typeof send>[3] = {}) {
  const answer = await send(method, url, body, more)
  expect(answer.status, `${method} ${url}: ${answer.text}`).toBeLessThan(300)
  return answer.json
}

const joint = () => newId(at.server)
let standing: string

async function convened(days = 7) {
  const id = newId(at.server)
  const begins = at.server.clock
    .now()
    .add({ hours: 24 * days })
    .toString()
  await done('POST', '/api/meetings', { id, joint: standing, at: begins, place: '二楼会议室' })
  return id
}
const get = (id: string, role: 'community_desk' | 'handler' = 'community_desk') =>
  done('GET', `/api/meetings/${id}`, undefined, { role })
const step = (id: string, name: string) => done('POST', `/api/meetings/${id}/steps/${name}`)
const add = async (id: string, more: object) => {
  const item = newId(at.server)
  await done('POST', `/api/meetings/${id}/items`, { id: item, ...more })
  return item
}
const decide = (id: string, item: string, body: object) =>
  done('PUT', `/api/meetings/${id}/items/${item}/decision`, body)
const task = (lead: string, dueOn: string, more: object = {}) => ({
  outcome: 'task',
  lead,
  demand: '一周内修好',
  dueOn,
  ...more,
})
const request = async (id: string) =>
  (await at.server.call('GET', `/api/requests/${id}`, { token: await asRole('community_desk') })).json
const ring = () => ringAlarms(at.server.database, district, at.server.clock.now())

/** A request that a firm has taken and not answered when its limit ran out. */
async function overdue(words: string) {
  const one = await said(at.server, { words, path: paths.inside.unit })
  await entered(at.server, await asRole('community_desk'), one.id, accept)
  await entered(at.server, await asRole('community_desk'), one.id, assign())
  await entered(at.server, await asRole('handler'), one.id, { kind: 'take' })
  return one
}

describe('MT1 a joint meeting stands for an area', () => {
  test('it is set up once, by the desk over it, and its level is that of the area', async () => {
    standing = joint()
    const body = { path, name: '西后街社区联席会议', mark: '西联纪', chair: '社区书记', seats }
    const made = await done('PUT', `/api/joint-meetings/${standing}`, body, { version: 0 })
    expect(made).toMatchObject({ level: 'community', keeps: true, organisation: { id: ids.community } })
    expect(made.seats.map((one: { post: string }) => one.post)).toEqual(['经理', '副局长'])
    const second = await send('PUT', `/api/joint-meetings/${joint()}`, body, { version: 0 })
    expect(second.problem).toBe('meeting.area_has_one')
    const stale = await send('PUT', `/api/joint-meetings/${standing}`, body, { version: 0 })
    expect(stale.problem).toBe('changed_meanwhile')
    const above = await send(
      'PUT',
      `/api/joint-meetings/${joint()}`,
      { ...body, path: paths.inside.subdistrict },
      { version: 0 },
    )
    expect(above.problem).toBe('record.invalid_reference')
    const compound = `${path}131003001001001/`
    const lower = await done(
      'PUT',
      `/api/joint-meetings/${joint()}`,
      { ...body, path: compound, name: '和平小区联席会议' },
      { version: 0 },
    )
    expect(lower.level).toBe('grid')
  })

  test('RQ3 one that is called twice in one moment is one', async () => {
    const begins = at.server.clock.now().add({ hours: 24 }).toString()
    const body = { id: newId(at.server), joint: standing, at: begins, place: '二楼会议室' }
    const both = await Promise.all([1, 2].map(() => send('POST', '/api/meetings', body)))
    expect(both.map(({ status, json }) => [status, json.id])).toEqual(Array(2).fill([201, body.id]))
  })
})

describe('from what is stuck to what is done', () => {
  let meeting: string
  let items: string[]
  let stuck: { id: string; code: string }
  let other: { id: string; code: string }
  let due: string

  test('MT2 the rule proposes what is stuck and says why; the secretary chooses', async () => {
    stuck = await overdue('整栋楼暖气不热')
    other = await overdue('楼道灯坏了')
    ;({ dueAt: due } = await request(stuck.id))
    const fresh = await said(at.server, { words: '刚说的，不算卡住', path: paths.inside.unit })
    at.server.clock.advance({ days: 40 })
    await ring()
    meeting = await convened()
    const { items: proposed } = await done('GET', `/api/meetings/${meeting}/proposals`)
    const found = proposed.map((one: { paper: { id: string } }) => one.paper.id)
    expect(found).toEqual(expect.arrayContaining([stuck.id, other.id]))
    expect(found).not.toContain(fresh.id)
    expect(proposed[0].reasons).toEqual([expect.objectContaining({ kind: 'overdue', since: due })])
    items = [
      await add(meeting, { request: stuck.id }),
      await add(meeting, { code: other.code }),
      await add(meeting, { title: '楼前拉飞线', words: '七栋楼前都有' }),
    ]
    const again = await done('GET', `/api/meetings/${meeting}/proposals`)
    expect(again.items).toEqual([])
    const twice = await send('POST', `/api/meetings/${meeting}/items`, {
      id: newId(at.server),
      request: stuck.id,
    })
    expect(twice.problem).toBe('meeting.on_it_already')
  })

  test('MT6 members see nothing while it is prepared, and every paper once they are out (RQ11)', async () => {
    expect((await send('GET', `/api/meetings/${meeting}`, undefined, { role: 'handler' })).status).toBe(404)
    await step(meeting, 'call')
    await step(meeting, 'call')
    const seen = await get(meeting, 'handler')
    expect(seen.abilities).toEqual([])
    expect(seen.items.map((one: { title: string }) => one.title)).toEqual([
      expect.stringContaining('暖气'),
      expect.stringContaining('灯'),
      '楼前拉飞线',
    ])
    expect(seen.items[0].paper).toMatchObject({ code: stuck.code, words: '整栋楼暖气不热', dueAt: due })
    expect(seen.items[0].paper.story.map((one: { kind: string }) => one.kind)).toContain('take')
    expect(JSON.stringify(seen)).not.toContain('reporter"')
    const { entries } = await request(stuck.id)
    expect(entries.filter((one: { kind: string }) => one.kind === 'table')).toHaveLength(1)
    const told = await at.server.call('GET', '/api/notices', { token: await asRole('handler') })
    expect(told.text).toContain('西后街社区联席会议')
    expect((await send('DELETE', `/api/meetings/${meeting}/items/${items[0]}`)).problem).toBe(
      'meeting.papers_are_out',
    )
  })

  test('MT5 on the day a decision is written down and may be changed; it counts when the meeting closes', async () => {
    const day = at.server.clock
      .now()
      .add({ hours: 24 * 10 })
      .toZonedDateTimeISO('Asia/Shanghai')
      .toPlainDate()
    const early = await send(
      'PUT',
      `/api/meetings/${meeting}/items/${items[0]}/decision`,
      task(ids.bureau, day.toString()),
    )
    expect(early.problem).toBe('meeting.not_in_this_state')
    at.server.clock.advance({ days: 7 })
    await step(meeting, 'open')
    await done('PUT', `/api/meetings/${meeting}/attendance/${ids.bureau}`, {
      attendance: 'here',
      person: '祁文彬',
    })
    await done('PUT', `/api/meetings/${meeting}/attendance/${ids.firm}`, { attendance: 'excused' })
    await decide(meeting, items[0]!, task(ids.firm, day.toString()))
    await decide(
      meeting,
      items[0]!,
      task(ids.bureau, day.toString(), { assisting: [ids.firm], precedent: true }),
    )
    await decide(meeting, items[2]!, task(ids.bureau, day.toString(), { category: 'B03' }))
    expect((await request(stuck.id)).holder.organisation.id).toBe(ids.firm)
    const past = await send(
      'PUT',
      `/api/meetings/${meeting}/items/${items[1]}/decision`,
      task(ids.bureau, '2026-01-01'),
    )
    expect(past.problem).toBe('input.invalid')
    await step(meeting, 'close')
    const held = await step(meeting, 'close')
    expect(held).toMatchObject({ state: 'held', number: 1 })
    expect(held.items.map((one: { fate: string }) => one.fate)).toEqual(['running', 'put_off', 'running'])
  })

  test('one ledger: the request has one holder, its due time stands (RQ4), the decision has its own', async () => {
    const one = await request(stuck.id)
    expect(one).toMatchObject({ state: 'assigned', dueAt: due, holder: { organisation: { id: ids.bureau } } })
    const [decided] = one.entries.filter((entry: { kind: string }) => entry.kind === 'decide')
    expect(decided).toMatchObject({ by: { organisation: '西后街社区居民委员会' } })
    const meetingSeen = await get(meeting)
    expect(decided.data).toMatchObject({ demand: '一周内修好', due: meetingSeen.items[0].decision.dueAt })
    // What nobody had said has become a request like any other.
    const made = meetingSeen.items[2].paper
    expect(made.code).toMatch(/^GY-/)
    expect(await request(made.id)).toMatchObject({ channel: 'meeting', state: 'assigned' })
    const kept = await asOwner(at.server, 'select category_code, organisation_id, basis from precedent')
    expect(kept).toEqual([
      { category_code: 'B03', organisation_id: ids.bureau, basis: '西后街社区联席会议2027年第1次会议' },
    ])
  })

  test('MT7 a late decision supervises itself; the next meeting opens with what became of each', async () => {
    at.server.clock.advance({ days: 9 })
    await ring()
    const own = (await get(meeting)).items[2].paper.id
    await entered(at.server, await asRole('subdistrict_desk'), own, { kind: 'note', words: '看过了' })
    await asOwner(at.server, `update post set organisation_id = $1 where role = 'handler'`, [ids.bureau])
    await entered(at.server, await asRole('handler'), own, { kind: 'take' })
    await entered(at.server, await asRole('handler'), own, answered)
    at.server.clock.advance({ days: 5 })
    await ring()
    const seen = await get(meeting)
    expect(seen.items.map((one: { fate: string }) => one.fate)).toEqual(['late', 'put_off', 'done'])
    expect(seen.items[0].supervisedAt).not.toBeNull()
    const story = (await request(stuck.id)).entries
    const decision = story.find((one: { kind: string }) => one.kind === 'decide').id
    const supervised = story.filter(
      (one: { kind: string; data: { of?: string } }) => one.kind === 'supervise' && one.data.of === decision,
    )
    expect(supervised).toHaveLength(1)
    const after = await convened()
    const opened = await get(after)
    expect(opened.before).toMatchObject({ id: meeting, number: 1 })
    expect(opened.before.items.map((one: { fate: string }) => one.fate)).toEqual(['late', 'put_off', 'done'])
    const { items: proposed } = await done('GET', `/api/meetings/${after}/proposals`)
    expect(proposed[0].reasons[0].kind).toBe('decision_late')
    expect(
      proposed.flatMap((one: { reasons: { kind: string }[] }) => one.reasons.map(({ kind }) => kind)),
    ).toContain('put_off')
    const listed = await done('GET', '/api/meetings?when=past')
    expect(listed.items[0]).toMatchObject({ id: meeting, items: 3, decided: 2, late: 1, done: 1, running: 0 })
  })

  test('MT8 minutes and notices are files in the official layout, and each print is in the ledger', async () => {
    const minutes = await at.server.server.inject({
      method: 'GET',
      url: `/api/meetings/${meeting}/minutes`,
      headers: { cookie: `chuanmen_session=${await asRole('handler')}` },
    })
    expect(minutes.headers['content-type']).toContain('wordprocessingml')
    expect(minutes.rawPayload.subarray(0, 2).toString()).toBe('PK')
    expect((await send('GET', `/api/meetings/${meeting}/items/${items[0]}/notice`)).status).toBe(200)
    expect((await send('GET', `/api/meetings/${meeting}/items/${items[1]}/notice`)).problem).toBe(
      'meeting.nothing_owed',
    )
    const prints = await asOwner(
      at.server,
      `select detail ->> 'what' as what from audit_entry where detail ->> 'did' = 'print' order by at, what`,
    )
    expect(prints.map(({ what }) => what)).toEqual(expect.arrayContaining(['minutes', 'notice']))
  })

  test('RQ15 what a decision repeats of a request goes with it', async () => {
    await asOwner(
      at.server,
      `update service_request set reporter_id = null, erased = 'all', erased_at = now() where id = $1`,
      [stuck.id],
    )
    const [row] = await asOwner(at.server, 'select demand, title from meeting_item where request_id = $1', [
      stuck.id,
    ])
    expect(row).toEqual({ demand: null, title: null })
  })
})

test('RQ10 a matter in confidence: the member it is about learns nothing, and nothing of it is printed', async () => {
  const place = at
  await asOwner(at.server, `update post set organisation_id = $1 where role = 'handler'`, [ids.firm])
  const staff = { ...at.staff, community_desk: await asRole('community_desk') }
  const one = await confide({ ...place, staff }, [ids.firm])
  await entered(at.server, await asRole('community_desk'), one.request, accept)
  const meeting = await convened()
  const item = await add(meeting, { request: one.request })
  await step(meeting, 'call')
  const firm = await get(meeting, 'handler')
  expect(firm.items).toMatchObject([{ withheld: true, paper: null, title: '', decision: null }])
  for (const secret of [...one.secrets, one.code]) expect(JSON.stringify(firm)).not.toContain(secret)
  expect(JSON.stringify(await get(meeting))).toContain('保安队长')
  await step(meeting, 'open')
  const day = at.server.clock.now().add({ hours: 240 }).toZonedDateTimeISO('Asia/Shanghai').toPlainDate()
  const about = await send(
    'PUT',
    `/api/meetings/${meeting}/items/${item}/decision`,
    task(ids.firm, day.toString()),
  )
  expect(about.problem).toBe('request.is_complained_of')
  await decide(meeting, item, task(ids.bureau, day.toString()))
  await step(meeting, 'close')
  const after = await get(meeting, 'handler')
  for (const secret of [...one.secrets, one.code]) expect(JSON.stringify(after)).not.toContain(secret)
})
