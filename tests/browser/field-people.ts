import { expect } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import type { FeedPage, Item } from '#web/api/field.ts'
import fieldWords from '#web/field/messages/zh-CN.json' with { type: 'json' }
import { paths } from '#web/field/paths.ts'
import { button, type Habits, type House, reads, said } from './people.ts'

/** What a liaison does at the field door. They go by what they read. */

export const field = fieldWords
export const code = 'men-dong-602'
const password = 'chuanmen-demo'

/** A cheap Android phone. */
export const pocket = { width: 360, height: 740 } as const

/** Signs in for the first time on a new phone, chooses the code, and waits until the households are there. */
export async function newPhone(house: House, habits: Habits = {}): Promise<Page> {
  return begin(await house.person(pocket, habits))
}

/** The same in a browser that is there already. */
export async function begin(page: Page): Promise<Page> {
  await page.goto(paths.today())
  await signIn(page)
  await page.getByLabel(field.code.label, { exact: true }).fill(code)
  await page.getByLabel(field.code.again, { exact: true }).fill(code)
  await button(page, field.code.set).click()
  await fetched(page)
  // The door itself is put by; from here on the line may go.
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null)
  return page
}

export async function signIn(page: Page): Promise<void> {
  await page.getByLabel(field.way_in.name).fill('liaison')
  await page.getByLabel(field.way_in.secret, { exact: true }).fill(password)
  await button(page, field.way_in.enter).click()
}

/** The households have come. */
async function fetched(page: Page): Promise<void> {
  await page.getByRole('link', { name: field.nav.households, exact: true }).click()
  await page.locator('.at-door:not(.other)').first().waitFor()
}

/** Opens what is kept, with the code. */
export async function unlock(page: Page, with_ = code): Promise<void> {
  await page.getByLabel(field.code.label, { exact: true }).fill(with_)
  await button(page, field.unlock.do).click()
}

/** The page again, as after the phone had put it away: it is locked. */
export async function reopen(page: Page, path: string = paths.today()): Promise<void> {
  await page.goto(path)
  await unlock(page)
}

/** Goes to a page without loading it anew, as a press on a link does. */
export async function go(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => history.pushState(null, '', to), path)
}

export type Door = {
  id: string
  version: number
  number: string
  names: string[]
  /** ids of the visits that were there before the walk */
  visits: string[]
}

/** The own households, as the server delivers them to this phone. */
export async function doors(page: Page): Promise<Door[]> {
  const items = await feed(page)
  return items.flatMap((item) =>
    item.kind === 'household' && item.data
      ? [
          {
            id: item.id,
            version: item.version,
            number: item.data.door.number,
            names: item.data.members.map(({ name }) => name),
            visits: item.data.visits.map(({ id }) => id),
          },
        ]
      : [],
  )
}

/** Everything that the feed holds for a phone of this person, from the beginning on. */
export async function feed(page: Page): Promise<Item[]> {
  const device = await page.request.get('/api/field/devices')
  const { items } = (await device.json()) as { items: { id: string; state: string }[] }
  const open = items.find(({ state }) => state === 'open')
  const all: Item[] = []
  for (let cursor: string | undefined; ;) {
    const answer = await page.request.get('/api/field/feed', {
      params: { device: open?.id ?? '', ...(cursor && { cursor }) },
    })
    expect(answer.status()).toBe(200)
    const { items: come, more, cursor: next } = (await answer.json()) as FeedPage
    all.push(...come)
    if (!more) return all
    cursor = next
  }
}

/** Writes a visit down: three taps and a sentence; each need is ticked as agreed. */
export async function visit(
  page: Page,
  household: string,
  { words, needs = [] }: { words: string; needs?: readonly string[] },
): Promise<void> {
  await go(page, paths.visit(household))
  await pick(page, field.visit.met, field.outcome.short.met)
  await pick(page, field.visit.how, field.how.fine)
  await page.getByRole('textbox', { name: field.visit.words }).fill(words)
  for (const need of needs) {
    await button(page, field.need.add).click()
    const sheet = page.getByRole('dialog', { name: field.need.title })
    await sheet.getByLabel(field.need.words).fill(need)
    await button(sheet, field.need.save).click()
    await page.getByRole('checkbox', { name: said(field.need.report, { what: need }) }).waitFor()
  }
  await button(
    page,
    needs.length > 0 ? said(field.visit.save_needs_other, { count: String(needs.length) }) : field.visit.save,
  ).click()
  await page.getByRole('heading', { level: 1, name: field.today.title }).waitFor()
}

async function pick(page: Page, question: string, answer: string): Promise<void> {
  await page.getByRole('group', { name: question }).getByRole('button', { name: answer }).click()
}

/** What waits on this phone, as its tray says. */
export function tray(page: Page): Locator {
  return page.getByRole('region', { name: field.tray.label })
}

export function waits(page: Page, count: number): Promise<void> {
  return reads(tray(page), said(field.tray.waiting_other, { count: String(count) }))
}

/** The line is back, and nothing waits any more. */
export async function sent(page: Page): Promise<void> {
  // Only where the tray stands its absence says anything.
  await page.getByRole('navigation', { name: field.nav.label }).waitFor()
  await page.evaluate(() => dispatchEvent(new Event('online')))
  await tray(page).waitFor({ state: 'detached' })
}

/** The words of the visits that were made at this door since the walk began. */
export function visitsAt(items: readonly Item[], door: Door): string[] {
  const item = items.find((one) => one.kind === 'household' && one.id === door.id)
  const visits = item?.kind === 'household' ? (item.data?.visits ?? []) : []
  return visits.flatMap(({ id, words }) => (door.visits.includes(id) ? [] : (words ?? [])))
}
