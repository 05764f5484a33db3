import { postsFor } from '#access/actor.ts'
import { reportersByIds } from '#access/reporters.ts'
import type { Call } from '#access/route.ts'
import { categoryNames } from '#catalogue/service.ts'
import type { Trx } from '#kernel/db.ts'
import type { Keys } from '#kernel/keys.ts'
import { refuse } from '#kernel/problem.ts'
import { spots } from '#org/nearby.ts'
import { lineOf } from '#org/rules.ts'
import { personNames } from '#people/service.ts'
import { saidIn } from '#requests/lookup.ts'
import type { SaidWords } from '#requests/lookup.ts'
import type { Clear, Publication, PublicationPart } from './publication-contract.ts'
import * as store from './publication-store.ts'
import { marksIn, stillPersonal, withoutMarks } from './redact.ts'
import type { MarkKind } from './redact.ts'
import { guarded } from './services.ts'
import { say, words } from './words.ts'

/** OP8: a desk reads what was said, takes out what is personal, and clears the rest for everybody. */

/** Path length, in codes, of a compound: the most that everybody learns of a place. */
const publicDepth = 4
const titleLength = 60

async function saidOr404(call: Call, request: string): Promise<SaidWords> {
  return (await saidIn(call.trx, request)) ?? refuse('request.not_found')
}

/** Names that surely stand for somebody here. */
async function namesIn(call: Call, { reporter }: SaidWords, keys: Keys): Promise<string[]> {
  const known = reporter && (await reportersByIds(call.trx, [reporter], keys)).get(reporter)?.name
  return known ? [known, known.replaceAll(/\s/g, '')] : []
}

/** Cleared titles, by request: what everybody may read of it. */
export function clearedTitles(trx: Trx, requests: readonly string[]): Promise<Map<string, string>> {
  return store.titlesOf(trx, requests)
}

/** What was said beside what everybody reads of it, with everything that looks personal marked. */
export async function publicationView(call: Call, request: string, keys: Keys): Promise<Publication> {
  const { trx, language } = call
  const said = await saidOr404(call, request)
  const names = await namesIn(call, said, keys)
  const cleared = await store.publicationsOf(trx, request)
  const people = await personNames(
    trx,
    cleared.map(({ by }) => by),
  )
  const part = (entry: string | null, title: string | null, text: string): PublicationPart => {
    const now = cleared.find((one) => one.entry === entry)
    const marks = marksIn(text, names)
    const bare = (from: string) => withoutMarks(from, marksIn(from, names))
    return {
      entry,
      title,
      words: text,
      marks,
      proposal: {
        title: title && [...bare(title)].slice(0, titleLength).join(''),
        description: withoutMarks(text, marks),
      },
      cleared: now
        ? {
            id: now.id,
            title: now.title,
            description: now.description,
            at: now.at,
            by: people.get(now.by)?.name ?? '',
          }
        : null,
    }
  }
  const service = said.category && (await categoryNames(trx, language)).get(said.category)?.name
  const area = lineOf(said.path).slice(0, publicDepth).at(-1) ?? said.path
  const place = (await spots(trx, [area])).get(area)?.name ?? ''
  return {
    path: said.path,
    confidential: said.confidential,
    guarded: said.category !== null && guarded.includes(said.category),
    service: service || null,
    neutral: service ? say(words[language].description, { service, place }) : null,
    request: part(null, said.title, said.words),
    answers: said.answers.map((answer) => part(answer.entry, null, answer.words)),
  }
}

/** In plain words, for the refusal. */
function named(kinds: readonly MarkKind[], call: Call): string {
  const kindWords: Record<string, string> = words[call.language].kinds
  return kinds.map((kind) => kindWords[kind] ?? kind).join(', ')
}

/**
 * Clears words for everybody. The same id twice is one publication; what was cleared before is withdrawn.
 *
 * @throws Refusal when numbers or addresses of people still stand in them, or places that look personal were not looked at.
 */
export async function clear(call: Call, request: string, input: Clear, keys: Keys): Promise<Publication> {
  const { trx, actor } = call
  if (actor.kind !== 'staff') refuse('access.not_allowed')
  const said = await saidOr404(call, request)
  const before = await store.publicationById(trx, input.id)
  if (before) {
    const isSame = before.request === request && before.entry === input.entry && before.by === actor.id
    return isSame ? publicationView(call, request, keys) : refuse('id_taken', { field: 'body.id' })
  }
  if (said.confidential) refuse('publication.confidential')
  if (input.entry !== null && !said.answers.some(({ entry }) => entry === input.entry))
    refuse('record.invalid_reference', { field: 'body.entry' })
  const names = await namesIn(call, said, keys)
  const text = `${input.title ?? ''}\n${input.description}`
  const still = stillPersonal(text, names)
  if (still.length > 0)
    refuse('publication.still_personal', { field: 'body.description', params: { kinds: named(still, call) } })
  if (!input.looked && marksIn(text, names).length > 0)
    refuse('publication.look_again', { field: 'body.looked' })
  const at = call.now.toString({ smallestUnit: 'millisecond' })
  await store.withdrawPublication(trx, { request, entry: input.entry }, actor.id, at)
  await store.addPublication(trx, {
    id: input.id,
    request,
    entry: input.entry,
    title: input.entry === null ? input.title : null,
    description: input.description,
    by: actor.id,
    for: postsFor(actor, 'publication.clear')[0]?.post.organisation ?? refuse('access.not_allowed'),
    at,
  })
  return publicationView(call, request, keys)
}

/** Takes cleared words back; everybody reads the neutral sentence again. Done twice it is done once. */
export async function withdraw(call: Call, id: string): Promise<{ request: string }> {
  const { trx, actor } = call
  if (actor.kind !== 'staff') refuse('access.not_allowed')
  const found = (await store.publicationById(trx, id)) ?? refuse('publication.not_there')
  const at = call.now.toString({ smallestUnit: 'millisecond' })
  await store.withdrawPublication(trx, found, actor.id, at)
  return { request: found.request }
}
