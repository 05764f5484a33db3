import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { district, ids, openSession, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, answered, asOwner, entered, newId, said, startDistrict, whole } from '#tests/story.ts'
import { ringWhistles } from './clock.ts'
import type { Command } from './commands.ts'
import { followOpen } from './follow.ts'
import { lateRequests } from './late.ts'
import { workerOf } from './people-fixture.ts'

/** RQ18 through the front door: from the whistle to the rating, with the requests' own ledgers beside it. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
let bureau: { token: string; person: string }

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  bureau = await workerOf(server, ids.bureau, paths.district, '翟志平')
})
afterAll(() => server.close())
/** Time goes on; sessions do not outlive the day. */
async function later(duration: Temporal.DurationLike): Promise<void> {
  server.clock.advance(duration)
  for (const role of ['community_desk', 'subdistrict_desk', 'district_desk', 'handler'] as const)
    staff[role] = await openSession(server.ownerUrl, role, server.clock.now().toString())
}

type Said = { [K in Command['kind']]: Omit<Extract<Command, { kind: K }>, 'id'> }[Command['kind']]

const get = async (token: string, id: string) =>
  (await server.call('GET', `/api/whistles/${id}`, { token })).json
const request = async (id: string) =>
  (await server.call('GET', `/api/requests/${id}`, { token: staff.district_desk })).json

/** A request that the community has accepted. */
async function accepted(
  words = '整个单元暖气不热，没有物业',
): Promise<{ id: string; code: string; token: string | undefined }> {
  const one = await said(server, { words, path: paths.inside.unit })
  await entered(server, staff.community_desk, one.id, accept)
  return one
}

const form = (requests: string[], more: Record<string, unknown> = {}, token = staff.community_desk) =>
  server.call('POST', '/api/whistles', {
    token,
    body: { id: newId(server), requests, words: '没有物业，热力和住建要一起来', ...more },
  })

async function formed(requests: string[], more: Record<string, unknown> = {}) {
  const answer = await form(requests, more)
  expect(answer.status, answer.text).toBe(201)
  return answer.json as { id: string; version: number; state: string; items: { id: string; dueAt: string }[] }
}

const step = (
  token: string,
  whistle: string,
  command: Partial<Said> & { kind: string },
  id = newId(server),
) => server.call('POST', `/api/whistles/${whistle}/entries`, { token, body: { id, ...command } })

async function went(token: string, whistle: string, command: Partial<Said> & { kind: string }) {
  const answer = await step(token, whistle, command)
  expect(answer.status, `${command.kind}: ${answer.text}`).toBe(200)
  return answer.json
}

const blow = (lead = ids.bureau, assisting = [ids.firm]): Said => ({
  kind: 'blow',
  lead,
  assisting,
  words: '请马上来',
})
const clock = async () => {
  await followOpen(server.database, district, server.clock.now())
  return ringWhistles(server.database, district, server.clock.now())
}
const kinds = async (id: string): Promise<string[]> =>
  ((await request(id)).entries as { kind: string }[]).map(({ kind }) => kind).toReversed()

/** RQ1: what the ledger says of its holder. */
const holderOf = async (id: string) => (await request(id)).holder?.organisation.id ?? null

