import type { FieldEntry, Pushed, Result } from '#field/contract.ts'
import type { FeedPage, HouseholdItem, Item } from '#field/items.ts'
import type { EntryKind } from '#field/contract.ts'
import type { EntryData } from '#field/entries.ts'
import { uuidv7 } from '#kernel/ids.ts'

/**
 * A field phone as the protocol wants it (field/SPEC.md), without a screen: a store, an outbox, a clock that may be wrong,
 * and a line that may swallow answers.
 */

export type Answer = { status: number; json: unknown; problem: string | undefined; text: string }
export type Line = (
  method: 'GET' | 'POST',
  url: string,
  options: { token: string; body?: unknown; headers?: Record<string, string> },
) => Promise<Answer>

type Options = { line: Line; token: string; now: () => Temporal.Instant; skew?: number }

export class Phone {
  readonly id: string
  token: string
  /** By kind and id. */
  store = new Map<string, Item>()
  cursor: string | undefined
  outbox: FieldEntry[] = []
  readonly fates = new Map<string, Result>()
  /** How far its clock is ahead, in milliseconds. */
  skew: number
  readonly #line: Line
  readonly #now: () => Temporal.Instant

  constructor({ line, token, now, skew = 0 }: Options) {
    this.#line = line
    this.token = token
    this.#now = now
    this.skew = skew
    this.id = uuidv7(now())
  }

  /** What its clock shows. */
  get clock(): string {
    return this.#now().add({ milliseconds: this.skew }).toString({ smallestUnit: 'millisecond' })
  }

  async register(): Promise<Answer> {
    return this.#line('POST', '/api/field/devices', {
      token: this.token,
      body: { id: this.id, label: 'phone' },
    })
  }

  /** Puts an entry into the outbox. */
  enter<Kind extends EntryKind>(
    kind: Kind,
    data: EntryData<Kind>,
    more: { id?: string; base?: number; mends?: string; deviceAt?: string } = {},
  ): FieldEntry {
    const entry: FieldEntry = {
      id: uuidv7(this.#now()),
      kind,
      deviceAt: this.clock,
      ...more,
      data,
    }
    this.outbox.push(entry)
    return entry
  }

  post(entries: readonly FieldEntry[] = this.outbox): Promise<Answer> {
    const body = { device: this.id, now: this.clock, entries }
    return this.#line('POST', '/api/field/entries', { token: this.token, body })
  }

  /** Sends what waits and keeps the fates; with `lost` the answer does not arrive, and everything stays in the outbox. */
  async send({ lost = false } = {}): Promise<Result[]> {
    if (this.outbox.length === 0) return []
    const answer = await this.post()
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`)
    if (lost) return []
    const { results } = answer.json as Pushed
    for (const result of results) this.fates.set(result.id, result)
    const done = new Set(results.map(({ id }) => id))
    this.outbox = this.outbox.filter(({ id }) => !done.has(id))
    return results
  }

  async page(): Promise<Answer> {
    const cursor = this.cursor === undefined ? '' : `&cursor=${this.cursor}`
    return this.#line('GET', `/api/field/feed?device=${this.id}${cursor}`, { token: this.token })
  }

  /** Fetches until there is no more; with `lost` the last answer does not arrive. @returns every item that came. */
  async fetch({ lost = false } = {}): Promise<Item[]> {
    const items: Item[] = []
    for (;;) {
      const answer = await this.page()
      if (answer.status === 403 && answer.problem === 'field.withdrawn') this.store.clear()
      if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`)
      const page = answer.json as FeedPage
      if (lost && !page.more) return items
      items.push(...page.items)
      if (page.reset) this.store.clear()
      for (const item of page.items) {
        if (item.gone) this.store.delete(`${item.kind} ${item.id}`)
        else this.store.set(`${item.kind} ${item.id}`, item)
      }
      this.cursor = page.cursor
      if (!page.more) return items
    }
  }

  async sync(): Promise<void> {
    await this.send()
    await this.fetch()
  }

  get households(): Map<string, HouseholdItem & { version: number }> {
    return new Map(
      [...this.store.values()].flatMap((item) =>
        item.kind === 'household' && item.data
          ? [[item.id, { ...item.data, version: item.version }] as const]
          : [],
      ),
    )
  }

  household(id: string): (HouseholdItem & { version: number }) | undefined {
    return this.households.get(id)
  }
}
