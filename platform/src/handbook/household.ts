import { lookersAt } from '#audit/looks.ts'
import type { Call } from '#access/route.ts'
import { livedAt } from '#households/building.ts'
import { householdOf, readerOf } from '#households/register.ts'
import type { Keys } from '#kernel/keys.ts'
import { personNames } from '#people/service.ts'
import { requestsOfHousehold } from '#requests/of-household.ts'
import { heardAt } from '#visits/acquaintance.ts'
import { standingOf } from '#visits/tasks.ts'
import type { HouseholdPage } from './contract.ts'
import { doorState, familyName } from './rules.ts'

/** One household with what is known of it: who lives there, visits, what it said, who lived there before, who looked (L3). */

export type HandbookDeps = { keys: Keys }

const shown = { visits: 6, requests: 5, lookDays: 30 } as const

/** Told who looked by name: the desks over the place, and whoever the door belongs to. */
const answersFor = ['community_desk', 'subdistrict_desk', 'district_desk', 'liaison'] as const

export async function householdPage(call: Call, id: string, deps: HandbookDeps): Promise<HouseholdPage> {
  const { trx, now, actor } = call
  const household = await householdOf(trx, id, readerOf(call, { ...deps, names: personNames }))
  const standing = (await standingOf(trx, [id], now)).get(id)
  const visits = await heardAt(trx, id, shown.visits + 1)
  const lived = await livedAt(trx, household.dwelling.id)
  // A number that was opened is noted at the resident, the page at the household.
  const subjects = [id, ...household.members.map((member) => member.id)]
  const looks = await lookersAt(trx, subjects, now.subtract({ hours: shown.lookDays * 24 }))
  const named =
    actor.kind === 'staff' && actor.posts.some(({ role }) => (answersFor as readonly string[]).includes(role))
  const needsCare = household.care.some(({ endedOn }) => endedOn === null)
  return {
    household,
    state: doorState(standing?.due ?? 'unknown', needsCare),
    promise: standing?.promise
      ? { onDay: standing.promise.onDay, atTime: standing.promise.atTime, words: standing.promise.words }
      : null,
    dueOn: standing?.dueOn ?? null,
    metOn: standing?.lastMetOn ?? null,
    visits: visits.slice(0, shown.visits),
    moreVisits: visits.length > shown.visits,
    requests: await requestsOfHousehold(trx, id, shown.requests),
    lived: lived.map(({ head, ...one }) => ({ ...one, family: familyName(head ?? '') })),
    looks: {
      people: looks.length,
      times: looks.reduce((sum, { times }) => sum + times, 0),
      who: named ? looks : null,
    },
  }
}
