import { wholeOf } from '#kernel/db.ts'
import type { Database, Trx } from '#kernel/db.ts'
import type { Files } from '#kernel/files.ts'
import { isFileKey, removeLoose, withoutAttachment } from './attachments.ts'
import { dropUnfinished } from './uploads.ts'

/** Each night: what was uploaded and never named, and files that nothing names since a crash, go. */

/** Looked up in one statement. */
const batch = 500

export async function tidyUploads(
  database: Database,
  districts: readonly string[],
  files: Files,
  before: Temporal.Instant,
  /** Uploads that something waits for which does not stand in requests. */
  waitedFor: (trx: Trx) => Promise<string[]> = async () => [],
): Promise<void> {
  const scopes = districts.map((district) => wholeOf(district))
  for (const scope of scopes) {
    const loose = await database.within(scope, async (trx) =>
      removeLoose(trx, before.toString(), await waitedFor(trx)),
    )
    for (const key of loose) await files.remove(key)
  }
  await dropUnfinished(files, before)
  /** A file may belong to any district of the installation; it goes when none of them names it. */
  const unnamed = async (keys: readonly string[]): Promise<void> => {
    let left = [...keys]
    for (const scope of scopes) left = await database.within(scope, (trx) => withoutAttachment(trx, left))
    for (const key of left) await files.remove(key)
  }
  let keys: string[] = []
  for await (const { key, at } of files.list()) {
    // A younger one may belong to an upload that is just being recorded.
    if (!isFileKey(key) || Temporal.Instant.compare(at, before) >= 0) continue
    keys.push(key)
    if (keys.length < batch) continue
    await unnamed(keys)
    keys = []
  }
  if (keys.length > 0) await unnamed(keys)
}
