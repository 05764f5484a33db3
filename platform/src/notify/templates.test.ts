import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Scope } from '#kernel/db.ts'
import { district, ids } from '#tests/fixture.ts'
import type { TestServer } from '#tests/server.ts'
import { newId, startDistrict } from '#tests/story.ts'
import { isTemplate, templates, valuesOf } from './rules.ts'
import { tell } from './service.ts'
import type { Template } from './template-contract.ts'

/** NT8: the words of messages are the district's to change; what was told keeps the words it was told in (RQ16). */

let server: TestServer
let desk: string
const whole: Scope = { district, reach: 'district', paths: [], organisations: [] }
beforeAll(async () => {
  const started = await startDistrict()
  server = started.server
  desk = started.staff.district_desk
})
afterAll(() => server.close())

const place = { channel: 'in_app', audience: 'serving', language: 'zh-CN' }
const change = (version: number, body: object, token = desk, template = 'request.note') =>
  server.call('PUT', `/api/message-templates/${template}`, {
    token,
    body: { ...place, ...body },
    headers: { 'if-match': `"${version}"`, 'accept-language': 'en' },
  })
const listed = async (): Promise<Template> => {
  const { json } = await server.call('GET', '/api/message-templates', { token: desk })
  return (json.items as Template[]).find(
    (one) =>
      one.template === 'request.note' &&
      one.channel === 'in_app' &&
      one.audience === 'serving' &&
      one.language === 'zh-CN',
  )!
}
const note = async () => {
  await server.database.within(whole, (trx) =>
    tell(trx, {
      id: newId(server),
      to: { organisation: ids.district },
      template: 'request.note',
      params: { code: 'GY-2611-000001', title: '路灯不亮' },
      at: server.clock.now().toString({ smallestUnit: 'millisecond' }),
    }),
  )
  server.clock.advance({ minutes: 1 })
}
const texts = async () => {
  const { json } = await server.call('GET', '/api/notices', { token: desk })
  return (json.items as { text: string }[]).map(({ text }) => text)
}

describe('NT8 the words of a message', () => {
  test('change from now on; what was told before keeps its words, also after going back to those of the product', async () => {
    const standard = (await listed()).words
    await note()
    const [before] = await texts()
    expect((await change(0, { words: '新情况 {code}，{title}' })).json).toMatchObject({
      own: true,
      version: 1,
    })
    server.clock.advance({ minutes: 1 })
    await note()
    expect(await texts()).toEqual(['新情况 GY-2611-000001，路灯不亮', before])
    expect((await change(1, { words: null })).json).toMatchObject({ own: false, version: 2, words: standard })
    await note()
    expect(await texts()).toEqual([before, '新情况 GY-2611-000001，路灯不亮', before])
  })

  test('may take force on a later day, and are the old ones until then', async () => {
    const from = server.clock.now().add({ hours: 24 }).toString()
    const { version, words } = await listed()
    const answer = await change(version, { words: '下月起 {code}', validFrom: from })
    expect(answer.json).toMatchObject({ words, own: false })
    expect(Date.parse(answer.json.coming)).toBe(Date.parse(from))
    server.clock.advance({ hours: 25 })
    desk = await server.session('district_desk')
    expect(await listed()).toMatchObject({ words: '下月起 {code}', own: true, coming: null })
    const past = await change(version + 1, { words: '{code}', validFrom: '2020-01-01T00:00:00.000Z' })
    expect([past.status, past.json.field]).toEqual([400, 'body.validFrom'])
  })

  test('with an unknown placeholder or without the one that is needed are refused at the field', async () => {
    const { version } = await listed()
    const unknown = await change(version, { words: '{code} {phone}' })
    expect([unknown.status, unknown.json.code, unknown.json.field]).toEqual([
      422,
      'template.unknown_value',
      'body.words',
    ])
    expect(unknown.json.detail).toContain('{phone}')
    const missing = await change(version, { words: '有新情况' })
    expect([missing.status, missing.json.code, missing.json.field]).toEqual([
      422,
      'template.missing_value',
      'body.words',
    ])
    const subject = await change(version, { channel: 'email', words: '{code}', subject: '{name}' })
    expect(subject.json.field).toBe('body.subject')
    expect((await change(0, { words: '{code}' }, desk, 'request.nothing')).status).toBe(404)
    expect((await change(0, { words: '{code}', channel: 'sms' })).status).toBe(404)
  })

  test('changed by two at once: the second is told, and writes over nothing', async () => {
    const { version } = await listed()
    const answers = await Promise.all([
      change(version, { words: '甲 {code}' }),
      change(version, { words: '乙 {code}' }),
    ])
    expect(answers.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 412])
  })

  test('leave their history, with who and when', async () => {
    const { json } = await server.call(
      'GET',
      '/api/message-templates/request.note/history?channel=in_app&audience=serving&language=zh-CN',
      { token: desk },
    )
    expect(json.items.map(({ version }: { version: number }) => version)).toEqual([4, 3, 2, 1])
    expect(json.items[3]).toMatchObject({ words: '新情况 {code}，{title}', setBy: 'district_desk的人' })
    expect(json.items[2].words).toBeNull()
  })

  test('are for the district desk and the IT desk, for nobody else', async () => {
    for (const role of ['community_desk', 'subdistrict_desk', 'handler', 'audit_admin'] as const) {
      const answer = await change(0, { words: '{code}' }, await server.session(role))
      expect(answer.status).toBe(403)
    }
  })
})

test('NT8 every message of the product brings a code, and its own words pass its own check', () => {
  for (const template of templates) {
    expect(isTemplate(template)).toBe(true)
    for (const audience of ['reporter', 'serving'] as const) {
      const { values, needed } = valuesOf(template, 'in_app', audience, 'zh-CN')
      expect(needed.every((name) => values.includes(name))).toBe(true)
    }
  }
})
