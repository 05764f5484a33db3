import { createHmac, timingSafeEqual } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  readSync,
  writeSync,
} from 'node:fs'
import path from 'node:path'
import { sql } from 'kysely'
import type { Database } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'

/**
 * Anchors: the heads of the ledger's lanes, written outside the database every minute. Whoever may write to the database
 * could cut off the newest entries and set the heads back; they cannot make the anchors agree, because each line is
 * signed with a key that the database does not hold and covers the line before it.
 */

/** `hash` in hex. */
export type Head = { lane: number; seq: number; hash: string }
export type Anchor = { at: string; district: string; heads: Head[] }
/** What can be wrong with a line of the file itself. */
export type AnchorFault = 'anchor_unreadable' | 'anchor_changed' | 'anchor_unlinked'
type Line = Anchor & { before: string; mac: string }

/** Serialises the writers of one database; any number that no other lock takes. */
const lockNumber = 7_236_802

function anchorFile(dataDir: string): string {
  return path.join(dataDir, 'audit', 'anchors.ndjson')
}

/** Appends the heads that moved since the last anchor. @returns how many lanes were anchored. */
export async function anchorHeads(options: {
  database: Database
  district: string
  dataDir: string
  keys: Keys
  now: Temporal.Instant
}): Promise<number> {
  const { database, district, dataDir, keys, now } = options
  return database.within({ district, reach: 'none', paths: [], organisations: [] }, async (trx) => {
    await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(trx)
    const { rows: heads } = await sql<Head>`
      select lane, seq, encode(hash, 'hex') as hash from audit_head where district_code = app.district() and seq > 0 order by lane`.execute(
      trx,
    )
    return write(
      anchorFile(dataDir),
      { at: now.toString({ smallestUnit: 'millisecond' }), district, heads },
      keys,
    )
  })
}

function write(file: string, anchor: Anchor, keys: Keys): number {
  mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  const handle = openSync(file, constants.O_RDWR | constants.O_CREAT, 0o600)
  try {
    const size = wholeLines(handle)
    const before = lastLines(handle, size)
    const known = new Map<number, number>()
    for (const line of before)
      if (line.district === anchor.district) for (const { lane, seq } of line.heads) known.set(lane, seq)
    const heads = anchor.heads.filter(({ lane, seq }) => known.get(lane) !== seq)
    if (heads.length === 0) return 0
    const moved = { ...anchor, heads }
    const link = before.at(-1)?.mac ?? ''
    writeSync(handle, `${JSON.stringify({ ...moved, before: link, mac: macOf(moved, link, keys) })}\n`, size)
    fsyncSync(handle)
    return heads.length
  } finally {
    closeSync(handle)
  }
}

/** Cuts off half a line that a crash left behind. @returns bytes of whole lines. */
function wholeLines(handle: number): number {
  const { size } = fstatSync(handle)
  const byte = Buffer.alloc(1)
  let end = size
  while (end > 0) {
    readSync(handle, byte, 0, 1, end - 1)
    if (byte[0] === 10) break
    end -= 1
  }
  if (end < size) ftruncateSync(handle, end)
  return end
}

/** The newest lines, enough to know the last anchor of nearly every lane; one that is further back is anchored again. */
function lastLines(handle: number, size: number): Line[] {
  const window = Math.min(size, 64 * 1024)
  const bytes = Buffer.alloc(window)
  readSync(handle, bytes, 0, window, size - window)
  const text = bytes.toString('utf8')
  const whole = window < size ? text.slice(text.indexOf('\n') + 1) : text
  return whole.split('\n').flatMap((line) => {
    const parsed = line ? parse(line) : null
    return parsed ? [parsed] : []
  })
}

/** Every anchor of the file, and what is wrong with the file itself. Without a file nothing was ever anchored. */
export function readAnchors(
  dataDir: string,
  keys: Keys,
): { anchors: Anchor[]; faults: { kind: AnchorFault; line: number }[] } {
  const file = anchorFile(dataDir)
  if (!existsSync(file)) return { anchors: [], faults: [] }
  // What stands after the last line break is a line in the making.
  const lines = readFileSync(file, 'utf8').split('\n').slice(0, -1)
  const anchors: Anchor[] = []
  const faults: { kind: AnchorFault; line: number }[] = []
  let before = ''
  for (const [index, text] of lines.entries()) {
    const line = parse(text)
    if (!line) {
      faults.push({ kind: 'anchor_unreadable', line: index + 1 })
      continue
    }
    const genuine = timingSafeEqual(
      Buffer.from(macOf(line, line.before, keys), 'hex'),
      Buffer.from(line.mac, 'hex'),
    )
    if (!genuine) faults.push({ kind: 'anchor_changed', line: index + 1 })
    else if (line.before !== before) faults.push({ kind: 'anchor_unlinked', line: index + 1 })
    if (genuine) anchors.push(line)
    before = line.mac
  }
  return { anchors, faults }
}

function macOf({ at, district, heads }: Anchor, before: string, keys: Keys): string {
  const parts = [before, at, district, ...heads.map(({ lane, seq, hash }) => `${lane}:${seq}:${hash}`)]
  return createHmac('sha256', keys.anchor).update(JSON.stringify(parts)).digest('hex')
}

function parse(text: string): Line | null {
  try {
    const line = JSON.parse(text) as Partial<Line> | null
    const heads = line?.heads
    const whole =
      typeof line?.at === 'string' &&
      typeof line.district === 'string' &&
      typeof line.before === 'string' &&
      /^[\da-f]{64}$/.test(line.mac ?? '') &&
      Array.isArray(heads) &&
      heads.every(
        (head) =>
          Number.isInteger(head?.lane) &&
          Number.isSafeInteger(head?.seq) &&
          /^[\da-f]{64}$/.test(head?.hash ?? ''),
      )
    return whole ? (line as Line) : null
  } catch {
    return null
  }
}
