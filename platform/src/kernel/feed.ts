import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Writable } from 'node:stream'
import type { Trx } from './db.ts'
import { Refusal } from './problem.ts'
import type { Language } from './problem.ts'
import type { AuditNote } from './route.ts'
import type { Signal } from './signals.ts'

/**
 * Answers that stay open (Server-Sent Events). A route returns a `Feed`; the server looks on its behalf whenever a signal
 * concerns it, each time in fresh transactions and only while the session holds the rights it opened with.
 */

/** `id` is the cursor that a client continues from after a break. */
export type FeedEvent = { event: string; data: unknown; id?: string | undefined }

/** What a look brought. `soon`: something stands there that may not be shown yet; look again in a moment. */
export type Look = { events: readonly FeedEvent[]; soon?: boolean }

export type FeedCall<Actor, Ability = string> = {
  actor: Actor
  now: Temporal.Instant
  language: Language
  /** A transaction that reaches what the actor may reach for this ability; one after the other, never two at once. */
  within<T>(
    ability: Ability,
    work: (trx: Trx) => Promise<T>,
    note?: (result: T) => AuditNote | null,
  ): Promise<T>
}

type Options<Actor> = {
  /** Whether a signal concerns this reader. */
  wants(signal: Signal): boolean
  /** Reads what there is to tell. `all`: at the start, and when signals may have been missed. */
  look(call: FeedCall<Actor>, woken: readonly Signal[], all: boolean): Promise<Look>
  /** Tell what there is, and end. */
  once: boolean
}

/** An answer that stays open. */
export class Feed {
  readonly options: Options<unknown>

  constructor(options: Options<never>) {
    this.options = options as unknown as Options<unknown>
  }
}

/** Looks once, as the session is now; null when it may no longer read this. */
export type Looker = (woken: readonly Signal[], all: boolean) => Promise<Look | null>

type Open = {
  district: string
  session: string
  feed: Feed
  look: Looker
  out: Writable
  woken: Signal[]
  all: boolean
  /** Ends the wait for the next signal. */
  wake: () => void
}

const limits = { perSession: 6, perProcess: 2_000, looks: 6 } as const
/** A proxy closes what is silent; and what a lost signal would have told is found at the latest now. */
const beatMilliseconds = 20_000
/** Whoever takes nothing for so long has gone; they continue from their cursor. */
const stallMilliseconds = 60_000
/** Signals that come in a burst are answered together. */
const gatherMilliseconds = 150
/** More than these at once are answered by looking at everything. */
const mostWoken = 200

/** All open feeds of this process. */
export class Feeds {
  readonly #open = new Set<Open>()
  readonly #queue: (() => void)[] = []
  #looking = 0
  #closing = false

  /** Takes note of a signal for those whom it concerns. */
  signal(one: Signal): void {
    for (const open of this.#open) {
      const isOwn = one.topic === 'session' && one.keys.some((key) => open.session.startsWith(key))
      if (open.district !== one.district || (!isOwn && !open.feed.options.wants(one))) continue
      if (open.woken.length < mostWoken) open.woken.push(one)
      else open.all = true
      open.wake()
    }
  }

  /** Signals may have been missed. */
  gap(): void {
    for (const open of this.#open) {
      open.all = true
      open.wake()
    }
  }

  get size(): number {
    return this.#open.size
  }

  /** Refuses one more for a session that has too many. */
  check(session: string): void {
    const own = [...this.#open].filter((open) => open.session === session).length
    if (own >= limits.perSession)
      throw new Refusal('http.too_many', { retryAfter: 30, params: { seconds: 30 } })
    if (this.#closing || this.#open.size >= limits.perProcess)
      throw new Refusal('unavailable', { retryAfter: 30 })
  }

  /** Serves a feed until the reader leaves, the session ends or the process stops. */
  async serve(one: {
    district: string
    session: string
    feed: Feed
    look: Looker
    out: Writable
  }): Promise<void> {
    const { out, feed } = one
    const open: Open = { ...one, woken: [], all: false, wake: () => {} }
    this.#open.add(open)
    const gone = Promise.withResolvers<'gone'>()
    out.once('close', () => gone.resolve('gone'))
    out.once('error', () => gone.resolve('gone'))
    try {
      out.write(`retry: ${randomInt(1_500, 4_500)}\n\n`)
      for (let first = true; !out.destroyed; first = false) {
        const woken = open.woken.splice(0)
        const all = open.all || first
        open.all = false
        const seen = await this.#inTurn(() => one.look(woken, all))
        if (!seen || out.destroyed) return
        const text = seen.events.map(written).join('')
        // What this reader has not taken yet is waited for: no more than one look is ever held for anybody.
        if (text && !out.write(text) && (await this.#drained(out, gone.promise)) !== 'drained') return
        if (feed.options.once) return
        if (seen.soon) {
          open.all = true
          await Promise.race([sleep(gatherMilliseconds), gone.promise])
          continue
        }
        if ((await this.#next(open, gone.promise)) === 'gone') return
      }
    } catch {
      // The database is away: the reader comes back by itself and continues from its cursor.
    } finally {
      this.#open.delete(open)
      out.end()
    }
  }

  /** After a gap everybody looks: a few at a time, so that all other work gets its connections. */
  async #inTurn<T>(look: () => Promise<T>): Promise<T> {
    if (this.#looking >= limits.looks) await new Promise<void>((resolve) => this.#queue.push(resolve))
    this.#looking += 1
    try {
      return await look()
    } finally {
      this.#looking -= 1
      this.#queue.shift()?.()
    }
  }

  async #drained(out: Writable, gone: Promise<'gone'>): Promise<'drained' | 'stalled' | 'gone'> {
    const drained = new Promise<'drained'>((resolve) => out.once('drain', () => resolve('drained')))
    const given = new AbortController()
    const stalled = sleep(stallMilliseconds, 'stalled' as const, { signal: given.signal }).catch(
      () => 'stalled' as const,
    )
    const how = await Promise.race([drained, stalled, gone])
    given.abort()
    if (how === 'stalled') out.destroy()
    return how
  }

  /** Waits until something concerns this reader; keeps the line warm meanwhile. */
  async #next(open: Open, gone: Promise<'gone'>): Promise<'woken' | 'gone'> {
    if (open.woken.length === 0 && !open.all) {
      const woken = Promise.withResolvers<'woken'>()
      open.wake = () => woken.resolve('woken')
      const given = new AbortController()
      const beat = sleep(beatMilliseconds, 'beat' as const, { signal: given.signal }).catch(
        () => 'beat' as const,
      )
      const how = await Promise.race([woken.promise, beat, gone])
      given.abort()
      open.wake = () => {}
      if (how === 'gone') return how
      if (how === 'beat') {
        open.out.write(': \n\n')
        open.all = true
        return 'woken'
      }
    }
    return (await Promise.race([sleep(gatherMilliseconds), gone])) === 'gone' ? 'gone' : 'woken'
  }

  /** Ends all, so that the process can stop; nobody loses anything, they continue elsewhere from their cursor. */
  close(): void {
    this.#closing = true
    for (const { out } of this.#open) out.destroy()
  }
}

function written({ event, data, id }: FeedEvent): string {
  return `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
}
