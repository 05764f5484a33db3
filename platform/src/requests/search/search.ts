import { postsFor } from '#access/actor.ts'
import type { Actor } from '#access/actor.ts'
import { findsReporters } from '#access/permissions.ts'
import type { Call } from '#access/route.ts'
import { isInstant, readCursor, writeCursor } from '#kernel/cursor.ts'
import type { Keys } from '#kernel/keys.ts'
import { placeOf } from '#org/service.ts'
import { peopleNamed } from '#people/service.ts'
import { mark } from '#search/lexemes.ts'
import { scoreOf } from '#search/rank.ts'
import { soughtReporter } from '#search/reporters.ts'
import { newest, recall } from '#search/service.ts'
import type { Condition, Found } from '#search/service.ts'
import { termsOf } from '#search/terms.ts'
import type { Term } from '#search/terms.ts'
import { idsIn, listed, rowsOf } from '../list.ts'
import { narrowing } from './narrowing.ts'
import type { Narrowed, SearchPage, SearchQuery } from './contract.ts'
import { hitsOf } from './hits.ts'
import { briefs, stories, withCode } from './store.ts'
import type { Brief } from './store.ts'
import { saysAll } from './own.ts'
import { summaries, told } from '../view.ts'

/** Searching requests: recalled by the index, ranked here, read under row security. */

/** A stretch of what was found: so many of the newest are ranked against one another; the next ones are older. */
const stretch = 200
/** How often the index is asked again when most of what it found does not belong to the list. */
const mostRounds = 4

/** SE1 to SE6: one page of what was found. */
export async function searchPage(
  call: Call,
  query: SearchQuery,
  keys: Keys,
): Promise<{ page: SearchPage; reporters: boolean }> {
  const { trx, actor, language } = call
  const terms = termsOf(query.q)
  const code = codeBeginning(query.q)
  const sought = code || actor.kind !== 'staff' ? [] : await soughtBy(call, terms, keys)
  const tooShort = !code && sought.every(({ condition }) => isEmpty(condition)) && actor.kind === 'staff'
  const { from, offset } = query.after ? readAfter(query.after) : { from: newest(nowOf(call)), offset: 0 }
  const own = postsFor(actor, 'request.read').map(({ post }) => post.organisation)
  const found = tooShort
    ? none
    : actor.kind !== 'staff'
      ? await foundOwn(call, query, terms, code)
      : code
        ? { rows: await briefs(trx, await withCode(trx, code, stretch), listed(query, own)), older: null }
        : await foundFrom(call, query, conditionsOf(sought, query, own), own, from)
  const places = await placeOf(
    trx,
    found.rows.map((row) => told(row).path),
  )
  const ranked = found.rows
    .map((row) => {
      const { title, words, place, path, submittedAt, id } = told(row)
      const candidate = { title, words, place: `${places.get(path) ?? ''}${place}`, at: submittedAt }
      return { id, at: submittedAt, score: scoreOf(candidate, terms, call.now.epochMilliseconds) }
    })
    .toSorted((a, b) => b.score - a.score || newestFirst(a, b))
  const chosen = ranked.slice(offset, offset + query.limit)
  const rows = await rowsOf(
    trx,
    chosen.map(({ id }) => id),
    actor.kind === 'staff',
  )
  const items = await summaries(trx, rows, language)
  const people = sought.flatMap((one) => one.people)
  const hits = await hitsOf(trx, rows, items, { terms, code, people, isStaff: actor.kind === 'staff' })
  const isLast = offset + query.limit >= ranked.length
  const next = isLast
    ? found.older && { from: found.older, offset: 0 }
    : { from, offset: offset + query.limit }
  return {
    page: {
      items: items.map((item, index) => ({ ...item, hit: hits[index]! })),
      next: next && writeAfter(next),
      found: { count: ranked.length, more: found.older !== null },
      tooShort,
    },
    reporters: sought.some(({ reporters }) => reporters),
  }
}

/**
 * How many requests a kept search shows, counted about as far as a stretch; null when nothing in it narrows by what the
 * index knows.
 */
export async function countFound(
  call: Call,
  query: Narrowed & { q?: string | undefined },
  own: readonly string[],
  keys: Keys,
): Promise<number | null> {
  const code = query.q ? codeBeginning(query.q) : null
  if (code)
    return (await briefs(call.trx, await withCode(call.trx, code, stretch), listed(query, own))).length
  const sought = query.q ? await soughtBy(call, termsOf(query.q), keys) : []
  const conditions = conditionsOf(sought, query, own)
  if (conditions.length === 0) return query.q ? 0 : null
  const { rows, older } = await foundFrom(call, query, conditions, own, newest(nowOf(call)))
  return rows.length + (older ? stretch : 0)
}