describe('RQ18 the whole way', () => {
  test('a request is whistled for, blown, reported in, done and rated; its due time never moves and it has one holder', async () => {
    const { id } = await accepted()
    const due = (await request(id)).dueAt
    const whistle = await formed([id])
    expect([await holderOf(id), (await request(id)).state]).toEqual([ids.subdistrict, 'whistled'])
    await went(staff.subdistrict_desk, whistle.id, blow())
    expect(await holderOf(id)).toBe(ids.bureau)
    await went(staff.handler, whistle.id, { kind: 'report_in', words: '' })
    expect((await request(id)).state).toBe('whistled')
    const at = await went(bureau.token, whistle.id, { kind: 'report_in', words: '下午三点到' })
    expect(at.parts.map((part: { outcome: string }) => part.outcome)).toEqual(['in_time', 'in_time'])
    expect(at.parts[0].reported.person.name).toBe('翟志平')
    expect([await holderOf(id), (await request(id)).state]).toEqual([ids.bureau, 'in_progress'])
    await went(staff.handler, whistle.id, { kind: 'note', words: '阀门找到了', attachments: [] })
    const done = await went(bureau.token, whistle.id, {
      kind: 'done',
      words: '换了阀门，都热了',
      attachments: [],
    })
    expect([done.state, done.turn.id]).toEqual(['done', ids.community])
    expect((await request(id)).state).toBe('answered')
    const rated = await went(staff.community_desk, whistle.id, {
      kind: 'rate',
      ratings: [
        { organisation: ids.bureau, rating: 'satisfied' },
        { organisation: ids.firm, rating: 'fair' },
      ],
      words: '来得快',
    })
    expect([rated.state, rated.turn]).toEqual(['rated', null])
    expect(await kinds(id)).toEqual(['submit', 'accept', 'whistle', 'blow', 'join', 'report_in', 'answer'])
    const entry = (
      (await request(id)).entries as { kind: string; data: { term?: { dueAt: string } } }[]
    ).find(({ kind }) => kind === 'accept')
    expect(entry?.data.term?.dueAt).toBe(due)
  })

  test('the same whistle and the same entry sent twice are one', async () => {
    const { id } = await accepted()
    const whistle = newId(server)
    const body = { id: whistle, requests: [id], words: '两家一起来' }
    const once = await server.call('POST', '/api/whistles', { token: staff.community_desk, body })
    const twice = await server.call('POST', '/api/whistles', { token: staff.community_desk, body })
    expect([once.status, twice.status, twice.json.version]).toEqual([201, 201, once.json.version])
    const entry = newId(server)
    const first = await step(staff.subdistrict_desk, whistle, blow(), entry)
    const again = await step(staff.subdistrict_desk, whistle, blow(), entry)
    expect(again.json.version).toBe(first.json.version)
    expect((await kinds(id)).filter((kind) => kind === 'blow')).toHaveLength(1)
    // Somebody else's id is refused and tells nothing.
    expect((await step(bureau.token, whistle, { kind: 'report_in', words: '' }, entry)).problem).toBe(
      'id_taken',
    )
  })

  test('several requests go together and are answered together; one that is open in a whistle is in no other', async () => {
    const [one, other] = [await accepted(), await accepted('三单元也不热')]
    const whistle = await formed([other.id, one.id])
    expect(
      (await get(staff.community_desk, whistle.id)).items.map((item: { id: string }) => item.id),
    ).toEqual([other.id, one.id])
    const second = await form([one.id])
    expect(second.status).toBeGreaterThanOrEqual(400)
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    await went(bureau.token, whistle.id, { kind: 'report_in', words: '' })
    await went(bureau.token, whistle.id, { kind: 'done', words: '都修好了', attachments: [] })
    expect([(await request(one.id)).state, (await request(other.id)).state]).toEqual(['answered', 'answered'])
  })

  test('a problem without a request becomes one in the same step, with a code, a holder and a due time', async () => {
    const made = await formed([], {
      requests: [],
      problem: {
        id: newId(server),
        words: '路口三家都说不归自己管的井盖',
        path: paths.inside.community,
        place: '东门外',
        category: 'B03',
      },
    })
    const [item] = made.items
    const known = await request(item!.id)
    expect(known.code).toMatch(/^GY-/)
    expect([known.state, known.holder.organisation.id, known.dueAt !== null]).toEqual([
      'whistled',
      ids.subdistrict,
      true,
    ])
  })

  test('the town solves it itself, or sends it back with advice', async () => {
    const [one, other] = [await accepted(), await accepted('楼顶漏水')]
    const here = await formed([one.id])
    await went(staff.subdistrict_desk, here.id, { kind: 'here', words: '街道物业办今天去' })
    expect([(await request(one.id)).state, await holderOf(one.id)]).toEqual(['in_progress', ids.subdistrict])
    await went(staff.subdistrict_desk, here.id, { kind: 'done', words: '补好了', attachments: [] })
    expect((await request(one.id)).state).toBe('answered')
    const back = await formed([other.id])
    const sent = await went(staff.subdistrict_desk, back.id, { kind: 'send_back', words: '先找原开发商' })
    expect([sent.state, sent.advice, await holderOf(other.id)]).toEqual([
      'sent_back',
      '先找原开发商',
      ids.community,
    ])
  })

  test('not everybody may judge, come or rate', async () => {
    const { id } = await accepted()
    const whistle = await formed([id])
    const refused = async (token: string, command: Partial<Said> & { kind: string }) =>
      (await step(token, whistle.id, command)).problem
    expect(await refused(staff.community_desk, blow())).toBe('whistle.not_yours_to_make')
    expect(await refused(bureau.token, { kind: 'report_in', words: '' })).toBe('whistle.not_found')
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    expect(await refused(staff.handler, { kind: 'report_in', words: '' })).toBe('whistle.not_found')
    expect(await refused(staff.subdistrict_desk, blow())).toBe('whistle.not_in_this_state')
    expect(
      await refused(staff.subdistrict_desk, {
        kind: 'rate',
        ratings: [{ organisation: ids.bureau, rating: 'fair' }],
        words: '',
      }),
    ).toBe('whistle.not_yours_to_make')
    // Someone who does not serve there cannot be the one who came.
    expect(await refused(bureau.token, { kind: 'report_in', person: newId(server), words: '' })).toBe(
      'record.invalid_reference',
    )
  })
})

