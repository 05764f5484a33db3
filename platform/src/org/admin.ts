import { access, constants } from 'node:fs/promises'
import type pg from 'pg'
import type { AdminAction } from '#kernel/admin.ts'
import { ImportRefused, importDivisions, rowErrorText } from './divisions.ts'

const mostErrorsShown = 50

type Furnish = (client: pg.ClientBase, district: string, since: string) => Promise<void>

/**
 * `areas import FILE [131003=GY ...]`: exit code 0 when taken over, 1 when the file is refused, 2 when asked wrongly.
 *
 * @param furnish gives a district what it needs besides its areas and desks; the composition root knows what that is.
 */
export const importAreas =
  (furnish: Furnish): AdminAction =>
  async ({ words, ownerUrl, clock, print }) => {
    const [file, ...rest] = words
    const prefixes = rest.map((word) => /^(\d{6})=([A-Z]{2,4})$/.exec(word))
    if (file === undefined || prefixes.includes(null)) {
      print(
        'areas import FILE [CODE=LETTERS ...]: CSV in UTF-8, level,code,name,parent_code; letters begin the codes of requests',
      )
      return 2
    }
    try {
      await access(file, constants.R_OK)
    } catch {
      print(`${file} cannot be read; nothing was written`)
      return 1
    }
    try {
      const done = await importDivisions({
        ownerUrl,
        file,
        prefixes: Object.fromEntries(prefixes.map((match) => [match?.[1] ?? '', match?.[2] ?? ''])),
        furnish: (client, district) => furnish(client, district, clock.now().toString()),
        onProgress: (count, of) => print(`${count} of ${of}`),
      })
      print(
        `${done.areas} areas new, ${done.renamed} renamed, ${done.unchanged} unchanged, ${done.desks} desks made`,
      )
      return 0
    } catch (error) {
      if (!(error instanceof ImportRefused)) throw error
      for (const one of error.errors.slice(0, mostErrorsShown)) print(rowErrorText(one, 'en'))
      print(`${error.errors.length} errors; nothing was written`)
      return 1
    }
  }
