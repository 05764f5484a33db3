import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { manualClock } from '#kernel/clock.ts'
import { httpSms } from './sms-http.ts'
import type { SmsSettings } from './sms-http.ts'

/** NT11: a provider of text messages over HTTP, real on this machine. */

const clock = manualClock('2026-11-20T02:20:00Z')
const close: (() => void)[] = []
afterEach(() => {
  for (const one of close.splice(0)) one()
})

async function provider(status: number, answer: string, settings: Partial<SmsSettings> = {}) {
  const got: { body: string; headers: IncomingHttpHeaders }[] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk: Buffer) => (body += chunk.toString()))
    request.on('end', () => {
      got.push({ body, headers: request.headers })
      if (status === 0) request.socket.destroy()
      else response.writeHead(status, { location: 'http://127.0.0.1:9/' }).end(answer)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  close.push(() => server.close())
  const { port } = server.address() as AddressInfo
  const sms = httpSms(
    {
      url: `http://127.0.0.1:${port}/send`,
      body: '{"to":["+86{phone}"],"content":"【广阳区】{text}","ref":"{key}","n":1}',
      secret: undefined,
      accepted: undefined,
      ...settings,
    },
    clock,
  )
  return { got, send: () => sms.send('10012345678', '有答复了"},{"evil":1', 'key-1') }
}

describe('NT11 a text message over HTTP', () => {
  test('is the JSON the installation asked for; no word changes its form', async () => {
    const { got, send } = await provider(200, '{}')
    expect(await send()).toEqual({ ok: true })
    expect(JSON.parse(got[0]?.body ?? '')).toEqual({
      to: ['+8610012345678'],
      content: '【广阳区】有答复了"},{"evil":1',
      ref: 'key-1',
      n: 1,
    })
    expect(got[0]?.headers['idempotency-key']).toBe('key-1')
  })

  test('is signed with the secret, which itself does not travel', async () => {
    const { got, send } = await provider(200, '{}', { secret: 'a-long-secret' })
    await send()
    const { body, headers } = got[0]!
    expect(headers['x-signature']).toBe(
      createHmac('sha256', 'a-long-secret').update(`2026-11-20T02:20:00Z.${body}`).digest('hex'),
    )
    expect(JSON.stringify(got)).not.toContain('a-long-secret')
  })

  test.each([
    [503, 'later'],
    [429, 'later'],
    [400, 'never'],
    // What happened there nobody knows, so nobody is billed and bothered twice.
    [0, 'unknown'],
    [302, 'unknown'],
  ])('answered with %i: %s', async (status, again) => {
    const { send } = await provider(status, '')
    expect(await send()).toMatchObject({ ok: false, again })
  })

  test('is taken only by the answer that the provider means by it', async () => {
    const accepted = '"code":"OK"'
    expect(await (await provider(200, '{"code":"OK"}', { accepted })).send()).toEqual({ ok: true })
    expect(await (await provider(200, '{"code":"BALANCE"}', { accepted })).send()).toMatchObject({
      ok: false,
      reason: '200 {"code":"BALANCE"}',
      again: 'never',
    })
  })

  test('waits for a provider that cannot be reached', async () => {
    const gone = createServer()
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve))
    const { port } = gone.address() as AddressInfo
    await new Promise((resolve) => gone.close(resolve))
    const { send } = await provider(200, '', { url: `http://127.0.0.1:${port}/send` })
    expect(await send()).toMatchObject({ ok: false, again: 'later' })
  })
})
