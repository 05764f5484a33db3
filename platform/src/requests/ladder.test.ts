import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { derivedId } from '#kernel/ids.ts'
import { ids, paths, personOf } from '#tests/fixture.ts'
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
import {
  enterBlow,
  enterDecide,
  enterJoin,
  enterLift,
  enterReportIn,
  enterSendBack,
  enterSupervise,
  enterTable,
  enterWhistle,
} from './ladder.ts'
import type { Entering } from './ladder.ts'
import { keepPrecedent, liftPrecedent, precedentsFor } from './precedents.ts'
import { submitRecorded } from './recorded.ts'
import { find } from './store.ts'
import { factsOf } from './travels.ts'
import { staffCall } from '#tests/call.ts'

/** What whistles, meetings and parts enter into a request, on a real database. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

const town = (): Entering => ({
  now: server.clock.now(),
  by: { kind: 'staff', person: personOf('subdistrict_desk'), organisation: ids.subdistrict },
})
const standingOf = async (id: string) =>
  (await server.database.within(whole, (trx) => find(trx, id)))!.standing

/** A request that the community has taken up. */
async function taken(): Promise<{ id: string; token: string | undefined }> {
  const request = await said(server)
  await entered(server, staff.community_desk, request.id, accept)
  return request
}

async function whistled(): Promise<{ id: string; whistle: string }> {
  const { id } = await taken()
  const whistle = newId(server)
  await staffCall(server, 'community_desk', (call) =>
    enterWhistle(call, id, { id: newId(server), whistle, words: '停热，要热力和住建一起' }),
  )
  return { id, whistle }
}

describe('RQ18 a whistle is entered into the story of the request', () => {
  test('the town judges, blows, a department reports in: one holder, one due time', async () => {
    const { id, whistle } = await whistled()
    const { term, holder, level } = await standingOf(id)
    expect([holder, level]).toEqual([{ organisation: ids.subdistrict }, 'subdistrict'])
    await server.database.within(whole, async (trx) => {
      const blow = {
        id: newId(server),
        whistle,
        words: '两家今天到现场',
        lead: { organisation: ids.bureau },
        assisting: [ids.firm],
      }
      await enterBlow(trx, id, blow, town())
      // RQ3: the same entry again is the same entry.
      await enterBlow(trx, id, blow, town())
      await enterJoin(trx, id, { id: newId(server), whistle, organisation: ids.firm }, town())
    })
    expect(await standingOf(id)).toMatchObject({
      state: 'whistled',
      holder: { organisation: ids.bureau },
      term,
    })
    const late = newId(server)
    await server.database.within(whole, async (trx) => {
      await enterSupervise(trx, id, { id: late, demand: '今天内报到', above: ids.subdistrict }, town())
      await enterReportIn(trx, id, { id: newId(server), whistle, person: personOf('liaison') }, town())
    })
    expect((await standingOf(id)).supervisions).toMatchObject([
      { id: late, demanded: true, level: 'subdistrict' },
    ])
    await server.database.within(whole, (trx) =>
      enterLift(trx, id, { id: newId(server), supervision: late, words: '到了' }, town()),
    )
    expect(await standingOf(id)).toMatchObject({
      state: 'in_progress',
      holder: { organisation: ids.bureau, person: personOf('liaison') },
      whistled: null,
      supervisions: [],
      term,
    })
  })

  test('sent back with advice, it lies with the desk that whistled', async () => {
    const { id, whistle } = await whistled()
    await server.database.within(whole, (trx) =>
      enterSendBack(trx, id, { id: newId(server), whistle, words: '物业就能办' }, town()),
    )
    expect(await standingOf(id)).toMatchObject({
      state: 'accepted',
      level: 'community',
      holder: { organisation: ids.community },
      whistled: null,
    })
  })

  test('whoever neither holds it nor stands over it does not whistle', async () => {
    const { id } = await taken()
    await expect(
      staffCall(server, 'handler', (call) =>
        enterWhistle(call, id, { id: newId(server), whistle: newId(server), words: '吹哨' }),
      ),
    ).rejects.toMatchObject({ code: 'request.not_found' })
  })
})

