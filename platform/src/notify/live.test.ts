import pg from 'pg'
import type { AddressInfo } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { openDatabase } from '#kernel/db.ts'
import type { Scope } from '#kernel/db.ts'
import { buildServer } from '#platform/app.ts'
import { district, ids, paths, personOf } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { accept, asOwner, assign, entered, newId, said, startDistrict } from '#tests/story.ts'
import { openStream } from '#tests/streams.ts'
import type { Stream } from '#tests/streams.ts'
import { tell } from './service.ts'

/** NT9: notices live, over real connections: nothing lost, nothing twice, and to nobody but their reader. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
let base: string
const open: Stream[] = []

const whole: Scope = { district, reach: 'district', paths: [], organisations: [] }

async function listen(one: TestServer['server']): Promise<string> {
  await one.listen({ port: 0, host: '127.0.0.1' })
  return `http://127.0.0.1:${(one.server.address() as AddressInfo).port}`
}

async function stream(
  token: string | undefined,
  more: { after?: string | undefined; query?: string } = {},
): Promise<Stream> {
  const one = await openStream(base, { token, ...more })
  open.push(one)
  return one
}

/** A notice to an organisation, as a use case writes it. */
const note = (title: string, organisation: string = ids.community) =>
  server.database.within(whole, (trx) =>
    tell(trx, {
      id: newId(server),
      to: { organisation },
      template: 'request.note',
      params: { code: 'GY-2611-000001', title },
      at: server.clock.now().toString({ smallestUnit: 'millisecond' }),
    }),
  )

const titled = (title: string) => (data: Record<string, unknown>) => String(data['text']).includes(title)
const titlesOf = (one: Stream) =>
  one.told
    .filter(({ event }) => event === 'notice')
    .map(({ data }) => /：(.*)（/.exec(String(data['text']))?.[1] ?? '')

beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
  base = await listen(server.server)
})
afterEach(() => {
  for (const one of open.splice(0)) one.close()
})
afterAll(() => server.close())

describe('NT9 live', () => {
  test('a notice arrives by itself, with the number of unread ones, as /api/notices gives it', async () => {
    const desk = await stream(staff.community_desk)
    expect(desk.headers['content-type']).toContain('text/event-stream')
    expect(desk.headers['x-accel-buffering']).toBe('no')
    expect(desk.headers['cache-control']).toContain('no-transform')
    const { data } = await desk.hear('ready')
    expect(data).toMatchObject({ resumed: false })
    await note('井盖丢了')
    const heard = await desk.hear('notice', titled('井盖丢了'))
    await desk.hear('unread', ({ unread }) => unread === Number(data['unread']) + 1)
    const list = await server.call('GET', '/api/notices', { token: staff.community_desk })
    expect(list.json.items[0]).toEqual(heard.data)
  })

  test('NT6 it reaches its readers alone: staff of another organisation and the resident hear their own', async () => {
    const { token, id } = await said(server)
    const [desk, firm, resident] = [
      await stream(staff.community_desk),
      await stream(staff.handler),
      await stream(token),
    ]
    for (const one of [desk, firm, resident]) await one.hear('ready')
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, assign())
    await resident.hear('notice', ({ template }) => template === 'request.assign')
    await firm.hear('notice', ({ template }) => template === 'request.assign')
    // Written after all the others: whoever hears it would have heard them before.
    await note('最后一条', ids.community)
    await desk.hear('notice', titled('最后一条'))
    for (const [one, template, url] of [
      [desk, 'request.note', staff.community_desk],
      [firm, 'request.assign', staff.handler],
      [resident, 'request.assign', token],
    ] as const) {
      const { json } = await server.call('GET', '/api/notices?limit=100', { token: url })
      const own = new Set((json.items as { id: string }[]).map((row) => row.id))
      const heard = one.told.filter(({ event }) => event === 'notice')
      expect(heard.at(-1)?.data['template']).toBe(template)
      for (const { data } of heard) expect(own.has(String(data['id']))).toBe(true)
    }
  })

  test('two tabs of one person both hear, and reading in one is seen in the other', async () => {
    const tabs = [await stream(staff.grid_worker), await stream(staff.grid_worker)]
    for (const one of tabs) await one.hear('ready')
    await note('两个页面')
    const heard = await Promise.all(tabs.map((one) => one.hear('notice', titled('两个页面'))))
    expect(heard[0]?.data).toEqual(heard[1]?.data)
    await server.call('POST', '/api/notices/read', { token: staff.grid_worker })
    for (const one of tabs) await one.hear('unread', ({ unread }) => unread === 0)
  })

  test('a request that is open on the page, and one in my area, are told when they change; others are not', async () => {
    const mine = await said(server)
    const other = await said(server, { path: paths.outside.community })
    const watching = await stream(mine.token, { query: `?requests=${mine.id},${other.id}` })
    const desk = await stream(staff.community_desk)
    await watching.hear('ready')
    await desk.hear('ready')
    // It begins with how the one that is open stands, in case it changed since it was read.
    await watching.hear('request', ({ id, version }) => id === mine.id && version === 1)
    await entered(server, staff.district_desk, other.id, accept)
    await entered(server, staff.community_desk, mine.id, accept)
    const { headers } = await server.call('GET', `/api/requests/${mine.id}`, { token: staff.community_desk })
    const told = await watching.hear('request', ({ id, version }) => id === mine.id && version !== 1)
    expect(`"${String(told.data['version'])}"`).toBe(headers['etag'])
    await desk.hear('request', ({ id }) => id === mine.id)
    for (const one of [watching, desk])
      expect(one.told.filter(({ event, data }) => event === 'request' && data['id'] === other.id)).toEqual([])
  })
})

