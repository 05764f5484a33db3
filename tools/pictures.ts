import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { openHouse } from '#tests/browser/people.ts'
import { startProduct } from '#tests/faults/product.ts'
import { consolePictures } from './pictures/console.ts'
import { fieldPictures } from './pictures/field.ts'
import { handbookPictures } from './pictures/handbook.ts'
import { phonePictures } from './pictures/phone.ts'
import { stuckPictures } from './pictures/stuck.ts'

/**
 * Makes the pictures of the documentation from the running product: `npm run pictures [-- FOLDER]`. It starts the
 * product with its demonstration, goes through its three doors and writes docs/pictures/*.png.
 */

const root = path.resolve(import.meta.dirname, '..')
const folder = path.resolve(process.argv[2] ?? path.join(root, 'docs/pictures'))

mkdirSync(folder, { recursive: true })
const house = await openHouse(startProduct)
try {
  await phonePictures({ house, folder })
  await consolePictures({ house, folder })
  await handbookPictures({ house, folder })
  await fieldPictures({ house, folder })
  await stuckPictures({ house, folder })
} finally {
  await house.close()
}
