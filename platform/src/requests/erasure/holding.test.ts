import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { localFiles } from '#kernel/files.ts'
import { district } from '#tests/fixture.ts'
import { asOwner, newId, said } from '#tests/story.ts'
import { startErasing, words } from './erasing-fixture.ts'
import type { Erasing } from './erasing-fixture.ts'
import { finishErasures } from './finish.ts'

/** RQ15 and boundary 5: what the law keeps is said and decided, and what goes later goes surely. */

let server: Erasing['server']
let security: Erasing['security']
let erase: Erasing['erase']
let rowOf: Erasing['rowOf']
let finish: Erasing['finish']
let lived: Erasing['lived']
let proven: Erasing['proven']
beforeAll(async () => {
  ;({ server, security, erase, rowOf, finish, lived, proven } = await startErasing())
})
afterAll(() => server.close())

describe('boundary 5: statutory exceptions are named, decided within fifteen days, and told', () => {
  const hold = async (code: string) => {
    const id = newId(server)
    const answer = await server.call('POST', '/api/erasure-holds', {
      token: security,
      body: { id, code, ground: 'proceedings', words: '区法院（2026）民初123号' },
    })
    expect(answer.status, answer.text).toBe(201)
    return id
  }
  const decide = (id: string, body: Record<string, unknown>) =>
    server.call('POST', `/api/erasures/${id}/decision`, { token: security, body })

  test('a held request is not erased; the queue shows it without a word of it; refused with ground and reason', async () => {
    const request = await lived('closed')
    await hold(request.code)
    const answer = await erase(request.token, { scope: 'all', request: request.id })
    expect(answer.json).toMatchObject({ state: 'waiting', ground: 'proceedings' })
    expect((await rowOf(request.id))?.words).toBe(words)
    const queue = await server.call('GET', '/api/erasures', { token: security })
    expect(queue.json.items[0]).toMatchObject({ id: answer.json.id, code: request.code, state: 'waiting' })
    expect(queue.text).not.toContain('王阿姨')
    const reason = '法院还在审理，判决后再删'
    expect(
      (await decide(answer.json.id, { decision: 'refuse', ground: 'proceedings', words: reason })).json,
    ).toMatchObject({ state: 'refused' })
    const own = await server.call('GET', '/api/erasures', { token: request.token })
    expect(own.json.items).toMatchObject([{ state: 'refused', ground: 'proceedings', words: reason }])
    const notices = await server.call('GET', '/api/notices', { token: request.token })
    expect(notices.json.items[0].text).toContain(request.code)
    expect((await decide(answer.json.id, { decision: 'erase' })).json.code).toBe('erasure.decided')
  })

  test('decided for erasing, it is erased; an account goes with its last request', async () => {
    const phone = '10055550004'
    const token = await proven(phone)
    const one = await said(server, { words }, token)
    const other = await said(server, { words }, token)
    const held = await hold(one.code)
    const account = newId(server)
    const asked = await server.call('POST', '/api/erasures', {
      token,
      body: { id: account, scope: 'account' },
    })
    expect(asked.json.state).toBe('waiting')
    expect(await rowOf(other.id)).toMatchObject({ words: '' })
    expect(await rowOf(one.id)).toMatchObject({ words })
    const { json } = await server.call('GET', '/api/erasures', { token: security })
    const waiting = json.items.find((item: { code: string }) => item.code === one.code)
    expect((await decide(waiting.id, { decision: 'erase' })).json).toMatchObject({ state: 'erased' })
    expect(await rowOf(one.id)).toMatchObject({ words: '', reporter: null })
    expect((await server.call('GET', `/api/erasures/${account}`)).json).toMatchObject({
      state: 'erased',
      counts: { requests: 2 },
    })
    expect((await server.call('GET', '/api/me', { token })).json.kind).toBe('anyone')
    // The hold went with the decision.
    const holds = await server.call('GET', '/api/erasure-holds', { token: security })
    expect(holds.json.items.map((item: { id: string }) => item.id)).not.toContain(held)
  })
})

describe('what goes after the transaction', () => {
  test('is done once, whenever the worker is cut off: nothing counts as done before all of it is', async () => {
    const request = await lived('closed')
    const file = 'left-0000000000000000'
    const files = localFiles(server.dataDir)
    await files.put(file, Buffer.from('x'))
    const { json } = await erase(request.token, { scope: 'all', request: request.id })
    await asOwner(server, 'update erasure set files = $2 where id = $1', [json.id, [file]])
    const stateNow = async () => (await server.call('GET', `/api/erasures/${json.id}`)).json.state
    const { database, keys, clock } = server
    const deps = { database, keys, district, now: clock.now() }
    const cutOff = { ...files, remove: () => Promise.reject(new Error('cut off')) }
    await expect(finishErasures({ ...deps, files: cutOff })).rejects.toThrow('cut off')
    expect(await stateNow()).toBe('erased')
    // The file went, and the worker died before it could say so.
    await files.remove(file)
    expect(await finishErasures({ ...deps, files })).toBeGreaterThan(0)
    expect(await stateNow()).toBe('done')
  })

  test('two workers at once do it without harm', async () => {
    const request = await lived('closed')
    const { json } = await erase(request.token, { scope: 'all', request: request.id })
    await Promise.all([finish(), finish()])
    expect((await server.call('GET', `/api/erasures/${json.id}`)).json.state).toBe('done')
  })
})