describe('NT9 continued', () => {
  test('after a break: what was written meanwhile comes once, in order, and nothing again', async () => {
    const first = await stream(staff.community_desk)
    await first.hear('ready')
    await note('断线前')
    await first.hear('notice', titled('断线前'))
    first.close()
    for (const title of ['断线时甲', '断线时乙', '断线时丙']) await note(title)
    const second = await stream(staff.community_desk, { after: first.cursor() })
    expect((await second.hear('ready')).data).toMatchObject({ resumed: true })
    await note('接上后')
    await second.hear('notice', titled('接上后'))
    expect(titlesOf(second)).toEqual(['断线时甲', '断线时乙', '断线时丙', '接上后'])
  })

  test('after a break in the middle of many: each comes once, whichever event was the last', async () => {
    const first = await stream(staff.community_desk)
    await first.hear('ready')
    const titles = Array.from({ length: 120 }, (_, n) => `第${n}条`)
    for (const title of titles) await note(title)
    await first.hear('notice', titled(titles.at(-1)!))
    first.close()
    const cursors = [0, 49, 50, 77].map((n) => first.told.filter(({ event }) => event === 'notice')[n]!)
    for (const { id, data } of cursors) {
      const again = await stream(staff.community_desk, { after: id })
      await again.hear('notice', titled(titles.at(-1)!))
      const from = titles.findIndex((title) => titled(`：${title}（`)(data)) + 1
      expect(titlesOf(again)).toEqual(titles.slice(from))
      again.close()
    }
  })

  test('a reader that takes nothing for a while gets all of it afterwards, in order, each once', async () => {
    const slow = await stream(staff.community_desk)
    await slow.hear('ready')
    slow.pause()
    const titles = Array.from({ length: 150 }, (_, n) => `慢慢看${n}`)
    for (const title of titles) await note(title)
    slow.resume()
    await slow.hear('notice', titled(`：${titles.at(-1)}（`))
    expect(titlesOf(slow)).toEqual(titles)
  })

  test('who follows one request by its code hears of that one', async () => {
    const { code, id } = await said(server, { reporter: { id: newId(server), phone: '10012349999' } })
    const followed = await server.call('POST', '/api/follow', { body: { code, phoneTail: '9999' } })
    const follower = await stream(followed.cookie)
    await follower.hear('ready')
    await said(server, { reporter: { id: newId(server), phone: '10012349998' } })
    await entered(server, staff.community_desk, id, accept)
    const heard = await follower.hear('notice')
    expect(heard.data['request']).toBe(id)
    expect(follower.told.filter(({ event }) => event === 'notice')).toHaveLength(1)
  })

  test('a transaction that began earlier and commits later is not passed over', async () => {
    await server.call('POST', '/api/notices/read', { token: staff.community_desk })
    const desk = await stream(staff.community_desk)
    await desk.hear('ready')
    const slow = new pg.Client({ connectionString: server.ownerUrl })
    await slow.connect()
    await slow.query('begin')
    // It has its number before the other one, and commits after it.
    await slow.query(
      `insert into message (district_code, id, channel, to_organisation_id, template, params, state, created_at, sent_at)
       values ($1, $2, 'in_app', $3, 'request.note', '{"code": "GY-1", "title": "慢的"}', 'sent', $4, $4)`,
      [district, newId(server), ids.community, server.clock.now().toString()],
    )
    await note('快的')
    // The count includes it, the stream holds it back: told now, the slow one would be behind the cursor for ever.
    await desk.hear('unread')
    expect(titlesOf(desk)).not.toContain('快的')
    await slow.query('commit')
    await slow.end()
    await desk.hear('notice', titled('快的'))
    expect(titlesOf(desk).filter((title) => ['慢的', '快的'].includes(title))).toEqual(['慢的', '快的'])
  })

  test('after a restart of the server, from the cursor', async () => {
    const before = await stream(staff.community_desk)
    await before.hear('ready')
    await note('重启前')
    await before.hear('notice', titled('重启前'))
    const options = { config: server.config, keys: server.keys, clock: server.clock }
    const database = openDatabase(server.urls.app, { max: 4 })
    const other = await buildServer({ ...options, database })
    const otherBase = await listen(other)
    const there = await openStream(otherBase, { token: staff.community_desk, after: before.cursor() })
    await there.hear('ready')
    await note('重启时')
    await there.hear('notice', titled('重启时'))
    // The server does not wait for those who listen, and they are not left hanging.
    await other.close()
    await database.close()
    await there.ended
    await note('重启后')
    const after = await stream(staff.community_desk, { after: there.cursor() })
    await after.hear('notice', titled('重启后'))
    expect(titlesOf(after)).toEqual(['重启后'])
    expect(titlesOf(there)).toEqual(['重启时'])
  })

  test('a broken connection of the listener is mended, and what it missed is found', async () => {
    const desk = await stream(staff.community_desk)
    await desk.hear('ready')
    await asOwner(
      server,
      `select pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and datname = current_database()`,
    )
    await note('线断了')
    await desk.hear('notice', titled('线断了'))
    expect(titlesOf(desk).filter((title) => title === '线断了')).toHaveLength(1)
  })

  test('a cursor of another history, or of nobody, begins anew and says so', async () => {
    for (const after of ['999999999999999.00000000-0000-0000-0000-000000000000', '../../etc', '1']) {
      const one = await stream(staff.community_desk, { after })
      expect((await one.hear('ready')).data).toMatchObject({ resumed: false })
      expect(titlesOf(one)).toEqual([])
      one.close()
    }
  })
})