/** Of the same moment by their ids: the next page is read anew, and goes on in the same order. */
function newestFirst(a: { at: string; id: string }, b: { at: string; id: string }): number {
  if (a.at === b.at) return a.id < b.id ? 1 : -1
  return a.at < b.at ? 1 : -1
}

const nowOf = ({ now }: Call) => now.toString({ smallestUnit: 'millisecond' })

type Matches = { rows: Brief[]; older: Found | null }
const none: Matches = { rows: [], older: null }

/** Position in the search: where the stretch begins, and how many of it were shown. */
type After = { from: Found; offset: number }

function writeAfter({ from, offset }: After): string {
  return writeCursor({ key: `${from.at} ${offset}`, id: from.request })
}

function readAfter(cursor: string): After {
  const isKey = (key: string) => /^\S+ \d{1,3}$/.test(key) && isInstant(key.split(' ')[0]!)
  const { key, id } = readCursor(cursor, isKey)
  const [at = '', offset] = key.split(' ')
  return { from: { at, request: id }, offset: Number(offset) }
}

/** `GY-2611`: the beginning of a code, as the column spells it. */
function codeBeginning(typed: string): string | null {
  const code = typed.normalize('NFKC').trim().toUpperCase()
  return /^[A-Z]{2,4}-(\d{0,4}|\d{4}-\d{0,6})$/.test(code) ? code : null
}

type Sought = { condition: Condition; people: string[]; reporters: boolean }

/** How many people of one name are looked for. */
const mostPeople = 30

/** What each term is sought by: its text, or somebody of that name who serves here, or, for a desk, who said it (SE4). */
async function soughtBy({ trx, actor }: Call, terms: readonly Term[], keys: Keys): Promise<Sought[]> {
  const sought: Sought[] = []
  for (const { text, grams } of terms) {
    const isName = /^(\p{Script=Han}{2,6}|[a-z]{2,6})$/u.test(text)
    const people = isName ? await peopleNamed(trx, text, mostPeople) : []
    const reporters = mayFindReporters(actor) ? soughtReporter(keys, text) : []
    sought.push({
      condition: { grams, marks: [...people.map(mark.person), ...reporters] },
      people,
      reporters: reporters.length > 0,
    })
  }
  return sought
}

/** SE4: those who may ask for the number also look somebody up who calls; nobody else. */
function mayFindReporters(actor: Actor): boolean {
  return postsFor(actor, 'request.read').some(({ post }) => findsReporters.includes(post.role))
}

const isEmpty = ({ grams, marks }: Condition) => grams.length === 0 && marks.length === 0

/** Everything that must hold. */
function conditionsOf(sought: readonly Sought[], query: Narrowed, own: readonly string[]): Condition[] {
  return [
    ...sought.map(({ condition }) => condition).filter((one) => !isEmpty(one)),
    ...narrowing(query, own),
  ]
}

/** The newest in reach that satisfy everything, older than `from`. */
async function foundFrom(
  { trx }: Call,
  query: Narrowed,
  conditions: readonly Condition[],
  own: readonly string[],
  from: Found,
): Promise<Matches> {
  // Residents alone have a list of what they reported.
  if (query.queue === 'reported') return none
  const rows: Brief[] = []
  let before = from
  for (let round = 0; round < mostRounds; round += 1) {
    const ids = await recall(trx, conditions, before, stretch)
    const inList = await briefs(
      trx,
      ids.map(({ request }) => request),
      listed(query, own),
    )
    rows.push(...inList)
    if (ids.length < stretch) return { rows, older: null }
    before = ids.at(-1)!
    if (rows.length >= stretch / 4) break
  }
  return { rows, older: before }
}

/** What residents look through is little: what they said and follow, as they read it. */
async function foundOwn(
  { trx, scope }: Call,
  query: SearchQuery,
  terms: readonly Term[],
  code: string | null,
): Promise<Matches> {
  const reader = { ...scope, isStaff: false }
  const rows = await briefs(trx, await idsIn(trx, { ...query, queue: 'reported' }, reader, [], stretch))
  const said = await stories(
    trx,
    rows.map(({ id }) => id),
  )
  const places = await placeOf(
    trx,
    rows.map((row) => told(row).path),
  )
  const holds = (row: Brief) =>
    code
      ? row.code.startsWith(code)
      : saysAll(told(row), places.get(told(row).path) ?? '', said.get(row.id) ?? [], terms)
  return { rows: rows.filter(holds), older: null }
}
