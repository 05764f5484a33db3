import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ids, paths } from '#tests/fixture.ts'
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
  say,
  startDistrict,
} from '#tests/story.ts'
import type { Said } from '#tests/story.ts'

/** Who sees what of a request, and through which door. */

let server: TestServer
let staff: Awaited<ReturnType<typeof startDistrict>>['staff']
beforeAll(async () => {
  ;({ server, staff } = await startDistrict())
})
afterAll(() => server.close())

const get = (url: string, token?: string, headers: Record<string, string> = {}) =>
  server.call('GET', url, { token, headers: { 'accept-language': 'en', ...headers } })

const picture = (background: string) =>
  sharp({ create: { width: 40, height: 30, channels: 3, background } })
    .jpeg()
    .toBuffer()

/** Uploads a photo as a browser does. */
async function upload(bytes: Buffer, token?: string, id = newId(server)) {
  const edge = 'xxEDGExx'
  const field = (name: string, value: string) =>
    `--${edge}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const head = `--${edge}\r\ncontent-disposition: form-data; name="file"; filename="a.jpg"\r\ncontent-type: image/jpeg\r\n\r\n`
  const answer = await server.server.inject({
    method: 'POST',
    url: '/api/attachments',
    payload: Buffer.concat([
      Buffer.from(field('id', id) + field('kind', 'photo') + head),
      bytes,
      Buffer.from(`\r\n--${edge}--\r\n`),
    ]),
    headers: {
      'content-type': `multipart/form-data; boundary=${edge}`,
      ...(token && { cookie: `chuanmen_session=${token}` }),
    },
  })
  return { id, status: answer.statusCode, json: answer.json() }
}
const bytesOf = async (id: string, token?: string) => {
  const answer = await server.server.inject({
    url: `/api/attachments/${id}`,
    headers: token ? { cookie: `chuanmen_session=${token}` } : {},
  })
  return { status: answer.statusCode, bytes: answer.rawPayload }
}

describe('photos', () => {
  test('only who brought one may name it, once, and see it before that', async () => {
    const { id: request, token } = await said(server)
    const other = await said(server)
    const photo = await upload(await picture('#a00'), token)
    expect(photo.status).toBe(201)
    expect((await bytesOf(photo.id, token)).status).toBe(200)
    expect((await bytesOf(photo.id, other.token)).status).toBe(404)
    expect((await bytesOf(photo.id, staff.district_desk)).status).toBe(404)
    const note = { kind: 'note', words: '看照片', attachments: [photo.id] } satisfies Said
    for (const [session, where] of [
      [other.token, other.id],
      [staff.community_desk, request],
    ] as const) {
      const refused = await enter(server, session, where, note)
      expect([refused.status, refused.json.code, refused.json.detail]).toEqual([
        422,
        'request.no_such_attachment',
        'The photo or voice note did not arrive; upload it again.',
      ])
    }
    await entered(server, token, request, note)
    expect((await bytesOf(photo.id, staff.community_desk)).status).toBe(200)
    expect((await enter(server, token, request, note)).json.code).toBe('request.no_such_attachment')
    expect((await bytesOf(photo.id, other.token)).status).toBe(404)
  })

  test('one on an internal note is not the reporter’s to read', async () => {
    const { id, token } = await said(server)
    const photo = await upload(await picture('#0a0'), staff.community_desk)
    await entered(server, staff.community_desk, id, {
      kind: 'note',
      words: '内部',
      visible: false,
      attachments: [photo.id],
    })
    expect((await bytesOf(photo.id, token)).status).toBe(404)
    expect((await bytesOf(photo.id, staff.subdistrict_desk)).status).toBe(200)
    const shown = await upload(await picture('#0a1'), staff.community_desk)
    await entered(server, staff.community_desk, id, {
      kind: 'note',
      words: '公开',
      visible: true,
      attachments: [shown.id],
    })
    expect((await bytesOf(shown.id, token)).status).toBe(200)
    expect((await get(`/api/requests/${id}`, token)).text).not.toContain(photo.id)
  })

  test('RQ3 the same upload twice is one; another under a taken id neither overwrites nor is told whose it is', async () => {
    const { token } = await said(server)
    const red = await picture('#f00')
    const first = await upload(red, token)
    const before = (await bytesOf(first.id, token)).bytes
    expect(await upload(red, token, first.id)).toEqual(first)
    for (const [bytes, session] of [
      [await picture('#00f'), token],
      [red, staff.community_desk],
    ] as const) {
      const again = await upload(bytes, session, first.id)
      expect([again.status, again.json.code]).toEqual([409, 'id_taken'])
    }
    expect((await bytesOf(first.id, token)).bytes).toEqual(before)
  })
})

describe('code and phone tail', () => {
  const follow = (code: string, phoneTail: string, token?: string) =>
    server.call('POST', '/api/follow', {
      token,
      body: { code, phoneTail },
      headers: { 'accept-language': 'en' },
    })
  const withPhone = (tail: string) =>
    said(server, { reporter: { id: newId(server), name: '赵秀兰', phone: `1001234${tail}` } })

  test('open the one request, from any browser, and others one by one', async () => {
    const [one, two] = [await withPhone('0301'), await withPhone('0302')]
    const first = await follow(one.code.toLowerCase(), '0301')
    expect([first.status, first.json.id]).toEqual([200, one.id])
    expect((await get(`/api/requests/${two.id}`, first.cookie)).status).toBe(404)
    const second = await follow(two.code, '0302', first.cookie)
    const list = await get('/api/requests?queue=reported', second.cookie)
    expect(list.json.items.map(({ id }: { id: string }) => id).toSorted()).toEqual(
      [one.id, two.id].toSorted(),
    )
    // A name or number is not given back to whoever knows four digits.
    expect(JSON.stringify([first.json, list.json])).not.toMatch(/赵秀兰|10012340301/)
    expect((await enter(server, second.cookie, one.id, { kind: 'note', words: '门禁坏了' })).status).toBe(200)
    expect((await enter(server, second.cookie, one.id, accept)).json.code).toBe('request.not_yours_to_make')
  })

  test('an unknown code cannot be told from a wrong tail, and both lock after five', async () => {
    const { code } = await withPhone('0303')
    const strange = 'GY-2611-999999'
    const plain = ({ status, text }: Awaited<ReturnType<typeof follow>>) => [
      status,
      text.replace(/urn:request:[\w-]+/, ''),
    ]
    for (let guess = 0; guess < 6; guess += 1) {
      const [wrong, unknown] = [await follow(code, '9999'), await follow(strange, '9999')]
      expect(plain(wrong)).toEqual(plain(unknown))
      expect([wrong.status, wrong.json.code]).toEqual(
        guess < 5 ? [404, 'request.wrong_code_or_tail'] : [429, 'http.too_many'],
      )
      expect(wrong.cookie).toBeUndefined()
    }
    expect((await follow(code, '0303')).status).toBe(429)
    server.clock.advance({ minutes: 61 })
    expect((await follow(code, '0303')).status).toBe(200)
  })
})

describe('the reporter', () => {
  test('sees neither what is internal nor what others said', async () => {
    const own = await said(server, { words: '我家的事' })
    const other = await said(server, { words: '别人家的事' })
    await entered(server, staff.community_desk, own.id, { kind: 'note', words: '此人常来', visible: false })
    const seen = await get(`/api/requests/${own.id}`, own.token)
    const list = await get('/api/requests?queue=all', own.token)
    expect(seen.text + list.text).not.toMatch(/此人常来|别人家的事/)
    expect(list.json.items).toHaveLength(1)
    expect(list.json.items[0].lastEntry.kind).toBe('submit')
    expect(list.json.counts).toEqual({ mine: 0, overdue: 0 })
    const beyond = await get(`/api/requests/${other.id}`, own.token)
    expect([beyond.status, beyond.json.detail]).toEqual([404, 'It does not exist or you may not see it.'])
    expect((await enter(server, own.token, other.id, { kind: 'note', words: '我也要说' })).status).toBe(404)
    expect((await get('/api/requests?queue=all')).status).toBe(401)
  })

  test('is masked to staff, shown without a number to grid workers, and in full to oneself', async () => {
    const reporter = { id: newId(server), name: '欧阳春花', phone: '10012340304' }
    const { id } = await said(server, { reporter })
    const seenBy = async (token: string) => (await get(`/api/requests/${id}`, token)).json.reporter
    expect(await seenBy(staff.community_desk)).toMatchObject({ phone: '100 **** ***4' })
    expect((await seenBy(staff.community_desk)).name).not.toBe(reporter.name)
    expect(await seenBy(staff.grid_worker)).toMatchObject({ phone: null })
    expect(await seenBy(await proven('10012340304'))).toMatchObject({
      name: reporter.name,
      phone: reporter.phone,
    })
    expect(
      (
        await server.call('POST', `/api/requests/${id}/reveals`, {
          token: staff.grid_worker,
          body: { reason: '想看看' },
        })
      ).status,
    ).toBe(403)
  })

  test('reads who had the number shown, for whom and why', async () => {
    const { id } = await said(server, {
      reporter: { id: newId(server), name: '钱大娘', phone: '10012340305' },
    })
    const reveal = (token: string, body: unknown) =>
      server.call('POST', `/api/requests/${id}/reveals`, { token, body })
    expect((await reveal(staff.community_desk, {})).status).toBe(400)
    expect((await reveal(staff.handler, { reason: '约上门时间' })).status).toBe(404)
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, assign())
    expect((await reveal(staff.handler, { reason: '约上门时间' })).json.phone).toBe('10012340305')
    const looked = await get('/api/looked', await proven('10012340305'))
    expect(looked.json.items).toContainEqual(
      expect.objectContaining({
        action: 'request.reveal',
        reason: '约上门时间',
        organisation: '和顺物业',
        request: id,
      }),
    )
    const [entry] = await asOwner(
      server,
      `select action, reason from audit_entry where subject_id = $1 and action = 'request.reveal'`,
      [id],
    )
    expect(entry).toEqual({ action: 'request.reveal', reason: '约上门时间' })
  })

  test('boundary 3 whoever gave a request back has no need of the number any more', async () => {
    const { id } = await said(server, { reporter: { id: newId(server), phone: '10012340309' } })
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, assign())
    const reveal = () =>
      server.call('POST', `/api/requests/${id}/reveals`, {
        token: staff.handler,
        body: { reason: '约上门时间' },
      })
    expect((await reveal()).json.phone).toBe('10012340309')
    await entered(server, staff.handler, id, { kind: 'return', basis: 'not_our_duty', words: '围墙外' })
    expect((await reveal()).json.code).toBe('access.not_allowed')
  })

  /** Proves a phone as the phone page does. @returns the session. */
  async function proven(phone: string): Promise<string> {
    const sent = await server.call('POST', '/api/phone-codes', { body: { phone } })
    const answer = await server.call('POST', '/api/phone-sessions', {
      body: { phone, code: sent.json.demoCode },
    })
    expect(answer.status, answer.text).toBe(201)
    return answer.cookie!
  }
})

describe('places and versions', () => {
  test('a district, a subdistrict or nowhere is no place to say something about', async () => {
    for (const path of [paths.inside.subdistrict, '131003/131003009/131003009001/'])
      expect((await say(server, { path })).status, path).toBeGreaterThanOrEqual(400)
  })

  test('an organisation sees a request once it has a hand in it, and keeps seeing it', async () => {
    const { id } = await said(server)
    const see = async () => (await get(`/api/requests/${id}`, staff.handler)).status
    expect(await see()).toBe(404)
    await entered(server, staff.community_desk, id, accept)
    await entered(server, staff.community_desk, id, {
      kind: 'assign',
      lead: { organisation: ids.bureau },
      assisting: [ids.firm],
    })
    expect(await see()).toBe(200)
    await entered(server, staff.community_desk, id, {
      kind: 'transfer',
      lead: { organisation: ids.community },
      words: '自己来',
    })
    expect(await see()).toBe(200)
  })

  test('what has not changed is not sent again', async () => {
    const { id, token } = await said(server)
    const { etag } = (await get(`/api/requests/${id}`, token)).headers
    expect(etag).toBe('"1"')
    const same = await get(`/api/requests/${id}`, token, { 'if-none-match': etag! })
    expect([same.status, same.text]).toEqual([304, ''])
    const after = await server.call('POST', `/api/requests/${id}/entries`, {
      token: staff.community_desk,
      body: { id: newId(server), ...answered },
    })
    expect([after.headers.etag, after.json.version]).toEqual(['"2"', 2])
    expect((await get(`/api/requests/${id}`, token, { 'if-none-match': etag! })).status).toBe(200)
  })
})
