import { beforeEach, describe, expect, test } from 'vitest'
import { asOwner } from '#tests/story.ts'
import { outside } from './outside-fixture.ts'

/** NT14 to NT16: what leaves by which way, when and how often, through real servers on this machine. */

const { world, call, send, told, browser, states } = outside()

const contact = async (change: Record<string, unknown>) => {
  const answer = await call('PUT', '/api/contact', {
    bySms: true,
    byEmail: false,
    language: 'zh-CN',
    ...change,
  })
  expect(answer.status, answer.text).toBe(200)
  return answer.json
}

describe('NT14 NT15 NT16 what, when and how often', () => {
  const mail = 'desk@example.org'
  beforeEach(async () => {
    const { json } = await call('POST', '/api/contact/email', { email: mail })
    await call('POST', '/api/contact/email/proof', { code: json.demoCode })
  })

  test('NT14 by kind and way; the app always has it', async () => {
    await browser()
    const after = await contact({ byEmail: true, declined: ['progress:email', 'work:push'] })
    expect(after).toMatchObject({
      kinds: ['work', 'deadline', 'word', 'progress'],
      declined: ['progress:email', 'work:push'],
    })
    await told()
    await told({ template: 'request.assign' })
    await send()
    expect(world.push.shown.map(({ notice }) => notice['body'])).toEqual(['有一件事有新进展：GY-2611-000001'])
    expect(world.letters.map(({ text }) => text.includes('派给您单位'))).toEqual([true])
    const [row] = await asOwner<{ n: number }>(
      world.server,
      `select count(*)::int as n from message where channel = 'in_app'`,
    )
    expect(row?.n).toBe(2)
  })

  test('NT15 a reminder at midnight leaves at seven, once, whatever runs meanwhile; what is urgent leaves at once', async () => {
    await contact({ byEmail: true })
    world.server.clock.advance({ hours: 13, minutes: 50 })
    const reminder = await told({ template: 'request.remind', urgent: true })
    await told({ template: 'request.assign', urgent: true })
    for (let hour = 0; hour < 7; hour += 1) {
      await send()
      expect(world.letters.map(({ text }) => text.includes('快到时限'))).toEqual([false])
      world.server.clock.advance({ minutes: 59 })
    }
    const [held] = await asOwner<{ at: string; tries: number }>(
      world.server,
      `select to_char(not_before at time zone 'Asia/Shanghai', 'HH24:MI') as at, tries from message where not_before is not null`,
    )
    expect(held).toEqual({ at: '07:00', tries: 0 })
    world.server.clock.advance({ minutes: 10 })
    await told({ ...reminder })
    await send()
    await send()
    expect(world.letters.filter(({ text }) => text.includes('快到时限'))).toHaveLength(1)
  })

  test('NT15 what is tried again or repeated in the night waits for the morning too, and counts no try for it', async () => {
    await browser()
    await contact({})
    world.push.answers(() => 503)
    world.server.clock.advance({ hours: 11, minutes: 49 })
    await told()
    await send()
    world.push.answers(() => 201)
    world.server.clock.advance({ minutes: 2 })
    await send()
    expect(world.push.shown).toEqual([])
    expect(await states()).toMatchObject([{ state: 'waiting', tries: 1 }])
    world.server.clock.advance({ hours: 9 })
    await send()
    expect(world.push.shown).toHaveLength(1)
  })

  test('NT15 the district sets its own hours; only the IT desk may', async () => {
    const quiet = { from: '09:00', until: '12:00' }
    const answer = await call('PUT', '/api/sending/quiet', quiet, world.admin, { 'if-match': '"0"' })
    expect(answer.json).toMatchObject({ quiet, version: 1 })
    expect((await call('PUT', '/api/sending/quiet', quiet, world.admin, { 'if-match': '"0"' })).status).toBe(
      412,
    )
    expect((await call('PUT', '/api/sending/quiet', quiet, world.token, { 'if-match': '"1"' })).status).toBe(
      403,
    )
    await contact({ byEmail: true })
    await told()
    await send()
    expect(world.letters).toEqual([])
    const { json } = await call('GET', '/api/sending', undefined, world.admin)
    const email = json.ways.find((one: { channel: string }) => one.channel === 'email')
    expect(email).toMatchObject({ state: 'shown', waiting: 1, held: 1, sent: 0 })
    expect(json.ways.find((one: { channel: string }) => one.channel === 'push')).toMatchObject({
      state: 'set_up',
      origins: [world.push.origin],
    })
    // Somebody who keeps none of their own is asked again by day.
    await contact({ byEmail: true, quiet: { from: '00:00', until: '00:00' } })
    await told()
    await send()
    expect(world.letters).toHaveLength(1)
  })

  test('NT16 one letter a day with all of it; a deadline does not wait; the same letter at every try', async () => {
    await browser()
    await contact({ byEmail: true, digestAt: '18:00' })
    for (const code of ['GY-1', 'GY-2', 'GY-3']) await told({ params: { code, title: `事${code}` } })
    await told({ template: 'request.remind' })
    await send()
    expect(world.letters.map(({ text }) => text.includes('快到时限'))).toEqual([true])
    world.letters = []
    world.push.shown.length = 0
    world.push.answers(() => 503)
    world.server.clock.advance({ hours: 8 })
    await send()
    expect(world.letters).toHaveLength(1)
    expect(world.letters[0]).toMatchObject({ to: mail, subject: '今天的3条消息' })
    for (const code of ['GY-1', 'GY-2', 'GY-3']) expect(world.letters[0]?.text).toContain(`（${code}）`)
    // Told after its hour it belongs to tomorrow, and does not join the one that is tried again.
    await told({ params: { code: 'GY-4', title: '事四' } })
    world.push.answers(() => 201)
    world.server.clock.advance({ minutes: 3 })
    await send()
    expect(world.push.shown.map(({ notice }) => notice['body'])).toEqual(['您有3条新消息，请打开串门看。'])
    expect(world.push.shown[0]?.notice['url']).toBe('/console')
    expect(world.letters).toHaveLength(1)
    world.server.clock.advance({ hours: 24 })
    await send()
    expect(world.letters.map(({ subject }) => subject)).toHaveLength(2)
    expect((await states()).every(({ state }) => state === 'sent')).toBe(true)
  })
})
