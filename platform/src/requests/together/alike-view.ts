import type { Call } from '#access/route.ts'
import { categoryNames } from '#catalogue/service.ts'
import { organisationNames, placeOf } from '#org/service.ts'
import { reachRequests } from '#kernel/db.ts'
import type { Trx } from '#kernel/db.ts'
import type { Alike, SaidBefore } from './contract.ts'
import { attachmentsOf } from '../files/attachments.ts'
import { candidatesFor } from './candidates.ts'
import type { Asked } from './candidates.ts'
import { publicPlaces } from './followed-view.ts'
import { followedBy } from './followers.ts'
import { states } from '../lifecycle.ts'
import { isApart } from './rules.ts'
import { obstacle, partiesOf } from '../rules.ts'
import { actorOf } from '../service.ts'
import { findAll } from '../store.ts'
import type { Stored } from '../store.ts'

/** What is possibly the same, as a resident and as a desk may see it (RQ13). */

/** Shown to a resident: few, or reading them costs more than writing. */
const mostForResident = 3
const mostForDesk = 8

/** What may be told of a request without its words; handed in by the composition root, from above this folder. */
export type PublicKnowledge = {
  /** The category that a text surely speaks of. */
  categoryOf: (call: Call, text: string) => Promise<string | null>
  /** Titles that a desk cleared for everybody. */
  titlesOf: (trx: Trx, requests: readonly string[]) => Promise<Map<string, string>>
}

/** For a resident who is still writing: kind, place, time, state and how many; never what others wrote (boundary 7). */
export async function saidBefore(
  call: Call,
  asked: Omit<Asked, 'at'>,
  known: PublicKnowledge,
): Promise<SaidBefore> {
  const { trx, actor, scope } = call
  const found = await candidatesFor(
    call,
    { ...asked, at: call.now.toString() },
    // What is over is not followed.
    async (around) => around.filter(({ state }) => isOpen(state)),
    mostForResident,
  )
  const follows = new Set((await followedBy(call)).map(({ request }) => request))
  const categories = await categoryNames(trx, call.language)
  const places = await publicPlaces(
    trx,
    found.map(({ of }) => of.path),
  )
  await reachRequests(trx, [...(scope.requests ?? []), ...found.map(({ of }) => of.id)])
  const titles = await known.titlesOf(
    trx,
    found.map(({ of }) => of.id),
  )
  const guesses = new Map<string, string | null>()
  for (const { of } of found) if (!of.category) guesses.set(of.id, await known.categoryOf(call, of.words))
  const isYours = (id: string, reporter: string) =>
    follows.has(id) ||
    (actor.kind === 'reporter' && actor.id === reporter) ||
    (scope.requests ?? []).includes(id)
  return {
    items: found.map(({ of }) => ({
      id: of.id,
      title: titles.get(of.id) ?? null,
      category: categories.get(of.category ?? guesses.get(of.id) ?? '')?.name ?? null,
      presumed: of.category === null,
      place: places.get(of.path) ?? '',
      saidAt: of.submittedAt,
      state: of.state as keyof typeof states,
      people: of.followers + 1,
      yours: isYours(of.id, of.reporter),
    })),
  }
}

function isOpen(state: string): boolean {
  return state in states && !states[state as keyof typeof states].final
}

/** For a desk: with text and photo, as far as the desk reaches them, and why they are thought to be the same. */
export async function alikeFor(call: Call, request: Stored): Promise<Alike[]> {
  const { trx } = call
  const reached = new Map<string, Stored>()
  const found = await candidatesFor(
    call,
    { ...request, category: request.standing.category, at: request.submittedAt },
    async (around) => {
      const others = await findAll(
        trx,
        around.flatMap(({ id }) => (id === request.id ? [] : [id])),
      )
      for (const [id, other] of others) reached.set(id, other)
      return around.filter(({ id }) => reached.has(id))
    },
    mostForDesk,
  )
  const categories = await categoryNames(trx, call.language)
  const places = await placeOf(
    trx,
    found.map(({ of }) => of.path),
  )
  const holders = await organisationNames(
    trx,
    found.flatMap(({ of }) => reached.get(of.id)?.standing.holder?.organisation ?? []),
  )
  const alike: Alike[] = []
  for (const { of, likeness, common } of found) {
    const other = reached.get(of.id)!
    const { standing } = other
    const photos = [...(await attachmentsOf(trx, of.id)).values()].flat()
    alike.push({
      id: of.id,
      code: other.code,
      title: other.title,
      words: other.words,
      place: `${places.get(of.path) ?? ''}${other.place}`,
      category: (standing.category && categories.get(standing.category)?.name) || null,
      state: standing.state,
      submittedAt: other.submittedAt,
      holder: (standing.holder && holders.get(standing.holder.organisation)?.shortName) || null,
      people: standing.followers + 1,
      photo: photos.find(({ kind }) => kind === 'photo')?.id ?? null,
      score: likeness.score,
      // Two that name the same area only are not zero metres apart; nobody knows how far they are.
      metres: likeness.metres === null || other.path === request.path ? null : Math.round(likeness.metres),
      within: likeness.within,
      days: Math.floor(likeness.days),
      kind: likeness.kind,
      common,
      parts: likeness.parts,
      mayStay: mayMerge(call, request, other),
      mayGo: mayMerge(call, other, request),
    })
  }
  return alike
}

/** Whether the caller may merge the one into the other now; the same questions as `merge-rules.ts` asks. */
function mayMerge({ actor, now }: Call, gone: Stored, stays: Stored): boolean {
  const by = actorOf(actor)
  const at = now.toString({ smallestUnit: 'millisecond' })
  return (
    !obstacle(gone.standing, 'merge', partiesOf(gone.standing, gone.path, by), at) &&
    partiesOf(stays.standing, stays.path, by).includes('desk') &&
    !obstacle(stays.standing, 'absorb', ['system'], at) &&
    gone.standing.absorbed.length === 0 &&
    !isApart(gone) &&
    !isApart(stays)
  )
}
