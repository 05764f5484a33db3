import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { district, ids, paths } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { asOwner, newId, startDistrict } from '#tests/story.ts'
import { keepWishes } from './clock.ts'
import type { DeskWish, OwnWish } from './contract.ts'
import { afterEntry, wishEntries, wishStates } from './lifecycle.ts'
import type { WishEntryKind, WishState } from './lifecycle.ts'
import { neverIn } from './rules.ts'

/** WI1 to WI7: a wish is said, cleared, claimed by one, fulfilled and thanked; and nobody learns whose it was. */

let server: TestServer
let desk: string
let wisher: string
let helper: string
let liaison: string
const start = '2026-11-20T02:20:00.000Z'

beforeAll(async () => {
  const made = await startDistrict()
  server = made.server
  desk = made.staff.community_desk
  wisher = await proven('10011110001')
  helper = await proven('10011110002')
  liaison = await server.session('liaison')
})
afterEach(async () => {
  server.clock.set(start)
  await asOwner(server, 'truncate wish, wish_told, wish_claim, wish_entry, message cascade')
})
afterAll(() => server.close())

const byValue = (one: { value: string } | undefined, other: { value: string } | undefined) =>
  (one?.value ?? '') < (other?.value ?? '') ? -1 : 1

/** A resident's session by a code to the phone. */
async function proven(phone: string): Promise<string> {
  const { json } = await server.call('POST', '/api/phone-codes', { body: { phone } })
  const answer = await server.call('POST', '/api/phone-sessions', { body: { phone, code: json.demoCode } })
  expect(answer.status, answer.text).toBeLessThan(300)
  return answer.cookie!
}

async function tell(token: string | undefined, body: Record<string, unknown> = {}) {
  const id = newId(server)
  const answer = await server.call('POST', '/api/wishes', {
    token,
    body: {
      id,
      words: '孙子今年8岁，想要一个书包，电话10011110001',
      kind: 'thing',
      path: paths.inside.unit,
      ...body,
    },
  })
  return { ...answer, id }
}
const decide = (id: string, body: Record<string, unknown>) =>
  server.call('POST', `/api/wishes/${id}/decision`, { token: desk, body: { id: newId(server), ...body } })
const cleared = {
  kind: 'publish',
  as: 'thing',
  title: '一个书包',
  words: '想要一个结实的双肩书包',
  looked: true,
}
const act = (token: string | undefined, id: string, body: Record<string, unknown>) =>
  server.call('POST', `/api/wishes/${id}/entries`, { token, body: { id: newId(server), ...body } })
const everybodys = async () =>
  (await server.call('GET', '/api/wishes')).json.items as { id: string; state: string }[]
const own = async (token: string) =>
  (await server.call('GET', '/api/wishes/own', { token })).json.items as OwnWish[]
const atDesk = async (state: string) =>
  (await server.call('GET', `/api/wishes/desk?state=${state}`, { token: desk })).json.items as DeskWish[]
const rings = () => keepWishes(server.database, district, server.clock.now())
async function published(): Promise<string> {
  const { id } = await tell(wisher)
  const answer = await decide(id, cleared)
  expect(answer.status, answer.text).toBe(200)
  return id
}

test('the table: every state that is not over has a clock, what it enters leads on, and every state is reached', () => {
  const reached = new Set<WishState>()
  for (const [state, { final, then }] of Object.entries(wishStates) as [
    WishState,
    (typeof wishStates)[WishState],
  ][]) {
    expect(final).toBe(then === null)
    if (then) expect(afterEntry(state, then)).not.toBeNull()
    for (const kind of Object.keys(wishEntries) as WishEntryKind[]) {
      const next = afterEntry(state, kind)
      if (next) reached.add(next)
    }
  }
  reached.add(wishEntries.tell.to)
  expect([...reached].toSorted()).toEqual(Object.keys(wishStates).toSorted())
})

