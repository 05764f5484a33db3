import { field, go, newPhone, waits } from '#tests/browser/field-people.ts'
import { button, desk, staff } from '#tests/browser/people.ts'
import { paths } from '#web/field/paths.ts'
import { picture, type Studio } from './picture.ts'
import words from './words.json' with { type: 'json' }

/** Who is whose liaison, and the round with the phone: the plan, the visits, and the door that works without a line. */
export async function fieldPictures(studio: Studio): Promise<void> {
  const { house } = studio
  const desktop = await staff(house, 'community')
  await desktop.goto('/console/plans')
  // The worker of a product that has just started works it out first.
  await desktop.getByText(desk.plans.stands.mine).first().waitFor({ timeout: 120_000 })
  await picture(studio, desktop, 'console-plan')
  await desktop.goto('/console/visits')
  await desktop.getByRole('table').first().waitFor()
  await picture(studio, desktop, 'console-visits')
  await desktop.context().close()

  const page = await newPhone(house, { scale: 2 })
  await picture(studio, page, 'field-households')
  const door = page.locator('.at-door:not(.other)', { hasText: words.field.door }).first()
  await door.click()
  await page.getByRole('heading', { level: 1 }).waitFor()
  await picture(studio, page, 'field-household')
  const household = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await go(page, paths.today())
  await picture(studio, page, 'field-today')
  await page.context().setOffline(true)
  await go(page, paths.visit(household))
  await button(page, field.outcome.short.met).click()
  await button(page, field.how.fine).click()
  await page.getByRole('textbox', { name: field.visit.words }).fill(words.field.heard)
  await picture(studio, page, 'field-visit')
  await button(page, field.visit.save).click()
  await waits(page, 1)
  await page.locator('.toast').waitFor({ state: 'detached' })
  await picture(studio, page, 'field-waiting')
  await page.context().close()
}
