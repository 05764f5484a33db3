import { createHash } from 'node:crypto'
import type pg from 'pg'
import { afterCommit } from './db.ts'
import type { Trx } from './db.ts'

/**
 * Signals between processes: "something of this kind changed", so that whoever shows it looks again. They carry no data
 * beyond ids and buckets, and may be lost; what is shown comes from the tables, under the reader's row security.
 *
 * They are sent after the commit and in bundles, because NOTIFY inside a transaction makes all commits of the database
 * wait for one another.
 */

export type Signal = {
  district: string
  topic: string
  /** Whom or what it concerns: ids that name no person, or buckets of those that do. */
  keys: readonly string[]
}

/** Names nobody: one of 65,536 buckets, which others share. For ids of people; whose it is, row security decides. */
export function bucketOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 4)
}

const channel = 'chuanmen'
/** How long signals are collected before they go out together, in milliseconds. */
const gather = 25
/** PostgreSQL takes payloads below 8,000 bytes. */
const mostBytes = 7_000

const waiting = new WeakMap<pg.Pool, Signal[]>()

/** Tells the other processes, and this one, once the transaction is committed. */
export function signal(trx: Trx, topic: string, keys: readonly string[]): void {
  afterCommit(trx, ({ pool, scope }) => put(pool, { district: scope.district, topic, keys }))
}

function put(pool: pg.Pool, one: Signal): void {
  const bundle = waiting.get(pool)
  if (bundle) {
    bundle.push(one)
    return
  }
  waiting.set(pool, [one])
  setTimeout(() => {
    const all = waiting.get(pool) ?? []
    waiting.delete(pool)
    // A signal that does not arrive makes nothing wrong, only later: every stream looks again by itself.
    pool
      .query('select pg_notify($1, payload) from unnest($2::text[]) as payload', [channel, payloads(all)])
      .catch(() => {})
  }, gather)
}

function payloads(signals: readonly Signal[]): string[] {
  const lines = [...new Set(signals.map((one) => JSON.stringify(one)))]
  const bundles: string[] = []
  for (const line of lines) {
    const last = bundles.at(-1)
    if (last !== undefined && Buffer.byteLength(last) + Buffer.byteLength(line) < mostBytes)
      bundles[bundles.length - 1] = `${last}\n${line}`
    else bundles.push(line)
  }
  return bundles
}

function readPayload(payload: string): Signal[] {
  return payload.split('\n').flatMap((line) => {
    try {
      return [JSON.parse(line) as Signal]
    } catch {
      return []
    }
  })
}

/**
 * Hears signals on one connection of the pool, for the whole process. After a break of the connection `onGap` is called:
 * signals may have been missed.
 */
export function hearSignals(
  pool: pg.Pool,
  { onSignal, onGap }: { onSignal: (one: Signal) => void; onGap: () => void },
): { close(): void } {
  let client: pg.PoolClient | undefined
  let closed = false
  let pause: NodeJS.Timeout | undefined

  function lost(error?: Error): void {
    if (closed || pause) return
    client?.release(error ?? true)
    client = undefined
    pause = setTimeout(() => {
      pause = undefined
      void connect()
    }, 1_000)
  }

  async function connect(): Promise<void> {
    try {
      const made = await pool.connect()
      if (closed) {
        made.release(true)
        return
      }
      client = made
      made.on('error', lost)
      made.on('end', () => lost())
      made.on('notification', ({ payload }) => {
        for (const one of readPayload(payload ?? '')) onSignal(one)
      })
      await made.query(`listen ${channel}`)
      onGap()
    } catch {
      lost()
    }
  }

  void connect()
  return {
    close() {
      closed = true
      clearTimeout(pause)
      client?.release(true)
      client = undefined
    },
  }
}
