import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sendWaiting } from '#notify/outbox.ts'
import { confide, giveTo } from './confided.ts'
import type { Confided, Place } from './confided.ts'
import { district, ids } from './fixture.ts'
import { entered, startDistrict } from './story.ts'
import { openStream } from './streams.ts'
import type { Stream } from './streams.ts'

/** RQ10: a message never tells those complained of who said it: not live, not by letter, not by what became of it. */

let at: Place
let one: Confided
let base: string
const open: Stream[] = []
const letters: { to: string; subject: string; text: string; html: string }[] = []

async function listen(token: string): Promise<Stream> {
  const stream = await openStream(base, { token })
  await stream.hear('ready')
  open.push(stream)
  return stream
}

/** The firm's handler gives an address, so that letters go there too. */
async function writeTo(token: string, email: string): Promise<void> {
  const { json } = await at.server.call('POST', '/api/contact/email', { token, body: { email } })
  const proof = await at.server.call('POST', '/api/contact/email/proof', {
    token,
    body: { code: json.demoCode },
  })
  expect(proof.status, proof.text).toBe(200)
}

beforeAll(async () => {
  at = await startDistrict()
  await at.server.server.listen({ port: 0, host: '127.0.0.1' })
  base = `http://127.0.0.1:${(at.server.server.server.address() as AddressInfo).port}`
  await writeTo(at.staff.handler, 'firm@example.org')
})
afterAll(async () => {
  for (const stream of open) stream.close()
  await at.server.close()
})

test('RQ10 whoever it is about hears, reads and is written nothing that tells who said it', async () => {
  const firm = await listen(at.staff.handler)
  const desk = await listen(at.staff.community_desk)
  one = await confide(at, [ids.firm])
  await desk.hear('notice', ({ request }) => request === one.request)
  // Before it is given to the firm not even that there is a request.
  expect(firm.told.filter(({ event }) => event !== 'ready')).toEqual([])

  await giveTo(at, at.staff.community_desk, one.request, ids.firm)
  await firm.hear('notice', ({ request }) => request === one.request)
  await entered(at.server, at.staff.handler, one.request, { kind: 'take', words: '' })
  await desk.hear('request', ({ id }) => id === one.request)
  await sendWaiting(at.server.database, district, {
    sms: { send: async () => ({ ok: true }) },
    mail: {
      send: async (letter) => {
        letters.push(letter)
        return { ok: true }
      },
    },
    keys: at.server.keys,
    now: at.server.clock.now(),
    publicUrl: 'https://chuanmen.example.org',
  })
  expect(letters.map(({ to }) => to)).toContain('firm@example.org')

  const sent = await at.server.call('GET', `/api/requests/${one.request}/messages`, {
    token: at.staff.handler,
  })
  expect([sent.status, sent.json]).toEqual([200, { items: [] }])
  const everything = JSON.stringify([firm.told, letters, sent.json])
  for (const secret of one.secrets) expect(everything, secret).not.toContain(secret)
})

test('RQ17 the desk that answers for it sees what became of the messages, and neither where to nor what', async () => {
  const { json } = await at.server.call('GET', `/api/requests/${one.request}/messages`, {
    token: at.staff.community_desk,
  })
  expect(json.items.length).toBeGreaterThan(0)
  expect(Object.keys(json.items[0]).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'at',
    'channel',
    'id',
    'reason',
    'repeatable',
    'state',
    'template',
    'tries',
  ])
})
