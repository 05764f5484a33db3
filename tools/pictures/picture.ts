import { writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Page } from 'playwright-core'
import sharp from 'sharp'
import { type House, settled } from '#tests/browser/people.ts'

/** What the pictures are made with: the product, and the folder they go to. */
export type Studio = { house: House; folder: string }

/** Writes the page as it is seen, in at most 200 colours. */
export async function picture({ folder }: Studio, page: Page, name: string): Promise<void> {
  await settled(page)
  // Nothing lies under the mouse.
  await page.mouse.move(0, 0)
  const file = await sharp(await page.screenshot({ animations: 'disabled', caret: 'hide' }))
    .png({ palette: true, colours: 200, effort: 10, compressionLevel: 9 })
    .toBuffer()
  writeFileSync(path.join(folder, `${name}.png`), file)
  process.stdout.write(`${name}.png ${Math.round(file.length / 1024)} kB\n`)
}