describe('RQ18 an unanswered whistle supervises itself', () => {
  test('a town that does not judge: reminded twice, supervised once, in the ledger of the request and to the level above', async () => {
    const { id } = await accepted()
    const whistle = await formed([id])
    await later({ days: 4 })
    while ((await clock()) > 0);
    const at = await get(staff.district_desk, whistle.id)
    expect(at.entries.map((entry: { kind: string }) => entry.kind)).toEqual([
      'supervise',
      'remind',
      'remind',
      'form',
    ])
    expect(at.late).toBe(true)
    const supervision = (
      (await request(id)).entries as { kind: string; data: { demand?: string; above?: string } }[]
    ).find(({ kind, data }) => kind === 'supervise' && data.demand !== undefined)
    expect(supervision?.data).toMatchObject({ above: ids.district })
    expect(supervision?.data.demand).toContain('银河北路街道')
    // A desk above may judge for it; the supervision of the clock then ends.
    await went(staff.district_desk, whistle.id, blow(ids.bureau, []))
    expect(await kinds(id)).toContain('lift')
  })

  test('a department that comes late: supervised by itself, once, and the supervision ends when it comes', async () => {
    const { id } = await accepted()
    const whistle = await formed([id], { urgent: true })
    await went(staff.subdistrict_desk, whistle.id, blow())
    await went(bureau.token, whistle.id, { kind: 'report_in', words: '' })
    await later({ hours: 3 })
    await clock()
    await clock()
    const late = await get(staff.subdistrict_desk, whistle.id)
    expect(late.late).toBe(true)
    expect(late.entries.filter((entry: { kind: string }) => entry.kind === 'supervise')).toHaveLength(1)
    expect(late.parts.map((part: { outcome: string }) => part.outcome)).toEqual(['in_time', 'late'])
    const notices = await asOwner<{ to: string }>(
      server,
      `select to_organisation_id as "to" from message where request_id = $1 and template = 'whistle.supervise'`,
      [id],
    )
    expect(notices.map(({ to }) => to).toSorted()).toEqual([ids.firm, ids.subdistrict].toSorted())
    const came = await went(staff.handler, whistle.id, { kind: 'report_in', words: '路上堵' })
    expect(came.late).toBe(false)
    expect(await kinds(id)).toContain('lift')
  })

  test('nobody rates: it ends without, and that is no content', async () => {
    const { id } = await accepted()
    const whistle = await formed([id])
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    await went(bureau.token, whistle.id, { kind: 'report_in', words: '' })
    await went(bureau.token, whistle.id, { kind: 'done', words: '好了', attachments: [] })
    await later({ days: 12 })
    await clock()
    const at = await get(staff.district_desk, whistle.id)
    expect([at.state, at.parts[0].rating]).toEqual(['unrated', null])
  })
})

describe('MT2 what a meeting is told of whistles', () => {
  /** Which of these wait for somebody who is late, as the meeting of each level asks. */
  const lateAt = async (...requests: string[]) => {
    const asked = async (path: string) => {
      const late = await server.database.within(whole, (trx) => lateRequests(trx, path))
      return requests.filter((one) => late.has(one))
    }
    return {
      compound: await asked(`${paths.inside.community}131003001001001/`),
      community: await asked(paths.inside.community),
      subdistrict: await asked(paths.inside.subdistrict),
      district: await asked(paths.district),
      elsewhere: await asked(paths.outside.subdistrict),
    }
  }
  const nowhere = { compound: [], community: [], subdistrict: [], district: [], elsewhere: [] }

  test('late is what the clock said so of, at every level over all of its requests, until it comes or is over', async () => {
    const [alone, here, beside] = [
      await accepted(),
      await accepted(),
      await said(server, { words: '二号楼也不热', path: '131003/131003001/131003001002/' }),
    ]
    await entered(server, staff.subdistrict_desk, beside.id, accept)
    const one = await formed([alone.id], { urgent: true })
    const wide = await server.call('POST', '/api/whistles', {
      token: staff.subdistrict_desk,
      body: { id: newId(server), requests: [here.id, beside.id], words: '两个社区一起', urgent: true },
    })
    expect(wide.status, wide.text).toBe(201)
    const all = [alone.id, here.id, beside.id]
    for (const whistle of [one, wide.json]) await went(staff.subdistrict_desk, whistle.id, blow())
    expect(await lateAt(...all)).toEqual(nowhere)
    // Two hours for what is urgent (RQ18); not before the clock has told it.
    await later({ hours: 3 })
    expect(await lateAt(...all)).toEqual(nowhere)
    await clock()
    const over = { subdistrict: all, district: all, elsewhere: [] }
    expect(await lateAt(...all)).toEqual({ compound: [alone.id], community: [alone.id], ...over })
    const late = await server.database.within(whole, (trx) => lateRequests(trx, paths.district))
    expect(late.get(alone.id)).toBe((await get(staff.subdistrict_desk, one.id)).dueAt)
    // One of two has come: the other is still late. Both have: nobody is.
    await went(bureau.token, one.id, { kind: 'report_in', words: '' })
    expect((await lateAt(alone.id)).community).toEqual([alone.id])
    await went(staff.handler, one.id, { kind: 'report_in', words: '' })
    expect(await lateAt(alone.id)).toEqual(nowhere)
    // What was taken back is waited for no more.
    await entered(server, here.token, here.id, { kind: 'withdraw' })
    await entered(server, beside.token, beside.id, { kind: 'withdraw' })
    await clock()
    expect(await lateAt(...all)).toEqual(nowhere)
  })
})