describe('a meeting', () => {
  test('RQ6 decides for good: lead, demand and its own due time; the request keeps its own (RQ4)', async () => {
    const { id } = await taken()
    const meeting = newId(server)
    const { term } = await standingOf(id)
    const due = server.clock.now().add({ hours: 72 }).toString({ smallestUnit: 'millisecond' })
    await server.database.within(whole, async (trx) => {
      await enterTable(trx, id, { id: newId(server), meeting }, town())
      await enterDecide(
        trx,
        id,
        {
          id: newId(server),
          meeting,
          words: '会商过',
          lead: { organisation: ids.firm },
          level: 'subdistrict',
          demand: '三天内修好',
          due,
        },
        town(),
      )
    })
    expect(await standingOf(id)).toMatchObject({
      state: 'assigned',
      bound: true,
      term,
      supervisions: [{ dueAt: due, demanded: true, level: 'subdistrict' }],
    })
    const back = await enter(server, staff.handler, id, {
      kind: 'return',
      basis: 'not_our_duty',
      words: '不归我们',
    })
    expect([back.status, back.json.code]).toEqual([409, 'request.bound'])
  })

  test('a precedent of its own stands until it is decided otherwise', async () => {
    const id = newId(server)
    const at = server.clock.now().toString({ smallestUnit: 'millisecond' })
    const where = { category: 'C01', path: paths.inside.unit }
    const known = await server.database.within(whole, async (trx) => {
      await keepPrecedent(trx, {
        id,
        category: 'C01',
        path: paths.inside.subdistrict,
        organisation: ids.bureau,
        request: null,
        basis: '街道联席会议第3次会议',
        words: null,
        byPerson: null,
        byOrganisation: ids.subdistrict,
        at,
      })
      const [found = []] = await precedentsFor(trx, [where])
      expect(await liftPrecedent(trx, id, at)).toBe(true)
      return { found, after: (await precedentsFor(trx, [where]))[0] }
    })
    expect(known.found).toMatchObject([{ id, organisation: ids.bureau }])
    expect(known.after).toEqual([])
  })
})

describe('RQ6 a second return', () => {
  test('goes to the nearest desk over both, whose word binds and is kept as a precedent', async () => {
    const { id } = await taken()
    const back = (words: string) => ({ kind: 'return', basis: 'not_our_duty', words }) as const
    await entered(server, staff.community_desk, id, assign())
    await entered(server, staff.handler, id, back('不是我们的管'))
    await entered(server, staff.community_desk, id, assign())
    const second = await entered(server, staff.handler, id, back('还是不是'))
    // The firm serves the community: the subdistrict is the nearest level above the desk, and over the firm.
    expect(second).toMatchObject({ level: 'subdistrict', returns: 2 })
    const bare = await enter(server, staff.subdistrict_desk, id, assign())
    expect([bare.status, bare.json.code]).toEqual([422, 'request.decision_needs_words'])
    const words = '小区共用管，归物业修'
    const decided = await entered(server, staff.subdistrict_desk, id, {
      ...assign(),
      words,
      authority: '物业管理条例第二十七条',
    } as ReturnType<typeof assign>)
    expect(decided.bound).toBe(true)
    const [precedents] = await server.database.within(whole, (trx) =>
      precedentsFor(trx, [{ category: 'B03', path: paths.inside.unit }]),
    )
    expect(precedents).toMatchObject([
      {
        organisation: ids.firm,
        request: id,
        path: paths.inside.subdistrict,
        basis: '物业管理条例第二十七条',
        words,
      },
    ])
  })
})

