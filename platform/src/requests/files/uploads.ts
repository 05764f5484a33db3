import type { Files } from '#kernel/files.ts'
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
const keyOf = (id: string, at: number, end: number) => `${folder}/${id}/${at}-${end}`

type Part = { key: string; at: number; end: number }

/** Parts that join without a gap from the beginning on. */
async function joined(files: Files, id: string): Promise<Part[]> {
  const parts: Part[] = []
  for await (const { key } of files.list(`${folder}/${id}`)) {
    const [at = -1, end = -1] = key
      .slice(key.lastIndexOf('/') + 1)
      .split('-')
      .map(Number)
    parts.push({ key, at, end })
  }
  parts.sort((a, b) => a.at - b.at || b.end - a.end)
  const whole: Part[] = []
  let received = 0
  for (const part of parts) {
    if (part.at !== received || part.end <= received) continue
    whole.push(part)
    received = part.end
  }
  return whole
}

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
  const before = (await joined(files, id)).at(-1)?.end ?? 0
  // A part beyond a gap is not kept: the sender hears how far it got, and goes on from there.
  if (at <= before && end > before) await files.put(keyOf(id, before, end), bytes.subarray(before - at))
  const parts = await joined(files, id)
  const received = parts.at(-1)?.end ?? 0
  if (received < whole) return { received, bytes: null }
  const pieces: Buffer[] = []
  for (const { key } of parts) pieces.push(await bytesOf(files, key))
  return { received, bytes: Buffer.concat(pieces).subarray(0, whole) }
}

async function bytesOf(files: Files, key: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await files.read(key)) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** Forgets the parts of an upload that was refused, or whose end must be sent again. */
export async function dropParts(files: Files, id: string): Promise<void> {
  for await (const { key } of files.list(`${folder}/${id}`)) await files.remove(key)
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