describe('it follows its requests', () => {
  test('answered in the inbox is done; "not solved" takes up the work again with the same lead', async () => {
    const { id, token } = await accepted()
    const whistle = await formed([id])
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    await went(bureau.token, whistle.id, { kind: 'report_in', words: '' })
    await entered(server, bureau.token, id, answered)
    expect((await get(staff.community_desk, whistle.id)).state).toBe('done')
    await entered(server, token, id, { kind: 'reopen', words: '还是凉的' })
    const again = await get(staff.community_desk, whistle.id)
    expect([again.state, again.turn.id, await holderOf(id)]).toEqual(['handling', ids.bureau, ids.bureau])
  })

  test('taken back by whoever said it: the whistle lapses, and nobody is waited for', async () => {
    const { id, token } = await accepted()
    const whistle = await formed([id])
    await went(staff.subdistrict_desk, whistle.id, blow())
    await entered(server, token, id, { kind: 'withdraw' })
    const at = await get(staff.community_desk, whistle.id)
    expect([at.state, at.lapsed, at.turn]).toEqual(['lapsed', 'withdrawn', null])
    expect(at.parts.every((part: { awaited: boolean }) => !part.awaited)).toBe(true)
    // The request is free for another one; here it is over.
    const [{ open } = { open: true }] = await asOwner<{ open: boolean }>(
      server,
      'select open from whistle_request where whistle_id = $1',
      [whistle.id],
    )
    expect(open).toBe(false)
  })
})

describe('an objection', () => {
  test('the town lets the lead go and calls another: the request goes to the new one', async () => {
    const { id } = await accepted()
    const whistle = await formed([id])
    await went(staff.subdistrict_desk, whistle.id, blow(ids.bureau, []))
    await went(bureau.token, whistle.id, { kind: 'object', basis: 'not_our_duty', words: '管网归供热公司' })
    const released = await went(staff.subdistrict_desk, whistle.id, {
      kind: 'release',
      organisation: ids.bureau,
      instead: ids.firm,
      words: '有理',
    })
    expect(await holderOf(id)).toBe(ids.firm)
    expect(released.parts.map((part: { outcome: string }) => part.outcome).toSorted()).toEqual([
      'released',
      'waiting',
    ])
    await went(staff.handler, whistle.id, { kind: 'report_in', words: '' })
    expect((await request(id)).state).toBe('in_progress')
  })
})

describe('figures', () => {
  test('every figure of a department is as many records as its drill-down lists (boundary 19)', async () => {
    const day = (days: number) =>
      server.clock
        .now()
        .add({ hours: 24 * days })
        .toString()
        .slice(0, 10)
    const span = `from=2026-11-01&until=${day(2)}`
    const { items } = (
      await server.call('GET', `/api/whistle-figures?${span}`, { token: staff.district_desk })
    ).json
    const row = items.find((one: { id: string }) => one.id === ids.bureau)
    expect(row.called).toBeGreaterThan(5)
    const listed = async (more: string) =>
      (
        await server.call(
          'GET',
          `/api/whistles?queue=called&limit=100&department=${ids.bureau}&${span}${more}`,
          { token: staff.district_desk },
        )
      ).json.items.length
    expect(await listed('')).toBe(row.called)
    expect(await listed('&role=lead')).toBe(row.lead)
    for (const [key, part] of [
      ['inTime', 'in_time'],
      ['late', 'late'],
      ['waiting', 'waiting'],
      ['released', 'released'],
      ['done', 'done'],
      ['satisfied', 'satisfied'],
    ] as const)
      expect(await listed(`&part=${part}`), part).toBe(row[key])
    // What is called is in time, late, awaited, let go, or ended before it came.
    expect(row.inTime + row.late + row.waiting + row.released).toBeLessThanOrEqual(row.called)
  })
})