describe('RQ12 a request in parts', () => {
  test('is one request to the reporter, and is answered once every part is done', async () => {
    const { id, token } = await taken()
    const parts = [
      { id: newId(server), lead: { organisation: ids.firm }, words: '换楼里的阀门' },
      { id: newId(server), lead: { organisation: ids.bureau }, words: '修井盖' },
    ]
    const split = await entered(server, staff.community_desk, id, { kind: 'split', parts })
    expect(split).toMatchObject({ state: 'in_progress', holder: { organisation: { id: ids.community } } })
    expect(split.parts).toMatchObject([{ state: 'given', matter: '换楼里的阀门' }, { state: 'given' }])
    const [first, second] = parts.map((part) => part.id)
    const early = await enter(server, staff.community_desk, id, answered)
    expect(early.json.code).toBe('request.parts_open')
    await entered(server, staff.handler, id, { kind: 'part_take', part: first! })
    const done = await entered(server, staff.handler, id, {
      kind: 'part_answer',
      part: first!,
      words: '换了',
    })
    expect(done.parts[0]).toMatchObject({ state: 'answered', said: '换了', abilities: [] })
    const theirs = await enter(server, staff.handler, id, { kind: 'part_take', part: second! })
    expect(theirs.status).toBe(403)
    await entered(server, staff.community_desk, id, {
      kind: 'part_take_back',
      part: second!,
      words: '我们自己修',
    })
    const rows = await asOwner(
      server,
      'select state, organisation_id from request_part where request_id = $1 order by state',
      [id],
    )
    expect(rows).toEqual([
      { state: 'answered', organisation_id: null },
      { state: 'taken_back', organisation_id: null },
    ])
    expect((await entered(server, staff.community_desk, id, answered)).state).toBe('answered')
    const seen = (await server.call('GET', `/api/requests/${id}`, { token })).json
    expect(seen.parts).toEqual([])
    expect(seen.entries.map(({ kind }: { kind: string }) => kind)).not.toContain('part_take')
    expect(seen.entries.map(({ kind }: { kind: string }) => kind)).toContain('split')
  })
})

describe('supervision', () => {
  test('has a demand, a due time, an answer and an end', async () => {
    const { id } = await taken()
    await entered(server, staff.community_desk, id, assign())
    const asked = await entered(server, staff.subdistrict_desk, id, {
      kind: 'supervise',
      demand: '周一前上门',
    })
    const [one] = asked.supervisions
    expect(one).toMatchObject({
      by: expect.any(String),
      demand: '周一前上门',
      repliedAt: null,
      abilities: ['lift'],
    })
    const replied = await entered(server, staff.handler, id, {
      kind: 'reply',
      supervision: one.id,
      words: '周六就去',
    })
    expect(replied.supervisions).toMatchObject([{ repliedAt: expect.any(String) }])
    const below = await enter(server, staff.community_desk, id, {
      kind: 'lift',
      supervision: one.id,
      words: '行',
    })
    expect(below.json.code).toBe('request.not_yours_to_lift')
    const ended = await entered(server, staff.subdistrict_desk, id, {
      kind: 'lift',
      supervision: one.id,
      words: '好',
    })
    expect(ended.supervisions).toEqual([])
  })
})

test('bulk dispatch: each of several has its own fate, and the same step again changes nothing', async () => {
  const [one, two] = [await taken(), await taken()]
  const fresh = await said(server)
  const body = {
    requests: [one, two, fresh].map(({ id }) => ({ id, entry: newId(server) })),
    lead: { organisation: ids.firm },
  }
  const call = () => server.call('POST', '/api/requests/assignments', { token: staff.community_desk, body })
  const fates = (await call()).json.items.map(({ refused }: { refused: string | null }) => refused)
  expect(fates).toEqual([null, null, 'request.not_in_this_state'])
  expect((await call()).json.items.map(({ refused }: { refused: string | null }) => refused)).toEqual(fates)
  expect(await standingOf(two.id)).toMatchObject({ state: 'assigned', holder: { organisation: ids.firm } })
})

test('RQ11 what nobody reported becomes a request in one step, and everything known of it travels', async () => {
  const id = newId(server)
  const made = await staffCall(server, 'subdistrict_desk', (call) =>
    submitRecorded(
      call,
      {
        id,
        words: '老旧小区管网老化',
        path: paths.inside.community,
        place: '东门',
        channel: 'patrol',
        category: 'B03',
        urgency: 'by_date',
        attachments: [],
      },
      server.keys,
    ),
  )
  expect(made.standing).toMatchObject({ state: 'accepted', category: 'B03' })
  await entered(server, staff.subdistrict_desk, id, { kind: 'escalate', words: '要街道出面' })
  const facts = await server.database.within(whole, (trx) =>
    factsOf(trx, [derivedId('nothing'), id], { language: 'zh-CN', confided: true, story: true }),
  )
  expect([...facts.keys()]).toEqual([id])
  expect(facts.get(id)).toMatchObject({
    id,
    words: '老旧小区管网老化',
    place: expect.stringMatching(/.+东门$/),
    category: { code: 'B03' },
    holder: { id: ids.subdistrict },
    returns: 0,
    story: [
      { kind: 'escalate', by: expect.any(String), words: '要街道出面' },
      { kind: 'accept', by: expect.any(String) },
    ],
  })
})
