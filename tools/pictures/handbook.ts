import { button, desk, reads, sizes, staff } from '#tests/browser/people.ts'
import { picture, type Studio } from './picture.ts'
import words from './words.json' with { type: 'json' }

/** The handbook: a building as it stands with a household open, the care list, cards, paper, and the page of a stairwell. */
export async function handbookPictures(studio: Studio): Promise<void> {
  const { house } = studio
  const page = await staff(house, 'community')
  const { building, door, stairwell } = words.handbook
  const at = `?path=${building}`
  await page.goto(`/console/households${at}`)
  await page.getByRole('button', { name: new RegExp(`^${door}`) }).click()
  await page.getByRole('complementary').getByRole('heading', { level: 2 }).waitFor()
  await button(page.getByRole('complementary'), desk.reveal.open).click()
  await picture(studio, page, 'console-building')
  await page.goto('/console/care')
  await page.getByRole('table').waitFor()
  await picture(studio, page, 'console-care')
  await page.goto(`/console/acquaintance${at}`)
  await page.getByRole('table').first().waitFor()
  await picture(studio, page, 'console-acquaintance')
  await page.goto(`/console/cards${at}`)
  await page.getByRole('article').first().waitFor()
  await picture(studio, page, 'console-cards')
  await page.goto(`/console/print${at}`)
  await page.getByLabel(desk.prints.unit).selectOption({ index: 2 })
  await page.getByLabel(desk.prints.reason).fill(words.handbook.reason)
  await button(page, desk.prints.make).click()
  await reads(page, desk.prints.again)
  await page.setViewportSize({ width: 1440, height: 1500 })
  await picture(studio, page, 'console-handbook-print')
  await page.context().close()
  const resident = await house.person(sizes.phone, { scale: 2 })
  await resident.goto(`/u/${stairwell}`)
  await resident.getByRole('list').first().waitFor()
  await picture(studio, resident, 'phone-stairwell')
  await resident.context().close()
}
