import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paths } from '#web/field/paths.ts'
import {
  code,
  doors,
  type Door,
  field,
  go,
  newPhone,
  reopen,
  signIn,
  unlock,
  visit,
  waits,
} from './field-people.ts'
import { button, type House, openHouse, reads, said } from './people.ts'

/** The lock of the phone: what lies on it, what opens it, and when nothing does any more. */

let house: House
let page: Page
let mine: Door[]
beforeAll(async () => {
  house = await openHouse()
  page = await newPhone(house)
  mine = await doors(page)
})
afterAll(() => house?.close())

/** Every byte and every character that lies in the store, as one text in Latin-1 and as UTF-8. */
function stored(from: Page): Promise<{ raw: string; rows: number }> {
  return from.evaluate(async () => {
    const open = indexedDB.open('chuanmen-field')
    await new Promise((done) => open.addEventListener('success', done))
    const texts: string[] = []
    let rows = 0
    for (const name of open.result.objectStoreNames) {
      const all = open.result.transaction(name).objectStore(name).getAll()
      await new Promise((done) => all.addEventListener('success', done))
      for (const row of all.result as Record<string, unknown>[]) {
        rows += 1
        for (const value of Object.values(row))
          texts.push(value instanceof Uint8Array ? new TextDecoder().decode(value) : JSON.stringify(value))
      }
    }
    open.result.close()
    return { raw: texts.join('\n') + JSON.stringify({ ...localStorage }), rows }
  })
}

test('FP1 nothing that lies on the phone names anybody: no name, no word of a visit, no code', async () => {
  await page.context().setOffline(true)
  await visit(page, mine[0]!.id, { words: '膝盖疼，下楼费劲。' })
  await waits(page, 1)
  const { raw, rows } = await stored(page)
  expect(rows).toBeGreaterThan(mine.length)
  for (const name of mine.flatMap(({ names }) => names)) expect(raw).not.toContain(name)
  for (const word of ['膝盖', code, '金桥', '10044128890']) expect(raw).not.toContain(word)
})

test('FP2 a wrong code opens nothing and says how many are left; the right one opens, without a line', async () => {
  await page.goto(paths.today())
  await unlock(page, 'men-dong-603')
  await reads(page, said(field.unlock.wrong_other, { count: '7' }))
  expect(await page.getByRole('heading', { level: 1 }).innerText()).toBe(field.unlock.title)
  await unlock(page)
  await waits(page, 1)
})

test('FP2 after eight wrong codes only a sign-in helps; then the code opens, and what waited still waits', async () => {
  await page.goto(paths.today())
  // Each wrong one makes the next wait; the phone's clock is moved on as if one had waited.
  await page.clock.install()
  for (let left = 7; left >= 0; left -= 1) {
    await unlock(page, `men-dong-${left}00`)
    if (left === 0) continue
    // From the third on one waits.
    if (left < 6) {
      await reads(page, /等\d+秒再试/)
      await page.clock.fastForward('20:00')
    }
    await reads(page, said(field.unlock.wrong_other, { count: String(left) }))
  }
  await reads(page, field.gone.wrong)
  await page.context().setOffline(false)
  await signIn(page)
  await unlock(page)
  await page.getByRole('heading', { level: 1, name: field.today.title }).waitFor()
})

test('FP2 codes that are guessed first are not taken', async () => {
  const other = await house.person({ width: 360, height: 740 })
  await other.goto(paths.today())
  await signIn(other)
  for (const [bad, why] of [
    ['602', said(field.code.short_other, { count: '8' })],
    ['12345678', field.code.guessable],
    ['19850312', field.code.guessable],
  ] as const) {
    await other.getByLabel(field.code.label, { exact: true }).fill(bad)
    await other.getByLabel(field.code.again, { exact: true }).fill(bad)
    await button(other, field.code.set).click()
    await reads(other, why)
  }
  await other.context().close()
})

test('ten idle minutes lock it, also when the phone slept meanwhile', async () => {
  const other = await newPhone(house)
  await other.clock.install()
  await other.clock.fastForward('11:00')
  await other.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await reads(other, field.unlock.title)
  await other.context().close()
})

test('FP3 after fourteen days without the server the households are gone and what was not sent stays sealed', async () => {
  const other = await newPhone(house)
  await other.context().setOffline(true)
  await visit(other, mine[1]!.id, { words: '半个月前写的。' })
  await waits(other, 1)
  await other.clock.install({ time: Date.now() + 15 * 86_400_000 })
  await other.goto(paths.today())
  await reads(other, field.gone.silent)
  await reads(other, said(field.gone.unsent_other, { count: '1' }))
  const left = await other.evaluate(async () => {
    const open = indexedDB.open('chuanmen-field')
    await new Promise((done) => open.addEventListener('success', done))
    const counts: Record<string, number> = {}
    for (const name of ['records', 'outbox']) {
      const count = open.result.transaction(name).objectStore(name).count()
      await new Promise((done) => count.addEventListener('success', done))
      counts[name] = count.result
    }
    return counts
  })
  expect(left['records']).toBe(0)
  expect(left['outbox']).toBeGreaterThan(0)
  // Back in time: the households do not come back by it.
  await other.clock.setFixedTime(Date.now())
  await other.goto(paths.today())
  await reads(other, field.gone.silent)
  await other.context().close()
})

test('on a phone four times as slow it opens, shows the day, and a visit is written down', async () => {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
  await reopen(page)
  await page.getByRole('heading', { level: 1, name: field.today.title }).waitFor()
  await visit(page, mine[2]!.id, { words: '慢手机也能用。' })
  await go(page, paths.household(mine[2]!.id))
  await reads(page, '慢手机也能用。')
  await devtools.detach()
})

test('logging out empties the phone', async () => {
  await go(page, paths.me())
  await button(page, field.wipe.ask).click()
  await button(page.getByRole('dialog', { name: field.wipe.title }), field.wipe.do).click()
  await reads(page, field.gone.left)
  expect((await stored(page)).rows).toBe(0)
})
