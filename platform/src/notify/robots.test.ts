import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { ids } from '#tests/fixture.ts'
import { asOwner, newId } from '#tests/story.ts'
import { failedMessages } from './failed.ts'
import { outside } from './outside-fixture.ts'

/** NT18, NT20 through the real servers of chat robots on this machine. */

const { world, within, call, send, told, states } = outside()

const robot = async (more: Record<string, unknown> = {}) => {
  const id = newId(world.server)
  const answer = await call(
    'PUT',
    `/api/robots/${id}`,
    {
      organisation: ids.community,
      kind: 'wecom',
      name: '值班群',
      url: `${world.chat.origin}/wecom?key=s3cret`,
      shape: null,
      accepted: null,
      language: 'zh-CN',
      declined: [],
      active: true,
      ...more,
    },
    world.admin,
    { 'if-match': '"0"' },
  )
  return { id, ...answer }
}

describe('NT18 robots', () => {
  const toDesk = { to: { organisation: ids.community } } as const

  test('WeChat Work, DingTalk with its sign, and JSON of any form get what the organisation is told, once', async () => {
    world.chat.signedBy('SEC0123456789')
    await robot()
    await robot({
      kind: 'dingtalk',
      url: `${world.chat.origin}/dingtalk?access_token=t`,
      secret: 'SEC0123456789',
    })
    await robot({
      kind: 'http',
      url: `${world.chat.origin}/own`,
      secret: 'hand-in-hand',
      shape: '{"message":{"body":"{text}","ref":"{code}"},"id":"{key}"}',
      accepted: 'ok',
      language: 'en',
    })
    const message = await told({ ...toDesk, template: 'request.assign', request: newId(world.server) })
    await send()
    await send()
    expect(world.chat.posted.map(({ path }) => path).toSorted()).toEqual(['/dingtalk', '/own', '/wecom'])
    const of = (path: string) => world.chat.posted.find((one) => one.path === path)
    const link = `https://chuanmen.example.org/console/inbox/${message.request}`
    expect(of('/wecom')?.body).toEqual({
      msgtype: 'text',
      text: { content: `派给您单位：GY-2611-000001\n${link}` },
    })
    expect(of('/own')?.body).toMatchObject({
      message: { body: 'Assigned to your organisation: GY-2611-000001', ref: 'GY-2611-000001' },
    })
    const { 'x-timestamp': time, 'x-signature': signature } = of('/own')!.headers
    expect(signature).toBe(
      createHmac('sha256', 'hand-in-hand')
        .update(`${String(time)}.${JSON.stringify(of('/own')!.body)}`)
        .digest('hex'),
    )
    expect(JSON.stringify(world.chat.posted)).not.toContain('孙大爷')
  })

  test('its key is sealed, shown to nobody and kept when something else is changed; other origins are refused', async () => {
    const { id, json } = await robot({ secret: 'SEC0123456789', kind: 'dingtalk' })
    expect(json).toMatchObject({ origin: world.chat.origin, allowed: true, signed: true, version: 1 })
    expect(JSON.stringify(json)).not.toMatch(/s3cret|SEC0/)
    const [row] = await asOwner(world.server, 'select robot::text as all from robot')
    expect(JSON.stringify(row)).not.toMatch(/s3cret|SEC0/)
    const change = { organisation: ids.community, kind: 'wecom', name: '新名字', shape: null, accepted: null }
    const rest = { language: 'zh-CN', declined: ['progress'], active: true }
    const changed = await call('PUT', `/api/robots/${id}`, { ...change, ...rest }, world.admin, {
      'if-match': '"1"',
    })
    expect(changed.json).toMatchObject({ name: '新名字', signed: true, declined: ['progress'], version: 2 })
    await told(toDesk)
    await send()
    expect(world.chat.posted).toEqual([])
    await told({ ...toDesk, template: 'request.assign' })
    await send()
    expect(world.chat.posted).toHaveLength(1)
    expect((await robot({ url: 'https://elsewhere.example.org/hook' })).json.code).toBe('robot.not_allowed')
    expect((await robot({ url: null })).json.code).toBe('robot.no_url')
    expect((await robot({ kind: 'http', shape: '{"text":}' })).json.code).toBe('robot.wrong_shape')
    const late = await call('PUT', `/api/robots/${id}`, { ...change, ...rest }, world.admin, {
      'if-match': '"1"',
    })
    expect(late.status).toBe(412)
  })

  test('what the service says decides: too often is tried again, a wrong sign is not; an outage repeats nothing', async () => {
    const { id } = await robot()
    world.chat.answers(() => ({ status: 200, body: '{"errcode":45009,"errmsg":"api freq out of limit"}' }))
    await told(toDesk)
    await send()
    expect(await states()).toMatchObject([{ channel: 'robot', state: 'waiting', reason: 'provider' }])
    world.chat.answers(() => ({ status: 502, body: '' }))
    world.server.clock.advance({ minutes: 2 })
    await send()
    await world.chat.down()
    world.server.clock.advance({ minutes: 6 })
    await send()
    await world.chat.up()
    world.chat.answers(undefined)
    world.server.clock.advance({ minutes: 40 })
    await send()
    expect(world.chat.posted).toHaveLength(1)
    expect(await states()).toMatchObject([{ state: 'sent', tries: 4 }])

    world.chat.answers(() => ({ status: 200, body: '{"errcode":93000,"errmsg":"invalid webhook url"}' }))
    await told(toDesk)
    await send()
    world.server.clock.advance({ minutes: 1 })
    world.chat.answers(() => 'hang')
    await told(toDesk)
    await send()
    const failed = await within((trx) => failedMessages(trx, { limit: 10, channel: 'robot' }))
    expect(failed.items.map(({ reason }) => reason).toSorted()).toEqual(['interrupted', 'refused'])
    const list = await call('GET', '/api/robots', undefined, world.admin)
    expect(list.json.items).toMatchObject([{ id, last: { state: 'failed', reason: 'interrupted' } }])
  })

  test('a trial goes by the outbox, by day and night; a robot that is switched off gets none', async () => {
    const { id } = await robot()
    world.server.clock.advance({ hours: 15 })
    const trial = await call(
      'POST',
      `/api/robots/${id}/trial`,
      { id: newId(world.server) },
      await world.server.session('system_admin'),
    )
    expect(trial.status, trial.text).toBe(204)
    await send()
    expect(world.chat.posted.map(({ body }) => JSON.stringify(body))).toEqual([
      expect.stringContaining('试发'),
    ])
  })
})