test('R11 from said to thanked; WI2 what everybody reads names nobody', async () => {
  const { id, status, text } = await tell(wisher)
  expect(status, text).toBe(201)
  expect(await everybodys()).toEqual([])
  const [waiting] = await atDesk('waiting')
  expect(waiting).toMatchObject({
    said: '孙子今年8岁，想要一个书包，电话10011110001',
    phone: '100 **** ***1',
  })
  expect(waiting!.marks.map(({ kind }) => kind)).toEqual(['minor', 'minor', 'phone'])
  expect((await decide(id, cleared)).json.state).toBe('published')
  const list = await server.call('GET', '/api/wishes')
  expect(list.json.items).toMatchObject([{ id, title: '一个书包', state: 'published' }])
  expect(list.text).not.toMatch(/8岁|孙子|1001111|1单元|和平小区/)
  expect((await act(helper, id, { kind: 'claim' })).json.state).toBe('claimed')
  const [mine] = await own(helper)
  expect(mine).toMatchObject({
    mine: 'claimed',
    words: '想要一个结实的双肩书包',
    may: ['give_back', 'fulfil'],
  })
  expect(JSON.stringify(mine)).not.toMatch(/8岁|孙子|1001111/)
  expect((await act(helper, id, { kind: 'fulfil', words: '书包放在社区了' })).json.state).toBe('fulfilled')
  const [told] = await own(wisher)
  expect(told).toMatchObject({ mine: 'told', done: '书包放在社区了', claimedBy: 'resident', may: ['thank'] })
  expect((await act(wisher, id, { kind: 'thank', words: '谢谢，很合适' })).json.state).toBe('thanked')
  expect((await own(helper))[0]).toMatchObject({ thanks: '谢谢，很合适' })
  const told2 = await asOwner<{ template: string }>(
    server,
    'select distinct template from message order by 1',
  )
  expect(told2.map(({ template }) => template)).toEqual([
    'wish.claim',
    'wish.fulfil',
    'wish.publish',
    'wish.tell',
    'wish.thank',
  ])
})

describe('WI1 who may say and claim', () => {
  test('nobody without a proven phone, and nobody their own', async () => {
    expect((await tell(undefined)).status).toBe(401)
    const browser = (
      await server.call('POST', '/api/requests', {
        body: {
          id: newId(server),
          words: '路灯不亮',
          path: paths.inside.unit,
          reporter: { id: newId(server) },
        },
      })
    ).cookie
    const unproven = await tell(browser)
    expect(unproven.problem).toBe('wish.not_proven')
    expect(await atDesk('waiting')).toEqual([])
    const id = await published()
    expect((await act(wisher, id, { kind: 'claim' })).problem).toBe('wish.own')
    expect((await act(helper, id, { kind: 'thank', words: '谢谢' })).problem).toBe('wish.not_yours')
  })

  test('a liaison for a household, a shop by whoever works there; not for somebody else’s', async () => {
    const { id } = await tell(liaison, { words: '想有人陪着下盘棋', kind: 'company' })
    await decide(id, { ...cleared, as: 'company', title: '下棋', words: '想有人陪着下盘棋' })
    const shop = await server.session('handler')
    expect((await act(shop, id, { kind: 'claim', organisation: ids.bureau })).status).toBe(422)
    expect((await act(shop, id, { kind: 'claim', organisation: ids.firm })).json.state).toBe('claimed')
    const [open] = await atDesk('open')
    expect(open!.claimedBy).toMatchObject({ kind: 'organisation' })
    expect(open!.claimedBy!.name).toContain('和顺物业')
    expect((await own(liaison))[0]!.claimedBy).toBe('organisation')
  })

  test('RQ3 the same twice is once; another desk sees nothing of what was said', async () => {
    const id = newId(server)
    await Promise.all([tell(wisher, { id }), tell(wisher, { id })])
    expect(await atDesk('waiting')).toHaveLength(1)
    expect((await tell(helper, { id })).problem).toBe('id_taken')
    await asOwner(server, `update wish_told set path = $1`, [paths.outside.community])
    await asOwner(server, `update wish set path = $1`, [paths.outside.community])
    expect(await atDesk('waiting')).toEqual([])
    expect((await decide(id, cleared)).status).toBe(404)
  })
})

test('WI2 a child, somebody’s health, a number, a door are never published, whatever the desk ticks', async () => {
  for (const words of ['给孩子的书包', '透析回家没人接', '打10011110001', '住3号楼2单元401室', '今年12岁'])
    expect(neverIn(words), words).not.toEqual([])
  expect(neverIn('想要一个结实的双肩书包，旧的也行')).toEqual([])
  const { id } = await tell(wisher)
  expect((await decide(id, { ...cleared, words: '给孩子的书包' })).problem).toBe('wish.never_published')
  expect((await decide(id, { ...cleared, words: '叫王大爷的想要书包', looked: false })).problem).toBe(
    'wish.look_again',
  )
  expect((await decide(id, { kind: 'decline', words: '已经帮您联系到了' })).json.state).toBe('declined')
  expect((await own(wisher))[0]).toMatchObject({ state: 'declined', reason: '已经帮您联系到了', may: [] })
})