describe('NT9 whoever may no longer read hears nothing more', () => {
  test('logging out ends the stream', async () => {
    const token = await server.session('community_desk')
    const one = await stream(token)
    await one.hear('ready')
    await server.call('DELETE', '/api/session', { token })
    await one.ended
    expect((await stream(token)).status).toBe(401)
  })

  test('a post that ends, ends it; what remains is read under the new rights', async () => {
    const token = await server.session('handler')
    const one = await stream(token)
    await one.hear('ready')
    const [post] = await asOwner<{ id: string }>(
      server,
      `update post set valid_until = $2 where person_id = $1 returning id`,
      [personOf('handler'), server.clock.now().add({ hours: 1 }).toString()],
    )
    expect(post).toBeDefined()
    server.clock.advance({ hours: 2 })
    // The post is over by the clock alone: the next thing that would have been told is not.
    await note('给物业的', ids.firm)
    await one.ended
    expect(titlesOf(one)).toEqual([])
    expect((await stream(token)).status).toBe(403)
  })

  test('a session that expired hears nothing more', async () => {
    const token = await server.session('community_desk')
    const one = await stream(token)
    await one.hear('ready')
    server.clock.advance({ hours: 13 })
    await note('下班以后')
    await one.ended
    expect(titlesOf(one)).toEqual([])
  })

  test('a session holds six streams, not more; without a session there is none', async () => {
    const token = await server.session('community_desk')
    for (let n = 0; n < 6; n += 1) expect((await stream(token)).status).toBe(200)
    expect((await stream(token)).status).toBe(429)
    open.splice(0, 1)[0]?.close()
    await expect.poll(async () => (await stream(token)).status).toBe(200)
    expect((await stream(undefined)).status).toBe(401)
  })
})
