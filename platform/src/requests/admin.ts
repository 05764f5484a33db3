import type { AdminAction } from '#kernel/admin.ts'
import { wholeOf } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import { homeDistricts } from '#org/service.ts'
import { brokenAt } from './chain.ts'
import { compact } from './erasure/finish.ts'
import { idsAfter, story } from './store.ts'

/** Commands of the operator about requests. */

/** Writes anew what erasing touched, so that the files of the database hold no old version of a row (docs/ERASURE.md). */
export const compactTables: AdminAction = async ({ ownerUrl, print }) => {
  const outcome = await compact(ownerUrl)
  if ('heldUpBy' in outcome) {
    print(
      `Nothing was written: process ${outcome.heldUpBy} of the database has had a transaction open for a minute, such as a backup. Try again when it is over.`,
    )
    return 1
  }
  print(`Written anew: ${outcome.tables.join(', ')}`)
  return 0
}

const batch = 500

/** RQ2: follows the hash chain of every story; what was erased does not break it. */
export const verifyStories: AdminAction = async ({ database, print }) => {
  let checked = 0
  let broken = 0
  for (const { district } of await homeDistricts(database.pool)) {
    const scope = wholeOf(district)
    for (let after: string | null = null; ;) {
      const page: Checked[] = await database.within(scope, (trx) => checkAfter(trx, after))
      for (const { code, at } of page) {
        if (at === null) continue
        broken += 1
        print(`${code}: the story does not fit from entry ${at} on`)
      }
      checked += page.length
      after = page.at(-1)?.id ?? null
      if (after === null) break
    }
  }
  print(`${checked} stories, ${broken === 0 ? 'all whole' : `${broken} broken`}`)
  return broken === 0 ? 0 : 1
}

type Checked = { id: string; code: string; at: number | null }

async function checkAfter(trx: Trx, after: string | null): Promise<Checked[]> {
  const checked: Checked[] = []
  for (const one of await idsAfter(trx, after, batch))
    checked.push({ ...one, at: brokenAt(one.id, await story(trx, one.id)) })
  return checked
}