test('WI3 of those who claim in the same moment one has it', async () => {
  const id = await published()
  const others = await Promise.all(['10011110003', '10011110004', '10011110005'].map(proven))
  const answers = await Promise.all(others.map((token) => act(token, id, { kind: 'claim' })))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 409, 409])
  expect(await asOwner(server, 'select 1 from wish_claim')).toHaveLength(1)
  const first = others[answers.findIndex(({ status }) => status === 200)]!
  expect((await act(first, id, { kind: 'give_back', words: '买不到' })).json.state).toBe('published')
  expect((await act(helper, id, { kind: 'claim' })).json.state).toBe('claimed')
})

test('WI6 the clock: not read in three days, not claimed in thirty, not done in fourteen; each once', async () => {
  await tell(wisher)
  server.clock.set('2026-11-23T02:20:00.000Z')
  expect((await Promise.all([rings(), rings()])).reduce((a, b) => a + b)).toBe(1)
  expect(await rings()).toBe(0)
  server.clock.set(start)
  const id = await published()
  await act(helper, id, { kind: 'claim' })
  server.clock.set('2026-12-04T02:20:00.000Z')
  expect(await rings()).toBe(1)
  expect(await everybodys()).toMatchObject([{ id, state: 'published' }])
  expect(await own(helper)).toEqual([])
  server.clock.set('2027-01-03T02:20:00.000Z')
  expect(await rings()).toBe(1)
  expect(await everybodys()).toEqual([])
  desk = await server.session('community_desk')
  expect((await atDesk('waiting')).map(({ state }) => state).toSorted()).toEqual(['expired', 'told'])
  expect((await decide(id, cleared)).json.state).toBe('published')
  server.clock.set(start)
  desk = await server.session('community_desk')
})

test('WI8 boundary 5 one’s own copy holds what one wished and claimed, and nothing of the other', async () => {
  const copyOf = async (token: string) => {
    const { json, text } = await server.call('GET', '/api/me/copy', { token })
    const parts = json.parts as { title: string; rows: { what: string; value: string }[] }[]
    return { text, wishes: parts.filter(({ title }) => title.includes('心愿')) }
  }
  const id = await published()
  const { code } = (await own(wisher))[0]!
  await act(helper, id, { kind: 'claim' })
  await act(helper, id, { kind: 'give_back', words: '买不到' })
  await act(helper, id, { kind: 'claim' })
  await act(helper, id, { kind: 'fulfil', words: '书包放在社区了' })
  await act(wisher, id, { kind: 'thank', words: '谢谢，很合适' })

  const mine = await copyOf(wisher)
  expect(mine.wishes.map(({ title }) => title)).toEqual([`我许的心愿 ${code}`])
  expect(mine.wishes[0]!.rows).toEqual(
    expect.arrayContaining([
      { what: '我的原话', value: '孙子今年8岁，想要一个书包，电话10011110001' },
      { what: '大家看到的话', value: '一个书包\n想要一个结实的双肩书包' },
      { what: '2026-11-20 10:20 社区或对方：办到了', value: '书包放在社区了' },
      { what: '2026-11-20 10:20 我：道谢', value: '谢谢，很合适' },
    ]),
  )
  expect(mine.text).not.toMatch(/买不到|10011110002/)

  const theirs = await copyOf(helper)
  expect(theirs.wishes.map(({ title }) => title)).toEqual([`我认领的心愿 ${code}`, `我认领的心愿 ${code}`])
  expect(theirs.wishes.map(({ rows }) => rows[1]).toSorted(byValue)).toEqual(
    [
      { what: '后来', value: '交回了' },
      { what: '后来', value: '办到了' },
    ].toSorted(byValue),
  )
  expect(theirs.text).toContain('买不到')
  expect(theirs.text).not.toMatch(/8岁|孙子|10011110001/)

  // What the other takes back is nobody's to read; that one had claimed it is still one's own.
  const second = await published()
  await act(helper, second, { kind: 'claim' })
  await act(wisher, second, { kind: 'withdraw' })
  const after = await copyOf(helper)
  expect(after.wishes.map(({ title }) => title)).toContain('我认领过的心愿')
  expect(after.text).not.toMatch(/8岁|孙子|10011110001/)
  expect((await copyOf(await proven('10011110008'))).wishes).toEqual([])
})

test('WI7 what is taken back is nobody’s to read, and goes with the account (RQ15)', async () => {
  const id = await published()
  await act(wisher, id, { kind: 'withdraw' })
  expect(await everybodys()).toEqual([])
  const other = await proven('10011110009')
  const { id: second } = await tell(other, { words: '想要一盆花' })
  const gone = await server.call('POST', '/api/erasures', {
    token: other,
    body: { id: newId(server), scope: 'account' },
  })
  expect(gone.status, gone.text).toBeLessThan(300)
  const [row] = await asOwner(server, 'select words, reporter_id from wish_told where wish_id = $1', [second])
  expect(row).toEqual({ words: '', reporter_id: null })
})
