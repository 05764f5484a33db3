import type { Call } from '#access/route.ts'
import { fill } from '#kernel/problem.ts'
import { placeOf } from '#org/service.ts'
import type { OwnCopy } from '#requests/erasure/contract.ts'
import type { WishEntryKind } from './lifecycle.ts'
import en from './messages/en.json' with { type: 'json' }
import zh from './messages/zh-CN.json' with { type: 'json' }
import * as store from './store.ts'
import type { Entry, Wish } from './store.ts'

/** Boundary 5: what a resident wished and claimed, in plain words, as parts of their own copy (WI8). */

const texts = { 'zh-CN': zh, en }
type Part = OwnCopy['parts'][number]

/** What is written to the other one, or to whoever wished: read by them in the app as well. Why another gave it back is not. */
const readByBoth: readonly WishEntryKind[] = ['decline', 'fulfil', 'thank']

/** One part for each wish said, and for each time one was claimed; neither says who the other is (WI5). */
export async function wishesOfResident(
  { trx, language }: Pick<Call, 'trx' | 'language'>,
  reporter: string,
): Promise<Part[]> {
  const t = texts[language]
  const { told, claims } = await store.ofReporter(trx, reporter)
  const ids = [...new Set([...told, ...claims.map(({ wish }) => wish)])]
  if (ids.length === 0) return []
  const wishes = new Map((await store.byIds(trx, ids)).map((wish) => [wish.id, wish]))
  const said = await store.toldOf(trx, told)
  const entries = await store.entriesOf(trx, ids)
  const places = await placeOf(
    trx,
    [...said.values()].map(({ path }) => path),
  )
  const story = (wish: string) =>
    (entries.get(wish) ?? []).map((entry) => ({
      what: fill(t.entry, { at: minuteOf(entry.at), who: whoOf(entry), what: t.step[entry.kind] }),
      value:
        (entry.words !== null &&
          (entry.reporter === reporter || readByBoth.includes(entry.kind)) &&
          entry.words) ||
        '—',
    }))
  const whoOf = (entry: Entry) =>
    entry.reporter === reporter ? t.me : entry.byKind === 'system' ? t.clock : t.others
  const facts = ({ kind, state, title, words }: Wish) => [
    { what: t.kindIs, value: t.kind[kind] },
    { what: t.stateIs, value: t.state[state] },
    ...(title ? [{ what: t.published, value: [title, words].filter(Boolean).join('\n') }] : []),
  ]
  return [
    ...told.flatMap((id): Part[] => {
      const [wish, own] = [wishes.get(id), said.get(id)]
      if (!wish || !own) return []
      return [
        {
          title: fill(t.told, { code: wish.code }),
          rows: [
            { what: t.said, value: own.words },
            { what: t.at, value: minuteOf(wish.toldAt) },
            { what: t.where, value: places.get(own.path) ?? own.path },
            ...facts(wish),
            ...story(id),
          ],
        },
      ]
    }),
    ...claims.map((claim): Part => {
      // What was taken back is nobody's to read; that one had claimed it is still one's own.
      const wish = wishes.get(claim.wish)
      return {
        title: wish ? fill(t.claimed, { code: wish.code }) : t.gone,
        rows: [
          { what: t.claimedAt, value: minuteOf(claim.at) },
          ...(claim.endedFor ? [{ what: t.endedFor, value: t.ended[claim.endedFor] }] : []),
          ...(wish ? facts(wish) : []),
          ...story(claim.wish),
        ],
      }
    }),
  ]
}

function minuteOf(at: string): string {
  const there = Temporal.Instant.from(at).toZonedDateTimeISO('Asia/Shanghai')
  return `${there.toPlainDate().toString()} ${there.toPlainTime().toString({ smallestUnit: 'minute' })}`
}
