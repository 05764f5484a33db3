import type { Page } from 'playwright-core'
import { settled, staff } from '#tests/browser/people.ts'
import { picture, type Studio } from './picture.ts'

/** What becomes of a request that is stuck: whistles, meetings, the table of routes, who is on duty, wishes. */
export async function stuckPictures(studio: Studio): Promise<void> {
  const { house } = studio
  const town = await staff(house, 'subdistrict')
  await whistled(studio, town)
  await town.goto('/console/whistles')
  await picture(studio, town, 'console-whistles')
  await town.context().close()
  const community = await staff(house, 'community')
  await decided(studio, community)
  for (const [address, name] of [
    ['/console/rota', 'console-rota'],
    ['/console/offers', 'console-offers'],
    ['/console/mediation', 'console-mediation'],
  ] as const) {
    await community.goto(address)
    await picture(studio, community, name)
  }
  await community.context().close()
  const district = await staff(house, 'district')
  await district.goto('/console/routing')
  await picture(studio, district, 'console-routing')
  await district.context().close()
  const phone = await house.person()
  await phone.goto('/wishes')
  await picture(studio, phone, 'phone-wishes')
  await phone.context().close()
}

async function first(page: Page, address: string, of: (one: Record<string, unknown>) => boolean) {
  const answer = await page.request.get(address)
  const { items } = (await answer.json()) as { items: Record<string, unknown>[] }
  const found = items.find(of) ?? items[0]
  if (!found) throw new Error(`the demonstration has nothing at ${address}`)
  return String(found['id'])
}

/** RQ18: departments were called, and one of them has not come. */
async function whistled(studio: Studio, page: Page): Promise<void> {
  const id = await first(
    page,
    '/api/whistles?queue=open&limit=100',
    ({ late, state }) => late === true && state === 'blown',
  )
  await page.goto(`/console/whistles/${id}`)
  await picture(studio, page, 'console-whistle')
}

/** R6: what was decided last week, and what became of it. */
async function decided(studio: Studio, page: Page): Promise<void> {
  const id = await first(page, '/api/meetings?when=past', ({ items }) => Number(items) > 0)
  await page.goto(`/console/meetings/${id}`)
  await settled(page)
  await picture(studio, page, 'console-meeting')
}
