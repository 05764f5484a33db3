import type { Files } from './files.ts'

/**
 * Files that arrive in parts: a weak line does not carry one as a whole. What has arrived lies in the upload's folder until
 * nobody needs it; a part that was sent before is recognised by where it begins and kept once.
 */

/** A file at rest that can be read at any place, whatever it lies in. */
export type Bytes = {
  size: number
  /** The bytes from `start` up to `end`. */
  range(start: number, end: number): AsyncIterable<Uint8Array>
}

/** How parts lie in their folder: as they came, or sealed. @param where the part's place, which a seal is bound to. */
export type Cover = {
  close(bytes: Uint8Array, where: string): Uint8Array
  open(bytes: Buffer, where: string): Buffer
}

type Part = { key: string; at: number; end: number }

const keyOf = (folder: string, at: number, end: number) => `${folder}/${at}-${end}`

/** Parts that join without a gap from the beginning on. */
async function joined(files: Files, folder: string): Promise<Part[]> {
  const parts: Part[] = []
  for await (const { key } of files.list(folder)) {
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

/** How much of an upload has arrived, from the beginning on. */
export async function receivedOf(files: Files, folder: string): Promise<number> {
  return (await joined(files, folder)).at(-1)?.end ?? 0
}

/**
 * Keeps one part, wherever the sender believes to be. A part beyond a gap is not kept: the sender hears how far it got, and
 * goes on from there.
 *
 * @param at where the part begins, in bytes.
 * @returns how much has arrived from the beginning on.
 */
export async function keepPart(
  files: Files,
  folder: string,
  { at, bytes }: { at: number; bytes: Buffer },
  cover?: Cover,
): Promise<number> {
  const end = at + bytes.length
  const before = await receivedOf(files, folder)
  if (at > before || end <= before) return before
  const key = keyOf(folder, before, end)
  const fresh = bytes.subarray(before - at)
  await files.put(key, cover ? cover.close(fresh, key) : fresh)
  return receivedOf(files, folder)
}

async function whole(files: Files, key: string): Promise<Buffer> {
  const pieces: Buffer[] = []
  for await (const piece of await files.read(key)) pieces.push(piece as Buffer)
  return Buffer.concat(pieces)
}

/** What has arrived, read where it lies: one part at a time is in memory. */
export async function partsAsBytes(files: Files, folder: string, cover?: Cover): Promise<Bytes> {
  const parts = await joined(files, folder)
  let last: { key: string; bytes: Buffer } | null = null
  const read = async (key: string): Promise<Buffer> => {
    if (last?.key === key) return last.bytes
    // Let go before the next one is there.
    last = null
    const bytes = await whole(files, key)
    last = { key, bytes: cover ? cover.open(bytes, key) : bytes }
    return last.bytes
  }
  return {
    size: parts.at(-1)?.end ?? 0,
    async *range(start, end) {
      for (const part of parts) {
        if (part.end <= start || part.at >= end) continue
        const bytes = (await read(part.key)).subarray(
          Math.max(start - part.at, 0),
          Math.min(end, part.end) - part.at,
        )
        // In small pieces, so that whoever unpacks them does not hold what comes of a whole part.
        for (let at = 0; at < bytes.length; at += 65_536) yield bytes.subarray(at, at + 65_536)
      }
    },
  }
}

/** Forgets what has arrived of an upload. */
export async function dropParts(files: Files, folder: string): Promise<void> {
  for await (const { key } of files.list(folder)) await files.remove(key)
}
