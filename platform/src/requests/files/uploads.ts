import type { Files } from '#kernel/files.ts'
import { dropParts as dropAll, keepPart, partsAsBytes } from '#kernel/parts.ts'
import { refuse } from '#kernel/problem.ts'

/**
 * Files that arrive in parts: a stairwell has no signal for a whole photo. What has arrived lies under the upload's id until
 * the last part is there; a part that was sent before is recognised by where it begins and kept once.
 */

/** The longest that is taken in, in bytes. */
export const mostUploadBytes = 12_000_000
/** Shorter ones are refused unless they are the last: a file is not torn into thousands. */
const leastPartBytes = 32_768
const folder = 'parts'

const doneKey = (id: string) => `${folder}/${id}/done`

const folderOf = (id: string) => `${folder}/${id}`

/**
 * Takes one part of an upload, wherever the sender believes to be.
 *
 * @param at where the part begins, in bytes.
 * @param whole length of the whole file, in bytes.
 * @returns how much has arrived from the beginning on, and the whole file once all of it has; without it when it was kept
 * already and only the answer got lost.
 * @throws Refusal `attachment.part_misplaced` for a part that lies outside the file or is needlessly short.
 */
export async function takePart(
  files: Files,
  id: string,
  { at, whole, bytes }: { at: number; whole: number; bytes: Buffer },
): Promise<{ received: number; bytes: Buffer | null }> {
  if (at === 0 && bytes.length === whole) return { received: whole, bytes }
  if (await files.has(doneKey(id))) return { received: whole, bytes: null }
  const end = at + bytes.length
  if (end > whole || bytes.length === 0 || (bytes.length < leastPartBytes && end < whole))
    refuse('attachment.part_misplaced', { field: 'body.at', params: { whole } })
  const received = await keepPart(files, folderOf(id), { at, bytes })
  if (received < whole) return { received, bytes: null }
  const pieces: Uint8Array[] = []
  for await (const piece of (await partsAsBytes(files, folderOf(id))).range(0, whole)) pieces.push(piece)
  return { received, bytes: Buffer.concat(pieces) }
}

/** Forgets the parts of an upload that was refused, or whose end must be sent again. */
export async function dropParts(files: Files, id: string): Promise<void> {
  await dropAll(files, folderOf(id))
}

/** The whole file is kept, without what phones write into photos; of its parts only remains that they were there. */
export async function finish(files: Files, id: string): Promise<void> {
  await dropParts(files, id)
  await files.put(doneKey(id), Buffer.from('done'))
}

/** What was left of uploads before that moment: parts that nobody went on with, and marks of finished ones. */
export async function dropUnfinished(files: Files, before: Temporal.Instant): Promise<number> {
  let dropped = 0
  for await (const { key, at } of files.list(folder)) {
    if (Temporal.Instant.compare(at, before) >= 0) continue
    await files.remove(key)
    dropped += 1
  }
  return dropped
}
