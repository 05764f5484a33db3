import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { paths } from '#web/field/paths.ts'
import en from '#web/field/messages/en.json' with { type: 'json' }
import { begin, doors, type Door, field, go, pocket, visit, waits } from './field-people.ts'
import { faults, watch } from './inspect.ts'
import { type Habits, type House, openHouse, settled } from './people.ts'

/** Every page of the field door, as it is with the demonstration's data and one visit that waits: every way to show it. */

const codes = [/GY-[\d-]+/, /English/]

let house: House
beforeAll(async () => {
  house = await openHouse()
})
afterAll(() => house?.close())

const settings = (elder: boolean, contrast: boolean) => ({
  'chuanmen.settings': JSON.stringify({ elder, contrast }),
})
const modes: { mode: string; habits: Habits }[] = [
  { mode: 'Chinese', habits: {} },
  { mode: 'large type', habits: { kept: settings(true, false) } },
  { mode: 'high contrast', habits: { kept: settings(false, true) } },
]
const pages: { name: string; path: (door: Door) => string }[] = [
  { name: 'today', path: paths.today },
  { name: 'households', path: paths.households },
  { name: 'a household', path: ({ id }) => paths.household(id) },
  { name: 'its handbook', path: ({ id }) => paths.edit(id) },
  { name: 'which door', path: paths.choose },
  { name: 'a visit', path: ({ id }) => paths.visit(id) },
  { name: 'the queue', path: paths.queue },
  { name: 'conflicts, none', path: paths.conflicts },
  { name: 'seen on the way', path: paths.report },
  { name: 'ideas', path: paths.idea },
  { name: 'me', path: paths.me },
  { name: 'how we tell you', path: paths.told },
]

describe.each(modes)('the field door in $mode at 360 px and 390 px', ({ habits }) => {
  let page: Page
  let door: Door
  let forbidden: () => Promise<string[]>
  beforeAll(async () => {
    page = await house.person(pocket, habits)
    forbidden = await watch(page, house.product.url)
    await page.goto(paths.today())
    await settled(page)
    expect(await faults(page, { codes, widths: [390], stops: 4 })).toEqual([])
    await begin(page)
    door = (await doors(page))[0]!
    await page.context().setOffline(true)
    await visit(page, door.id, { words: '膝盖疼，下楼买菜费劲。', needs: ['想要送午饭'] })
    await waits(page, 1)
    await page.locator('.toast').waitFor({ state: 'detached' })
  })
  afterAll(() => page?.context().close())

  test.each(pages)('$name', async ({ path }) => {
    await go(page, path(door))
    await settled(page)
    const found = await faults(page, { codes, widths: [390], stops: 6 })
    expect([...found, ...(await forbidden())]).toEqual([])
  })
})

test('English says everything too', async () => {
  const page = await house.person(pocket, { language: 'en' })
  await page.goto(paths.today())
  await page.getByLabel(en.way_in.name).fill('liaison')
  await page.getByLabel(en.way_in.secret, { exact: true }).fill('chuanmen-demo')
  await page.getByRole('button', { name: en.way_in.enter, exact: true }).click()
  for (const label of [en.code.label, en.code.again])
    await page.getByLabel(label, { exact: true }).fill('men-dong-602')
  await page.getByRole('button', { name: en.code.set }).click()
  await page.getByRole('link', { name: en.nav.households, exact: true }).click()
  await page.locator('.at-door:not(.other)').first().waitFor()
  const [door] = await doors(page)
  const found: string[] = []
  for (const { path, name } of pages) {
    await go(page, path(door!))
    await settled(page)
    found.push(...(await faults(page, { widths: [390] })).map((one) => `${name}: ${one}`))
  }
  expect(found).toEqual([])
  await page.context().close()
  expect(field.product).not.toBe(en.product)
})
