import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { entered, said } from '#tests/story.ts'
import { startErasing, words } from './erasing-fixture.ts'
import type { Erasing } from './erasing-fixture.ts'

let server: Erasing['server']
let staff: Erasing['staff']
let proven: Erasing['proven']
beforeAll(async () => {
  ;({ server, staff, proven } = await startErasing())
})
afterAll(() => server.close())

describe('boundary 5: a resident sees, takes along and corrects', () => {
  test('everything that is kept, in plain words, and nothing of anybody else', async () => {
    const token = await proven('10055550011')
    const own = await said(server, { words, place: '三楼301' }, token)
    await said(server, { words: '别人家的事' })
    await entered(server, staff.community_desk, own.id, { kind: 'note', words: '内部的话', visible: false })
    const { json, text } = await server.call('GET', '/api/me/copy', { token })
    expect(json.parts.map((part: { title: string }) => part.title)).toEqual([
      '关于我',
      `我说过的事 ${own.code}`,
    ])
    for (const part of ['10055550011', words, '三楼301']) expect(text).toContain(part)
    for (const part of ['别人家的事', '内部的话']) expect(text).not.toContain(part)
    expect(json.kept.length).toBeGreaterThan(3)
  })

  test('name and number, the new one by a code; a number that is somebody’s stays theirs', async () => {
    const token = await proven('10055550012')
    const request = await said(server, { words }, token)
    const put = (what: string, body: object) => server.call('PUT', `/api/me/${what}`, { token, body })
    expect((await put('name', { name: '王秀英' })).status).toBe(204)
    await server.call('POST', '/api/phone-codes', { token, body: { phone: '10055550013' } })
    expect((await put('phone', { phone: '10055550013', code: '000000' })).json.code).toBe('access.wrong_code')
    server.clock.advance({ minutes: 2 })
    const sent = await server.call('POST', '/api/phone-codes', { token, body: { phone: '10055550013' } })
    expect((await put('phone', { phone: '10055550013', code: sent.json.demoCode })).status).toBe(204)
    expect((await server.call('GET', '/api/me', { token })).json.reporter).toMatchObject({
      name: '王秀英',
      phone: '10055550013',
      proven: true,
    })
    // What was said is opened by the new number, and no longer by the old one.
    const follow = (phoneTail: string) =>
      server.call('POST', '/api/follow', { body: { code: request.code, phoneTail } })
    expect((await follow('0012')).status).toBe(404)
    expect((await follow('0013')).status).toBe(200)
    await proven('10055550014')
    server.clock.advance({ minutes: 2 })
    const theirs = await server.call('POST', '/api/phone-codes', { token, body: { phone: '10055550014' } })
    expect((await put('phone', { phone: '10055550014', code: theirs.json.demoCode })).json.code).toBe(
      'access.phone_taken',
    )
  })
})
