import { faults, watch } from './inspect.ts'
import type { Habits, House } from './people.ts'

/** What every page is held to, as it is with the demonstration's data: in both languages and every way to show it. */

/** What is not Chinese and belongs: codes of requests and wishes, names of logins and of formats, ids. */
export const codes = [/\b[0-9a-f]{8}-[0-9a-f-]{27}\b/, /GY-W?[\d-]+/, /JPEG|PNG|WebP/, /English/]

/** Opens a page as somebody and says what is wrong with it: nothing, as a list. */
export async function look(
  house: House,
  path: string,
  size: { width: number; height: number },
  habits: Habits,
  options: Parameters<typeof faults>[1],
): Promise<string[]> {
  const page = await house.person(size, habits)
  const forbidden = await watch(page, house.product.url)
  await page.goto(path)
  const found = [...(await faults(page, { codes, ...options })), ...(await forbidden())]
  await page.context().close()
  return found
}
